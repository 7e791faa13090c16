"""The status for people: counts, and a summary of the problems of feeds."""

from typing import TYPE_CHECKING, Final

from pantau.commands.cli.say import say, text_of
from pantau.problems import Problem, problem
from pantau.usecases.alerts.open_deliveries import OpenDeliveries
from pantau.usecases.status import StoreStatus, read_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pantau.ports import Store

_KINDS: Final = 2
"""Kinds of problems that are named; the list of feeds has all."""


def store_status_text(store: "Store", lag: "Callable[[], int]" = lambda: 0) -> str:
    """Format the status in one or two lines.

    `lag` returns how many records wait to be processed.
    """
    return status_text(read_status(store), lag())


def status_text(status: StoreStatus, waiting: int = 0) -> str:
    """Return a status in a line or two; `waiting` records are to be processed."""
    counts = problem(
        "status.counts",
        feeds=status.feeds,
        articles=status.articles,
        subscriptions=status.subscriptions,
        alerts=status.alerts,
    )
    lines = [
        say("status.counts-waiting", counts=counts, waiting=waiting) if waiting else text_of(counts)
    ]
    if not status.feeds:
        lines.append(say("status.no-feeds"))
    if status.failing:
        lines.append(say("status.problems", count=status.failing, kinds=_kinds(status)))
        if status.all_unreadable:
            lines.append(say("status.offline"))
    lines += map(text_of, _undelivered(status.deliveries))
    return "\n".join(lines)


def _undelivered(found: OpenDeliveries) -> "Iterator[Problem]":
    """Yield what did not arrive, why, and what sends it again."""
    if found.failed and found.failed_reason is not None:
        yield problem("status.failed", count=found.failed, reason=found.failed_reason)
    if found.waiting and found.waiting_reason is not None:
        yield problem("status.waiting", count=found.waiting, reason=found.waiting_reason)


def _kinds(status: StoreStatus) -> str:
    named = [say("status.kind", count=count, kind=kind) for kind, count in status.kinds[:_KINDS]]
    return ", ".join([*named, "..."] if len(status.kinds) > _KINDS else named)
