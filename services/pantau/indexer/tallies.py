"""Tallies of articles whose times and sources are known. Pure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from pantau.ports import Outline, Tally


def tally_of_times(starts: Sequence[datetime], moments: Iterable[datetime]) -> Tally:
    """Return the tally of moments in UTC; `starts` rise."""
    # Comparing times of two zones asks both for their offsets each time.
    begins = [one.astimezone(UTC) for one in starts]
    counted = Counter(bisect_right(begins, one) - 1 for one in moments)
    counts = tuple(counted[place] for place in range(len(begins)))
    return Tally(counts, {}, counted.total())


def tally_of(
    starts: Sequence[datetime], outlines: Sequence[Outline], *, sources: bool = False
) -> Tally:
    """Return the tally of outlines."""
    times = tally_of_times(starts, (one.first_seen for one in outlines))
    if not sources:
        return times
    named = Counter(one.source for one in outlines if one.source is not None)
    return Tally(times.counts, named, times.total)
