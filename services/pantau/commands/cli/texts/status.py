"""The status for people: counts, what is wrong with feeds and channels, and what to do."""

from typing import TYPE_CHECKING, Final

from pantau.commands.cli.say import text_of
from pantau.common.time.zones import zoned_text
from pantau.problems import Problem, problem
from pantau.usecases.alerts.in_messages import HeldAlerts
from pantau.usecases.alerts.open_deliveries import OpenDeliveries
from pantau.usecases.channels.remedies import describe_trouble
from pantau.usecases.status import StoreStatus, read_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pantau.ports import Store
    from pantau.usecases.channels.health import KnownChannel

_KINDS: Final = 2
"""Kinds of problems that are named; the list of feeds has all."""
_DELIVERS: Final = "notifier"
_CHANNELS: Final = 5
"""Channels in trouble that are named; the list of channels has all."""


def store_status_text(store: "Store", lag: "Callable[[], int]" = lambda: 0) -> str:
    """Format the status in a few lines, in the language of the answer.

    `lag` returns how many records wait to be processed.
    """
    return status_text(read_status(store), lag())


def status_text(status: StoreStatus, waiting: int = 0) -> str:
    """Format a status in a few lines; `waiting` records are to be processed."""
    return "\n".join(map(text_of, status_lines(status, waiting)))


def status_lines(status: StoreStatus, waiting: int = 0) -> "Iterator[Problem]":
    """Yield the lines of a status; `waiting` records are to be processed."""
    counts = problem(
        "status.counts",
        feeds=status.feeds,
        articles=status.articles,
        subscriptions=status.subscriptions,
        alerts=status.alerts,
    )
    yield problem("status.counts-waiting", counts=counts, waiting=waiting) if waiting else counts
    if not status.feeds:
        yield problem("status.no-feeds")
    if status.failing:
        yield problem("status.problems", count=status.failing, kinds=_kinds(status))
        if status.is_offline:
            yield problem("feeds.offline")
        elif status.all_unreadable:
            yield problem("status.offline")
    if status.articles and status.subscriptions and not status.alerts:
        yield problem("status.first-polls")
    yield from _held(status.held)
    yield from _undelivered(status.deliveries)


def _held(held: HeldAlerts) -> "Iterator[Problem]":
    """Yield how many alerts wait for a message of several, and for when."""
    if held.count and held.next_message is not None:
        when = zoned_text(held.next_message)
        yield problem("status.held-until", count=held.count, when=when)
    elif held.count:
        yield problem("status.held", count=held.count)


def channel_lines(ill: "Sequence[KnownChannel]") -> "Iterator[Problem]":
    """Yield a line for each channel in trouble: since when, why, and what to do."""
    yield from map(describe_trouble, ill[:_CHANNELS])
    if len(ill) > _CHANNELS:
        yield problem("status.more-channels", count=len(ill) - _CHANNELS)


def rejected_lines(by_stage: "Mapping[str, int]") -> "Iterator[Problem]":
    """Yield a line for each stage that rejected records; a status counts deliveries itself."""
    for stage, count in sorted(by_stage.items()):
        if stage != _DELIVERS:
            yield problem("status.rejected", count=count, stage=stage)


def _undelivered(found: OpenDeliveries) -> "Iterator[Problem]":
    """Yield what did not arrive, why, and what sends it again."""
    if len(found.stopped_channels) == 1:
        name = found.stopped_channels[0]
        yield problem("status.failed-stopped", count=found.stopped, channels=name)
    elif found.stopped:
        several = len(found.stopped_channels)
        yield problem("status.failed-stopped-several", count=found.stopped, channels=several)
    if found.failed and found.failed_reason is not None:
        yield problem("status.failed", count=found.failed, reason=found.failed_reason)
    if found.waiting and found.waiting_reason is not None:
        yield problem("status.waiting", count=found.waiting, reason=found.waiting_reason)


def _kinds(status: StoreStatus) -> Problem:
    """Return the most frequent kinds as an enumeration; of a single one it says no number."""
    if len(status.kinds) == 1:
        return status.kinds[0][0]
    named = [
        problem("status.kind", count=count, kind=kind) for kind, count in status.kinds[:_KINDS]
    ]
    others = sum(count for _, count in status.kinds[_KINDS:])
    if others or not named:
        named.append(problem("status.more-kinds", count=others or status.failing))
    joined = named.pop()
    while named:
        joined = problem("status.kinds", first=named.pop(), rest=joined)
    return joined
