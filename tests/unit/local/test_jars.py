import threading
import zipfile
from pathlib import Path

import pytest

from pantau.errors import StopError
from pantau.local import jars
from pantau.local.jars import Program, installed
from pantau.problems import Problem

PROGRAM = Program(
    "tool",
    "1.0",
    ("org.example:tool:1.0",),
    plugin=("net-",),
    plugin_folder="modules/net",
    descriptor=("plugin.properties", "name=net\n"),
)


class Repository:
    """Stands for jgo and Maven's repository, which tests do not connect to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = 0
        self.broken = ""
        self.down = False

    def __call__(self, program: Program, place: Path | None) -> list[Path]:
        assert program is PROGRAM
        self.asked += 1
        if self.down:
            raise ConnectionError("no route to host")
        return [self._jar(place or self.folder, name) for name in ("tool-1.0.jar", "net-2.0.jar")]

    def _jar(self, folder: Path, name: str) -> Path:
        folder.mkdir(exist_ok=True)
        path = folder / name
        if name == self.broken:
            path.write_bytes(b"half a j")
        elif not path.exists():
            with zipfile.ZipFile(path, "w") as jar:
                jar.writestr("content", name)
        return path


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    given = Repository(tmp_path / "maven")
    given.folder.mkdir()
    monkeypatch.setattr(jars, "_ask_jgo", given)
    monkeypatch.setattr(jars, "_cache", lambda: tmp_path / "cache")
    return given


def quiet(_: Problem) -> None:
    pass


def test_jars_are_fetched_once_and_laid_out(repository: Repository) -> None:
    told: list[Problem] = []
    home = installed(PROGRAM, told.append)
    assert list(map(str, told)) == ["fetching the jars of tool 1.0 (once)"]
    assert [path.name for path in (home / "lib").iterdir()] == ["tool-1.0.jar"]
    assert {path.name for path in (home / "modules/net").iterdir()} == {
        "net-2.0.jar",
        "plugin.properties",
    }
    repository.down = True
    assert installed(PROGRAM, told.append) == home
    assert repository.asked == 1
    assert len(told) == 1


def test_what_is_fetched_stays_when_jgo_cleans_up(repository: Repository) -> None:
    home = installed(PROGRAM, quiet)
    for jar in repository.folder.iterdir():
        jar.unlink()
    assert zipfile.is_zipfile(home / "lib" / "tool-1.0.jar")


def test_half_a_download_is_fetched_again(repository: Repository, tmp_path: Path) -> None:
    (repository.folder / "net-2.0.jar").write_bytes(b"half a j")
    home = installed(PROGRAM, quiet)
    assert repository.asked == 2
    assert zipfile.is_zipfile(home / "modules/net/net-2.0.jar")
    assert {path.name for path in home.iterdir()} == {"lib", "modules"}
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"lock", home.name}


def test_a_jar_that_stays_broken_is_named(repository: Repository) -> None:
    repository.broken = "net-2.0.jar"
    with pytest.raises(StopError, match=r"the jars of tool 1\.0 are broken: net-2\.0\.jar"):
        installed(PROGRAM, quiet)


def test_without_a_connection_nothing_half_is_left(repository: Repository, tmp_path: Path) -> None:
    repository.down = True
    with pytest.raises(
        StopError, match="cannot be fetched: no route to host; the first start needs a connection"
    ):
        installed(PROGRAM, quiet)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["lock"]
    repository.down = False
    assert installed(PROGRAM, quiet).is_dir()


def test_two_at_once_fetch_once(repository: Repository) -> None:
    threads = [threading.Thread(target=installed, args=(PROGRAM, quiet)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert repository.asked == 1
