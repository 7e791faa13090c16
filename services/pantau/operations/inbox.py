"""Operations on the inbox: stories that alerted, and what a person did about them."""

from pydantic import Field

from pantau.common.time import zones
from pantau.operations.base.fields import Cursor, Moment, Name, Reference
from pantau.operations.base.operation import Answer, Call, Input
from pantau.usecases.alerts.history import AlertHistory
from pantau.usecases.alerts.inbox import (
    MOST_AT_ONCE,
    Inbox,
    InboxView,
    TriageAction,
)
from pantau.usecases.alerts.triage import InboxRow
from pantau.usecases.moments import parse_moment
from pantau_schemas.codec import without_unknown
from pantau_schemas.events.alert import Alert, TriageState

_IDS: int = 100
"""Ids of alerts that an entry names."""


class InboxWanted(Input):
    """Which rows of the inbox are listed."""

    state: InboxView = Field(
        default="open",
        description="`open`: new, seen and starred stories; a single state; or `all`.",
    )
    subscription: Reference | None = Field(
        default=None, description="Only of this subscription, by its id or name."
    )
    limit: int = Field(default=20, ge=1, le=200)
    cursor: Cursor | None = None


class InboxEntry(Answer):
    """A story in the inbox, with its newest alert."""

    story_id: str = Field(description="The article, where it has no story.")
    state: TriageState
    fresh: int = Field(ge=0, description="Alerts that came after a person looked at it last.")
    count: int = Field(ge=1, description="Alerts of it, of all subscriptions together.")
    sources: tuple[str, ...]
    subscriptions: tuple[str, ...] = Field(description="Ids of the subscriptions that it alerted.")
    newest: Alert
    alert_ids: tuple[str, ...] = Field(description="The newest alerts of it, at most 100.")


class InboxFound(Answer):
    """Rows of the inbox, the latest alert first."""

    items: tuple[InboxEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")
    open: int = Field(ge=0, description="New and seen stories, whatever is listed.")
    is_lower_bound: bool = Field(
        description="True if there are more alerts than the 2,000 latest, which were looked at."
    )


def list_inbox(call: Call, given: InboxWanted) -> InboxFound:
    """List the stories that alerted and what a person did about each, the latest first."""
    log = call.parts.store.log
    chosen = None
    if given.subscription is not None:
        chosen = AlertHistory(log).subscription_id(given.subscription)
    page = Inbox(log, call.parts.clock).page(
        given.state, limit=given.limit, subscription_id=chosen, cursor=given.cursor
    )
    return InboxFound(
        items=tuple(map(_entry, page.rows)),
        cursor=page.cursor,
        open=page.open_count,
        is_lower_bound=page.is_lower_bound,
    )


class TriageOfAlerts(Input):
    """The stories of alerts, and the change of their state."""

    ids: tuple[Name, ...] = Field(
        min_length=1,
        max_length=MOST_AT_ONCE,
        description="Ids of alerts; their whole stories are meant.",
    )
    action: TriageAction = Field(
        description="`see` and `done` until the story grows; `star` until the person is done with "
        "it; `mute` for good; `reopen` makes it new again."
    )
    until: Moment | None = Field(
        default=None,
        description="When the newest alert fired that the person saw: a story that has later ones "
        "stays new.",
    )


class TriageDone(Answer):
    """The stories as they are now."""

    items: tuple[InboxEntry, ...]


def triage_alerts(call: Call, given: TriageOfAlerts) -> TriageDone:
    """Mark the stories of alerts as seen, starred, done, muted, or new again.

    All of them, or none where an alert is unknown.
    """
    inbox = Inbox(call.parts.store.log, call.parts.clock)
    until = None
    if given.until is not None:
        until = parse_moment(given.until, call.parts.clock.now(), zones.current())
    rows = inbox.triage(given.ids, given.action, until)
    return TriageDone(items=tuple(map(_entry, rows)))


def _entry(row: InboxRow) -> InboxEntry:
    return InboxEntry(
        story_id=row.story_id,
        state=row.state,
        fresh=row.fresh,
        count=len(row.alerts),
        sources=row.sources,
        subscriptions=tuple(dict.fromkeys(one.subscription_id for one in row.alerts)),
        newest=without_unknown(row.newest),
        alert_ids=tuple(one.alert_id for one in row.alerts[:_IDS]),
    )
