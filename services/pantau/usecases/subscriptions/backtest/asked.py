"""The subscription that a backtest is about: a stored one, or one that is not saved."""

from pantau.common.text.safe_text import one_line
from pantau.ports import Clock, Log
from pantau.usecases.search.queries import read_query
from pantau.usecases.subscriptions.repository import find_subscription
from pantau.usecases.subscriptions.subscribing import NAME_LIMIT
from pantau_schemas.codec import current_version
from pantau_schemas.events.subscription import QueryLanguage, Subscription


def asked_subscription(
    log: Log,
    clock: Clock,
    name: str | None,
    query: str | None,
    language: QueryLanguage,
    time_zone: str,
) -> Subscription:
    """Return the subscription called `name`, with another query if one is given.

    Without a name, one of the query that is not saved. Raises UsageError if there is no such
    subscription, or the query is empty; QueryError if it cannot be read.
    """
    if query is not None:
        read_query(query, language, time_zone)
    if name is not None:
        found = find_subscription(log, name)
        if query is None:
            return found
        changed = {"query": query, "language": language, "time_zone": time_zone}
        return found.model_copy(update=changed)
    return Subscription.model_validate(
        {
            "schema_version": current_version(Subscription),
            "subscription_id": "preview",
            "name": one_line(query or "", NAME_LIMIT) or "?",
            "query": query,
            "language": language,
            "time_zone": time_zone,
            "created": clock.now(),
        }
    )
