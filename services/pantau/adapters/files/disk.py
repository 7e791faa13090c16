"""Disk space: what a data folder takes, and what is left beside it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST_ENTRIES: Final = 100_000
"""Files and folders that are counted; a data folder has a few dozen."""


LITTLE_BYTES: Final = 1_000_000_000
LITTLE_SHARE: Final = 0.05
ENOUGH_BYTES: Final = 20_000_000_000
"""A disk is nearly full below `LITTLE_BYTES` of free space, or below `LITTLE_SHARE` of its size.

On a large disk `ENOUGH_BYTES` are enough.
"""


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes that a folder takes, and bytes that its file system has in all and free."""

    used: int
    free: int
    total: int = 0

    @property
    def is_nearly_full(self) -> bool:
        """True if so little is free that the operator should act."""
        return _is_little(self.free, self.total)


def disk_use(folder: Path) -> DiskUse | None:
    """Return the disk use of a folder; None where it does not exist or cannot be read."""
    try:
        there = shutil.disk_usage(folder)
        return DiskUse(sum(_sizes(folder)), there.free, there.total)
    except OSError:
        return None


def little_space(folder: Path) -> int | None:
    """Return the free bytes of a nearly full disk; None where enough is free, or none is known."""
    try:
        there = shutil.disk_usage(folder)
    except OSError:
        return None
    return there.free if _is_little(there.free, there.total) else None


def _is_little(free: int, total: int) -> bool:
    return free < max(LITTLE_BYTES, min(total * LITTLE_SHARE, ENOUGH_BYTES))


def free_bytes(folder: Path) -> int:
    """Return the bytes that are free on the file system of a folder. Raises OSError."""
    return shutil.disk_usage(folder).free


def _sizes(folder: Path) -> Iterator[int]:
    """Yield the size of each file below a folder; links are not followed."""
    open_folders, seen = [folder], 0
    while open_folders:
        with os.scandir(open_folders.pop()) as entries:
            for entry in entries:
                seen += 1
                if seen > MOST_ENTRIES:
                    return
                try:
                    if entry.is_dir(follow_symlinks=False):
                        open_folders.append(Path(entry.path))
                    else:
                        yield entry.stat(follow_symlinks=False).st_size
                except OSError:  # removed meanwhile, as journals of the store are
                    continue
