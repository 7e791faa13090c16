"""Why an article alerted a subscription, or why it did not, step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pantau.alerter.copies import copy_keys
from pantau.alerter.decide import LATE, SKEW
from pantau.common.time.zones import zoned_text
from pantau.ports import Clock, Log
from pantau.problems import Problem, problem
from pantau.query import Query
from pantau.query.explain.explanation import ClauseMatch, Hindrance, explain_match, hindrances
from pantau.query.meaning.verify import Verifier
from pantau.query.text.document import Document
from pantau.stream.table_reading import read_or_none
from pantau.usecases.alerts.changes_since import of_former_query, since_seen
from pantau.usecases.alerts.history import AlertHistory
from pantau.usecases.channels.health import read_health
from pantau.usecases.lists.values import query_of
from pantau.usecases.subscriptions.replay import alerted_by
from pantau.usecases.subscriptions.repository import CurrentSubscription, short_id
from pantau_schemas.events.alert import Alert, Delivery, DeliveryStatus
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.ids import alert_id
from pantau_schemas.topics import ALERTS


@dataclass(frozen=True, slots=True)
class Reasons:
    """The history of an article and a subscription.

    `clauses` are those of the query that hold; `missing` prevent it from matching. `steps` are
    what came of a match, in order.
    """

    query: Query
    matches: bool
    clauses: tuple[ClauseMatch, ...]
    missing: tuple[Hindrance, ...]
    alert: Alert | None
    deliveries: tuple[Delivery, ...]
    steps: tuple[Problem, ...]


def reasons(
    article: EnrichedArticle, found: CurrentSubscription, log: Log, clock: Clock
) -> Reasons:
    """Return why an article alerted a subscription or not, as both stand now."""
    given = found.subscription
    query = query_of(given, log)
    document = Document.from_article(article, clock.now())
    matches = Verifier(query).accepts(document)
    alert = _alert(log, alert_id(given.subscription_id, article.article_id))
    history = AlertHistory(log)
    deliveries = tuple(history.deliveries([alert])[alert.alert_id]) if alert is not None else ()
    if alert is not None:
        fired = problem("query.alerted", when=zoned_text(alert.matched_at))
        stands = history.undelivered([alert], {alert.alert_id: deliveries}).values()
        steps = (fired, *of_former_query(alert, given), *_waiting(log, deliveries), *stands)
    elif not matches:
        steps = (problem("query.matches-not"), *since_seen(article, found, log))
    else:
        steps = (*_unraised(article, found, log, clock),)
    return Reasons(
        query,
        matches,
        explain_match(query, document) if matches else (),
        () if matches else hindrances(query, document),
        alert,
        deliveries,
        steps,
    )


_OF_NOW: Final = frozenset({"query.is-paused", "query.is-suspended"})
"""Obstacles of which it matters when they began."""


def _unraised(
    article: EnrichedArticle, found: CurrentSubscription, log: Log, clock: Clock
) -> Iterator[Problem]:
    """Yield why a matching article has no alert, and how the subscription changed meanwhile."""
    obstacles = tuple(_obstacles(article, found, log, clock))
    yield from obstacles or (problem("query.not-yet"),)
    if not _OF_NOW.issuperset(one.code for one in obstacles):
        return  # the article alone is the reason
    changes = tuple(since_seen(article, found, log))
    yield from changes
    codes = {one.code for one in changes}
    if not obstacles and "query.unchanged-since" in codes:
        yield problem("query.waits")
    elif "query.changed-since" in codes:
        yield problem("query.missed", id=short_id(found.subscription.subscription_id))


def _obstacles(
    article: EnrichedArticle, found: CurrentSubscription, log: Log, clock: Clock
) -> Iterator[Problem]:
    """Yield what kept a matching article from alerting."""
    given = found.subscription
    if found.status == "paused":
        yield problem("query.is-paused")
    if found.suspension is not None:
        since = found.suspension.suspended_since
        yield problem(
            "query.is-suspended",
            since="?" if since is None else zoned_text(since),
            reason=found.suspension.problem or "?",
        )
    if not given.include_historical:
        if article.historical:
            yield problem("query.is-historical")
        elif article.first_seen < given.created - SKEW:
            yield problem(
                "query.before-subscription",
                seen=zoned_text(article.first_seen),
                created=zoned_text(given.created),
            )
        elif article.first_seen < clock.now() - LATE:
            yield problem("query.is-late", seen=zoned_text(article.first_seen))
    # It alerted already, by a copy of the same text from another source.
    for key in copy_keys(article):
        if given.subscription_id in alerted_by(log, key):
            yield problem("query.is-copy")
            break


def _waiting(log: Log, deliveries: tuple[Delivery, ...]) -> Iterator[Problem]:
    pending = {one.channel_id for one in deliveries if one.status is DeliveryStatus.PENDING}
    health = read_health(log, pending) if pending else {}
    return (one.describe() for one in health.values() if one.is_ill)


def _alert(log: Log, name: str) -> Alert | None:
    return read_or_none(log.table(ALERTS.name), Alert, name)
