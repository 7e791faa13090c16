"""Lists of names and phrases: one a line, or with semicolons or commas between them."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding

_LEAST: Final = 3
"""Parts of a list: two may be a sentence that was wrapped, unless each has a bullet."""
_LEAST_MARKED: Final = 2
_BULLET: Final = re.compile(
    r"\s*(?:(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u2014]|\(?(?:\d{1,3}|[a-z])[.)])\s+)?"
)
_WORD: Final = r"[^\W_](?:[\w.'\u2019&-]*\w)?"
_WORDS: Final = re.compile(rf"{_WORD}(?:[ \t]+{_WORD})*")
_QUOTED: Final = re.compile(r'"[^"\\\n]+"')
_OPERATOR: Final = re.compile(
    r"(?<!\S)(?:and|or|not|dan|atau|bukan|tidak|near|onear|adj|[wn]?\d{1,2})(?!\S)", re.IGNORECASE
)


def line_lists(text: str, language: str) -> Iterator[Finding]:
    """Find texts of three parts and more, each of which is a name or a phrase.

    Any of the parts is enough; what is side by side within one belongs together.
    """
    lines = _lines(text)
    marked = len(lines) >= _LEAST_MARKED and all(map(_marked, lines))
    if not marked and len(lines) < _LEAST:
        return
    items = [*map(_item, lines)]
    written = [one for one in items if one is not None]
    if len(written) < len(items):
        return
    meant = (" or " if language == "kql" else " OR ").join(dict.fromkeys(written))
    edits = (Edit(0, len(text), meant),)
    yield Finding("line_list", 0, len(text), {"count": len(lines)}, edits)


def _lines(text: str) -> list[str]:
    """Return the lines of a text; those of a single line are what semicolons or commas part."""
    parts = [line for line in text.splitlines() if line.strip()]
    for sign in ";,":
        if len(parts) == 1:
            parts = [one for one in text.split(sign) if one.strip()]
    return parts


def _marked(line: str) -> bool:
    """Return whether a line begins with a bullet or a number."""
    start = _BULLET.match(line)
    return start is not None and bool(start[0].strip())


def _item(line: str) -> str | None:
    """Return a line as a word or a phrase; None if it has a sign or a word of a query language."""
    start = _BULLET.match(line)
    bare = line[start.end() if start else 0 :].rstrip()
    if bare[-1:] in {",", ";"}:
        bare = bare[:-1].rstrip()
    if _QUOTED.fullmatch(bare):
        return bare
    if _WORDS.fullmatch(bare) is None or _OPERATOR.search(bare):
        return None
    return bare if bare.isalnum() else f'"{bare}"'
