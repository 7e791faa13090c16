"""Overviews: what they count, and what they say of the rest."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from pantau.adapters.memory.index import MemorySearchIndex
from pantau.adapters.memory.shared import SharedState
from pantau.ports import Filters, Tally
from pantau.query import Query, parse
from pantau.usecases.search.overview import OUTLINES, overview
from tests.support import START, FixedClock


class Counting(MemorySearchIndex):
    """An index with as many matches as a test wants."""

    found = 0

    def tally(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        starts: Sequence[datetime],
        *,
        sources: bool = False,
    ) -> Tally:
        """Return a tally of this number."""
        del query, filters, limit, sources
        return Tally((0,) * len(starts), {}, self.found)


@pytest.mark.parametrize(
    ("found", "is_cut"), [(OUTLINES - 1, False), (OUTLINES, True), (OUTLINES + 1, True)]
)
def test_it_says_that_older_matches_are_not_counted(found: int, *, is_cut: bool) -> None:
    """Servers may count an article more that came while they did."""
    index = Counting(SharedState(), FixedClock())
    index.found = found
    assert overview(parse("banjir"), Filters(), index, START, UTC).is_cut == is_cut
