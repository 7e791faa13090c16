"""Cursors of lists that are not read by marks: a few values in one short text. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Final

from pantau.errors import UsageError
from pantau.problems import problem

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The earliest time of a cursor."""
_MICROSECOND: Final = timedelta(microseconds=1)
_BETWEEN: Final = "~"
_DIGITS: Final = 18


def cursor_of(*parts: datetime | int | str) -> str:
    """Return a cursor; times count microseconds since 1970, and only the last part is any text."""
    return _BETWEEN.join(
        str((one - EARLIEST) // _MICROSECOND if isinstance(one, datetime) else one) for one in parts
    )


def read_cursor(text: str, numbers: int, *, has_id: bool = False) -> tuple[tuple[int, ...], str]:
    """Return the numbers of a cursor, and the id behind them where it has one.

    Raises UsageError for what `cursor_of` did not make of such parts.
    """
    parts = text.split(_BETWEEN, numbers)
    given, rest = parts[:numbers], parts[numbers:]
    is_whole = len(given) == numbers and has_id == bool(rest and rest[0]) and len(rest) <= has_id
    if not (is_whole and all(map(_is_number, given))):
        raise UsageError(problem("api.no-cursor"))
    return tuple(map(int, given)), rest[0] if rest else ""


def time_of(number: int) -> datetime:
    """Return the time of a cursor. Raises UsageError beyond the calendar."""
    try:
        return EARLIEST + number * _MICROSECOND
    except OverflowError as error:
        raise UsageError(problem("api.no-cursor")) from error


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS
