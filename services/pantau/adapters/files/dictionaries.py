"""Dictionaries in files: YAML or CSV, reloaded when they change.

YAML is parsed as events, never as objects: every value is its literal text (so `NO` stays Norway
and a number an id), aliases (`*name`) are rejected, and depth and size are bounded.
"""

import csv
import io
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pantau.enricher.dictionaries.dictionary import Dictionary, DictionaryEntry
from pantau.enricher.dictionaries.format import Complaint, DictionaryRow, read_entries
from pantau.errors import UsageError
from pantau.ports import Clock
from pantau.problems import problem

log = logging.getLogger(__name__)

MOST_BYTES: Final = 100_000_000
"""Maximum size of a file."""
DEEPEST: Final = 6
"""Maximum nesting of a YAML file: names, entry, aliases, and some room."""
EVERY: Final = timedelta(seconds=1)
"""Minimum interval between checks of the files."""
MANY: Final = 20
"""Maximum number of problems shown per file; the rest are counted."""

Stamp = tuple[int, int]


class DictionaryFiles:
    """Several files, with their entries combined in the given order. Not thread-safe."""

    def __init__(
        self, paths: Sequence[Path], clock: Clock, tell: Callable[[str], None] | None = None
    ) -> None:
        self._paths = tuple(dict.fromkeys(paths))
        self._clock = clock
        self._tell = tell or log.warning
        self._stamps: dict[Path, Stamp | None] = {}
        self._entries: dict[Path, list[DictionaryEntry]] = {}
        self._looked: datetime | None = None

    def load(self) -> Dictionary:
        """Load all files. Raises UsageError for one that cannot be read at all."""
        for path in self._paths:
            self._stamps[path] = _stamp(path)
            self._entries[path] = self._read(path)
        self._looked = self._clock.now()
        return self._dictionary()

    def changed(self) -> Dictionary | None:
        """Return the dictionary if a file changed since the last call, else None.

        A file that has become unreadable keeps its previous entries, with a warning.
        """
        now = self._clock.now()
        if self._looked is not None and timedelta() <= now - self._looked < EVERY:
            return None
        self._looked = now
        fresh = [path for path in self._paths if self._is_fresh(path)]
        for path in fresh:
            try:
                self._entries[path] = self._read(path)
            except UsageError as error:
                self._tell(f"{error}; its former names stay in use")
                continue
            log.info("dictionary %s read anew: %d entries", path, len(self._entries[path]))
        return self._dictionary() if fresh else None

    def files(self) -> Mapping[str, Sequence[DictionaryEntry]]:
        """Return the entries of each file, as last loaded, by file name."""
        return {path.name: self._entries.get(path, ()) for path in self._paths}

    def _is_fresh(self, path: Path) -> bool:
        stamp = _stamp(path)  # before reading, so that a concurrent write is noticed next time
        if stamp == self._stamps.get(path):
            return False
        self._stamps[path] = stamp
        return True

    def _dictionary(self) -> Dictionary:
        return Dictionary([entry for path in self._paths for entry in self._entries.get(path, ())])

    def _read(self, path: Path) -> list[DictionaryEntry]:
        entries, complaints = read_file(path)
        for complaint in complaints[:MANY]:
            self._tell(f"dictionary {complaint}")
        if len(complaints) > MANY:
            self._tell(
                f"dictionary {path.name}: {len(complaints) - MANY} more lines cannot be used"
            )
        return entries


def read_file(path: Path) -> tuple[list[DictionaryEntry], list[Complaint]]:
    """Parse the entries of a file; return them with the problems of the others.

    Raises UsageError if it cannot be read at all.
    """
    readers: Mapping[str, Callable[[str], Iterator[DictionaryRow]]] = {
        ".csv": _csv,
        ".yaml": _yaml,
        ".yml": _yaml,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError(problem("settings.dictionary-name", path=str(path)))
    try:
        with path.open("rb") as file:
            # One byte more than allowed shows that a file is too large, without reading all of it.
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise UsageError(problem("settings.dictionary-large", path=str(path), limit=MOST_BYTES))
        return read_entries(reader(raw.decode("utf-8-sig")), path.name)
    except OSError as error:
        reason = error.strerror or str(error)
        unread = problem("settings.dictionary-unread", path=str(path), reason=reason)
        raise UsageError(unread) from error
    except UnicodeDecodeError as error:
        other = problem("settings.dictionary-not-utf8", path=str(path), place=error.start)
        raise UsageError(other) from error
    except _UnreadableError as error:
        wrong = problem("settings.dictionary-other", path=str(path), reason=str(error))
        raise UsageError(wrong) from error


class _UnreadableError(Exception):
    """A file that cannot be read as a whole."""


def _stamp(path: Path) -> Stamp | None:
    """Return a stamp that changes with the file; None if it is missing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


_LISTS: Final = frozenset({"aliases", "roles", "language"})


def _csv(text: str) -> Iterator[DictionaryRow]:
    """Parse a table with a header of field names; lists are separated by |."""
    delimiter = (
        ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        if "name" not in head or "type" not in head:
            message = (
                "line 1: expected a head with the columns name and type, such as "
                "name,aliases,type,id"
            )
            raise _UnreadableError(message)
        before = reader.line_num
        for cells in reader:
            # A cell may hold line breaks: the row begins behind the end of the one before.
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield DictionaryRow(line, _row(head, cells))
    except csv.Error as error:
        message = f"line {reader.line_num}: {error}; quotation marks must come in pairs"
        raise _UnreadableError(message) from error


def _row(head: list[str], cells: list[str]) -> dict[str, str | list[str]]:
    """Return a line's cells by field.

    A cell beyond the header gets a field that does not exist, so that it is reported.
    """
    fields: dict[str, str | list[str]] = {}
    for index, cell in enumerate(cells):
        if index >= len(head):
            if cell.strip():
                fields[f"column {index + 1}"] = cell
        elif cell.strip():
            name = head[index]
            fields[name] = [one.strip() for one in cell.split("|")] if name in _LISTS else cell
    return fields


def _yaml(text: str) -> Iterator[DictionaryRow]:
    """Parse a list of entries, at the top level or under `names:`."""
    import yaml  # noqa: PLC0415 (only where there is a YAML file)

    # The C loader yields the same events and is several times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = yaml.parse(text, Loader=loader)
        tree = _Tree(events, yaml).read()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        message = (
            f"{where}{getattr(error, 'problem', None) or 'this is no YAML'}; check indentation, "
            "colons and quotation marks"
        )
        raise _UnreadableError(message) from error
    value = tree[1] if tree is not None else []
    if isinstance(value, dict):
        if set(value) != {"names"}:
            message = "expected a list of entries, or one under names:"
            raise _UnreadableError(message)
        value = value["names"][1]
    if value in ("", None):
        return
    if not isinstance(value, list):
        message = "expected a list of entries, each beginning with a dash"
        raise _UnreadableError(message)
    for line, one in value:
        yield DictionaryRow(line, _fields(one))


def _fields(value: Any) -> dict[str, str | list[str]]:
    """Return an entry's fields as texts and lists of texts.

    Anything else is reported as a field that does not exist.
    """
    if not isinstance(value, dict):
        return {"entry": "expected fields such as name: and type:"}
    fields: dict[str, str | list[str]] = {}
    for key, (_, one) in value.items():
        if isinstance(one, str):
            fields[key] = one
        elif isinstance(one, list) and all(isinstance(item, str) for _, item in one):
            fields[key] = [item for _, item in one]
        else:
            fields[f"{key} (fields within it)"] = ""
    return fields


class _Tree:
    """Builds (line, value) pairs from YAML events.

    A value is a text, a list of such pairs, or such pairs by key.
    """

    def __init__(self, events: Iterator[Any], yaml: Any) -> None:
        self._events = events
        self._yaml = yaml

    def read(self) -> tuple[int, Any] | None:
        """Return the first document, or None."""
        for event in self._events:
            if isinstance(event, self._yaml.NodeEvent):
                return self._node(event, 0)
        return None

    def _node(self, event: Any, depth: int) -> tuple[int, Any]:
        line = event.start_mark.line + 1
        if depth > DEEPEST:
            message = f"line {line}: nested more than {DEEPEST} deep"
            raise _UnreadableError(message)
        if isinstance(event, self._yaml.AliasEvent):
            message = f"line {line}: references (*{event.anchor}) are not read; write the value out"
            raise _UnreadableError(message)
        if isinstance(event, self._yaml.ScalarEvent):
            empty = event.style is None and event.value in {"~", "null"}
            return line, "" if empty else event.value
        if isinstance(event, self._yaml.SequenceStartEvent):
            return line, list(self._items(self._yaml.SequenceEndEvent, depth))
        return line, self._mapping(depth)

    def _items(self, end: type, depth: int) -> Iterator[tuple[int, Any]]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield self._node(event, depth + 1)

    def _mapping(self, depth: int) -> dict[str, tuple[int, Any]]:
        items = self._items(self._yaml.MappingEndEvent, depth)
        found: dict[str, tuple[int, Any]] = {}
        for (line, key), value in zip(items, items, strict=True):
            if not isinstance(key, str):
                message = f"line {line}: expected the name of a field before the colon"
                raise _UnreadableError(message)
            if key in found:
                message = f"line {line}: {key} stands twice in one entry"
                raise _UnreadableError(message)
            found[key] = value
        return found
