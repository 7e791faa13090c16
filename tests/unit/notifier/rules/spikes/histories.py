"""Histories of subscriptions for tests."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pantau.notifier.rules.spikes.counts import HourlyCounts

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def history(hours: int, number: Callable[[datetime], int]) -> HourlyCounts:
    """Return counts from `MONDAY` on, in each hour what `number` returns for its beginning."""
    counts = HourlyCounts.starting(MONDAY)
    for hour in range(hours):
        moment = MONDAY + hour * HOUR
        counts = counts.add(moment, number(moment))
    return counts


def steady(hours: int, number: int) -> HourlyCounts:
    """Return counts that are the same every hour."""
    return history(hours, lambda _: number)
