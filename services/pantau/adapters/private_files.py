"""Files that nobody else on the machine may read: the store holds the secrets of webhooks and passwords of feeds."""

import os
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone. One that is there already keeps its mode: others may share it on purpose.

    Raises OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone, unless it is there. Raises OSError."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    except FileExistsError:
        return
    os.close(descriptor)


def open_own(path: Path) -> int:
    """Open a file for reading and writing, made for its owner alone if it is not there; a link is not followed.

    In a folder where others can write, a link could have us overwrite any file of ours. Raises OSError.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE)
