"""How a subscription changed since an article was seen, as far as that is stored.

Stored is when the subscription was last saved, by its record, and the query of each alert. What was
changed then (query, pause or another member), and how often before, is not.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import zoned_text
from pantau.ports import Log
from pantau.problems import Problem, problem
from pantau.stream.envelope import time_of
from pantau.usecases.alerts.history import AlertHistory
from pantau.usecases.subscriptions.repository import QUERY_LIMIT, CurrentSubscription
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import SUBSCRIPTIONS

_AT_ONCE: Final = 1_000
_ALERTS: Final = 50
"""Alerts that are searched for a former query, newest first."""
_WRITING: Final = timedelta(seconds=1)
"""Longest time between the making of a subscription and its first record."""


def last_saved(log: Log, subscription_id: str) -> datetime | None:
    """Return when a subscription was last written; None where that is not known."""
    consumer = log.consumer([SUBSCRIPTIONS.name], None)
    found: datetime | None = None
    try:
        while portion := consumer.poll(_AT_ONCE):
            for one in portion:
                if one.record.key == subscription_id:
                    found = time_of(one.record)
    finally:
        consumer.close()
    return found


def of_former_query(alert: Alert, given: Subscription) -> Iterator[Problem]:
    """Yield that an alert was raised by another query than the subscription has now."""
    if (alert.query, alert.language or given.language) != (given.query, given.language):
        yield problem("query.alerted-by-other", query=one_line(alert.query, QUERY_LIMIT))


def since_seen(article: EnrichedArticle, found: CurrentSubscription, log: Log) -> Iterator[Problem]:
    """Yield whether the subscription is as it was when an article without an alert was seen."""
    given = found.subscription
    saved = last_saved(log, given.subscription_id)
    seen = article.first_seen
    if saved is None:
        yield problem("query.change-unknown")
    elif seen < given.created:
        return  # it could not be changed before it was made
    elif saved <= max(seen, given.created + _WRITING):
        yield problem("query.unchanged-since", saved=zoned_text(saved), seen=zoned_text(seen))
    else:
        yield problem("query.changed-since", saved=zoned_text(saved), seen=zoned_text(seen))
        yield from _former(log, given)


def _former(log: Log, given: Subscription) -> Iterator[Problem]:
    """Yield the query of the newest alert that another query raised."""
    for alert in AlertHistory(log).latest(_ALERTS, subscription_id=given.subscription_id):
        if alert.query != given.query:
            when, query = zoned_text(alert.matched_at), one_line(alert.query, QUERY_LIMIT)
            yield problem("query.former", when=when, query=query)
            return
