"""Pages of lists that are read whole: what a cursor of them holds. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from pantau.usecases.cursors import EARLIEST, cursor_of, read_cursor, time_of

T = TypeVar("T")
_MILLISECOND: Final = timedelta(milliseconds=1)
MOST_PASSED: Final = 1_000_000
"""Items before a page at most; no list has more."""


def page_after(
    items: Iterable[T], key: Callable[[T], str], cursor: str | None, limit: int
) -> tuple[list[T], str | None]:
    """Return the first `limit` items whose key is behind the cursor, and the next cursor.

    Items come in the order of their keys, which differ; so an item that is added or removed shifts
    no other one to another page. The cursor is None at the end.
    """
    keyed = sorted((key(one), place, one) for place, one in enumerate(items))
    rest = [(name, one) for name, _, one in keyed if cursor is None or name > cursor]
    page = rest[:limit]
    following = page[-1][0] if len(rest) > limit else None
    return [one for _, one in page], following


@dataclass(frozen=True, slots=True)
class RankedPage:
    """The place of a page in a list that is ranked by articles of a time.

    Every page ranks the articles of one and the same time; `passed` items stand before it.
    """

    since: datetime
    until: datetime | None
    passed: int

    def next_cursor(self, limit: int, found: int, now: datetime) -> str | None:
        """Return the cursor behind `limit` items, None if no more than these were found.

        `now` ends the time where the first page named no end: with everything that is stored.
        """
        if found <= limit:
            return None
        return cursor_of(self.since, self.until or now + _MILLISECOND, self.passed + limit)


def first_page(since: datetime | None, until: datetime | None) -> RankedPage:
    """Return the first page of a time; without a beginning it goes back to 1970."""
    return RankedPage(since or EARLIEST, until, 0)


def read_ranked(cursor: str) -> RankedPage:
    """Return the page of a cursor. Raises UsageError for what is none."""
    (since, until, passed), _ = read_cursor(cursor, 3)
    return RankedPage(time_of(since), time_of(until), min(passed, MOST_PASSED))
