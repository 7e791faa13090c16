"""The packages of a lock file, and what is known of them from their installed metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS: Final = Path(__file__).parents[1] / "requirements"
SERVICE: Final = REQUIREMENTS / "service.txt"
"""Lock files of everything that runs: the image has all of it, `make run` a part."""
RUNTIME: Final = (SERVICE, REQUIREMENTS / "run.txt")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Package:
    """A pinned package: its normalised name, and the SHA-256 of every allowed file."""

    name: str
    version: str
    hashes: tuple[str, ...]
    marker: str = ""

    @property
    def purl(self) -> str:
        """The package URL."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_lock(path: Path) -> list[Package]:
    """Return the packages of a lock file, sorted by name.

    Raises ValueError for one without a version or hash.
    """
    return sorted(_entries(path), key=lambda package: package.name)


def _entries(path: Path) -> Iterator[Package]:
    for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.lstrip().startswith("#"):
            continue
        written, hashes = entry.partition("--hash")[0], tuple(_HASH.findall(entry))
        try:
            wanted = Requirement(written.strip())
        except InvalidRequirement as error:
            message = f"{path.name}: {written.strip()!r} is no requirement"
            raise ValueError(message) from error
        pins = [pin.version for pin in wanted.specifier if pin.operator == "=="]
        if len(pins) != 1 or not hashes:
            message = f"{path.name}: {wanted.name} has no version or no hash"
            raise ValueError(message)
        yield Package(canonicalize_name(wanted.name), pins[0], hashes, str(wanted.marker or ""))


def installed(package: Package) -> metadata.Distribution | None:
    """Return the metadata of an installed package.

    Of its locked version, where that is for this machine.
    """
    try:
        found = metadata.distribution(package.name)
    except metadata.PackageNotFoundError:
        return None
    elsewhere = package.marker and not Marker(package.marker).evaluate()
    return found if elsewhere or found.version == package.version else None


def direct_dependencies(
    distribution: metadata.Distribution, extras: frozenset[str] = frozenset()
) -> set[str]:
    """Return the names of what a distribution requires on this machine, with some of its extras."""
    found = set()
    for written in distribution.requires or ():
        wanted = Requirement(written)
        environments = ({"extra": extra} for extra in ("", *sorted(extras)))
        if wanted.marker is None or any(wanted.marker.evaluate(one) for one in environments):
            found.add(str(canonicalize_name(wanted.name)))
    return found
