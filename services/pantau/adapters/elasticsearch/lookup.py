"""Lookups by id, in requests of bounded size, and the revisions that count."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from pantau.adapters.elasticsearch.client import reason_of
from pantau.errors import RetryError
from pantau_schemas.events.article import EnrichedArticle


def highest(articles: Iterable[EnrichedArticle]) -> Iterable[EnrichedArticle]:
    """Return each article at its highest revision; of equal revisions, the last."""
    found: dict[str, EnrichedArticle] = {}
    for article in articles:
        held = found.get(article.article_id)
        if held is None or held.revision <= article.revision:
            found[article.article_id] = article
    return found.values()


def documents(
    server: Elasticsearch, wanted: list[dict[str, str]], *, source: bool
) -> Iterator[Mapping[str, Any]]:
    """Yield the existing documents of (index, id) pairs, as last written."""
    if not wanted:
        return
    for one in server.mget(docs=wanted, source=source)["docs"]:
        if one.get("found"):
            yield one
        elif "error" in one:
            kind, reason = reason_of(one)
            if kind not in {"index_not_found_exception", "index_closed_exception"}:
                message = f"Elasticsearch cannot look up articles now: {reason}"
                raise RetryError(message)
