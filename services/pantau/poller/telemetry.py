"""Telemetry of a poll.

Its metrics, the first span of each article's trace, and a log line.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pantau.common.stored_problems import from_data
from pantau.net.guard import without_password
from pantau.observe.signals import Signals, TraceSpan
from pantau.poller.decision.decide import Decision
from pantau.poller.decision.outcome import Fetched, FetchFailed, NotModified, Outcome, Unreadable
from pantau.ports import Record
from pantau.stream.envelope import TRACE_HEADER
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.topics import ARTICLES

log = logging.getLogger(__name__)

_NAMES: Final[dict[type[Outcome], str]] = {
    Fetched: "fetched",
    NotModified: "not_modified",
    Unreadable: "unreadable",
    FetchFailed: "failed",
}


def report_poll(
    signals: Signals,
    decision: Decision,
    outcome: Outcome,
    records: Sequence[Record],
    *,
    began: datetime,
    now: datetime,
) -> None:
    """Report a poll whose records are written.

    Addresses are omitted: they may contain passwords.
    """
    new = sum(one.revision == 1 for one in decision.articles)
    signals.metrics.polled(
        _NAMES[type(outcome)],
        (now - began).total_seconds(),
        new=new,
        changed=len(decision.articles) - new,
    )
    _trace(signals, decision, records, began, now)


def report_piece(
    signals: Signals,
    decision: Decision,
    records: Sequence[Record],
    *,
    began: datetime,
    now: datetime,
) -> None:
    """Report articles that waited for their turn and are written."""
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
            signals.tracer.step(
                TraceSpan("poller", record.headers[TRACE_HEADER], None, began, now, attributes)
            )


def log_status(feed: Feed, before: FeedState, state: FeedState) -> None:
    """Log a status that changed."""
    if before.status is state.status is FeedStatus.OK:
        return  # as after nearly every poll
    url, said = without_password(feed.url), from_data(state.reason) or state.problem
    if state.status is FeedStatus.ERROR and before.problem != state.problem:
        log.warning("%s: %s", url, said)
    elif before.status is FeedStatus.ERROR and state.status is not FeedStatus.ERROR:
        log.info("%s: works again", url)
    if state.status is FeedStatus.LIMITED and before.status is not FeedStatus.LIMITED:
        log.warning("%s: %s", url, said)


def log_news(feed: Feed, decision: Decision) -> None:
    """Log that a poll found articles."""
    if decision.articles:
        more = f"; {decision.state.waiting:,} more wait" if decision.state.waiting else ""
        number = len(decision.articles)
        noun = "article" if number == 1 else "articles"
        log.info("%s: %d new or changed %s%s", without_password(feed.url), number, noun, more)
