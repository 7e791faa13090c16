"""One `pantau run` per data folder: a lock that is released when its process ends."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pantau.adapters.files.private_files import make_folder, open_own
from pantau.common.system import OURS
from pantau.errors import UsageError
from pantau.problems import problem

LOCK_FILE = "pantau.lock"
TRIES: Final = 5
PAUSE_SECONDS: Final = 0.05
"""Pause between tries: `is_locked` of another process holds the lock for an instant."""


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder; the file contains the process id.

    Raises UsageError when another process holds it, or it cannot be created.
    """
    try:
        make_folder(folder)
        descriptor = open_own(folder / LOCK_FILE)
    except OSError as error:
        path, reason = str(error.filename or folder), error.strerror or str(error)
        raise UsageError(problem("status.folder-not-opened", path=path, reason=reason)) from error
    with os.fdopen(descriptor, "r+", encoding="ascii", errors="replace") as file:
        if not _is_acquired(file.fileno()):
            process = file.read(20).strip() or "?"
            raise UsageError(problem("status.locked", folder=str(folder), process=process))
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _is_acquired(descriptor: int) -> bool:
    """Return whether the lock was acquired; a file system without locks counts as locked."""
    for number in range(TRIES):
        if number:
            time.sleep(PAUSE_SECONDS)
        with suppress(OSError):
            if OURS.lock(descriptor):
                return True
    return False


def is_locked(folder: Path) -> bool:
    """Return whether a process holds the lock of a data folder. Nothing is created."""
    try:
        # For writing: NFS maps these locks to those of POSIX, which need it.
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | OURS.own_flags)
    except OSError:
        return False
    try:
        return not OURS.lock(descriptor, shared=True)
    except OSError:
        return True
    finally:
        os.close(descriptor)
