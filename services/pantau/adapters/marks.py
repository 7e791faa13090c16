"""Marks of rows: whole numbers that name a place in the order of a table. Pure."""

import re
from typing import Final

_MARK: Final = re.compile(r"[0-9]{1,18}(-[0-9]{1,18})?", re.ASCII)


def read_mark(text: str, count: int) -> tuple[int, ...]:
    """Return the numbers of a mark. Raises ValueError for a text that is no mark of `count`."""
    numbers = tuple(map(int, text.split("-"))) if _MARK.fullmatch(text) else ()
    if len(numbers) != count:
        message = f"{text[:40]!r} is no mark of a row"
        raise ValueError(message)
    return numbers
