"""Text for terminals that are narrow: in columns, or in the characters that they can show. Pure.

Widths follow Unicode's East Asian Width (UAX 11): wide and full-width characters take two columns,
combining ones none.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r" *[^ ]+")
LEAST: Final = 20
"""Narrowest width that text is wrapped to; a terminal that is narrower breaks lines itself."""
_PLAIN: Final = {
    "…": "...", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "·": "-", "•": "*", "▶": ">",
    "→": "->", "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "×": "x", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l",
    "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "≥": ">=", "≤": "<=", "±": "+-", "°": " deg",
    "€": "EUR", "£": "GBP", "©": "(c)", "✓": "+", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\u2044": "/",
}  # fmt: skip
"""Replacements in ASCII for characters that have no simpler form in Unicode."""


def plain_ascii(text: str) -> str:
    """Return text in ASCII: letters without accents, simple punctuation, else `?` per character."""
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char.isascii():
        return char
    known = _PLAIN.get(char)
    if known is not None:
        return known
    if unicodedata.combining(char):
        return ""
    parts = [one for one in unicodedata.normalize("NFKD", char) if not unicodedata.combining(one)]
    if any(not one.isascii() and one not in _PLAIN for one in parts):
        return "?"
    simple = "".join(one if one.isascii() else _PLAIN[one] for one in parts)
    return simple if simple.strip() else "?"


def columns(text: str) -> int:
    """Return the columns that a line takes."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def wrapped(text: str, width: int) -> str:
    """Return text with lines of at most `width` columns, broken at spaces.

    A word that is longer stays whole, so that commands, addresses and ids can be copied. Further
    lines are indented as the first one.
    """
    if width < LEAST:
        return text
    return "\n".join(part for line in text.split("\n") for part in _lines(line, width))


def _lines(line: str, width: int) -> Iterator[str]:
    body = line.lstrip(" ")
    if columns(line) <= width or not body:
        yield line
        return
    indent = line[: len(line) - len(body)][: width // 2]
    current, taken, begun = indent, len(indent), False
    # Without spaces at the end, where looking for a word would go back over all of them each time.
    for word in _WORD.findall(body.rstrip(" ")):
        size = columns(word)
        if begun and taken + size > width:
            yield current
            first = word.lstrip(" ")
            current, taken = indent + first, len(indent) + columns(first)
        else:
            current, taken = current + word, taken + size
        begun = True
    yield current
