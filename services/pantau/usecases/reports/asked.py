"""The subject of a report: a day, and a subscription or a tag."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from pantau.common.dates.reading import FIRST_YEAR
from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import read_tags
from pantau.usecases.subscriptions.tagged import has_tag
from pantau_schemas.events.subscription import Subscription

_WORDS: Final = {
    "today": 0,
    "hari ini": 0,
    "yesterday": 1,
    "kemarin": 1,
}
"""Days as people call them, and how many days ago they are."""
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """The subscriptions whose matches a report has, and what people call them together."""

    name: str
    subscriptions: tuple[Subscription, ...]


def read_day(text: str, now: datetime, zone: tzinfo) -> date:
    """Return a day: `2026-11-28`, or `today` and `yesterday` in English or Indonesian.

    Raises UsageError for anything else, and for a day to come.
    """
    today = now.astimezone(zone).date()
    words = " ".join(text.casefold().split())
    if words in _WORDS:
        return today - _WORDS[words] * _ONE
    try:
        found = date.fromisoformat(words) if len(words) == 10 else None
    except ValueError:
        found = None
    if found is None or not found.year >= FIRST_YEAR or found > today:
        raise UsageError(problem("reports.no-day", text=text[:100]))
    return found


def bounds_of(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the two midnights of a zone between which a day lies."""
    begin = datetime.combine(day, time(), zone)
    return begin, datetime.combine(day + _ONE, time(), zone)


def subject_of(
    repository: SubscriptionRepository, subscription: str | None, tag: str | None
) -> ReportSubject:
    """Return the subscription that is named, or all live ones with a tag.

    Raises UsageError unless exactly one of both is given, and where there is no such subscription.
    """
    if (subscription is None) == (tag is None):
        raise UsageError(problem("reports.no-subject"))
    if subscription is not None:
        found = repository.find(subscription)
        return ReportSubject(found.name, (found,))
    return _tagged(repository, tag or "")


def _tagged(repository: SubscriptionRepository, tag: str) -> ReportSubject:
    stored = repository.all()
    given = [one for one in stored if read_tags((tag,)) and has_tag(one, (tag,))]
    if not given:
        known = sorted({each for one in stored for each in one.tags}, key=str.casefold)
        there = ", ".join(known) or Problem("subscriptions.no-tag-yet")
        raise UsageError(problem("subscriptions.no-tag", tags=tag[:100], known=there))
    return ReportSubject(tag.strip(), tuple(one for one in given if not one.paused))
