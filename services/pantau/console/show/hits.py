"""An article that a query matches, with the matched words of its title and text marked."""

from dataclasses import dataclass

from pantau.common.text.safe_text import marked_parts
from pantau.ports import Hit
from pantau.query import Query
from pantau.query.explain.snippets import Excerpts
from pantau_schemas.events.article import EnrichedArticle

Marked = tuple[tuple[str, bool], ...]
"""Parts of a text, and whether each one is marked."""


@dataclass(frozen=True, slots=True)
class MarkedHit:
    """A match as pages show it: its title, and the places of its text that matched."""

    article: EnrichedArticle
    title: Marked
    snippets: tuple[Marked, ...]


def marked_hit(hit: Hit, query: Query) -> MarkedHit:
    """Return a match with its matched words marked."""
    article = hit.article
    pieces = Excerpts(article).of(hit.matches, query)
    titles = [tuple(marked_parts(one)) for one in pieces if one.field == "title"]
    texts = tuple(tuple(marked_parts(one)) for one in pieces if one.field != "title")
    return MarkedHit(article, titles[0] if titles else ((article.title, False),), texts)
