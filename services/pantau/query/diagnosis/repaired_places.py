"""Places of a query that are repaired already."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from pantau.query.diagnosis.diagnosis import Finding


class RepairedPlaces:
    """The places of a query that earlier detectors repair; later findings there are idle."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def is_free(self, one: Finding) -> bool:
        """Return whether the place of a problem overlaps with none that is repaired."""
        place = bisect_right(self.starts, max(one.end - 1, one.start)) - 1
        return place < 0 or self.ends[place] <= one.start

    def add(self, found: Iterable[Finding]) -> None:
        """Add the places that have a repair."""
        places = [(one.start, one.end) for one in found if one.edits]
        whole = sorted([*zip(self.starts, self.ends, strict=True), *places])
        self.starts = [start for start, _ in whole]
        self.ends = list(accumulate((end for _, end in whole), max))
