"""Plain lists of the addresses of feeds: one a line, or a column of a table (CSV)."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from pantau.feeds.encoding.charset import decode
from pantau.feeds.formats.opml import FEEDS_LIMIT, OpmlFeed, OpmlList, web_address
from pantau.feeds.html.text import one_line
from pantau.feeds.sniff import what_it_is

_PLAIN: Final = "documents.plain-text"
_ADDRESS: Final = re.compile(r"(?:feed:(?://)?)?https?://[^\s\"<>]+", re.IGNORECASE)
_MOST_WARNINGS: Final = 100
_LONGEST_TITLE: Final = 500
_REMARK: Final = "#"


def read_addresses(body: bytes, *, content_type: str | None = None) -> OpmlList | None:
    """Return the feeds of a plain list; None for what is none, such as prose with a link.

    The first row may name the columns. Of a row with several cells, one without an address is the
    title.
    """
    what = what_it_is(body)
    if what is None or what.code != _PLAIN:
        return None
    try:
        rows = list(_rows(decode(body, content_type).text))
    except csv.Error:
        return None
    found = [_feed(row) for row in rows]
    if 2 * sum(one is not None for one in found) < len(found) or not any(found):
        return None
    return _listed(rows, found)


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a table that have anything, without remarks."""
    lines = [one for one in text.lstrip("\ufeff").splitlines() if one.strip()]
    head = "\n".join(lines[:20])
    delimiter = "\t" if "\t" in head else ";" if head.count(";") > head.count(",") else ","
    kept = "\n".join(one for one in lines if not one.lstrip().startswith(_REMARK))
    for row in _split(kept, delimiter):
        cells = [one_line(cell) for cell in row]
        if any(cells):
            yield cells


def _split(text: str, delimiter: str) -> list[list[str]]:
    """Return the cells of all rows. Raises csv.Error for a cell that is very long."""
    try:
        rows = csv.reader(
            io.StringIO(text), delimiter=delimiter, skipinitialspace=True, strict=True
        )
        return list(rows)
    except csv.Error:  # a quote without its end would take all rows behind it for one cell
        bare = csv.reader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return [[cell.strip(' "') for cell in row] for row in bare]


def _feed(row: list[str]) -> OpmlFeed | None:
    """Return the feed of a row, by its first address; None without one."""
    for place, cell in enumerate(row):
        match = _ADDRESS.search(cell)
        address = web_address(match.group()) if match is not None else None
        if match is None or address is None:
            continue
        beside = f"{cell[: match.start()]} {cell[match.end() :]}".strip(' -–|:,"<>')
        others = [one for other, one in enumerate(row) if other != place]
        named = (one for one in (beside, *others) if one and _ADDRESS.search(one) is None)
        return OpmlFeed(address, next(named, "")[:_LONGEST_TITLE] or None)
    return None


def _listed(rows: list[list[str]], found: list[OpmlFeed | None]) -> OpmlList:
    feeds: dict[str, OpmlFeed] = {}
    said: list[str] = []
    left_out = 0
    for number, (row, one) in enumerate(zip(rows, found, strict=True)):
        if one is None and number:
            left_out += 1
            said.append(f"{', '.join(row)[:200]!r} has no http(s) address; left out")
        elif one is not None and one.url in feeds:
            said.append(f"{one.url[:200]} is listed more than once; the first is used")
        elif one is not None:
            feeds[one.url] = one
    excess = len(feeds) - FEEDS_LIMIT
    more = [f"{len(said) - _MOST_WARNINGS:,} more like these"] if len(said) > _MOST_WARNINGS else []
    if excess > 0:
        more.append(f"it lists {len(feeds):,} feeds; only the first {FEEDS_LIMIT:,} are read")
    kept = tuple(feeds.values())[:FEEDS_LIMIT]
    return OpmlList(kept, (*said[:_MOST_WARNINGS], *more), left_out)
