"""A quick read of a store by other programs, such as completion in a shell.

Nothing is created, migrated or waited for: a store that is missing, busy or damaged has nothing to
show. It imports no more than SQLite and Zstandard, so that it answers within a keystroke.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from pantau.adapters.compression.values import unpack
from pantau.errors import StopError

PATIENCE_SECONDS: Final = 0.2
MOST: Final = 5_000
"""Records looked at, the latest first."""
MOST_BYTES: Final = 100_000
"""A longer record is skipped."""
_SELECT: Final = (
    "SELECT value FROM records WHERE compacted = 1 AND topic = ? AND length(value) <= ? "
    "ORDER BY position DESC LIMIT ?"
)


def glance(path: Path, topic: str) -> Iterator[dict[str, Any]]:
    """Yield the fields of a compacted topic's records; none if the store cannot be read now."""
    if not path.is_file():
        return
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE_SECONDS)) as connection:
            values = connection.execute(_SELECT, (topic, MOST_BYTES, MOST)).fetchall()
    except sqlite3.Error:
        return
    for (value,) in values:
        try:
            fields = None if value is None else json.loads(unpack(value))
        except (StopError, TypeError, ValueError, RecursionError):  # damaged, or no JSON
            continue
        if isinstance(fields, dict):
            yield fields
