"""Reads what is left of a JSON document that is cut off or broken. Pure."""

import json
import re
from typing import Any, Final

_NEXT: Final = re.compile(r'[^"\[\]{}]*+(?:"(?:[^"\\]++|\\.)*+"|(?P<bracket>[\[\]{}]))', re.DOTALL)
"""Text up to the end of the next string, or the next bracket outside of strings."""
MAX_DEPTH: Final = 100
"""Depth of objects and lists up to which they are kept; those that are read are a few deep."""
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


def without_depths(text: str) -> str:
    """Return a document with `null` for what is nested deeper than anything that is read.

    Brackets that are not closed leave it as it is from there on.
    """
    kept, depth, place, done, start = [], 0, 0, 0, 0
    while (found := _NEXT.match(text, place)) is not None:
        place = found.end()
        if found["bracket"] is None:
            continue
        if found["bracket"] in "[{":
            depth += 1
            if depth == MAX_DEPTH:
                start = found.start("bracket")
        else:
            depth -= 1
            if depth == MAX_DEPTH - 1:
                kept += [text[done:start], "null"]
                done = place
    return "".join((*kept, text[done:]))


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
