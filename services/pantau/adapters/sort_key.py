"""The order of search results as one integer, so that SQLite reads them newest first unsorted."""

from datetime import UTC, datetime, timedelta
from typing import Final

SLOT_BITS: Final = 20
"""Bits below the millisecond that distinguish the articles of one poll.

They are the first four characters of the ids.
"""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ALPHABET: Final = {
    character: value for value, character in enumerate("234567abcdefghijklmnopqrstuvwxyz")
}


def ordering(first_seen: datetime, article_id: str) -> int:
    """Return the sort key of an article: by `first_seen`, then by the start of its id.

    Keys may collide; see `put`.
    """
    slot = 0
    for character in article_id[:4].ljust(4, "2"):
        slot = slot << 5 | _ALPHABET.get(character, ord(character) & 31)
    return millis(first_seen) << SLOT_BITS | slot


def millis(moment: datetime) -> int:
    """Return milliseconds since 1970; earlier times count as 1970."""
    return max(0, round(moment.timestamp() * 1000))


def whole_millis(moment: datetime, *, up: bool = False) -> int:
    """Return whole milliseconds since 1970, exactly.

    Rounded down, or rounded up.
    """
    micros = (moment - _EPOCH) // timedelta(microseconds=1)
    return -(-micros // 1000) if up else micros // 1000
