"""Small makers of events for tests; every text is our own."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pantau_schemas.events.article import Article, EnrichedArticle, FullArticle
from pantau_schemas.events.subscription import Channel, QueryLanguage, Subscription
from pantau_schemas.ids import digest_id

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SOON: Final = 120.0
"""Seconds that a test waits for what comes in a moment, unless the machine is very busy.

Several such waits fit into the time after which pytest ends a test (`faulthandler_timeout`).
"""


class FixedClock:
    """A clock that only moves on request."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


def article(
    name: str = "one", *, title: str = "", text: str = "", revision: int = 1, **other: object
) -> Article:
    """Build an article whose id is derived from `name`."""
    fields: dict[str, object] = {
        "article_id": digest_id(name),
        "revision": revision,
        "title": title or f"Berita {name}",
        "text": text,
        "url": f"https://kabar.example/{name}",
        "source": "kabar.example",
        "first_seen": START,
    }
    return Article.model_validate(fields | other, extra="forbid")


def full(name: str = "one", **fields: Any) -> FullArticle:
    """Build an article as the extractor lets it go on."""
    made = article(name, **fields)
    return FullArticle.model_validate({**made.model_dump(), "schema_version": 1}, extra="forbid")


def enriched(
    name: str = "one", *, title: str = "", text: str = "", revision: int = 1, **other: object
) -> EnrichedArticle:
    """Build an enriched article whose id is derived from `name`."""
    fields = article(name, title=title, text=text, revision=revision).model_dump()
    fields |= {"schema_version": 7, "lang": "id", "enricher_version": "test-1"}
    return EnrichedArticle.model_validate(fields | other, extra="forbid")


def subscription(
    name: str,
    query: str,
    *,
    channels: tuple[Channel, ...] = (),
    language: QueryLanguage = "lucene",
    **other: object,
) -> Subscription:
    """Build a subscription whose id is `name`."""
    fields: dict[str, object] = {
        "subscription_id": name,
        "name": name.title(),
        "query": query,
        "language": language,
        "channels": channels,
        "created": START,
    }
    return Subscription.model_validate(fields | other, extra="forbid")
