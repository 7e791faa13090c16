"""One article: its text with names, quotes and matched words marked, and what is known of it."""

from typing import Any

from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.console.output import Answer, PageAnswer
from pantau.errors import UsageError
from pantau.query import Query
from pantau.usecases.alerts.arrivals import alerts_of
from pantau.usecases.feeds.feed_list import Watched
from pantau.usecases.lists.values import bound
from pantau.usecases.search.article_view import marks_of, paragraphs, text_parts
from pantau.usecases.search.articles import SERVICES, find_article
from pantau.usecases.search.queries import read_query
from pantau_schemas.events.article import EnrichedArticle, QuotationKind

KINDS = (("person", "people"), ("organization", "organizations"), ("place", "places"))


def show(asked: Asked) -> Answer:
    """Return the page of an article. Raises UsageError where there is none."""
    article = find_article(asked.store, asked.named["id"])
    marks = marks_of(article, _query(asked), asked.now)
    return PageAnswer(
        "article.html",
        {
            "article": article,
            "service": None if article.service is None else asked.text(SERVICES[article.service]),
            "q": asked.values.get("q", ""),
            "title": tuple(
                text_parts(article.title, [one for one in marks if one.field == "title"])
            ),
            "text": tuple(paragraphs(article.text, [one for one in marks if one.field == "text"])),
            "entities": [
                (field, [one for one in article.entities if one.type == kind])
                for kind, field in KINDS
            ],
            "quotes": _quotes(article),
            "dates": _dates(article),
            "alerts": alerts_of(asked.store.log, article.article_id),
            "feed": _feed(asked, article.feed_id),
        },
    )


def _query(asked: Asked) -> Query | None:
    """Return the query whose words are marked; None without one that can be read."""
    text = asked.values.get("q", "")
    try:
        read = read_query(text, asked.language, zones.current_name())
        return bound(read.query, text, asked.store.log)
    except UsageError:
        return None


def _feed(asked: Asked, feed_id: str | None) -> Watched | None:
    """Return the feed that listed an article, if it is still watched."""
    try:
        return asked.feeds.find(feed_id) if feed_id is not None else None
    except UsageError:
        return None


def _quotes(article: EnrichedArticle) -> list[tuple[str | None, str, QuotationKind]]:
    return [
        (one.speaker, _piece(article, one.field, one.start, one.end), one.kind)
        for one in article.quotations
    ]


def _dates(article: EnrichedArticle) -> list[tuple[str, str, str]]:
    """Return the days that the text names: as written, first and last."""
    found: dict[tuple[str, str], str] = {}
    for one in article.dates:
        found.setdefault((one.first, one.last), _piece(article, one.field, one.start, one.end))
    return [(text, first, last) for (first, last), text in sorted(found.items())]


def _piece(article: EnrichedArticle, field: str, start: int, end: int) -> str:
    text: Any = getattr(article, field, "")
    return str(text)[start:end]
