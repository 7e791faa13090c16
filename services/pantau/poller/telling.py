"""What operators are told of a poll: its numbers, and the first span of each article's trace."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pantau.observe.signals import Signals, Step
from pantau.poller.decide import Decision
from pantau.poller.outcome import Failed, Fetched, NotModified, Outcome, Unreadable
from pantau.ports import Record
from pantau_schemas.topics import ARTICLES

_NAMES: Final[dict[type[Outcome], str]] = {
    Fetched: "fetched",
    NotModified: "not_modified",
    Unreadable: "unreadable",
    Failed: "failed",
}


def tell_poll(
    signals: Signals,
    decision: Decision,
    outcome: Outcome,
    records: Sequence[Record],
    *,
    began: datetime,
    now: datetime,
) -> None:
    """Tell of a poll whose records are written. Addresses are left out: they may hold passwords."""
    new = sum(one.revision == 1 for one in decision.articles)
    signals.metrics.polled(
        _NAMES[type(outcome)],
        (now - began).total_seconds(),
        new=new,
        changed=len(decision.articles) - new,
    )
    _trace(signals, decision, records, began, now)


def tell_piece(
    signals: Signals, decision: Decision, records: Sequence[Record], *, began: datetime, now: datetime
) -> None:
    """Tell of articles that waited for their turn and are written."""
    new = sum(one.revision == 1 for one in decision.articles)
    signals.metrics.gave(new=new, changed=len(decision.articles) - new)
    _trace(signals, decision, records, began, now)


def _trace(
    signals: Signals, decision: Decision, records: Sequence[Record], began: datetime, now: datetime
) -> None:
    if not signals.tracer.on:
        return
    for record in records:
        if record.topic == ARTICLES.name:
            attributes = {
                "pantau.feed_id": decision.state.feed_id,
                "pantau.to.topic": record.topic,
                "pantau.to.key": record.key,
            }
            signals.tracer.step(Step("poller", record.headers["traceparent"], None, began, now, attributes))
