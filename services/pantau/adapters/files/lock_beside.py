"""A lock for changing a file that is replaced as a whole: a lock file beside it.

The file itself cannot carry the lock: whoever waits for it would lock the one that was replaced.
"""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pantau.adapters.files.private_files import open_own
from pantau.common.system import OURS
from pantau.errors import RetryError

WAIT_SECONDS: Final = 10.0
PAUSE_SECONDS: Final = 0.02
_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})
"""Errors of file systems that have no locks."""


@contextmanager
def lock_beside(path: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of a file against other threads and processes, on whatever machine.

    The lock file, `.NAME.lock`, stays. A file system without locks gives none. Raises RetryError
    when another holds the lock for longer, OSError when the lock file cannot be opened.
    """
    descriptor = open_own(path.with_name(f".{path.name[:200]}.lock"))
    try:
        _acquire(descriptor, path, time.monotonic() + wait_seconds)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, until: float) -> None:
    try:
        while not OURS.lock(descriptor):
            if time.monotonic() >= until:
                raise RetryError(f"{path}: another process is changing it")
            time.sleep(PAUSE_SECONDS)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
