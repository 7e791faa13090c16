"""The states of stories in the inbox, from alerts, marks and the time. Pure.

A row of the inbox is a story, with the alerts that all subscriptions had of it. Each subscription
has a mark of its own, so that whoever may not see another one's alerts shares no state with it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pantau.stories.merges import Merges
from pantau_schemas.events.alert import Alert, TriageMark, TriageState
from pantau_schemas.ids import triage_id

DONE_AFTER: Final = timedelta(days=7)
"""A story without a new alert for this long is done, unless it is starred."""
OPEN: Final[frozenset[TriageState]] = frozenset({"new", "seen"})
"""States that ask for attention."""
_ORDER: Final[tuple[TriageState, ...]] = ("starred", "new", "seen", "done", "muted")
"""Of the states that a story has with several subscriptions, the first counts."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A story in the inbox: its alerts, the newest first, and its state.

    `fresh` counts the alerts that came after the last mark, or all where there is none.
    """

    story_id: str
    state: TriageState
    alerts: tuple[Alert, ...]
    fresh: int

    @property
    def newest(self) -> Alert:
        """The alert that the row shows."""
        return self.alerts[0]

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its articles, each once, that of the newest alert first."""
        named = (one.article.source for one in self.alerts)
        return tuple(dict.fromkeys(one for one in named if one))


def story_of(alert: Alert, merges: Merges) -> str:
    """Return the story of an alert as it is now; the article where it has none."""
    story = alert.article.story_id
    return alert.article.article_id if story is None else merges.resolve(story)


def mark_ids(subscription_id: str, story_id: str, merges: Merges) -> tuple[str, ...]:
    """Return the ids of the marks that a story may have, those from before a merge included."""
    return tuple(triage_id(subscription_id, one) for one in merges.ids(story_id))


def latest_mark(marks: Iterable[TriageMark | None]) -> TriageMark | None:
    """Return the mark that was made last."""
    known = [one for one in marks if one is not None]
    return max(known, key=lambda one: (one.updated, one.mark_id), default=None)


def grouped(alerts: Iterable[Alert], merges: Merges) -> dict[str, list[Alert]]:
    """Return the alerts of each story, in the given order, which `inbox_row` expects."""
    found: dict[str, list[Alert]] = {}
    for one in alerts:
        found.setdefault(story_of(one, merges), []).append(one)
    return found


def inbox_row(
    story_id: str,
    alerts: Collection[Alert],
    marks: Mapping[str, TriageMark | None],
    now: datetime,
) -> InboxRow:
    """Return the row of a story; `marks` are the latest ones by subscription."""
    ordered = sorted(alerts, key=lambda one: (one.matched_at, one.alert_id), reverse=True)
    states = {
        one: _state([each for each in ordered if each.subscription_id == one], marks.get(one), now)
        for one in dict.fromkeys(each.subscription_id for each in ordered)
    }
    state = min((one for one, _ in states.values()), key=_ORDER.index)
    return InboxRow(story_id, state, tuple(ordered), sum(count for _, count in states.values()))


def _state(
    alerts: Collection[Alert], mark: TriageMark | None, now: datetime
) -> tuple[TriageState, int]:
    """Return the state of a story with one subscription, and its alerts after the mark."""
    state: TriageState = "new"
    fresh = len(alerts)
    if mark is not None:
        fresh = sum(one.matched_at > mark.until for one in alerts)
        has_grown = fresh and mark.state not in {"starred", "muted"}
        state = "new" if has_grown else mark.state
    is_old = now - max(one.matched_at for one in alerts) >= DONE_AFTER
    return ("done" if is_old and state in OPEN else state), fresh


def marks_for(
    row: InboxRow, state: TriageState, now: datetime, until: datetime | None = None
) -> list[TriageMark]:
    """Return the marks that give a row a state, one for each of its subscriptions.

    `until` is when the newest alert fired that the person saw: later ones stay new. A subscription
    whose alerts of the story are all later gets no mark.
    """
    made = []
    for subscription in dict.fromkeys(one.subscription_id for one in row.alerts):
        of_it = [one for one in row.alerts if one.subscription_id == subscription]
        seen = [one for one in of_it if until is None or one.matched_at <= until]
        if not seen:
            continue
        made.append(
            TriageMark(
                mark_id=triage_id(subscription, row.story_id),
                subscription_id=subscription,
                story_id=row.story_id,
                state=state,
                alert_id=seen[0].alert_id,
                until=seen[0].matched_at,
                updated=now,
            )
        )
    return made
