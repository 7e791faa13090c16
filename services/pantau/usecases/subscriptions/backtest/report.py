"""The numbers of a backtest: alerts, stories and messages a day, and sources. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from pantau.common.time.zones import known_zone
from pantau.stories.merges import Merges
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.message import AlertMessage, Occasion

SOURCES: Final = 10
"""Sources that are named, most alerts first."""
MANY: Final = 30
"""Messages a day from which people stop reading them, as CourtListener found."""
EXAMPLES: Final = 5
"""Newest alerts that are shown."""
NIGHT: Final = (time(22), time(6))
"""From when to when a message wakes people, in the subscription's time zone."""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that the rules would have sent.

    `occasion` and `message` are None for an alert that is a message by itself.
    """

    message_id: str
    moment: datetime
    occasion: Occasion | None
    alert_ids: tuple[str, ...]
    alerts: int  # those that it names, and those that it only counts
    stories: int
    channels: tuple[str, ...]  # of `pantau_schemas.ids.channel_id`
    message: AlertMessage | None = None


@dataclass(frozen=True, slots=True)
class BacktestDay:
    """One day in the subscription's time zone."""

    day: date
    alerts: int
    stories: int
    messages: int


@dataclass(frozen=True, slots=True)
class BacktestReport:
    """The alerts of a time and the messages made of them."""

    since: datetime
    until: datetime
    time_zone: str
    days: tuple[BacktestDay, ...]
    alerts: int
    stories: int
    messages: tuple[SentMessage, ...]
    at_night: int  # of the messages
    sources: tuple[tuple[str, int], ...]  # most alerts first
    more_sources: int
    newest: tuple[Alert, ...]

    @property
    def busiest(self) -> int:
        """The messages of the day with the most."""
        return max((one.messages for one in self.days), default=0)


def report(
    alerts: Sequence[Alert],
    messages: Sequence[SentMessage],
    merges: Merges,
    since: datetime,
    until: datetime,
    time_zone: str,
) -> BacktestReport:
    """Count the alerts, oldest first, and the messages of a time.

    An article without a story is a story of its own.
    """
    zone = known_zone(time_zone)
    sources = Counter(one.article.source or "?" for one in alerts).most_common()
    return BacktestReport(
        since=since,
        until=until,
        time_zone=time_zone,
        days=tuple(_days(alerts, messages, merges, _dates(since, until, zone), zone)),
        alerts=len(alerts),
        stories=len({story_of(one, merges) for one in alerts}),
        messages=tuple(messages),
        at_night=sum(is_night(one.moment, zone) for one in messages),
        sources=tuple(sources[:SOURCES]),
        more_sources=max(0, len(sources) - SOURCES),
        newest=tuple(reversed(alerts[-EXAMPLES:])),
    )


def is_night(moment: datetime, zone: tzinfo) -> bool:
    """Return whether most people sleep at a moment in a zone."""
    begin, end = NIGHT
    clock = moment.astimezone(zone).time()
    return clock >= begin or clock < end


def story_of(alert: Alert, merges: Merges) -> str:
    """Return the current story of an alert's article; its own id where it has none."""
    article = alert.article
    return article.article_id if article.story_id is None else merges.resolve(article.story_id)


def _dates(since: datetime, until: datetime, zone: tzinfo) -> list[date]:
    first = since.astimezone(zone).date()
    last = (until - timedelta(milliseconds=1)).astimezone(zone).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _days(
    alerts: Sequence[Alert],
    messages: Sequence[SentMessage],
    merges: Merges,
    dates: Sequence[date],
    zone: tzinfo,
) -> Iterator[BacktestDay]:
    def day_of(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    by_day = Counter(day_of(one.matched_at) for one in alerts)
    stories = Counter(
        day for day, _ in {(day_of(one.matched_at), story_of(one, merges)) for one in alerts}
    )
    sent = Counter(day_of(one.moment) for one in messages)
    for day in dates:
        yield BacktestDay(day, by_day[day], stories[day], sent[day])
