"""The inbox: stories that alerted, with what people did about them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, Literal

from pantau.errors import UsageError
from pantau.ports import Clock, Log
from pantau.problems import problem
from pantau.stories.merges import Merges
from pantau.stream.envelope import record_for
from pantau.usecases.alerts.arrivals import find_alert
from pantau.usecases.alerts.history import readable
from pantau.usecases.alerts.triage import (
    OPEN,
    InboxRow,
    grouped,
    inbox_row,
    latest_mark,
    mark_ids,
    marks_for,
    story_of,
)
from pantau.usecases.cursors import cursor_of, read_cursor, time_of
from pantau.usecases.stories.lookup import read_merges
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Alert, TriageMark, TriageState
from pantau_schemas.topics import ALERTS, TRIAGE

InboxView = Literal["open", "new", "seen", "starred", "done", "muted", "all"]
"""Which rows are shown: those that ask for attention, those of one state, or all."""
TriageAction = Literal["reopen", "see", "star", "done", "mute"]
"""The changes that a person makes to a row."""
STATE_AFTER: Final[dict[TriageAction, TriageState]] = {
    "reopen": "new",
    "see": "seen",
    "star": "starred",
    "done": "done",
    "mute": "muted",
}
"""The state that each action leads to."""
LOOKED_AT: Final = 2_000
"""Alerts that are looked at, the latest first; older ones are in the inbox only while starred."""
KNOWN_AMONG: Final = 10_000
"""The latest alerts, among which those are sought that a list knew when it began.

Anybody can write a cursor of a list that began before all alerts.
"""
MARKS_LOOKED_AT: Final = 5_000
"""Marks that are searched for stars, the latest first."""
_MARK_ID: Final = re.compile(rb'"mark_id":\s*"([^"\\]+)"')
MOST_AT_ONCE: Final = 200
"""Alerts that one call can mark."""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Rows of the inbox, the latest alert first.

    `open_count` counts those that ask for attention, whatever is shown, and `starred_count` those
    that people keep, which the open view shows too. `is_lower_bound` is true where there are more
    alerts than were looked at; `is_empty` where there are none. `version` is that of the table of
    alerts. `cursor` leads to the next rows; None at the end.
    """

    rows: tuple[InboxRow, ...]
    open_count: int
    is_lower_bound: bool
    has_more: bool
    is_empty: bool
    version: int
    starred_count: int
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class _InboxPlace:
    """The last row of a page, by its newest alert, and the newest alert that its list knew."""

    as_of: datetime
    at: datetime
    alert_id: str

    @classmethod
    def read(cls, cursor: str) -> "_InboxPlace":
        (as_of, at), alert_id = read_cursor(cursor, 2, has_id=True)
        return cls(time_of(as_of), time_of(at), alert_id)

    def is_before(self, row: InboxRow) -> bool:
        return (row.newest.matched_at, row.newest.alert_id) < (self.at, self.alert_id)


def _cursor_of(row: InboxRow, known: Iterable[Alert], place: _InboxPlace | None) -> str:
    """Return the cursor behind a row, of a list that began with some known alerts."""
    as_of = max(one.matched_at for one in known) if place is None else place.as_of
    return cursor_of(as_of, row.newest.matched_at, row.newest.alert_id)


def _known_at(place: _InboxPlace | None) -> Callable[[Alert], bool]:
    return lambda alert: place is None or alert.matched_at <= place.as_of


class Inbox:
    """The topics `alerts` and `triage`, joined. Every method raises RetryError."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def page(
        self,
        view: InboxView = "open",
        *,
        limit: int = 20,
        subscription_id: str | None = None,
        cursor: str | None = None,
    ) -> InboxPage:
        """Return the rows of a view behind a cursor, of all subscriptions or of one.

        Every page is of the alerts that the first one knew: a story that grows meanwhile stays at
        its place. Raises UsageError for a cursor that no page gave.
        """
        place = None if cursor is None else _InboxPlace.read(cursor)
        table = self._log.table(ALERTS.name)
        version, merges = table.version(), read_merges(self._log)
        latest = islice(readable(table.newest(version)), KNOWN_AMONG)
        known_then = filter(_known_at(place), latest)
        looked_at = list(islice(known_then, LOOKED_AT))
        known = {one.alert_id for one in looked_at}
        marks = _Marks(self._log)
        # A starred story stays, however many alerts came after it.
        starred = [one for one in self._starred(marks) if one.alert_id not in known]
        wanted = [
            one for one in (*looked_at, *starred) if subscription_id in {None, one.subscription_id}
        ]
        rows = self._rows(wanted, merges, marks)
        shown = [
            one for one in rows if is_shown(one, view) and (place is None or place.is_before(one))
        ]
        has_more = len(shown) > limit
        return InboxPage(
            tuple(shown[:limit]),
            sum(one.state in OPEN for one in rows),
            len(looked_at) == LOOKED_AT,
            has_more,
            not rows,
            version,
            sum(one.state == "starred" for one in rows),
            _cursor_of(shown[limit - 1], wanted, place) if has_more else None,
        )

    def states(self, alerts: Sequence[Alert]) -> dict[str, TriageState]:
        """Return the state that the story of each alert has with its subscription, by alert."""
        merges, marks = read_merges(self._log), _Marks(self._log, read=0)
        found: dict[str, TriageState] = {}
        pairs: dict[tuple[str, str], list[Alert]] = {}
        for one in alerts:
            pairs.setdefault((one.subscription_id, story_of(one, merges)), []).append(one)
        for (subscription, story), those in pairs.items():
            mark = marks.of(subscription, story, merges)
            row = inbox_row(story, those, {subscription: mark}, self._clock.now())
            found.update(dict.fromkeys((one.alert_id for one in those), row.state))
        return found

    def triage(
        self, alert_ids: Sequence[str], action: TriageAction, until: datetime | None = None
    ) -> tuple[InboxRow, ...]:
        """Mark the stories of alerts, all or, where an alert is unknown, none.

        Return their rows as they are then. `until` is when the newest alert fired that the person
        saw: a story that grew since stays new. Raises UsageError for an unknown alert and for more
        than `MOST_AT_ONCE`.
        """
        if not 0 < len(alert_ids) <= MOST_AT_ONCE:
            raise UsageError(problem("alerts.no-triage", most=MOST_AT_ONCE))
        named = [find_alert(self._log, one) for one in dict.fromkeys(alert_ids)]
        merges, now = read_merges(self._log), self._clock.now()
        rows = self._rows_with(named, merges)
        marks = [mark for row in rows for mark in marks_for(row, STATE_AFTER[action], now, until)]
        self._log.append([record_for(one, TRIAGE, source="cli", time=now) for one in marks])
        current = _Marks(self._log, read=0)
        return tuple(self._row(one.story_id, one.alerts, merges, current) for one in rows)

    def _rows_with(self, named: Sequence[Alert], merges: Merges) -> list[InboxRow]:
        """Return the rows that alerts are in, with the other alerts of their stories."""
        stories = {story_of(one, merges) for one in named}
        table = self._log.table(ALERTS.name)
        latest = islice(readable(table.newest(table.version())), LOOKED_AT)
        together = {one.alert_id: one for one in (*named, *latest)}
        of_stories = (one for one in together.values() if story_of(one, merges) in stories)
        return self._rows(of_stories, merges)

    def _rows(
        self, alerts: Iterable[Alert], merges: Merges, known: "_Marks | None" = None
    ) -> list[InboxRow]:
        marks = known or _Marks(self._log, read=0)
        rows = [
            self._row(story, those, merges, marks)
            for story, those in grouped(alerts, merges).items()
        ]
        return sorted(
            rows, key=lambda one: (one.newest.matched_at, one.newest.alert_id), reverse=True
        )

    def _row(
        self, story: str, alerts: Iterable[Alert], merges: Merges, known: "_Marks"
    ) -> InboxRow:
        those = list(alerts)
        subscriptions = {one.subscription_id for one in those}
        marks = {one: known.of(one, story, merges) for one in subscriptions}
        return inbox_row(story, those, marks, self._clock.now())

    def _starred(self, marks: "_Marks") -> Iterator[Alert]:
        """Yield the alerts that people starred, however old."""
        alerts = self._log.table(ALERTS.name)
        for mark in _read_marks(one for one in marks.latest if b'"starred"' in one):
            if mark is not None and mark.state == "starred":
                yield from readable(filter(None, [alerts.get(mark.alert_id)]))


class _Marks:
    """The marks of stories: the latest are read at once, others where they are asked for."""

    def __init__(self, log: Log, read: int = MARKS_LOOKED_AT) -> None:
        self._table = log.table(TRIAGE.name)
        self.latest = list(islice(self._table.newest(self._table.version()), read)) if read else []
        # Whoever asks for a thousand stories need not ask the store for each of them.
        self._is_whole = len(self.latest) < read
        found = ((_MARK_ID.search(one), one) for one in self.latest)
        self._known = {named[1].decode(): one for named, one in found if named is not None}

    def of(self, subscription: str, story: str, merges: Merges) -> TriageMark | None:
        """Return the latest mark that a story has with a subscription."""
        values = map(self._value, mark_ids(subscription, story, merges))
        return latest_mark(_read_marks(values))

    def _value(self, mark_id: str) -> bytes | None:
        known = self._known.get(mark_id)
        return known if known is not None or self._is_whole else self._table.get(mark_id)


def _read_marks(values: Iterable[bytes | None]) -> Iterator[TriageMark | None]:
    for value in values:
        try:
            yield None if value is None else decode(TriageMark, value)
        except SchemaError:  # of a newer version
            yield None


def is_shown(row: InboxRow, view: InboxView) -> bool:
    """Return whether a view shows a row; starred ones are among the open ones."""
    if view == "open":
        return row.state in OPEN or row.state == "starred"
    return view in {"all", row.state}
