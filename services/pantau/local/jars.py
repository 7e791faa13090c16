"""Where the servers' programs come from: Maven coordinates, resolved once by jgo, kept in the user's cache.

A folder of jars appears under its name only when it is whole, so that a later start neither resolves nor connects.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pantau.adapters.private_files import make_folder, open_own
from pantau.errors import StopError

Tell = Callable[[str], None]
"""Takes a line of progress for people."""


@dataclass(frozen=True, slots=True)
class Program:
    """A server's jars.

    `plugin` names those (by the beginning of the file's name) that go to a folder of their own. `bridge` is one jar more,
    without what it depends on: resolved together with the rest, its parent's wishes would change the versions of those.
    """

    name: str
    version: str
    coordinates: tuple[str, ...]
    plugin: tuple[str, ...] = ()
    bridge: str = ""

    @property
    def folder(self) -> str:
        """The folder's name in the cache: other coordinates, other folder."""
        digest = hashlib.sha256("+".join((*self.coordinates, *self.plugin, self.bridge)).encode()).hexdigest()
        return f"{self.name}-{self.version}-{digest[:8]}"


KAFKA: Final = Program(
    "kafka",
    "4.3.1",
    ("org.apache.kafka:kafka_2.13:4.3.1", "org.apache.kafka:kafka-tools:4.3.1"),
    bridge="org.apache.logging.log4j:log4j-slf4j-impl:2.25.4",  # without it Kafka logs nothing
)
ELASTICSEARCH: Final = Program(
    "elasticsearch",
    "9.2.0",
    ("org.elasticsearch:elasticsearch:9.2.0", "org.elasticsearch.plugin:transport-netty4:9.2.0"),
    plugin=("netty-", "transport-netty4"),
)


def installed(program: Program, tell: Tell) -> Path:
    """Give the program's folder: `lib/`, and `plugin/` if it has one. Fetches the jars the first time.

    Raises StopError when they cannot be fetched.
    """
    cache = _cache()
    home = cache / program.folder
    if home.is_dir():
        return home
    with _locked(cache / "lock"):
        if not home.is_dir():  # nobody else fetched them meanwhile
            _install(program, home, tell)
    return home


def _cache() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 (not needed for --help)

    return user_cache_path("pantau", appauthor=False) / "servers"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Wait for a lock and hold it; it ends with the process."""
    make_folder(path.parent)
    with os.fdopen(open_own(path), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(program: Program, home: Path, tell: Tell) -> None:
    tell(f"fetching the jars of {program.name} {program.version} (once)")
    jars = _resolve(program)
    building = Path(tempfile.mkdtemp(prefix=f"{home.name}.", dir=home.parent))
    try:
        for jar in jars:
            part = "plugin" if program.plugin and jar.name.startswith(program.plugin) else "lib"
            _take(jar, building / part / jar.name)
        building.rename(home)
    except OSError as error:
        shutil.rmtree(building, ignore_errors=True)
        message = f"{error.filename or building}: {error.strerror}; the jars of {program.name} cannot be kept"
        raise StopError(message) from error


def _take(jar: Path, place: Path) -> None:
    """Link the jar, or copy it from another file system."""
    place.parent.mkdir(exist_ok=True)
    source = jar.resolve()
    try:
        os.link(source, place)
    except OSError:
        shutil.copy(source, place)


def _resolve(program: Program) -> list[Path]:
    """Find and fetch the jars; a file that a broken download left is fetched again. Raises StopError."""
    broken: list[Path] = []
    for _ in range(2):
        try:
            jars = _ask_jgo(program)
        except Exception as error:
            message = (
                f"the jars of {program.name} {program.version} cannot be fetched: {error}; "
                "the first start needs a connection to Maven's repository"
            )
            raise StopError(message) from error
        broken = [jar for jar in jars if not zipfile.is_zipfile(jar)]
        if not broken:
            return jars
        for jar in broken:
            jar.unlink(missing_ok=True)
    message = (
        f"the jars of {program.name} {program.version} are broken: {', '.join(jar.name for jar in broken)}"
    )
    raise StopError(message)


def _ask_jgo(program: Program) -> list[Path]:
    import jgo  # noqa: PLC0415 (heavy, and needed once)

    jars = [Path(jar) for jar in jgo.build("+".join(program.coordinates)).all_jars]
    if program.bridge:
        name = "-".join(program.bridge.split(":")[1:]) + ".jar"
        jars += [jar for jar in map(Path, jgo.build(program.bridge).all_jars) if jar.name == name]
    return jars
