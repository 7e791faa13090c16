"""Files that no other user of the machine may read.

The store holds the secrets of webhooks and passwords of feeds.
"""

import errno
import os
import stat
import tempfile
from pathlib import Path

from pantau.common.system import OURS

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def make_folder(folder: Path) -> None:
    """Create a private folder.

    An existing one keeps its mode, because it may be shared on purpose. Raises OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def make_file(path: Path) -> None:
    """Create an empty private file if it does not exist. Raises OSError."""
    try:
        descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | OURS.closing_flags, FILE_MODE
        )
    except FileExistsError:
        return
    os.close(descriptor)


def open_own(path: Path) -> int:
    """Open a file for reading and writing, created as a private file if it does not exist.

    Symbolic links are not followed: in a folder where others can write, a link could make us
    overwrite any of our files. Raises OSError.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | OURS.own_flags, FILE_MODE)


def write_export(path: Path, content: bytes) -> None:
    """Write a file that a person requested, atomically.

    Readers see either the old or the new content as a whole. A new file is private, an existing one
    of ours keeps its mode. Symbolic links are not followed. A special file, such as a pipe of the
    shell, is written to directly if it belongs to us or the system: another user's pipe would leak
    the content. Raises OSError.
    """
    try:
        before = path.lstat()
    except FileNotFoundError:
        return _replace(path, content, FILE_MODE)
    if stat.S_ISREG(before.st_mode):
        own = OURS.is_own(before.st_uid)
        return _replace(path, content, stat.S_IMODE(before.st_mode) if own else FILE_MODE)
    # Neither missing nor regular: a link, or a special file such as /dev/stdout, which is a link,
    # too.
    target = path.stat()
    if stat.S_ISREG(target.st_mode):
        raise OSError(
            errno.ELOOP, "it is a link, which is not followed; name the file that it leads to"
        )
    if target.st_uid != 0 and not OURS.is_own(target.st_uid):
        raise OSError(errno.EACCES, "it is another user's")
    return _write_to(path, content)


def _replace(path: Path, content: bytes, mode: int) -> None:
    """Write a temporary file with an unpredictable name, then rename it."""
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            OURS.restrict(file.fileno(), mode)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _write_to(path: Path, content: bytes) -> None:
    """Write to an existing special file; fails for a folder."""
    with os.fdopen(os.open(path, os.O_WRONLY | OURS.closing_flags), "wb") as file:
        file.write(content)
