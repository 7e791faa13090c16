"""Mails of local files: Maildir folders and mbox files. Read-only; follows no symbolic links."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from pantau.common.system import OURS
from pantau.ports import FetchError

MOST_MAILS: Final = 100
"""Newest mails that are read at a poll."""
MAIL_BYTES: Final = 2_000_000
"""Longest mail that is read; a longer one is cut there, which costs it its last parts."""
_MOST_NAMES: Final = 200_000


def read_maildir(path: str, limit: int) -> list[bytes]:
    """Return the newest mails of a Maildir (`new` and `cur`), newest first, up to `limit` bytes.

    Raises FetchError for a path that is no Maildir.
    """
    names = [one for folder in ("new", "cur") for one in _names(Path(path, folder))]
    if not names and not Path(path, "cur").is_dir():
        raise FetchError("unreachable", f"{path} is no Maildir: it has no folders new and cur")
    newest = sorted(names, reverse=True)[:MOST_MAILS]
    mails = (_read_file(file, MAIL_BYTES) for _, file in newest)
    return list(_within((one for one in mails if one), limit))


def _names(folder: Path) -> Iterator[tuple[float, str]]:
    with suppress(OSError), os.scandir(folder) as found:
        for _, one in zip(range(_MOST_NAMES), found, strict=False):
            with suppress(OSError):
                if one.is_file(follow_symlinks=False) and not one.name.startswith("."):
                    yield one.stat(follow_symlinks=False).st_mtime, one.path


def read_mbox(path: str, limit: int) -> list[bytes]:
    """Return the newest mails of an mbox file, newest first: those in its last `limit` bytes.

    Raises FetchError for a path that is no such file.
    """
    document = _read_file(path, limit, from_end=True)
    if document is None:
        raise FetchError("unreachable", f"{path} cannot be read; it must be a file of mails")
    start = 0 if document.startswith(b"From ") else document.find(b"\nFrom ") + 1
    if not document[start:].startswith(b"From "):
        if not document.strip():
            return []
        raise FetchError("protocol", f"{path} is no mbox: no line starts a mail with 'From '")
    mails = (b"\n" + document[start:]).split(b"\nFrom ")[1:]
    bodies = [one.partition(b"\n")[2].replace(b"\n>From ", b"\nFrom ") for one in mails]
    return [one[:MAIL_BYTES] for one in reversed(bodies[-MOST_MAILS:])]


def _read_file(path: str, limit: int, *, from_end: bool = False) -> bytes | None:
    """Return the start of a regular file, or its end; None for what is none."""
    flags = os.O_RDONLY | OURS.own_flags | OURS.special_flags
    try:
        opened = os.open(path, flags)
    except OSError:
        return None
    with os.fdopen(opened, "rb") as file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):
            return None
        if from_end:
            file.seek(max(0, info.st_size - limit))
        return file.read(limit)


def _within(mails: Iterator[bytes], limit: int) -> Iterator[bytes]:
    left = limit
    for one in mails:
        left -= len(one)
        if left < 0:
            return
        yield one
