"""The embedded store for backups: SQLite's own backup of the file, and the files beside it."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

from pantau.adapters.files.private_files import make_folder
from pantau.adapters.sqlite.database import convert
from pantau.adapters.sqlite.layout import MIGRATIONS
from pantau.errors import RetryError, StopError, UsageError
from pantau.problems import problem

STORE: Final = "pantau.db"
BESIDE: Final = "files/"
_PIECE: Final = 1024 * 1024


class SqliteCopier:
    """Implements `pantau.ports.Copier`.

    `beside` are files of the data folder that belong to it, such as the settings.
    """

    backend: Final[Literal["sqlite", "kafka"]] = "sqlite"
    layout: Final = len(MIGRATIONS)

    def __init__(self, path: Path, beside: Sequence[Path] = ()) -> None:
        self._path = path
        self._beside = beside
        self._restored: list[tuple[Path, Path]] = []

    def parts(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the store as of one moment, checked, and the files beside it."""
        if not self._path.exists():
            raise UsageError(problem("cli.no-store", folder=str(self._path.parent)))
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=self._path.parent) as folder:
            copy = Path(folder) / STORE
            try:
                with (
                    closing(sqlite3.connect(self._path)) as source,
                    closing(sqlite3.connect(copy)) as target,
                ):
                    # In one step: a backup in several begins again whenever another process writes.
                    source.backup(target)
                    _require_sound(target, self._path)
            except sqlite3.Error as error:
                raise convert(error, self._path) from error
            yield STORE, _read(copy)
        for path in self._beside:
            if path.is_file():
                yield BESIDE + path.relative_to(self._path.parent).as_posix(), _read(path)

    def require_empty(self) -> None:
        """Refuse a folder that has a store. Files beside it that exist already are kept."""
        if self._path.exists():
            raise UsageError(problem("upkeep.not-empty", place=str(self._path)))
        try:
            make_folder(self._path.parent)
        except OSError as error:
            message = f"{error.filename}: cannot be created: {error.strerror}"
            raise StopError(message) from error

    def restore(self, name: str, content: Iterator[bytes]) -> None:
        """Write a part beside its place."""
        target = self._path if name == STORE else self._place(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            prefix=".restore-", dir=target.parent, delete=False
        ) as file:
            self._restored.append((Path(file.name), target))
            for piece in content:
                file.write(piece)

    def _place(self, name: str) -> Path:
        """Return where a file belongs. Raises UsageError for a place outside of the folder."""
        folder = self._path.parent.resolve()
        place = (folder / name.removeprefix(BESIDE)).resolve()
        if not name.startswith(BESIDE) or not place.is_relative_to(folder):
            raise UsageError(problem("upkeep.damaged", name=name))
        return place

    def complete(self) -> None:
        """Check the store, and give every file its name."""
        try:
            for written, target in self._restored:
                if target == self._path:
                    with closing(sqlite3.connect(written)) as connection:
                        _require_sound(connection, target)
            for written, target in reversed(self._restored):  # the store last
                if not target.exists():
                    written.replace(target)
        except sqlite3.Error as error:
            raise convert(error, self._path) from error
        finally:
            for written, _ in self._restored:
                written.unlink(missing_ok=True)


def _require_sound(connection: sqlite3.Connection, path: Path) -> None:
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        message = f"{path} is damaged: {answer}"
        raise StopError(message)


def _read(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise RetryError(message) from error
