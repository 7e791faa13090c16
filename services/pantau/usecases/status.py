"""How things stand: counts, and the problems of feeds summed up by kind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from pantau.messages.finished.templates import parse
from pantau.ports import Store
from pantau.problems import Problem, problem
from pantau.usecases.alerts.in_messages import HeldAlerts, count_held
from pantau.usecases.alerts.open_deliveries import OpenDeliveries, read_open_deliveries
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.feed import FeedState, FeedStatus
from pantau_schemas.topics import ALERTS, FEED_STATE, FEEDS, SUBSCRIPTIONS

KIND_LIMIT: Final = 120
"""Longest name of a kind, in characters."""
_FORBIDDEN: Final = "status.not-allowed"
_NAMES: Final = frozenset({"status.no-such-host", "status.no-name-server"})
_KINDS: Final = {
    "fetch.no-such-host": "status.no-such-host",
    "fetch.no-name-server": "status.no-name-server",
    "fetch.no-address": "status.no-such-host",
    "fetch.not-allowed": _FORBIDDEN,
    "documents.page-no-feed": "status.page",
    "documents.with-feed": "status.page",
    "documents.no-feed": "status.no-feed",
}
"""Kinds of the problems that name a host or more; of all others the sentence is cut."""
_NOTES: Final = tuple(
    (parse(template), code)
    for template, code in (
        ("all {count} items were new at {rest}", "status.may-have-missed"),
        ("silent for {days} days, though {rest}", "status.silent"),
        ("it redirects for good to {rest}", "status.moves"),
        ("{count} dates lie in the future, {rest}", "status.odd-dates"),
        ("{what} long before the feed listed it, {rest}", "status.odd-dates"),
        ("{what} at nearly every poll by a few words, {rest}", "status.changing-texts"),
    )
)
"""Kinds of the notes about a feed, which states hold as sentences with figures of that feed."""
_TROUBLED: Final = frozenset({FeedStatus.ERROR, FeedStatus.WARNING, FeedStatus.LIMITED})


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """Counts over a store, and what is wrong with its feeds."""

    feeds: int
    failing: int  # feeds that are not read, not read well, or limited
    unreadable: int  # feeds that are not read at all
    subscriptions: int
    articles: int
    alerts: int
    deliveries: OpenDeliveries = field(default_factory=OpenDeliveries)
    held: HeldAlerts = field(default_factory=HeldAlerts)
    kinds: tuple[tuple[Problem, int], ...] = ()  # what is wrong with how many, most first

    @property
    def is_offline(self) -> bool:
        """True if no host of several feeds can be looked up: this machine has no network."""
        kinds = {kind.code for kind, _ in self.kinds}
        return self.all_unreadable and bool(kinds) and kinds <= _NAMES

    @property
    def all_unreadable(self) -> bool:
        """True if none of several feeds can be read: the fault may be this machine's.

        It is not where the settings forbid the addresses of all.
        """
        kinds = {kind.code for kind, _ in self.kinds}
        return self.unreadable == self.feeds > 1 and kinds != {_FORBIDDEN}


def read_status(store: Store) -> StoreStatus:
    """Count. Raises RetryError."""
    feeds = store.log.table(FEEDS.name).snapshot().values
    states = [
        _state(value)
        for key, value in store.log.table(FEED_STATE.name).snapshot().values.items()
        if value is not None and key in feeds
    ]
    troubled = [one for one in states if one.status in _TROUBLED]
    return StoreStatus(
        feeds=len(feeds),
        failing=len(troubled),
        unreadable=sum(one.status is FeedStatus.ERROR for one in states),
        subscriptions=store.log.table(SUBSCRIPTIONS.name).count(),
        articles=store.index.count(),
        alerts=store.log.table(ALERTS.name).count(),
        deliveries=read_open_deliveries(store.log),
        held=count_held(store.log),
        kinds=_kinds(troubled),
    )


@dataclass(frozen=True, slots=True)
class _State:
    """The part of a feed's state that is counted."""

    status: FeedStatus
    kind: Problem


def _state(value: bytes) -> _State:
    try:
        state = decode(FeedState, value)
    except SchemaError:
        return _State(FeedStatus.ERROR, problem("status.unread"))
    return _State(state.status, kind_of(state))


def _kinds(states: Iterable[_State]) -> tuple[tuple[Problem, int], ...]:
    # Problems hold dictionaries, so they are counted by their text.
    counted: Counter[str] = Counter()
    kinds: dict[str, Problem] = {}
    for one in states:
        kinds.setdefault(str(one.kind), one.kind)
        counted[str(one.kind)] += 1
    return tuple((kinds[text], count) for text, count in counted.most_common())


def kind_of(state: FeedState) -> Problem:
    """Return the kind of a feed's problem: without its host, and without what to do."""
    if state.status is FeedStatus.LIMITED:
        return problem("status.limited")
    code = state.reason.code if state.reason is not None else ""
    if code in _KINDS:
        return Problem(_KINDS[code])
    if state.status is FeedStatus.ERROR and (state.http_status or 0) >= 300:
        return problem("status.http", status=state.http_status or 0, phrase=_phrase(state))
    return _kind_of_text(state.problem or "")


def _phrase(state: FeedState) -> str:
    try:
        return HTTPStatus(state.http_status or 0).phrase
    except ValueError:
        return "unknown status"


def _kind_of_text(text: str) -> Problem:
    """Return the kind of a problem that was stored as a sentence alone: its first clause."""
    for template, code in _NOTES:
        if template.values(text) is not None:
            return Problem(code)
    kind = text.partition(";")[0].partition(". ")[0].partition(" (")[0]
    host, colon, rest = kind.partition(": ")
    kind = rest if colon and " " not in host else host
    if len(kind) > KIND_LIMIT:  # a whole word stands at its end
        kind = kind[:KIND_LIMIT].rpartition(" ")[0] or kind[: KIND_LIMIT - 1]
        kind = f"{kind}…"
    return problem("status.other", text=kind)
