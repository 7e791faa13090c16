"""The excerpts of an article that show why it was found.

Marked words, mentions of names in the query, else the lead.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from pantau.common.text.entity_names import names_of_entity
from pantau.query import ast
from pantau.query.explain.highlight import (
    PIECE_BYTES,
    WIDTH,
    DraftSnippet,
    Highlighter,
    built,
    members,
)
from pantau.query.meaning.evaluate import Marks, accepts
from pantau.query.text.document import Document
from pantau.query.text.sizes import ELLIPSIS, clipped
from pantau_schemas.base import Span
from pantau_schemas.events.alert import Snippet
from pantau_schemas.events.article import EnrichedArticle, Entity

FIELD_OF: Final = {"person": "people", "organization": "organizations", "place": "places"}
"""The keyword field of an entity's name."""
_NAMED: Final = frozenset({*FIELD_OF.values(), "entity_ids"})
"""The fields by which a query names entities."""
_LEAVES: Final = (ast.Term, ast.Prefix, ast.Wildcard, ast.Fuzzy, ast.Regex, ast.InList)
MENTIONS: Final = 1_000
"""Maximum number of mentions considered."""
ENTITIES: Final = 300
"""Maximum number of names of an article compared with those of a query, the first ones."""
PATTERNS: Final = 20
"""Maximum number of patterns of a query compared with names."""


class Shown(NamedTuple):
    """Excerpts of an article, before they become snippets; `lead` follows the others."""

    pieces: list[DraftSnippet]
    lead: tuple[Snippet, ...] = ()

    def snippets(self) -> tuple[Snippet, ...]:
        """Build the snippets."""
        return built(self.pieces) + self.lead

    def members(self) -> list[Any]:
        """Return the same for a model that holds snippets: what it builds them of."""
        return [*members(self.pieces), *self.lead]

    def marks(self) -> Marks:
        """Return the offsets of the marks in the article's fields."""
        found: Marks = {}
        for piece in self.pieces:
            found.setdefault(piece.field, []).extend(piece.marks)
        return found


class Excerpts:
    """The excerpts of one article, for any number of queries that accept it."""

    __slots__ = ("_article", "_entities", "_highlighter", "_lead", "_texts")

    def __init__(self, article: EnrichedArticle) -> None:
        self._article = article
        self._texts = {"title": article.title, "text": article.text}
        self._highlighter = Highlighter(self._texts)
        self._entities = NamedEntities(article)
        self._lead: tuple[Snippet, ...] | None = None

    def of(self, spans: Iterable[Span], query: ast.Query | None) -> tuple[Snippet, ...]:
        """Return the snippets around some spans; see `around`."""
        marks: Marks = {}
        for span in spans:
            marks.setdefault(span.field, []).append((span.start, span.end))
        return self.around(marks, query).snippets()

    def around(self, marks: Marks, query: ast.Query | None) -> Shown:
        """Return the excerpts around some spans.

        They show the matched words; if no word of the text matched, the mentions of the names in
        the query; and if nothing is marked in the text, its lead.
        """
        if "text" not in marks and query is not None and self._article.entities:
            named: Marks = {}
            for span in islice(self._entities.mentions(query), MENTIONS):
                named.setdefault(span.field, []).append((span.start, span.end))
            marks = named | marks
        pieces = self._highlighter.pieces(marks)
        if pieces and pieces[-1].field == "text":
            return Shown(pieces)
        if self._lead is None:
            self._lead = (lead(self._article.text),) if self._article.text.strip() else ()
        return Shown(pieces, self._lead)


class NamedEntities:
    """The entities of an article as queries name them, for any number of queries.

    Only the first names and patterns are considered: an article may name thousands, and a query a
    thousand.
    """

    __slots__ = ("_article", "_known")

    def __init__(self, article: EnrichedArticle) -> None:
        self._article = article
        self._known: list[tuple[Entity, Document, list[tuple[str, str]]]] | None = None

    def mentions(self, query: ast.Query) -> Iterator[Span]:
        """Yield the mentions of the entities that a query names by field."""
        leaves = list(_named(query))
        if not leaves:
            return
        exact = {
            (name, leaf.text)
            for leaf in leaves
            if isinstance(leaf, ast.Term)
            for name in leaf.fields
        }
        patterns = [leaf for leaf in leaves if not isinstance(leaf, ast.Term)][:PATTERNS]
        for entity, document, asked in self._entities():
            document.meter.reset()  # the budget is that of one query
            if not exact.isdisjoint(asked) or any(accepts(leaf, document) for leaf in patterns):
                yield from entity.mentions

    def _entities(self) -> list[tuple[Entity, Document, list[tuple[str, str]]]]:
        """Return each entity as a document, with the values that it may be named by.

        Built once: an article has dozens of entities, and alerts hundreds of subscriptions.
        """
        if self._known is None:
            self._known = []
            for entity in islice(self._article.entities, ENTITIES):
                field = FIELD_OF[entity.type]
                document = Document.from_fields(
                    {field: names_of_entity(entity), "entity_ids": _ids(entity)}
                )
                asked = [
                    (name, value)
                    for name in (field, "entity_ids")
                    for value in document.keywords(name)
                ]
                self._known.append((entity, document, asked))
        return self._known


def _ids(entity: Entity) -> tuple[str, ...]:
    return () if entity.id is None else (entity.id,)


def entity_names(article: EnrichedArticle) -> list[str]:
    """Return the normal form of each entity: people, then organisations, then places.

    An article that came without entities has the names of its fields.
    """
    named = [entity.name for kind in FIELD_OF for entity in article.entities if entity.type == kind]
    return list(dict.fromkeys(named)) or [*article.people, *article.organizations, *article.places]


def _named(query: ast.Query) -> Iterator[ast.Query]:
    if isinstance(query, ast.Boolean):
        for clause in (*query.must, *query.should):
            yield from _named(clause)
    elif isinstance(query, _LEAVES) and not _NAMED.isdisjoint(query.fields):
        yield query


def lead(text: str, width: int = WIDTH) -> Snippet:
    """Return the beginning of a text, about `width` characters, cut between words.

    Without marks.
    """
    beginning = text[: width * 4]
    line = " ".join(beginning.split())
    whole = len(line) <= width and len(text.rstrip()) <= len(beginning)
    if len(line) > width:
        line = line[: width + 1].rpartition(" ")[0] or line[:width]
    return Snippet(
        field="text", text=clipped(line if whole else line + ELLIPSIS, PIECE_BYTES), marks=()
    )
