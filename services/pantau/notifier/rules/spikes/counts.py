"""The history of a subscription: how much came in each hour of the last eight weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

WEEK_HOURS: Final = 7 * 24
HISTORY_HOURS: Final = 8 * WEEK_HOURS
_KEPT_HOURS: Final = HISTORY_HOURS + 2
"""Hours kept: the history, and the two clock hours that the last 60 minutes touch."""
_LARGEST: Final = 2**32 - 1
_PAIR: Final = np.dtype([("hour", "<u4"), ("count", "<u4")])


def hour_of(moment: datetime) -> int:
    """Return the hours between 1970 in UTC and a moment, rounded down."""
    return int(moment.timestamp() // 3_600)


@dataclass(frozen=True, slots=True)
class HourlyCounts:
    """Counts by hour of UTC, sparse: an hour without a count has no entry.

    `since` is the first hour (since 1970, UTC) of which everything was counted: an hour without an
    entry after it had none, while nothing is known of the hours before. `packed` holds pairs of
    hour and count, 8 bytes each, in the order of the hours; at most `HISTORY_HOURS + 2` of them, so
    a value takes at most 11 KB. The value is immutable.
    """

    since: int
    packed: bytes = b""

    @classmethod
    def starting(cls, moment: datetime) -> Self:
        """Return the empty history that begins at a moment.

        The hour of the moment is not part of it unless the moment is its first: the hour is only
        partly counted. A subscription whose matches of former weeks are known (from the index)
        starts at the beginning of that period and has them added.
        """
        return cls(-(-int(moment.timestamp()) // 3_600))

    def add(self, moment: datetime, number: int = 1) -> Self:
        """Return the counts with `number` more in the hour of `moment`.

        What lies before `since` is dropped. Late counts are fine; only the latest hours are kept.
        Raise ValueError if `number` is negative.
        """
        if number < 0:
            raise ValueError("a count cannot be negative")
        hour = hour_of(moment)
        if hour < self.since or not number:
            return self
        pairs = self._pairs()
        hours = pairs["hour"]
        # Nearly always the latest hour, or one after it.
        at = len(hours) if not len(hours) or hour > hours[-1] else int(hours.searchsorted(hour))
        present = at < len(hours) and hours[at] == hour
        total = min(_LARGEST, (int(pairs["count"][at]) if present else 0) + number)
        entry = np.array([(hour, total)], dtype=_PAIR).tobytes()
        place = at * _PAIR.itemsize
        after = self.packed[place + (_PAIR.itemsize if present else 0) :]
        packed = self.packed[:place] + entry + after
        return type(self)(self.since, packed[-_KEPT_HOURS * _PAIR.itemsize :])

    def trimmed(self, now: datetime) -> Self:
        """Return the counts without what no later decision reads: eight weeks are kept."""
        first = hour_of(now) - _KEPT_HOURS + 1
        if first <= self.since:
            return self
        at = int(self._pairs()["hour"].searchsorted(first))
        return type(self)(first, self.packed[at * _PAIR.itemsize :])

    def between(self, start: int, end: int) -> NDArray[np.float64]:
        """Return the counts of the hours from `start` to before `end`, zeros included."""
        dense = np.zeros(max(0, end - start))
        pairs = self._pairs()
        hours = pairs["hour"]
        first, last = hours.searchsorted((start, max(start, end)))
        dense[hours[first:last].astype(np.int64) - start] = pairs["count"][first:last]
        return dense

    def before(self, hour: int) -> Self:
        """Return the counts of the hours before one."""
        length = int(self._pairs()["hour"].searchsorted(hour)) * _PAIR.itemsize
        return type(self)(self.since, self.packed[:length])

    def _pairs(self) -> NDArray[Any]:
        return np.frombuffer(self.packed, dtype=_PAIR)

    def as_json(self) -> list[int]:
        """Return the counts as values of JSON: `[since, gap, count, gap, count, ...]`.

        A gap is the number of hours since the hour before in the list, the first one since `since`.
        """
        pairs = self._pairs()
        hours = pairs["hour"].astype(np.int64)
        gaps = np.diff(hours, prepend=self.since)
        flat = np.stack((gaps, pairs["count"].astype(np.int64)), axis=1).ravel()
        return [self.since, *flat.tolist()]

    @classmethod
    def from_json(cls, values: Sequence[int]) -> Self:
        """Return the counts that `as_json` wrote.

        Raise ValueError for anything else: other lengths, numbers out of range, hours that are not
        in order.
        """
        if len(values) % 2 != 1 or len(values) > 2 * _KEPT_HOURS + 1:
            raise ValueError("hourly counts must be a start and pairs of gap and count")
        flat = np.asarray(values)
        if flat.ndim != 1 or flat.dtype != np.int64 or flat.min() < 0 or flat.max() > _LARGEST:
            raise ValueError("hourly counts must be whole numbers of at most 32 bits")
        gaps, numbers = flat[1::2], flat[2::2]
        hours = flat[0] + np.cumsum(gaps)
        if not (np.all(gaps[1:] > 0) and np.all(numbers > 0) and np.all(hours <= _LARGEST)):
            raise ValueError("hourly counts must be positive, their hours in rising order")
        pairs = np.empty(len(hours), dtype=_PAIR)
        pairs["hour"], pairs["count"] = hours, numbers
        return cls(int(flat[0]), pairs.tobytes())
