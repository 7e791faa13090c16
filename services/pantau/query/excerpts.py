"""What of an article is shown to tell why it was found: marked words, mentions of what was named, else its lead."""

from collections.abc import Iterable, Iterator
from typing import Final

from pantau.query import ast
from pantau.query.document import Document
from pantau.query.evaluate import accepts
from pantau.query.highlight import ELLIPSIS, WIDTH, Highlighter, Mark
from pantau_schemas.alert import Snippet
from pantau_schemas.article import EnrichedArticle, Entity
from pantau_schemas.base import Span

FIELD_OF: Final = {"person": "people", "organization": "organizations", "place": "places"}
"""The keyword field that an entity's name stands in."""
_LEAVES: Final = (ast.Term, ast.Prefix, ast.Wildcard, ast.Fuzzy, ast.Regex)


class Excerpts:
    """What is shown of one article, for any number of queries that accept it."""

    __slots__ = ("_article", "_highlighter", "_lead", "_texts")

    def __init__(self, article: EnrichedArticle) -> None:
        self._article = article
        self._texts = {"title": article.title, "text": article.text}
        self._highlighter = Highlighter(self._texts)
        self._lead: tuple[Snippet, ...] | None = None

    def of(self, spans: Iterable[Span], query: ast.Query | None) -> tuple[Snippet, ...]:
        """Give the pieces to show.

        They are those of the words that matched; if no word of the text did, the mentions of those whom the query names;
        and if nothing is to be marked in the text, its lead.
        """
        marks = self._marks(spans)
        if "text" not in marks and query is not None and self._article.entities:
            named = self._marks(mentions(self._article, query))
            marks = named | marks
        found = self._highlighter.snippets(marks)
        if found and found[-1].field == "text":
            return found
        if self._lead is None:
            self._lead = (lead(self._article.text),) if self._article.text.strip() else ()
        return found + self._lead

    def _marks(self, spans: Iterable[Span]) -> dict[str, list[Mark]]:
        marks: dict[str, list[Mark]] = {}
        for span in spans:
            if span.field in self._texts:
                marks.setdefault(span.field, []).append((span.start, span.end))
        return marks


def mentions(article: EnrichedArticle, query: ast.Query) -> Iterator[Span]:
    """Give where the article mentions the people, organisations and places that the query asks for by its fields."""
    leaves = list(_named(query))
    for entity in article.entities:
        if any(_names(leaf, entity) for leaf in leaves):
            yield from entity.mentions


def _named(query: ast.Query) -> Iterator[ast.Query]:
    if isinstance(query, ast.Boolean):
        for clause in (*query.must, *query.should):
            yield from _named(clause)
    elif isinstance(query, _LEAVES) and not set(query.fields).isdisjoint(FIELD_OF.values()):
        yield query


def _names(leaf: ast.Query, entity: Entity) -> bool:
    return accepts(leaf, Document.from_fields({FIELD_OF[entity.type]: (entity.name,)}))


def lead(text: str, width: int = WIDTH) -> Snippet:
    """Give the beginning of a text, about `width` characters, cut between words; nothing is marked."""
    beginning = text[: width * 4]
    line = " ".join(beginning.split())
    whole = len(line) <= width and len(text.rstrip()) <= len(beginning)
    if len(line) > width:
        line = line[: width + 1].rpartition(" ")[0] or line[:width]
    return Snippet(field="text", text=line if whole else line + ELLIPSIS, marks=())
