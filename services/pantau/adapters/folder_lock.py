"""One `pantau run` a data folder: a lock that ends with its process, however that ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pantau.errors import UsageError

LOCK_FILE = "pantau.lock"


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder; the file says which process has it.

    Raises UsageError when another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_FILE).open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            message = f"{folder} is already watched by process {file.read().strip() or '?'}; stop it, or give another --data"
            raise UsageError(message) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
