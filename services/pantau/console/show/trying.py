"""A subscription that a person is writing, tried on the stored articles, as a page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from pantau.common.time import zones
from pantau.common.time.zones import known_zone
from pantau.console.asked import Asked
from pantau.console.show.charts import DrawnBar, drawn_bars
from pantau.console.show.hits import MarkedHit, marked_hit
from pantau.console.show.queries import ShownQuery, error_note, read_shown
from pantau.errors import RetryError, UsageError
from pantau.query import QueryError
from pantau.usecases.lists.values import bound
from pantau.usecases.rules.given import GivenRules
from pantau.usecases.rules.words import rules_in_words
from pantau.usecases.search.overview import Bar, count_each
from pantau.usecases.subscriptions.backtest.asked import AskedQuery, asked_subscription
from pantau.usecases.subscriptions.backtest.live import DAYS, LiveBacktest, live_backtest
from pantau.usecases.subscriptions.backtest.report import BacktestDay
from pantau_schemas.events.subscription import QueryLanguage

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TriedSubscription:
    """The query as it reads, and what the rules would have made of its matches.

    `found` is None where the query or a rule cannot be read, which `shown` or `fault` says, and
    while the index does not answer. `rules` are the rules in words, `matches` and `messages` bars
    of a day each.
    """

    shown: ShownQuery | None = None
    fault: str = ""
    found: LiveBacktest | None = None
    rules: tuple[str, ...] = ()
    matches: tuple[DrawnBar, ...] = ()
    messages: tuple[DrawnBar, ...] = ()
    newest: tuple[MarkedHit, ...] = ()


def rules_given(values: Mapping[str, str]) -> GivenRules:
    """Return the rules that a form has; an empty field leaves the default."""
    timing, when, quiet = (
        values.get(one, "").strip() or None for one in ("timing", "when", "quiet")
    )
    first = "first" if values.get("articles") == "first" else None
    return GivenRules(timing=timing, when=when, quiet=quiet, articles=first)


def read_alone(asked: Asked, text: str, language: QueryLanguage) -> TriedSubscription:
    """Return how a query reads, and nothing of what it would have found, which takes longer."""
    if not text.strip():
        return TriedSubscription()
    shown = read_shown(asked, text, language)
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
    shown = read.shown
    if shown is None or shown.query is None:
        return read
    zone_name, zone = zones.current_name(), zones.current()
    try:
        query = bound(shown.query, text, asked.store.log)
        wanted = AskedQuery(text, language, zone_name)
        rules = rules_given(values)
        log, clock = asked.store.log, asked.parts.clock
        given = asked_subscription(log, clock, None, wanted, rules)
        if values.get("historical") == "1":
            given = given.model_copy(update={"include_historical": True})
        found = live_backtest(given, query, asked.store, clock)
        bars = count_each(query, asked.store.index, asked.now, zone, _DAY, DAYS)
    except (UsageError, RetryError) as error:  # a rule that cannot be read, or no answer
        return TriedSubscription(shown, error.text(asked.lang))
    return TriedSubscription(
        shown,
        found=found,
        rules=tuple(one.text(asked.lang) for one in rules_in_words(given, asked.now)),
        matches=drawn_bars(bars),
        messages=drawn_bars(message_bars(found.complete, known_zone(zone_name))),
        newest=tuple(marked_hit(one, query) for one in found.newest),
    )


def message_bars(days: Sequence[BacktestDay], zone: tzinfo) -> tuple[Bar, ...]:
    """Return the messages of each day as bars. Pure."""
    starts = [datetime.combine(one.day, time(), zone) for one in days]
    return tuple(
        Bar(start, start + _DAY, one.messages) for start, one in zip(starts, days, strict=True)
    )
