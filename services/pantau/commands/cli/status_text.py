"""How things stand, for people: counts, and the problems of feeds summed up."""

from collections import Counter
from typing import TYPE_CHECKING, Final

from pantau.adapters.terminal.screen import counted
from pantau.usecases.status import read_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from pantau.ports import Store

_REASONS: Final = 2
"""Reasons that are named; the list of feeds has all."""


def standing(store: "Store", lag: "Callable[[], int]" = lambda: 0) -> str:
    """Return how things stand in a line or two.

    `lag` gives how many records wait to be processed.
    """
    status = read_status(store)
    counts = (
        counted(status.feeds, "feed"),
        counted(status.articles, "article"),
        counted(status.subscriptions, "subscription"),
        counted(status.alerts, "alert"),
    )
    waiting = lag()
    text = ", ".join(counts) + (f"; {counted(waiting, 'record')} to process" if waiting else "")
    if not status.feeds:
        return f"{text}\nno feeds yet: add one by `pantau feeds add URL`, or run with --starter"
    return text + _problems(store, status.feeds) if status.failing else text


def _problems(store: "Store", feeds: int) -> str:
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (only if there are problems)
    from pantau.usecases.feeds import FeedBook  # noqa: PLC0415 (as above)
    from pantau_schemas.feed import FeedStatus  # noqa: PLC0415 (as above)

    states = [one.state for one in FeedBook(store.log, SystemClock()).all() if one.state.problem]
    failing = [one for one in states if one.status is FeedStatus.ERROR]
    reasons = Counter(
        "limited" if one.status is FeedStatus.LIMITED else _short(one.problem or "")
        for one in states
    )
    named = ", ".join(f"{number} {reason}" for reason, number in reasons.most_common(_REASONS))
    more = "" if len(reasons) <= _REASONS else ", ..."
    text = f"\n{counted(len(states), 'feed')} with problems ({named}{more}): `pantau feeds list --problems`"
    if len(failing) == feeds > 1:
        text += "\nno feed can be read: is this machine connected to the internet?"
    return text


def _short(problem: str) -> str:
    """Return the kind of a problem.

    Without the host that it names first, and without what to do.
    """
    kind = problem.partition(";")[0].partition(". ")[0].partition(" (")[0]
    host, colon, rest = kind.partition(": ")
    kind = rest if colon and " " not in host else host
    return kind[:60]
