"""Subscriptions in files: JSON Lines or CSV, exported, and parsed to be imported again.

A row has any of the members of `COLUMNS`. `to` lists channels as `pantau subscribe --to` takes
them; in CSV they are on lines of their own, as are tags. `payload` is the version of the body that
webhooks get. Rules are as the options of `pantau subscribe` have them: `timing` is `at once`,
`collect 30s`, `every 1h` or a digest; `channel_timing` has a line `CHANNEL=TIMING` for each channel
with its own. `template` and `channel_template` are the templates of messages, as
`template_columns` describes them. Secrets of webhooks are not exported. Files of other programs are
read, too: see `pantau.usecases.subscriptions.brought`.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

from pantau.common.text.csv_cells import plain_cell, safe_cell
from pantau.common.text.safe_text import one_line
from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.usecases.channels.payloads import format_of, payload_of
from pantau.usecases.rules.columns import COLUMNS as RULE_COLUMNS
from pantau.usecases.rules.columns import TIMINGS_COLUMN, rules_columns
from pantau.usecases.subscriptions.brought.kibana import is_saved_object, kibana_rows
from pantau.usecases.subscriptions.brought.rows import BroughtRow, recognised
from pantau.usecases.subscriptions.template_columns import COLUMNS as TEMPLATE_COLUMNS
from pantau.usecases.subscriptions.template_columns import as_cell, template_columns
from pantau_schemas.events.subscription import Subscription, describe_channel

COLUMNS: Final = (
    "id", "name", "tags", "query", "language", "time_zone", "to", "payload", "format",
    "include_historical", "paused", *RULE_COLUMNS, *TEMPLATE_COLUMNS,
)  # fmt: skip
_LISTS: Final = ("to", "tags", TIMINGS_COLUMN)
"""Columns whose cells hold several lines."""
_OTHER_NAMES: Final = {"channels": "to", "channel": "to"}
"""Names of members in files of other programs."""
MOST_ROWS: Final = 100_000
MOST_BYTES: Final = 256_000_000
_EXAMPLE: Final = '{"query": "banjir", "to": ["email:desk@example.org"]}'
Row = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowFault:
    """A fault of a line of a file; lines count from 1."""

    line: int
    fault: Problem


@dataclass(frozen=True, slots=True)
class ParsedRows:
    """The rows of a file with their lines, faults of lines that are no rows, and notes.

    `foreign` are the lines of other programs' objects. A fault there leaves the object out, since
    its file cannot be edited; a fault of another line refuses the file.
    """

    rows: tuple[tuple[int, Row], ...]
    faults: tuple[RowFault, ...] = ()
    notes: tuple[RowFault, ...] = ()  # what was changed or left out of other programs' files
    foreign: frozenset[int] = frozenset()


def rows_of(subscriptions: Iterable[Subscription]) -> Iterator[dict[str, Any]]:
    """Yield subscriptions as rows, without secrets."""
    for one in subscriptions:
        yield {
            "id": one.subscription_id,
            "name": one.name,
            "tags": list(one.tags),
            "query": one.query,
            "language": one.language,
            "time_zone": one.time_zone,
            "to": [describe_channel(channel) for channel in one.channels],
            "payload": payload_of(one),
            "format": format_of(one),
            "include_historical": one.include_historical,
            "paused": one.paused,
            **rules_columns(one),
            **template_columns(one),
        }


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV (RFC 4180) with a line of titles; cells are safe against formulas."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = {name: "" if value is None else value for name, value in row.items()}
        cells |= {name: "\n".join(row[name]) for name in _LISTS}
        cells |= {name: as_cell(row[name]) for name in TEMPLATE_COLUMNS}
        for name in ("include_historical", "paused"):
            cells[name] = "yes" if row[name] else ""
        writer.writerow([safe_cell(str(cells[name])) for name in COLUMNS])
    return text.getvalue()


def parse_file(content: bytes) -> ParsedRows:
    """Parse the bytes of a file as `parse_rows` does.

    Raises UsageError for one that is too large, and naming the first line that is not UTF-8.
    """
    if len(content) > MOST_BYTES:
        raise UsageError(problem("subscriptions.file-too-large", most=MOST_BYTES // 1_000_000))
    try:
        return parse_rows(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = problem("subscriptions.row-no-text")
        raise UsageError(problem("subscriptions.row", line=line, fault=fault)) from error


def parse_rows(text: str) -> ParsedRows:
    """Parse a file: JSON Lines if its first line is an object, else CSV.

    Raises UsageError for one with too many rows. Other faults are returned with the rows.
    """
    text = text.removeprefix("\ufeff")
    found = _json_rows(text) if text.lstrip().startswith("{") else _csv_rows(text)
    parsed = _limited(found)
    faults = tuple(one for one in parsed if isinstance(one, RowFault))
    rows = [one for one in parsed if not isinstance(one, RowFault)]
    foreign = frozenset(number for number, row in rows if is_saved_object(row))
    # A line may hold many, such as the tabs of a search.
    brought = _limited((number, each) for number, row in rows for each in _translated(row))
    return rows_brought(brought, faults, foreign)


def _limited(found: Iterable[T]) -> list[T]:
    """Return rows. Raises UsageError for too many: a fault takes far more memory than its line."""
    rows = [*islice(found, MOST_ROWS + 1)]
    if len(rows) > MOST_ROWS:
        raise UsageError(problem("subscriptions.too-many-rows", most=MOST_ROWS))
    return rows


def _translated(row: Row) -> Iterator[BroughtRow]:
    """Yield the rows of a line, which is one of ours or an object of Kibana."""
    return kibana_rows(row) if is_saved_object(row) else iter((recognised(row),))


def foreign_rows(brought: Iterable[BroughtRow]) -> ParsedRows:
    """Return the rows of another program's file, of which each counts as a line."""
    found = tuple(enumerate(brought, 1))
    return rows_brought(found, foreign=frozenset(number for number, _ in found))


def rows_brought(
    brought: Iterable[tuple[int, BroughtRow]],
    faults: tuple[RowFault, ...] = (),
    foreign: frozenset[int] = frozenset(),
) -> ParsedRows:
    """Return rows with the notes about them."""
    found = tuple(brought)
    return ParsedRows(
        tuple((number, one.row) for number, one in found if one.row is not None),
        faults,
        tuple(RowFault(number, note) for number, one in found for note in one.notes),
        foreign,
    )


def _json_rows(text: str) -> Iterator[tuple[int, Row] | RowFault]:
    for number, line in enumerate(_lines(text), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            yield RowFault(number, problem("subscriptions.row-no-json", example=_EXAMPLE))
            continue
        if not is_saved_object(row):
            row = {_OTHER_NAMES.get(name, name): value for name, value in row.items()}
            yield from _unknown(number, row)
        yield number, row


def _lines(text: str) -> Iterator[str]:
    """Yield lines one by one, as a file may have as many of them as bytes.

    A line of JSON may have other line separators of Unicode within its texts.
    """
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _csv_rows(text: str) -> Iterator[tuple[int, Row] | RowFault]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)  # as the spreadsheet programs of some countries write
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        titles = [(one or "").strip().lower() for one in reader.fieldnames or ()]
        titles = [_OTHER_NAMES.get(one, one) for one in titles]
        reader.fieldnames = titles
        yield from _unknown(1, dict.fromkeys(titles))
        if "query" not in titles and "id" not in titles:
            yield RowFault(1, problem("subscriptions.row-no-query"))
            return
        for row in reader:
            line = reader.line_num
            if any(one.strip() for one in row.pop(None, None) or ()):  # cells beyond the titles
                yield RowFault(line, problem("subscriptions.row-cells", count=len(titles)))
            # A line that is too short does not name the members behind its end.
            cells = {name: plain_cell(one) for name, one in row.items() if isinstance(one, str)}
            if any(one.strip() for one in cells.values()):
                lists = {one: cells[one].splitlines() for one in _LISTS if one in cells}
                yield line, cells | lists
    except csv.Error as error:
        yield RowFault(reader.line_num, problem("subscriptions.row-no-csv", reason=str(error)))


def _unknown(number: int, row: Row) -> Iterator[RowFault]:
    for one in row:
        if one not in COLUMNS:
            name = one_line(str(one), 40)
            yield RowFault(
                number, problem("subscriptions.row-column", name=name, names=", ".join(COLUMNS))
            )
