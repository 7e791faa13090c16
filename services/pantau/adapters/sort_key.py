"""The order of search results as one integer, so that SQLite reads them newest first unsorted."""

from datetime import datetime
from typing import Final

from pantau.common.time.milliseconds import millis

SLOT_BITS: Final = 20
"""Bits below the millisecond that distinguish the articles of one poll.

They are the first four characters of the ids.
"""
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
    return first_key(first_seen) | slot


def first_key(moment: datetime) -> int:
    """Return the lowest sort key of articles first seen at or after a time.

    Times before 1970 count as 1970.
    """
    return max(0, millis(moment, up=True)) << SLOT_BITS
