"""When an article can have been published, by what its source says and when it was seen. Pure.

**Strange dates.** A feed that was polled minutes ago and lists an item for the first time has news,
whatever date it gives: 1970, a constant, last year's year. Such a date is not published, and never
makes an article historical. What makes one historical is that the feed is polled for the first
time, that the item can have been missed while the feed was not polled, or that the feed shows more
of its past: items at the document's end, older than all above them, where it lists no more items
than before, or several such items at once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pantau.poller.identity.listing import Listed

EARLIEST_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""A date before this one is a mistake or a trick, and says nothing of how old an article is."""
AHEAD: Final = timedelta(minutes=5)
"""How far a date may lie ahead: clocks differ by minutes."""
LATE: Final = timedelta(days=30)
"""Longest time between an article's date and its first listing, such as of an embargoed one."""
RUN: Final = 3
"""Items at a document's end, dated one before the other, that show more of a feed's past."""


def plausible_published(
    published: datetime | None, *, first_seen: datetime, now: datetime, historical: bool = False
) -> datetime | None:
    """Return the date of an article: `first_seen` if it lies ahead, None if it cannot be right.

    A date of next year would sort before all others until then; for a typing error in the year, the
    day of first sight is the best guess. A later revision may well be dated after `first_seen`.
    """
    if published is None:
        return None
    if published > now + AHEAD:
        return first_seen
    return (
        None if is_strange(published, first_seen=first_seen, historical=historical) else published
    )


def is_strange(published: datetime, *, first_seen: datetime, historical: bool) -> bool:
    """Return whether a date is too long before a feed listed the article as new."""
    return not historical and published < first_seen - LATE


@dataclass(frozen=True, slots=True)
class Ages:
    """The signs of old articles in a poll: the last read of the feed, and its past."""

    since: datetime | None  # the last good poll; None for the first one
    old: timedelta  # an article published longer ago than this is old
    past: frozenset[str] = frozenset()  # articles of `shown_past`

    def historical(self, one: Listed, now: datetime) -> bool:
        """Return whether an article that the feed lists for the first time is old."""
        if self.since is None or one.article_id in self.past:
            return True
        date = one.item.published
        if date is None or not EARLIEST_DATE <= date < now - self.old:
            return False
        return date >= self.since - self.old  # missed while the feed was not polled


def shown_past(
    items: Sequence[Listed], known: Collection[str], *, grown: bool, limit: datetime
) -> frozenset[str]:
    """Return the articles at a document's end with which the feed shows more of its past.

    `known` are those that it listed before; `grown` says whether this document has more items than
    the last one; only articles dated before `limit` are old.
    """
    run: list[Listed] = []
    for one in reversed(_newest_first(items, known)):
        date = one.item.published
        if one.article_id in known or date is None or not EARLIEST_DATE <= date < limit:
            break
        if run and date <= _date(run[-1]):
            break
        run.append(one)
    above = [
        _date(one) for one in items if one.article_id in known and one.item.published is not None
    ]
    if not run or not _follows(above, [_date(one) for one in run]):
        return frozenset()
    # A window of fixed length that slid back is certain even for one item; a document that grew is
    # not, unless several items are in order.
    slid = bool(above) and not grown
    return frozenset(one.article_id for one in run) if slid or len(run) >= RUN else frozenset()


def _follows(above: Sequence[datetime], run: Sequence[datetime]) -> bool:
    """Return whether dates go on where those above end, rather than years before."""
    if not above:
        return True
    reach = max(LATE, 2 * (max(above) - min(above)))
    return min(above) - reach <= max(run) < min(above)


def _newest_first(items: Sequence[Listed], known: Collection[str]) -> Sequence[Listed]:
    """Return the items of a document newest first, reversed if the feed lists them oldest first."""
    dates = [one.item.published for one in items if one.article_id in known]
    dated = [one for one in dates if one is not None]
    turned = len(dated) > 1 and dated == sorted(dated) and dated[0] < dated[-1]
    return items[::-1] if turned else items


def _date(one: Listed) -> datetime:
    return one.item.published or EARLIEST_DATE
