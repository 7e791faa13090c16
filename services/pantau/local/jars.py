"""Installation of the servers' programs.

Maven coordinates, resolved once by jgo, kept in the user's cache. A folder of jars gets its name
only when it is complete, so that a later start neither resolves nor connects.
"""

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

from pantau.adapters.files.private_files import make_folder, open_own
from pantau.common.system import OURS
from pantau.errors import StopError
from pantau.problems import Problem, problem

Tell = Callable[[Problem], None]
"""Receives a line of progress for people."""


@dataclass(frozen=True, slots=True)
class Program:
    """A server's jars, and their layout.

    All go to `lib/`, except those with a prefix in `plugin`: they go to `plugin_folder`, beside a
    file that describes the plugin (name and text). `bridge` is one more jar without its
    dependencies: resolved together with the rest, its parent POM would change their versions.
    """

    name: str
    version: str
    coordinates: tuple[str, ...]
    bridge: str = ""
    plugin: tuple[str, ...] = ()
    plugin_folder: str = ""
    descriptor: tuple[str, str] = ("", "")

    @property
    def folder(self) -> str:
        """The folder's name in the cache, derived from the content."""
        digest = hashlib.sha256(repr(self).encode()).hexdigest()
        return f"{self.name}-{self.version}-{digest[:8]}"


NETTY: Final = """\
description=HTTP and transport
version=9.2.0
name=transport-netty4
classname=org.elasticsearch.transport.netty4.Netty4Plugin
modulename=org.elasticsearch.transport.netty4
java.version=21
elasticsearch.version=9.2.0
extended.plugins=
has.native.controller=false
"""
"""The descriptor of Elasticsearch's HTTP plugin, which is required to load it."""
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
    plugin_folder="modules/transport-netty4",
    descriptor=("plugin-descriptor.properties", NETTY),
)


def installed(program: Program, tell: Tell) -> Path:
    """Return the program's folder, laid out as `Program` defines. Fetches the jars the first time.

    Raises StopError when they cannot be fetched.
    """
    cache = _cache()
    home = cache / program.folder
    if home.is_dir():
        return home
    with _locked(cache / "lock"):
        if not home.is_dir():  # no other process fetched them meanwhile
            _install(program, home, tell)
    return home


def _cache() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 (not needed for --help)

    return user_cache_path("pantau", appauthor=False) / "servers"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Wait for a lock and hold it; it is released with the process."""
    make_folder(path.parent)
    with os.fdopen(open_own(path), "r+b") as file:
        OURS.lock(file.fileno(), wait=True)
        yield


def _install(program: Program, home: Path, tell: Tell) -> None:
    tell(problem("servers.fetching-jars", program=program.name, version=program.version))
    building = Path(tempfile.mkdtemp(prefix=f"{home.name}.", dir=home.parent))
    try:
        _lay_out(program, _resolve(program, building / "fresh"), building)
        shutil.rmtree(building / "fresh", ignore_errors=True)
        building.rename(home)
    except OSError as error:
        message = (
            f"{error.filename or building}: {error.strerror}; the jars of {program.name} cannot "
            "be kept"
        )
        raise StopError(message) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _lay_out(program: Program, jars: list[Path], place: Path) -> None:
    (place / "lib").mkdir()
    if program.plugin:
        plugin = place / program.plugin_folder
        plugin.mkdir(parents=True)
        name, text = program.descriptor
        (plugin / name).write_text(text, encoding="utf-8")
    for jar in jars:
        part = (
            program.plugin_folder
            if program.plugin and jar.name.startswith(program.plugin)
            else "lib"
        )
        _take(jar.resolve(), place / part / jar.name)


def _take(jar: Path, place: Path) -> None:
    """Link the jar, or copy it from another file system."""
    try:
        os.link(jar, place)
    except OSError:
        shutil.copy(jar, place)


def _resolve(program: Program, fresh: Path) -> list[Path]:
    """Find and fetch the jars. Raises StopError.

    First from the caches of Maven and jgo. An interrupted download leaves a partial file there,
    which both accept as complete forever; so if that fails, everything is fetched into the folder
    `fresh`.
    """
    name = f"the jars of {program.name} {program.version}"
    broken = [""]
    for place in (None, fresh):
        try:
            jars = _ask_jgo(program, place)
        except Exception as error:
            if place is None:
                continue
            message = (
                f"{name} cannot be fetched: {error}; the first start needs a connection to "
                "Maven's repository"
            )
            raise StopError(message) from error
        broken = [jar.name for jar in jars if not zipfile.is_zipfile(jar)]
        if not broken:
            return jars
    message = f"{name} are broken: {', '.join(broken)}"
    raise StopError(message)


def _ask_jgo(program: Program, place: Path | None) -> list[Path]:
    """Resolve the coordinates with jgo, in its own folders or in `place` alone."""
    from jgo.config import GlobalSettings  # noqa: PLC0415 (heavy, and needed once)
    from jgo.constants import MAVEN_CENTRAL_URL  # noqa: PLC0415 (as above)
    from jgo.env import EnvironmentBuilder  # noqa: PLC0415 (as above)
    from jgo.maven import MavenContext  # noqa: PLC0415 (as above)

    usual = GlobalSettings.load()
    kept, linked = (
        (usual.repo_cache, usual.cache_dir) if place is None else (place / "kept", place / "linked")
    )
    context = MavenContext(repo_cache=kept, remote_repos={"central": MAVEN_CENTRAL_URL})
    builder = EnvironmentBuilder(context=context, cache_dir=linked)
    jars = [Path(jar) for jar in builder.from_endpoint("+".join(program.coordinates)).all_jars]
    if program.bridge:
        name = "-".join(program.bridge.split(":")[1:]) + ".jar"
        jars += [
            jar
            for jar in map(Path, builder.from_endpoint(program.bridge).all_jars)
            if jar.name == name
        ]
    return jars
