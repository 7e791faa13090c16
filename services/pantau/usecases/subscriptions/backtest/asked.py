"""The subscription that a backtest is about: a stored one, or one that is not saved."""

from dataclasses import dataclass

from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import known_zone
from pantau.ports import Clock, Log
from pantau.usecases.rules.given import NO_CHANGE, GivenRules, apply_rules, with_timings
from pantau.usecases.search.queries import read_query
from pantau.usecases.subscriptions.repository import find_subscription
from pantau.usecases.subscriptions.subscribing import NAME_LIMIT
from pantau_schemas.codec import current_version
from pantau_schemas.events.subscription import QueryLanguage, Subscription


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query that is not saved."""

    query: str
    language: QueryLanguage = "lucene"
    time_zone: str = "UTC"


def asked_subscription(
    log: Log,
    clock: Clock,
    name: str | None,
    query: AskedQuery | None,
    rules: GivenRules = NO_CHANGE,
) -> Subscription:
    """Return the subscription called `name`, with another query and changed rules if given.

    Without a name, one of the query that is not saved. Raises UsageError if there is no such
    subscription, the query is empty, or a rule cannot be read; QueryError for a query that cannot.
    """
    if query is not None:
        read_query(query.query, query.language, query.time_zone)
    asked = _unsaved(query, clock) if name is None else find_subscription(log, name)
    if name is not None and query is not None:
        changed = {
            "query": query.query,
            "language": query.language,
            "time_zone": query.time_zone,
        }
        asked = asked.model_copy(update=changed)
    if not rules:
        return asked
    ruled = {
        "rules": apply_rules(rules, asked.rules, known_zone(asked.time_zone), clock.now()),
        "channels": with_timings(asked.channels, rules.channel_timings),
    }
    return asked.model_copy(update=ruled)


def _unsaved(query: AskedQuery | None, clock: Clock) -> Subscription:
    asked = query or AskedQuery("")
    return Subscription.model_validate(
        {
            "schema_version": current_version(Subscription),
            "subscription_id": "preview",
            "name": one_line(asked.query, NAME_LIMIT) or "?",
            "query": asked.query,
            "language": asked.language,
            "time_zone": asked.time_zone,
            "created": clock.now(),
        }
    )
