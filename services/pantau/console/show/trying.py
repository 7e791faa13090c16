"""A subscription that a person is writing, tried on the stored articles, as a page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from pantau.common.time import zones
from pantau.common.time.zones import known_zone
from pantau.console.asked import Asked
from pantau.console.show.charts import DrawnBar, drawn_bars
from pantau.console.show.hits import MarkedHit, marked_hit
from pantau.console.show.queries import ShownQuery, error_note, read_shown, with_spellings
from pantau.console.show.subscription_form import rules_given
from pantau.errors import RetryError, UsageError
from pantau.query import Query, QueryError
from pantau.usecases.lists.values import bound
from pantau.usecases.rules.words import rules_in_words
from pantau.usecases.search.overview import Bar, count_each
from pantau.usecases.subscriptions.backtest.asked import AskedQuery, asked_subscription
from pantau.usecases.subscriptions.backtest.difference import BacktestDifference, compare
from pantau.usecases.subscriptions.backtest.live import DAYS, MOST, LiveBacktest, live_backtest
from pantau.usecases.subscriptions.backtest.report import BacktestDay
from pantau_schemas.events.subscription import QueryLanguage, Subscription

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TriedSubscription:
    """The query as it reads, and what the rules would have made of its matches.

    `found` is None where the query or a rule cannot be read, which `shown` or `fault` says, and
    while the index does not answer. `rules` are the rules in words, `matches` and `messages` bars
    of a day each. `difference` is what a change would have made of the same days; None where
    nothing is changed, and for what is new.
    """

    shown: ShownQuery | None = None
    fault: str = ""
    found: LiveBacktest | None = None
    rules: tuple[str, ...] = ()
    matches: tuple[DrawnBar, ...] = ()
    messages: tuple[DrawnBar, ...] = ()
    newest: tuple[MarkedHit, ...] = ()
    difference: BacktestDifference | None = None


def read_alone(
    asked: Asked, text: str, language: QueryLanguage, zone: str | None = None
) -> TriedSubscription:
    """Return how a query reads, and nothing of what it would have found, which takes longer.

    `zone` is that of its days, by default the one of the settings.
    """
    if not text.strip():
        return TriedSubscription()
    shown = read_shown(asked, text, language, zone)
    try:
        if shown.query is not None:
            bound(shown.query, text, asked.store.log)
    except QueryError as error:  # a list that does not exist
        shown = ShownQuery(None, (), (error_note(error, language, asked),))
    return TriedSubscription(shown)


def tried(
    asked: Asked, text: str, language: QueryLanguage, values: Mapping[str, str]
) -> TriedSubscription:
    """Return what a query with the rules of a form would have found and sent lately."""
    read = read_alone(asked, text, language)
    if read.shown is None or read.shown.query is None:
        return read
    try:
        query = bound(read.shown.query, text, asked.store.log)
        wanted = AskedQuery(text, language, zones.current_name())
        rules = rules_given(values)
        given = asked_subscription(asked.store.log, asked.parts.clock, None, wanted, rules)
        if values.get("historical") == "1":
            given = given.model_copy(update={"include_historical": True})
        return _with_hints(asked, _played(asked, read, given, query), text, language)
    except (UsageError, RetryError) as error:  # a rule that cannot be read, or no answer
        return replace(read, fault=error.text(asked.lang))


def _with_hints(
    asked: Asked, found: TriedSubscription, text: str, language: QueryLanguage
) -> TriedSubscription:
    """Return a query that found nothing with what the store knows of its names and feeds."""
    if found.newest or found.shown is None:
        return found
    return replace(found, shown=with_spellings(asked, text, found.shown, language))


def tried_change(
    asked: Asked, before: Subscription, after: Subscription, read: TriedSubscription
) -> TriedSubscription:
    """Return what a subscription as it will be would have found and sent, and the difference.

    `read` is how its query reads.
    """
    if read.shown is None or read.shown.query is None:
        return read
    try:
        query = bound(read.shown.query, after.query, asked.store.log)
        found = _played(asked, read, after, query)
    except (UsageError, RetryError) as error:
        return replace(read, fault=error.text(asked.lang))
    if found.found is None or after == before:
        return found
    try:
        whole = found.found.whole
        return replace(found, difference=compare(before, whole, asked.store, MOST))
    except (UsageError, RetryError):  # the former query is not readable any more, or no answer
        return found


def _played(
    asked: Asked, read: TriedSubscription, given: Subscription, query: Query
) -> TriedSubscription:
    """Return a subscription played over the last days. Raises UsageError and RetryError."""
    zone = known_zone(given.time_zone)
    found = live_backtest(given, query, asked.store, asked.parts.clock)
    bars = count_each(query, asked.store.index, asked.now, zone, _DAY, DAYS)
    return replace(
        read,
        found=found,
        rules=tuple(one.text(asked.lang) for one in rules_in_words(given, asked.now)),
        matches=drawn_bars(bars),
        messages=drawn_bars(message_bars(found.complete, zone)),
        newest=tuple(marked_hit(one, query) for one in found.newest),
    )


def message_bars(days: Sequence[BacktestDay], zone: tzinfo) -> tuple[Bar, ...]:
    """Return the messages of each day as bars. Pure."""
    starts = [datetime.combine(one.day, time(), zone) for one in days]
    return tuple(
        Bar(start, start + _DAY, one.messages) for start, one in zip(starts, days, strict=True)
    )
