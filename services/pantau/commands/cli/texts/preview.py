"""Text about a query before its subscription is shown: its meaning, and what it finds."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pantau.commands.cli.language import current
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import say
from pantau.commands.cli.texts.overview import polls_text
from pantau.common.text.safe_text import harmless, one_line
from pantau.errors import RetryError, UsageError
from pantau.query.explain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pantau.ports import Clock, Store
    from pantau.query import Query
    from pantau.usecases.search.preview import Preview
    from pantau.usecases.subscriptions.backtest.backtest import Backtest
    from pantau.usecases.subscriptions.subscribing import Look
    from pantau_schemas.events.subscription import Subscription


PLAYED: Final = 2_000
"""Articles that are played before a subscription is saved: they take less than a second."""


def preview_printer(store: "Store", clock: "Clock") -> "Look":
    """Return what prints the preview of a query before it is saved."""

    def look(query: "Query", subscription: "Subscription") -> None:
        if _print_matches(query, subscription, store, clock):
            _print_messages(_played(subscription, store, clock.now()))

    return look


def change_printer(store: "Store", clock: "Clock", before: "Subscription") -> "Look":
    """Return what prints how a change of a subscription would have changed its last days."""

    def look(query: "Query", subscription: "Subscription") -> None:
        changed = (subscription.query, subscription.language) != (before.query, before.language)
        matches = changed and _print_matches(query, subscription, store, clock)
        found = _played(subscription, store, clock.now())
        if matches:
            _print_messages(found)
        _print_difference(before, found, store)

    return look


def _print_matches(
    query: "Query", subscription: "Subscription", store: "Store", clock: "Clock"
) -> bool:
    """Print what a query finds; return whether there was anything."""
    from pantau.usecases.search.preview import preview

    found = preview(query, store, clock)
    if found is None:
        return False
    print_preview(query, found, clock.now(), subscription.time_zone)
    return found.example is not None


def _played(subscription: "Subscription", store: "Store", now: "datetime") -> "Backtest | None":
    """Return the backtest of the last days; None while the index does not answer."""
    from pantau.usecases.search.preview import DAYS
    from pantau.usecases.subscriptions.backtest.backtest import backtest

    try:
        return backtest(subscription, store, now - timedelta(days=DAYS[-1]), now, PLAYED)
    except RetryError:  # what was said before stands
        return None


def _print_messages(found: "Backtest | None") -> None:
    """Print how many messages the last days would have brought."""
    from pantau.commands.cli.texts.backtest import short_lines

    for line in short_lines(found) if found is not None else ():
        put(line)


def _print_difference(before: "Subscription", found: "Backtest | None", store: "Store") -> None:
    """Print what a change gains and loses; `found` is the backtest of its outcome."""
    from pantau.commands.cli.texts.backtest import difference_lines
    from pantau.usecases.subscriptions.backtest.difference import compare

    if found is None:
        return
    try:
        compared = compare(before, found, store, PLAYED)
    except (RetryError, UsageError):  # no index, or a former query that is not readable any more
        return
    for line in difference_lines(compared):
        put(line)


def catch_printer(store: "Store", clock: "Clock") -> "Callable[[Sequence[Subscription]], None]":
    """Return what prints how many of several queries found something lately, if they are few."""
    from pantau.usecases.search.preview import DAYS, catching

    def look(given: "Sequence[Subscription]") -> None:
        found = catching(given, store, clock)
        if found is not None:
            count = len(given)
            put(say("subscriptions.catching", found=found.found, count=count, days=DAYS[-1]))
            if found.waiting:
                put(say("subscriptions.preview-waiting", count=found.waiting))

    return look


def print_preview(query: "Query", found: "Preview", now: "datetime", time_zone: str) -> None:
    """Print the query in plain words, how much it found lately, and an example."""
    words = plain.read(query, current(), now, time_zone).text
    put(say("subscriptions.reads", words="\n".join(map(harmless, words.splitlines()))))
    counted = ", ".join(
        say(
            "subscriptions.count-least" if one.at_least else "subscriptions.count-days",
            count=one.number,
            days=one.days,
        )
        for one in found.counts
    )
    put(say("subscriptions.counted", counts=counted))
    if not found.watched:
        put(say("subscriptions.preview-no-feeds"))
    elif found.waiting:
        put(say("subscriptions.preview-waiting", count=found.waiting))
    if found.example is not None:
        title, source = one_line(found.example.title, 120), found.example.source or ""
        put(say("subscriptions.example", title=title, source=one_line(source, 60)))
    if found.polls:
        put(say("subscriptions.preview-polls", polls=polls_text(found.polls, now)))
