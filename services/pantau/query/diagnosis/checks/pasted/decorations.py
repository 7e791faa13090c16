"""Pictures and bullets that stand beside a query in a chat or a document."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked

_RUN: Final = re.compile(r"(?<![^\s(])[^\w\s\x00-\x7f]+(?![^\s)])")
_BULLETS: Final = frozenset(
    "\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2043\u2219\ufe0e\ufe0f\u200d\u20e3"
)
_BARS: Final = frozenset("\u00a6\u2502\u2758\uffe8\uffe4")
"""Bars between alternatives."""
_OPERATOR: Final = r"(?:AND|OR|NOT|&&|\|\||XOR|DAN|ATAU|BUKAN|[A-Z]+/\d+)"
_BEFORE: Final = re.compile(rf"(?:(?:^|[\s(]){_OPERATOR}\s+|[:+!-]\s*)\Z", re.IGNORECASE)
_AFTER: Final = re.compile(rf"\s+{_OPERATOR}(?![^\s(])", re.IGNORECASE)
_IN_PARENTHESES: Final = re.compile(r"\(\s*\Z"), re.compile(r"\s*\)")
_NUMBER: Final = re.compile(r"\A\s*(?P<sign>(?:\d{1,2}|[a-z])[.)]\s+)(?![^\n]*\n)(?!AND|OR)")
_FOOTNOTE: Final = re.compile(r"(?<=[\w\")])(?P<sign>\s?\[\d{1,2}\])(?=\s*(?:\)|\Z))")
_WORD: Final = re.compile(r"\s(?:AND|OR|NOT|DAN|ATAU|BUKAN)\s", re.IGNORECASE)
"""An operator: without one, a number may well be a word to look for."""
_NEARBY: Final = 20
"""How many characters before a sign are searched for an operator."""


def decorations(text: str, language: str) -> Iterator[Finding]:
    """Find emoji and other pictures that no operator joins to the words beside them.

    Where an operator joins it, as in `banjir OR (emoji)`, the picture itself is looked for.
    """
    hidden = masked(text, regex=language != "kql")
    if not any(map(str.isalnum, text)):
        return
    for pattern in (_NUMBER, _FOOTNOTE):
        found = pattern.search(hidden) if _WORD.search(hidden) else None
        if found is not None:
            start, end = found.span("sign")
            params = {"written": found["sign"].strip()}
            yield Finding("markup", start, end, params, (Edit(start, end, ""),))
    for found in _RUN.finditer(hidden):
        if _BARS & {*found[0]} or not all(map(_is_picture, found[0])):
            continue
        before = hidden[max(0, found.start() - _NEARBY) : found.start()]
        if _BEFORE.search(before) or _AFTER.match(hidden, found.end()):
            continue
        opened, closed = _IN_PARENTHESES
        if opened.search(before) and closed.match(hidden, found.end()):
            continue
        if "\n" in text.strip() and (found.start() == 0 or hidden[found.start() - 1] == "\n"):
            continue  # the bullet of a list
        start, end = _with_space(text, *found.span())
        params = {"written": found[0]}
        yield Finding("markup", found.start(), found.end(), params, (Edit(start, end, ""),))


def _is_picture(char: str) -> bool:
    return char in _BULLETS or unicodedata.category(char) in {"So", "Sk"}


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place with the white space on one side of it."""
    while end < len(text) and text[end].isspace():
        end += 1
    if end == len(text):
        while start and text[start - 1].isspace():
            start -= 1
    return start, end
