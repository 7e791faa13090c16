"""The wheel is complete, and works without the source."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from scripts.man_pages import commands, file_name

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(folder),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_the_data_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "pantau/py.typed",
        "pantau/starter.opml",
        "pantau/demo/newsroom.toml",
        "pantau_schemas/py.typed",
        "pantau_schemas/json/alerted.v1.json",
        "pantau_schemas/examples/articles/full.json",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks"))]


def test_it_has_a_manual_page_for_each_command(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    pages = {Path(name).name for name in names if "/data/share/man/man1/" in name}
    assert pages == {file_name(context) for _, context in commands()}
    assert {"pantau.1", "pantau-feeds-add.1", "pantau-completion-install.1"} <= pages


def test_it_works_without_the_source(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import pantau, pantau_schemas; "
        "assert pantau.__file__.startswith(sys.argv[1]) and "
        "pantau_schemas.__file__.startswith(sys.argv[1]); "
        "from pantau.cli import run; sys.exit(run(['search', 'banjir', '--data', sys.argv[2]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site"), str(tmp_path / "data")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "0 of 0 articles match" in done.stdout


def test_the_lock_files_name_no_address_and_lock_every_requirement() -> None:
    for name in ("run", "dev", "training", "fuzz"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in text
        pinned = [line.split("==")[0] for line in text.splitlines() if "==" in line]
        assert text.count("--hash=sha256:") >= len(pinned)
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wanted = {
            requirement.split(">=")[0].split("[")[0] for requirement in project["dependencies"]
        }
        assert wanted <= set(pinned), f"run `make lock`: {wanted - set(pinned)}"
