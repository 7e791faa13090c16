"""A cache of pictures and of their absence, bounded in time and size. Pure but for its state.

Kept in memory alone: an article that is forgotten must leave nothing on a disk.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from sys import getsizeof
from typing import Final

from pantau.ports import Picture, PictureSet, PictureSize

MOST_BYTES: Final = 32_000_000
"""Bytes of all pictures: some 400 large ones, or 4,000 small ones."""
ENTRY_BYTES: Final = 500
"""Bytes of an entry beside its picture and its address."""
KEPT: Final = timedelta(days=1)
"""How long a picture is shown before it is fetched again."""

_SIZES: Final[tuple[PictureSize, ...]] = ("large", "small")


@dataclass(frozen=True, slots=True)
class _Entry:
    picture: Picture | None  # None: there is none
    until: datetime
    address_bytes: int

    @property
    def cost(self) -> int:
        content = b"" if self.picture is None else self.picture.content
        return ENTRY_BYTES + self.address_bytes + len(content)


class PictureCache:
    """Pictures by address and size; the ones that were not asked for longest are dropped first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._entries: OrderedDict[tuple[str, PictureSize], _Entry] = OrderedDict()
        self.size = 0

    def keep(self, address: str, made: PictureSet, now: datetime) -> None:
        """Keep a picture in all sizes. The small one, which lists show, outlives the large."""
        for size in _SIZES:
            self._put((address, size), _Entry(made.of(size), now + KEPT, getsizeof(address)))

    def lacks(self, address: str, now: datetime, duration: timedelta) -> None:
        """Remember that there is no picture at an address."""
        for size in _SIZES:
            self._put((address, size), _Entry(None, now + duration, getsizeof(address)))

    def get(self, address: str, size: PictureSize, now: datetime) -> Picture | None:
        """Return a picture; None if it is not known."""
        entry = self._entries.get((address, size))
        if entry is None or entry.until <= now:
            return None
        self._entries.move_to_end((address, size))
        return entry.picture

    def is_missing(self, address: str, now: datetime) -> bool:
        """Return whether there is known to be none at an address. Safe in any thread."""
        entry = self._entries.get((address, "small"))
        return entry is not None and entry.picture is None and now < entry.until

    def _put(self, key: tuple[str, PictureSize], entry: _Entry) -> None:
        before = self._entries.pop(key, None)
        self.size += entry.cost - (before.cost if before is not None else 0)
        self._entries[key] = entry
        while self.size > self._most and self._entries:
            _, dropped = self._entries.popitem(last=False)
            self.size -= dropped.cost
