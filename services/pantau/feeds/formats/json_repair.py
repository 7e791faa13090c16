"""Reads what is left of a JSON document that is cut off or broken. Pure."""

import json
import re
from typing import Any, Final

_NEXT: Final = re.compile(r'[^"\[\]{}]*+(?:"(?:[^"\\]++|\\.)*+"|(?P<bracket>[\[\]{}]))', re.DOTALL)
"""Text up to the end of the next string, or the next bracket outside of strings."""
_ITEM: Final = ["{", "["]
"""The brackets that are open where an item of the list of an object ends."""


def read_whole_items(text: str, broken_at: int) -> dict[str, Any] | None:
    """Return an object with the whole items of its `items` before the place where it breaks.

    None if there are none.
    """
    end = _end_of_items(text, broken_at)
    if end is None:
        return None
    try:
        value = json.loads(f"{text[:end]}]}}", strict=False)
    except (ValueError, RecursionError):
        return None
    items = value.get("items") if isinstance(value, dict) else None
    return value if isinstance(items, list) and items else None


def read_first(text: str, end: int) -> dict[str, Any] | None:
    """Return the object that a document with something behind it begins with; None for others."""
    try:
        value = json.loads(text[:end], strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _end_of_items(text: str, broken_at: int) -> int | None:
    """Return where the last whole item before a place ends."""
    waiting: list[str] = []
    place, end = 0, None
    while (found := _NEXT.match(text, place, broken_at)) is not None:
        place = found.end()
        if found["bracket"] is None:
            continue
        if found["bracket"] in "[{":
            waiting.append(found["bracket"])
        elif waiting:
            closed = waiting.pop()
            if closed == "{" and waiting == _ITEM:
                end = place
    return end
