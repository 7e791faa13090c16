"""The size of texts in JSON, and truncation to a size. Pure.

An event is bounded in bytes, and a character takes one to six: letters of most scripts two or
three, emoji four, control characters six (an escape).
"""

from typing import Final

from pydantic_core import to_json

ELLIPSIS: Final = "…"
_WIDEST: Final = 6
"""Maximum bytes of a character."""
_ESCAPED: Final = 2
"""Maximum bytes of a printable character of ASCII."""
_QUOTES: Final = 2


def json_size(text: str) -> int:
    """Return the bytes of a text in JSON, without its quotes."""
    return len(to_json(text)) - _QUOTES


def fits(text: str, limit: int) -> bool:
    """Return whether a text takes at most `limit` bytes in JSON."""
    size = len(text)
    if size * _WIDEST <= limit:
        return True
    if size * _ESCAPED <= limit and text.isascii() and text.isprintable():
        return True
    return size <= limit and json_size(text) <= limit


def clipped(text: str, limit: int) -> str:
    """Return a text that takes at most `limit` bytes in JSON.

    The whole text, or its beginning with an ellipsis.
    """
    if fits(text, limit):
        return text
    left = limit - json_size(ELLIPSIS)
    beginning = text[: max(left, 0)]
    low, high = 0, len(beginning)  # the longest beginning that fits, by bisection
    while low < high:
        middle = (low + high + 1) // 2
        if json_size(beginning[:middle]) <= left:
            low = middle
        else:
            high = middle - 1
    return beginning[:low] + ELLIPSIS
