"""The clipping of a day: what matched, by story, with who is quoted, against the usual."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from pantau.common.text.safe_text import one_line
from pantau.ports import Filters, SearchRequest, Store
from pantau.query import QueryError
from pantau.stories.merges import Merges
from pantau.usecases.lists.values import query_of
from pantau.usecases.reports.asked import ReportSubject, bounds_of
from pantau.usecases.search.overview import OUTLINES, Bar, Counts, bars_between
from pantau.usecases.stories.lookup import read_merges
from pantau.usecases.stories.quoting import Speaker, speakers_of
from pantau.usecases.stories.ranking import by_number
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import Subscription

MOST: Final = 500
"""Articles of a subscription that a report has: the newest ones of the day."""
DAYS_BEFORE: Final = 14
"""Days before, of which the mean is the usual number."""


@dataclass(frozen=True, slots=True)
class ReportStory:
    """Articles of the day about one event, the oldest first; `story_id` is None for a lone one."""

    story_id: str | None
    articles: tuple[EnrichedArticle, ...]
    speakers: tuple[Speaker, ...]

    @property
    def title(self) -> str:
        """The headline of the newest article."""
        return self.articles[-1].title

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, in the order in which they reported it."""
        return tuple(dict.fromkeys(one.source or "?" for one in self.articles))


@dataclass(frozen=True, slots=True)
class SubscriptionDay:
    """How many articles of the report a subscription matches, and how many are usual.

    `is_unreadable`: its query cannot be read, so that nothing was counted.
    """

    subscription: Subscription
    articles: int
    usual: int
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class DayReport:
    """The clipping of a day, or of another time of whole days that ends on `day`.

    `matches` names by article the subscriptions that it matches. `days` counts the articles of the
    `DAYS_BEFORE` days before and of the day itself, which is the last. `is_cut` tells that a
    subscription matched more than `MOST` articles, of which the oldest are left out.
    """

    day: date
    since: datetime
    until: datetime
    name: str
    stories: tuple[ReportStory, ...]
    matches: Mapping[str, tuple[str, ...]]
    days: tuple[Bar, ...]
    subscriptions: tuple[SubscriptionDay, ...]
    sources: Counts
    is_cut: bool

    @property
    def total(self) -> int:
        """The articles of the day, each once."""
        return self.days[-1].count

    @property
    def length(self) -> int:
        """The number of days that it covers, at least 1."""
        return length_of(self.since, self.until)

    @property
    def usual(self) -> int:
        """The number of articles that as many days usually have, by the mean of the days before."""
        return usual_of([one.count for one in self.days[:-1]], self.length)

    @property
    def speakers(self) -> int:
        """How many speakers are quoted."""
        return len({each.name.casefold() for one in self.stories for each in one.speakers})


@dataclass(slots=True)
class _SubscriptionMatches:
    """Matches of one subscription: the articles of the day, and when all of them were seen."""

    subscription: Subscription
    articles: tuple[EnrichedArticle, ...] = ()
    seen: Mapping[str, datetime] | None = None
    is_cut: bool = False


def report_of(subject: ReportSubject, store: Store, day: date, zone: tzinfo) -> DayReport:
    """Return the report of a day, which begins at midnight of `zone`.

    Articles count by when they were first seen, and historical ones only where a subscription
    includes them, as for alerts. Raises RetryError where the store does not answer.
    """
    _, until = bounds_of(day, zone)
    starts = [bounds_of(day - timedelta(days=ago), zone)[0] for ago in range(DAYS_BEFORE, -1, -1)]
    return _report(subject, store, starts, until, day)


def report_between(
    subject: ReportSubject, store: Store, since: datetime, until: datetime, zone: tzinfo
) -> DayReport:
    """Return the report of a time, half-open, which is named by the day in `zone` of its end.

    The days before have the same time of day. Raises RetryError where the store does not answer.
    """
    local = since.astimezone(zone)
    # Wall clock arithmetic: a day is one of the calendar, whatever the clocks do.
    starts = [(local - timedelta(days=ago)).astimezone(UTC) for ago in range(DAYS_BEFORE, -1, -1)]
    return _report(subject, store, starts, until, until.astimezone(zone).date())


def _report(
    subject: ReportSubject, store: Store, starts: list[datetime], until: datetime, day: date
) -> DayReport:
    since, length = starts[-1], length_of(starts[-1], until)
    found = [_matches(one, store, starts[0], since, until) for one in subject.subscriptions]
    articles = {one.article_id: one for each in found for one in each.articles}
    seen = {key: moment for each in found for key, moment in (each.seen or {}).items()}
    return DayReport(
        day=day,
        since=since,
        until=until,
        name=subject.name,
        stories=group_by_story(articles.values(), read_merges(store.log)),
        matches=_names(found),
        days=bars_between(starts, until, seen.values()),
        subscriptions=tuple(_counted(one, since, length) for one in found),
        sources=by_number(one.source for one in articles.values()),
        is_cut=any(one.is_cut for one in found),
    )


def length_of(since: datetime, until: datetime) -> int:
    """Return how many days a time has, rounded, at least 1."""
    return max(1, round((until - since) / timedelta(days=1)))


def usual_of(counts: list[int], length: int) -> int:
    """Return the mean of daily counts times a number of days, rounded; 0 of none."""
    return round(sum(counts) * length / len(counts)) if counts else 0


def group_by_story(articles: Iterable[EnrichedArticle], merges: Merges) -> tuple[ReportStory, ...]:
    """Return articles by their stories: those of most articles first, then the newest."""
    members: dict[str, list[EnrichedArticle]] = {}
    for one in articles:
        story = f"\n{one.article_id}" if one.story_id is None else merges.resolve(one.story_id)
        members.setdefault(story, []).append(one)
    stories = []
    for key, found in members.items():
        found.sort(key=lambda one: (one.first_seen, one.article_id))
        story_id = None if key.startswith("\n") else key
        stories.append(ReportStory(story_id, tuple(found), speakers_of(found)))
    stories.sort(key=lambda one: one.articles[-1].first_seen, reverse=True)
    stories.sort(key=lambda one: (-len(one.articles), -len(one.sources)))
    return tuple(stories)


def first_articles(
    stories: Iterable[ReportStory], most: int
) -> Iterator[tuple[ReportStory, tuple[EnrichedArticle, ...]]]:
    """Yield the first stories and their first articles, up to a number of articles in all. Pure."""
    for one in stories:
        if most <= 0:
            return
        yield one, one.articles[:most]
        most -= len(one.articles)


def _matches(
    subscription: Subscription, store: Store, first: datetime, since: datetime, until: datetime
) -> _SubscriptionMatches:
    try:
        query = query_of(subscription, store.log)
    except QueryError:
        return _SubscriptionMatches(subscription)
    historical = None if subscription.include_historical else False
    page = store.index.search(
        SearchRequest(
            query,
            Filters(since=since, until=until, historical=historical),
            limit=MOST,
            count=False,
        )
    )
    return _SubscriptionMatches(
        subscription,
        tuple(hit.article for hit in page.hits),
        store.index.first_seen(
            query, Filters(since=first, until=until, historical=historical), OUTLINES
        ),
        is_cut=page.cursor is not None,
    )


def _counted(found: _SubscriptionMatches, since: datetime, length: int) -> SubscriptionDay:
    if found.seen is None:
        return SubscriptionDay(found.subscription, 0, 0, is_unreadable=True)
    today = sum(moment >= since for moment in found.seen.values())
    before = len(found.seen) - today
    return SubscriptionDay(found.subscription, today, round(before * length / DAYS_BEFORE))


def _names(found: Iterable[_SubscriptionMatches]) -> dict[str, tuple[str, ...]]:
    """Return by article the names of the subscriptions that match it."""
    names: dict[str, list[str]] = {}
    for each in found:
        for one in each.articles:
            names.setdefault(one.article_id, []).append(one_line(each.subscription.name, 80))
    return {key: tuple(given) for key, given in names.items()}
