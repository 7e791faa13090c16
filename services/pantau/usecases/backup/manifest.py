"""The manifest of a backup: what the file holds, of which version, and how to check it. Pure."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal

from pantau.errors import UsageError
from pantau.problems import problem
from pantau_schemas.base import format_time

FORMAT: Final = 1
"""Increment when a program of today could not restore what is written."""
NAME: Final = "manifest.json"

Backend = Literal["sqlite", "kafka"]


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a backup, as it stands in the file: encrypted if the backup is."""

    name: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest. `layout` is the version of the store's tables or events."""

    backend: Backend
    program: str  # the version of Pantau
    layout: int
    created: str  # RFC 3339
    members: tuple[Member, ...]
    salt: str | None = None  # of the passphrase, in hexadecimal; None: not encrypted

    def pack(self) -> bytes:
        """Return the manifest as JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2).encode()


def new_manifest(
    backend: Backend,
    program: str,
    layout: int,
    now: datetime,
    members: tuple[Member, ...],
    salt: bytes | None,
) -> Manifest:
    """Return the manifest of a backup that is complete."""
    return Manifest(
        backend, program, layout, format_time(now), members, None if salt is None else salt.hex()
    )


def read_manifest(content: bytes) -> Manifest:
    """Return a manifest. Raises UsageError for one that is none, or of a newer format."""
    try:
        fields = json.loads(content)
        if fields["format"] > FORMAT:
            raise UsageError(problem("upkeep.newer-backup", version=str(fields["program"])))
        members = tuple(Member(**one) for one in fields["members"])
        given: dict[str, Any] = {**fields, "members": members}
        del given["format"]
        return Manifest(**given)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(problem("upkeep.no-backup")) from error
