"""Facts about the `pantau run` of a data folder, for other processes: since when, and its settings.

The lock of the folder says whether it runs; a note beside it says since when, and which changed
settings wait for a restart. A note without a lock is left over from a process that was killed.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pantau.adapters.files.folder_lock import is_locked
from pantau.adapters.files.private_files import open_own
from pantau_schemas.base import format_time

NOTE_FILE: Final = "running.json"
_NOTE_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Running:
    """A process that works on a data folder.

    `restart_for` names the settings that changed since its start and need a restart; `fault` is
    what is wrong with settings that were changed, and so not taken.
    """

    process: int | None
    since: datetime | None
    restart_for: tuple[str, ...] = ()
    fault: str | None = None


def write_note(folder: Path, running: Running) -> None:
    """Write the note of this process. Raises OSError."""
    fields = {
        "process": running.process,
        "since": None if running.since is None else format_time(running.since),
        "restart_for": list(running.restart_for),
        "fault": running.fault,
    }
    with os.fdopen(open_own(folder / NOTE_FILE), "r+", encoding="utf-8") as file:
        file.truncate(0)
        file.write(json.dumps(fields))


def remove_note(folder: Path) -> None:
    """Remove the note, at the end of the process."""
    with suppress(OSError):
        (folder / NOTE_FILE).unlink()


def read_running(folder: Path) -> Running | None:
    """Return the process that works on a data folder; None if there is none."""
    if not is_locked(folder):
        return None
    fields = _read_note(folder)
    process, since = fields.get("process"), fields.get("since")
    names = fields.get("restart_for")
    fault = fields.get("fault")
    return Running(
        process if isinstance(process, int) else None,
        _moment(since),
        tuple(map(str, names)) if isinstance(names, list) else (),
        fault if isinstance(fault, str) else None,
    )


def _read_note(folder: Path) -> dict[str, Any]:
    """Return the fields of the note; none where it cannot be read, as while it is written."""
    try:
        with (folder / NOTE_FILE).open("rb") as file:
            found = json.loads(file.read(_NOTE_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment
