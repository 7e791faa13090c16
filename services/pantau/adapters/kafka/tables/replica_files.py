"""The files of replicas: which process has which, and how one begins.

Each file belongs to the process that holds its lock. Another process of the same data folder uses
the next file, which starts as a copy of the first; if all are taken, it uses a temporary one.
"""

import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from pantau.adapters.files.private_files import make_folder, open_own
from pantau.common.system import OURS
from pantau.errors import StopError

KEPT_FILES: Final = 3
"""Number of processes of one data folder whose replicas are kept.

A service, its successor, and a command at the same time.
"""

log = logging.getLogger(__name__)


@contextmanager
def own_file(folder: Path, name: str) -> Iterator[Path]:
    """Lock the first free file of the topic `name` for the duration of a block; yield its path.

    The lock is released when its process ends. Raises StopError when the folder cannot be used.
    """
    original = folder / f"{name}.db"
    for number in range(1, KEPT_FILES + 1):
        path = original if number == 1 else folder / f"{name}.{number}.db"
        try:
            make_folder(folder)
            # A separate file: closing any descriptor of a SQLite file would drop SQLite's locks on
            # it.
            descriptor = open_own(path.with_suffix(".lock"))
        except OSError as error:
            message = f"{error.filename or folder}: cannot be opened: {error.strerror}"
            raise StopError(message) from error
        with os.fdopen(descriptor, "r+b") as file:
            try:
                if not OURS.lock(file.fileno()):
                    continue
            except OSError:
                continue
            _begin_as_copy(path, original)
            yield path
            return
    own = Path(tempfile.mkdtemp(prefix="pantau-replica-"))
    try:
        _begin_as_copy(own / "replica.db", original)
        yield own / "replica.db"
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _begin_as_copy(path: Path, original: Path) -> None:
    """Copy the first replica if there is no file yet.

    If that fails, everything is read from the topic.
    """
    if path.exists() or not original.exists():
        return
    with suppress(OSError):
        os.close(open_own(path))
    try:
        with (
            closing(sqlite3.connect(f"{original.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        log.info("%s: not begun as a copy of %s: %s", path, original, error)
        remove_file(path)


def remove_file(path: Path) -> None:
    """Remove a replica with its auxiliary files."""
    for one in (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))):
        with suppress(OSError):
            one.unlink(missing_ok=True)
