"""External text made safe for one line, a terminal or a mail, with the matched words marked."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pantau_schemas.events.alert import Snippet

_UNSEEN: Final[tuple[tuple[int, int], ...]] = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark: reorders
    (0x115F, 0x1160),  # Hangul fillers: letters without a glyph
    (0x17B4, 0x17B5),  # Khmer vowels that are not shown
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200B),  # zero width space
    (0x200E, 0x200F),  # left-to-right, right-to-left mark
    (0x202A, 0x202E),  # embeddings and overrides: reorder
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates, deprecated shaping
    (0x3164, 0x3164),  # Hangul filler
    (0xFEFF, 0xFEFF),  # zero width no-break space
    (0xFFA0, 0xFFA0),  # halfwidth Hangul filler
    (0xFFF0, 0xFFFB),  # unassigned ones without a glyph, and interlinear annotations: hide text
    (0x13430, 0x1343F),  # Egyptian hieroglyph joiners
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical beams and slurs
    (0xE0000, 0xE00FF),  # language tags: any ASCII text, invisible
    (0xE01F0, 0xE0FFF),  # unassigned ones without a glyph
)
"""Characters that reorder or hide text, or are invisible.

These are Default_Ignorable_Code_Point and category Cf, except those that words and pictures need:
ZWNJ and ZWJ (Persian, Indic and Javanese script, emoji), variation selectors, and the visible signs
that Arabic, Syriac and Kaithi put before numbers. Listed explicitly, because Python's own tables
depend on its version.
"""
_SPACE: Final = dict.fromkeys(range(0x20), " ") | dict.fromkeys(
    (127, *range(128, 160), 8232, 8233), " "
)
_HARMLESS: Final = _SPACE | {code: "" for first, last in _UNSEEN for code in range(first, last + 1)}

_MARKS: Final = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACK: Final = re.compile(f"(?<={_MARKS}{{6}}){_MARKS}+")
"""Marks on a letter that has six already: no writing needs them, and they cover the lines above."""


def harmless(text: str) -> str:
    """Return `text` without control, reordering or invisible characters, or stacks of marks.

    A space replaces each control character. No terminal sequence survives: each begins with a
    control character (ECMA-48: ESC, or one of C1). Lone surrogates become U+FFFD.
    """
    seen = text.translate(_HARMLESS)
    if not seen.isascii():
        seen = _STACK.sub("", seen)
    return seen.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def one_line(text: str, limit: int | None = None) -> str:
    """Return `text` made harmless, on one line, at most `limit` characters long."""
    line = " ".join(harmless(text).split())
    if limit is None or len(line) <= limit:
        return line
    cut = limit - 1
    while cut > 0 and unicodedata.combining(line[cut]):
        cut -= 1
    return line[:cut].rstrip() + "…"


def marked_parts(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """Yield the snippet's text in pieces, each with whether it is marked.

    Harmless; line breaks become spaces. Marks may be in any order and overlap; those outside the
    text are ignored.
    """
    end = 0
    for start, stop in sorted(snippet.marks):
        start, stop = max(start, end), min(stop, len(snippet.text))  # noqa: PLW2901 (the same range, clipped)
        if start >= stop:
            continue
        if start > end:
            yield harmless(snippet.text[end:start]), False
        yield harmless(snippet.text[start:stop]), True
        end = stop
    if end < len(snippet.text):
        yield harmless(snippet.text[end:]), False


def starred(snippet: Snippet) -> str:
    """Return the snippet as one line of plain text, with matched words in `*...*`.

    Adjacent marks share one pair of stars.
    """
    joined = snippet.model_copy(update={"marks": _joined_neighbours(snippet)})
    return " ".join(
        "".join(f"*{text}*" if marked else text for text, marked in marked_parts(joined)).split()
    )


def _joined_neighbours(snippet: Snippet) -> tuple[tuple[int, int], ...]:
    """Join marks that are separated by whitespace only."""
    marks: list[tuple[int, int]] = []
    for start, stop in sorted(snippet.marks):
        if marks and not snippet.text[marks[-1][1] : start].strip():
            marks[-1] = (marks[-1][0], max(stop, marks[-1][1]))
        else:
            marks.append((start, stop))
    return tuple(marks)
