"""The part of a subscription that the alerter holds. Pure.

A stage may hold tens of thousands. The event with all its settings takes about 3 KB of memory, and
nothing of channels and rules is asked for here: less than a tenth of that is left.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from pantau.query.text.sizes import clipped
from pantau_schemas.events.subscription import QueryLanguage, Subscription

NAME_BYTES: Final = 200
QUERY_BYTES: Final = 1_000


@dataclass(frozen=True, slots=True)
class MatchedQuery:
    """A subscription as articles are matched with it.

    `name` and `shown_query` are as alerts have them: of at most `NAME_BYTES` and `QUERY_BYTES`.
    """

    subscription_id: str
    name: str
    tags: tuple[str, ...]
    query: str
    shown_query: str
    language: QueryLanguage
    time_zone: str
    include_historical: bool
    created: datetime

    @classmethod
    def of(cls, subscription: Subscription) -> Self:
        """Return what is held of a subscription."""
        return cls(
            subscription_id=subscription.subscription_id,
            name=clipped(subscription.name, NAME_BYTES),
            tags=subscription.tags,
            query=subscription.query,
            shown_query=clipped(subscription.query, QUERY_BYTES),
            language=subscription.language,
            time_zone=subscription.time_zone,
            include_historical=subscription.include_historical,
            created=subscription.created,
        )
