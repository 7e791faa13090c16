"""An article's document in Elasticsearch: the event, and the internal search fields.

Pure.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from pantau.adapters.sort_key import ordering
from pantau.indexer.filters import names
from pantau_schemas.codec import decode, encode, without_unknown
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.index_template import INTERNAL, facet

SOURCE: Final = "source"
LANGUAGE: Final = "lang"
ENTITY: Final = "entity"
HISTORICAL: Final = "historical"
LONGEST_ID: Final = 512
"""Maximum length of an `_id` in bytes of UTF-8."""
LONG_MAX: Final = (1 << 63) - 1


def document(article: EnrichedArticle) -> bytes:
    """Return the JSON of a document: the known members of the event, and one more field."""
    own = {
        "order": min(ordering(article.first_seen, article.article_id), LONG_MAX),
        "id": article.article_id,
        "facets": _facets(article),
    }
    event = encode(without_unknown(article))  # the index refuses what it has no mapping for
    return b'%s,"%s":%s}' % (event[:-1], INTERNAL.encode(), json.dumps(own).encode())


def article_of(source: Mapping[str, Any]) -> EnrichedArticle:
    """Return the article of a document. Raises SchemaError for an unsupported version."""
    event = {name: value for name, value in source.items() if name != INTERNAL}
    return decode(EnrichedArticle, json.dumps(event).encode())


def unfit(article: EnrichedArticle) -> str | None:
    """Return why Elasticsearch would reject an article in any request, or None."""
    size = len(article.article_id.encode())
    if size > LONGEST_ID:
        return f"article_id: {size} bytes; Elasticsearch takes {LONGEST_ID}"
    if article.revision > LONG_MAX:
        return f"revision: {article.revision}; Elasticsearch takes up to {LONG_MAX}"
    return None


def historical_facet(*, wanted: bool) -> str:
    """Return the filter value for historical articles."""
    return facet(HISTORICAL, "true" if wanted else "false")


def _facets(article: EnrichedArticle) -> list[str]:
    found = [facet(ENTITY, name) for name in sorted(names(article))]
    found.append(historical_facet(wanted=article.historical))
    if article.source is not None:
        found.append(facet(SOURCE, article.source))
    if article.lang is not None:
        found.append(facet(LANGUAGE, article.lang))
    return found
