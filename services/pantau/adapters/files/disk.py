"""Disk space: what a data folder takes, and what is left beside it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST_ENTRIES: Final = 100_000
"""Files and folders that are counted; a data folder has a few dozen."""


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes that a folder takes, and bytes that are free on its file system."""

    used: int
    free: int


def disk_use(folder: Path) -> DiskUse | None:
    """Return the disk use of a folder; None where it does not exist or cannot be read."""
    try:
        return DiskUse(sum(_sizes(folder)), shutil.disk_usage(folder).free)
    except OSError:
        return None


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
