"""One `pantau run` per data folder: a lock that is released when its process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pantau.adapters.files.private_files import make_folder, open_own
from pantau.errors import UsageError
from pantau.problems import problem

LOCK_FILE = "pantau.lock"


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
        raise UsageError(problem("status.not-opened", path=path, reason=reason)) from error
    with os.fdopen(descriptor, "r+", encoding="ascii", errors="replace") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            process = file.read(20).strip() or "?"
            locked = problem("status.locked", folder=str(folder), process=process)
            raise UsageError(locked) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
