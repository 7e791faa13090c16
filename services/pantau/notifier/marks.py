"""Text from outside made fit for one line, a terminal or a mail, with the matched words told apart."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from pantau_schemas.alert import Snippet

_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that reorder the text after them: a title could turn the words around it."""
_SPACE: Final = dict.fromkeys(range(0x20), " ") | dict.fromkeys((127, *range(128, 160), 8232, 8233), " ")
_HARMLESS: Final = _SPACE | dict.fromkeys(map(ord, _BIDI), "")


def harmless(text: str) -> str:
    """Give `text` without control characters (a space stands for each) and without characters that reorder.

    No terminal sequence survives: each begins with a control character (ECMA-48: ESC, or one of C1).
    Half of a surrogate pair becomes U+FFFD.
    """
    return text.translate(_HARMLESS).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def one_line(text: str, limit: int | None = None) -> str:
    """Give `text` harmless, in one line, at most `limit` characters long."""
    line = " ".join(harmless(text).split())
    if limit is None or len(line) <= limit:
        return line
    cut = limit - 1
    while cut > 0 and unicodedata.combining(line[cut]):
        cut -= 1
    return line[:cut].rstrip() + "…"


def marked_parts(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """Give the snippet's text in pieces, each with whether it is marked. Harmless; line breaks become spaces.

    Marks may come in any order and overlap; what lies outside the text is left out.
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
    """Give the snippet as one line of plain text, marked words in `*...*`, neighbours in one pair of stars."""
    joined = snippet.model_copy(update={"marks": _joined_neighbours(snippet)})
    return " ".join("".join(f"*{text}*" if marked else text for text, marked in marked_parts(joined)).split())


def _joined_neighbours(snippet: Snippet) -> tuple[tuple[int, int], ...]:
    """Join marks that have only white space between them."""
    marks: list[tuple[int, int]] = []
    for start, stop in sorted(snippet.marks):
        if marks and not snippet.text[marks[-1][1] : start].strip():
            marks[-1] = (marks[-1][0], max(stop, marks[-1][1]))
        else:
            marks.append((start, stop))
    return tuple(marks)
