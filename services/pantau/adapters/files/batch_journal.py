"""A short note in a file that survives the process: written before a batch, cleared after it.

It is not synced to disk: the death of a process does not affect what the system holds of a file,
and a power failure only loses the information that something was under way. A file belongs to the
process that holds its lock; another process of the same data folder uses the next one.
"""

import logging
import os
from pathlib import Path
from typing import Final

from pantau.adapters.files.private_files import make_folder, open_own
from pantau.common.system import OURS

FOLDER: Final = "under-way"
FILES: Final = 16
"""Maximum number of processes with notes of one stage; others run without."""
_DIGITS: Final = 8
"""Digits of the note's length, which comes first, so that a single write replaces both."""

log = logging.getLogger(__name__)


class FileJournal:
    """Implements `pantau.ports.Journal`.

    Never raises: without a file there is no note, and everything else continues.
    """

    def __init__(self, data: Path, name: str) -> None:
        self._name = name
        self._descriptor: int | None = None
        try:
            self._descriptor = _take_file(data / FOLDER, name)
        except OSError as error:
            self._complain(error)

    def read(self) -> bytes:
        """Return the note; empty if it is missing or incomplete."""
        if self._descriptor is None:
            return b""
        try:
            size = os.fstat(self._descriptor).st_size
            head, note = (
                os.pread(self._descriptor, _DIGITS, 0),
                os.pread(self._descriptor, size, _DIGITS),
            )
        except OSError as error:
            self._complain(error)
            return b""
        length = int(head) if head.isdigit() else 0
        return note[:length] if len(note) >= length else b""

    def write(self, note: bytes) -> None:
        """Replace the note."""
        if self._descriptor is None:
            return
        try:
            os.pwrite(self._descriptor, b"%0*d%b" % (_DIGITS, len(note), note), 0)
        except OSError as error:
            self.close()
            self._complain(error)

    def close(self) -> None:
        """Close the file."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _complain(self, error: OSError) -> None:
        log.warning(
            "%s: what is under way cannot be noted (%s); a record that ends the process would do "
            "so each time",
            *(self._name, error),
        )


def _take_file(folder: Path, name: str) -> int:
    """Open the first unlocked file. Raises OSError."""
    make_folder(folder)
    for number in range(FILES):
        descriptor = open_own(folder / f"{name}.{number}")
        if OURS.lock(descriptor):
            return descriptor
        os.close(descriptor)
    message = f"{FILES} processes use {folder}"
    raise OSError(message)
