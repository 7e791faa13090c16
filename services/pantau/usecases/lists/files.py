"""Lists of names in files: one value a line, CSV, or JSON Lines.

- Text: each line is a value. A line wholly in double quotes loses them.
- CSV: titles `value` (or `name`) and, if wanted, `aliases`, separated by `|`. The other columns of
  an entity dictionary are left out.
- JSON Lines: `{"value": "...", "aliases": ["...", ...]}` (or `name`), or a string.

The form is recognised by the first line.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pantau.common.text.csv_cells import plain_cell, safe_cell
from pantau.common.text.safe_text import one_line
from pantau.errors import PantauError, UsageError
from pantau.problems import problem
from pantau.usecases.lists.repository import entry_of, joined
from pantau_schemas.events.name_list import MOST_VALUES, NameListEntry

MOST_BYTES: Final = 64_000_000
COLUMNS: Final = ("value", "aliases")
_VALUE: Final = ("value", "name")
_DICTIONARY: Final = frozenset(
    {"type", "id", "country", "latitude", "longitude", "roles", "case", "language"}
)
"""Columns of an entity dictionary, which a list does not keep."""
_SEPARATOR: Final = "|"
_EXAMPLE: Final = '{"value": "Sri Mulyani Indrawati", "aliases": ["Sri Mulyani"]}'


def parse_entries(text: str) -> list[NameListEntry]:
    """Parse a file of any of the forms; entries of one value are joined.

    Raises UsageError naming the line that cannot be read.
    """
    text = text.removeprefix("\ufeff")
    entries: list[NameListEntry] = []
    for number, value, aliases in _rows(text):
        try:
            entries.append(entry_of(value, aliases))
        except PantauError as error:
            fault = error.problem or problem("lists.invalid", text=str(error))
            raise UsageError(problem("lists.row", line=number, fault=fault)) from error
        if len(entries) > MOST_VALUES:
            raise UsageError(problem("lists.too-many", count=len(entries), most=MOST_VALUES))
    return joined(entries)


_Row = tuple[int, str, list[str]]


def _rows(text: str) -> Iterator[_Row]:
    first = text.lstrip().partition("\n")[0].strip()
    if first.startswith("{"):
        return _json_rows(text)
    titles = {one.strip().strip('"').lower() for one in first.replace(";", ",").split(",")}
    titles |= {one.strip().strip('"').lower() for one in first.split("\t")}
    if titles & set(_VALUE) and titles <= {*_VALUE, "aliases", *_DICTIONARY, first.lower()}:
        return _csv_rows(text)
    return _lines(text)


def _lines(text: str) -> Iterator[_Row]:
    for number, line in enumerate(text.splitlines(), 1):
        value = line.strip()
        if not value:
            continue
        if len(value) > 1 and value[0] == value[-1] == '"':
            value = value[1:-1].replace('""', '"')
        yield number, value, []


def _json_rows(text: str) -> Iterator[_Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        value, aliases = _of_json(row)
        if value is None:
            fault = problem("lists.row-no-json", example=_EXAMPLE)
            raise UsageError(problem("lists.row", line=number, fault=fault))
        yield number, value, aliases


def _of_json(row: Any) -> tuple[str | None, list[str]]:
    """Return the value and the other names of a line; None for a line that is no entry."""
    if isinstance(row, str):
        return row, []
    if not isinstance(row, dict):
        return None, []
    value = next((row[name] for name in _VALUE if name in row), None)
    aliases = row.get("aliases") or []
    good = isinstance(value, str) and isinstance(aliases, list)
    if not good or not all(isinstance(one, str) for one in aliases):
        return None, []
    return value, aliases


def _csv_rows(text: str) -> Iterator[_Row]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)  # as the spreadsheet programs of some countries write
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    titles: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if titles is None:
                titles = [cell.strip().lower() for cell in cells]
                continue
            row: Mapping[str, str] = dict(zip(titles, map(plain_cell, cells), strict=False))
            value = next((row[name] for name in _VALUE if name in row), "")
            yield reader.line_num, value, row.get("aliases", "").split(_SEPARATOR)
    except csv.Error as error:
        fault = problem("lists.row-no-csv", reason=one_line(str(error)))
        raise UsageError(problem("lists.row", line=reader.line_num, fault=fault)) from error


def as_lines(entries: Iterable[NameListEntry]) -> Iterator[str]:
    """Yield all values, other names included, one a line."""
    values = (name for entry in entries for name in (entry.value, *entry.aliases))
    yield from dict.fromkeys(values)


def as_csv(entries: Iterable[NameListEntry]) -> str:
    """Return entries as CSV (RFC 4180) with a line of titles; cells are safe against formulas."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = (entry.value, _SEPARATOR.join(entry.aliases))
        writer.writerow([safe_cell(cell) for cell in cells])
    return text.getvalue()
