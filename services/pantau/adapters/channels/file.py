"""Alerts as lines of a file: JSON Lines, appended and flushed to disk before a delivery counts.

A missing folder is not created: it is a typing error, or a disk that is not mounted yet. So it is
retried, like every fault that an operator can fix. A new file is private to its owner; symbolic
links are not followed. After a crash in the middle of a line, the next alert starts on a new line,
and the interrupted one is written again; readers skip invalid lines and recognise repeats by
`delivery_id` or `summary_id`.

A file whose name ends with `.atom` or `.feed.json` is a feed for newsreaders instead: it is
replaced as a whole with each message, and holds the newest ones. Notifiers that write the same feed
take turns by a lock, and the entries are in the order of their times, whoever wrote them first.
"""

import asyncio
import errno
import os
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from pantau.adapters.files.lock_beside import WAIT_SECONDS, lock_beside
from pantau.adapters.files.private_files import FILE_MODE, write_export
from pantau.common.files.jsonlines import dump_line
from pantau.common.system import OURS
from pantau.errors import RejectError, RetryError, SettingsFaultError
from pantau.notifier.bodies.feed_entries import MOST_BYTES as FEED_BYTES
from pantau.notifier.bodies.feed_entries import (
    FeedFormat,
    ForeignFeedError,
    MessageEntry,
    entry_of,
    feed_format,
    with_entry,
)
from pantau.notifier.payload import file_line
from pantau.ports import AnyMessage, ChannelResources
from pantau.problems import Problem, problem
from pantau_schemas.events.subscription import FileChannel

_NEVER: Final = frozenset({errno.ENAMETOOLONG, errno.EINVAL})
_MENDED: Final[Mapping[int, str]] = {
    errno.ENOENT: "delivery.file-no-folder",
    errno.ENOTDIR: "delivery.file-not-folder",
    errno.EISDIR: "delivery.file-is-folder",
    errno.ELOOP: "delivery.file-link",
    errno.ENXIO: "delivery.file-irregular",
    errno.EACCES: "delivery.file-mode",
    errno.EPERM: "delivery.file-forbidden",
    errno.EROFS: "delivery.file-read-only",
}
"""Faults of a file or its folder that last until an operator fixes them."""


class AlertFileDriver:
    """Implements `pantau.ports.ChannelDriver`.

    Writes in its own threads, because a disk may hang.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(4, "alert-file")

    async def send(self, message: AnyMessage) -> None:
        """Append the line, or put the entry into the feed."""
        channel = message.channel
        if not isinstance(channel, FileChannel):
            raise RejectError(f"{channel.kind}: not a file")
        loop, path = asyncio.get_running_loop(), Path(channel.path)
        form = feed_format(channel.path)
        if form is None:
            line = dump_line(file_line(message))
            await loop.run_in_executor(self._threads, append, path, line)
        else:
            entry = entry_of(message)
            await loop.run_in_executor(self._threads, put_entry, path, form, entry)

    async def close(self) -> None:
        """Release the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def append(path: Path, line: bytes) -> None:
    """Append a line and wait until it is on disk. Raises RetryError or RejectError."""
    try:
        # Non-blocking, so that a pipe without a reader raises instead of blocking.
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | OURS.own_flags | OURS.special_flags
        descriptor = os.open(path, flags, FILE_MODE)
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise SettingsFaultError(f"{path} is no regular file; name another one")
            if state.st_size and os.pread(descriptor, 1, state.st_size - 1) != b"\n":
                line = b"\n" + line
            while line:
                line = line[os.write(descriptor, line) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise convert(error, path) from error
    except ValueError as error:  # for example a NUL in the name
        raise RejectError(f"{str(path)!r} is no file name: {error}") from error


def put_entry(
    path: Path, form: FeedFormat, entry: MessageEntry, wait_seconds: float = WAIT_SECONDS
) -> None:
    """Replace a feed by one that has the entry, too. Raises RetryError or RejectError.

    Waits for others that write the feed, up to a time limit. A file that is no feed of ours is
    never replaced.
    """
    try:
        with lock_beside(path, wait_seconds):  # other notifiers may write the same feed
            write_export(path, with_entry(form, _content(path), entry))
    except ForeignFeedError as error:
        fault = Problem("delivery.file-no-feed", {})
        told = problem("delivery.file", path=str(path), fault=fault)
        raise SettingsFaultError(told) from error
    except OSError as error:
        raise convert(error, path) from error
    except ValueError as error:
        raise RejectError(f"{str(path)!r} is no file name: {error}") from error


def _content(path: Path) -> bytes:
    """Return what stands in a file, at most a little more than a feed may have."""
    try:
        descriptor = os.open(path, os.O_RDONLY | OURS.own_flags | OURS.special_flags)
    except FileNotFoundError:
        return b""
    with os.fdopen(descriptor, "rb") as file:
        return file.read(2 * FEED_BYTES + 1)


def convert(error: OSError, path: Path) -> RetryError | RejectError:
    """Convert an error of the file system; nearly all of them can be fixed."""
    known = _MENDED.get(error.errno or 0)
    if known is not None:
        fault = Problem(known, {"folder": str(path.parent)})
        return SettingsFaultError(problem("delivery.file", path=str(path), fault=fault))
    told = problem("delivery.file", path=str(path), fault=error.strerror or str(error))
    return RejectError(told) if error.errno in _NEVER else RetryError(told)


def build(resources: ChannelResources) -> AlertFileDriver:
    """Build the driver."""
    del resources
    return AlertFileDriver()
