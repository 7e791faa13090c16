"""Texts with marks on them, as pages show them."""

from collections.abc import Callable
from typing import Any, Final

from pantau.usecases.search.article_view import TextMark, paragraphs


def _marked(text: str) -> Callable[[], object]:
    """Return a call that divides a text into paragraphs, with a mark on every second word."""
    marks, place = [], 0
    for number, word in enumerate(text.split(" ")):
        if number % 2:
            marks.append(TextMark("text", place, place + len(word), "match"))
        place += len(word) + 1
    # One mark over all of it, as long quotes are.
    marks.append(TextMark("text", 0, len(text), "quote"))
    return lambda: list(paragraphs(text, marks))


MARKS: Final[dict[str, Any]] = {"paragraphs with marks": ("prose", _marked)}
