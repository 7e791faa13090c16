"""A backup as a ZIP file: parts with names, each compressed, of any size."""

import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pantau.errors import StopError, UsageError
from pantau.problems import problem

_PIECE: Final = 1024 * 1024


class ZipWriter:
    """Implements `pantau.ports.Archive` for writing: a private file that appears when complete."""

    def __init__(self, path: Path) -> None:
        """Create a temporary file beside `path`. Raises UsageError if that exists."""
        self._path = path
        if path.exists():
            raise UsageError(problem("upkeep.file-exists", file=str(path)))
        try:
            descriptor, beside = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        except OSError as error:
            message = f"{path}: cannot be written: {error.strerror}"
            raise StopError(message) from error
        self._beside = Path(beside)
        self._file = os.fdopen(descriptor, "w+b")  # private: mkstemp makes it so
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)

    def write(self, name: str, content: Iterator[bytes]) -> tuple[int, str]:
        """Write a part, compressed."""
        size, digest = 0, hashlib.sha256()
        with self._zip.open(name, "w", force_zip64=True) as part:
            for piece in content:
                part.write(piece)
                size += len(piece)
                digest.update(piece)
        return size, digest.hexdigest()

    def read(self, name: str) -> Iterator[bytes]:
        """Raise an error: it is only written."""
        raise UsageError(problem("upkeep.no-part", name=name))

    def close(self, *, keep: bool) -> None:
        """Close the file; with `keep`, it is durable and has its name on return."""
        try:
            self._zip.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if keep:
                self._beside.replace(self._path)
        finally:
            self._beside.unlink(missing_ok=True)


class ZipReader:
    """Implements `pantau.ports.Archive` for reading."""

    def __init__(self, path: Path) -> None:
        """Open a backup. Raises UsageError for a file that is none."""
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(problem("upkeep.unreadable", file=str(path), reason=reason)) from error
        except zipfile.BadZipFile as error:
            raise UsageError(problem("upkeep.no-backup")) from error

    def write(self, name: str, content: Iterator[bytes]) -> tuple[int, str]:
        """Raise an error: it is only read."""
        del content
        raise UsageError(problem("upkeep.file-exists", file=name))

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a part; zip checks its sum at the end."""
        try:
            with self._zip.open(name) as part:
                while piece := part.read(_PIECE):
                    yield piece
        except KeyError as error:
            raise UsageError(problem("upkeep.no-part", name=name)) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UsageError(problem("upkeep.damaged", name=name)) from error

    def close(self, *, keep: bool) -> None:
        """Close the file."""
        del keep
        self._zip.close()
