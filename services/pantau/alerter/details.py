"""What an alert tells beside the match itself, each part within a bound of its own. Pure.

The beginning of the article, whom it names, who else covers its story, and the clauses of the query
that it satisfies.
"""

from itertools import islice
from typing import Final

from pantau.query import ast
from pantau.query.explain.brief import BriefClause, brief_clauses
from pantau.query.explain.snippets import lead
from pantau.query.text.document import Document
from pantau.query.text.sizes import clipped, fits
from pantau_schemas.events.alert import MatchedClause, NamedEntity
from pantau_schemas.events.article import EnrichedArticle, Entity, Prominence, StoryCoverage

EXCERPT_LENGTH: Final = 300
"""Characters of an excerpt, about two sentences."""
ENTITIES: Final = 12
"""Maximum number of entities in an alert; the others are counted."""
LOOKED_AT: Final = 300
"""Number of an article's entities among which these are chosen, the first ones."""
NAME_BYTES: Final = 80
ID_BYTES: Final = 60
"""A longer id is omitted, since a truncated one names another thing."""
SOURCE_BYTES: Final = 60
CLAUSES: Final = 6
"""Maximum number of clauses in an alert; the others are counted."""
CLAUSE_BYTES: Final = 150
WORDS: Final = 3
"""Maximum number of found words of a clause."""
WORD_BYTES: Final = 50
FIELDS: Final = 4
"""Maximum number of fields of a clause."""
FIELD_BYTES: Final = 40
CLAUSES_BUDGET: Final = 20_000
"""Units of work for the clauses of one alert: about 2 ms. Typical queries take a few hundred."""
ARTICLE_BUDGET: Final = 1_000_000
"""Units of work for the clauses of all alerts of an article: about 0.1 s.

Alerts beyond that carry none: what matched is marked in their snippets all the same.
"""
_RANKS: Final[dict[Prominence, int]] = {"title": 0, "lead": 1, "body": 2}


def excerpt(text: str) -> str | None:
    """Return the beginning of a text, cut between words; None if there is none."""
    return lead(text, EXCERPT_LENGTH).text if text.strip() else None


def named(article: EnrichedArticle) -> tuple[NamedEntity, ...]:
    """Return the most prominent entities of an article, those of the title first."""
    looked_at: list[Entity] = list(islice(article.entities, LOOKED_AT))
    looked_at.sort(key=lambda one: _RANKS[one.prominence])
    return tuple(
        NamedEntity(
            type=one.type,
            id=one.id if one.id is not None and fits(one.id, ID_BYTES) else None,
            name=clipped(one.name, NAME_BYTES),
        )
        for one in looked_at[:ENTITIES]
    )


def covered(story: StoryCoverage | None) -> StoryCoverage | None:
    """Return the coverage of a story with short names of sources."""
    if story is None or not story.other_sources:
        return story
    names = tuple(clipped(one, SOURCE_BYTES) for one in story.other_sources)
    return story.model_copy(update={"other_sources": names})


class ClauseTeller:
    """Returns the matched clauses of each alert of an article, within a budget for all of them."""

    __slots__ = ("_document", "_left", "_texts")

    def __init__(self, article: EnrichedArticle, document: Document) -> None:
        self._document = document
        self._texts = {"title": article.title, "text": article.text}
        self._left = ARTICLE_BUDGET

    def clauses(self, query: ast.Query | None, text: str) -> tuple[tuple[MatchedClause, ...], int]:
        """Return the clauses of a matching query that hold, and how many more do.

        `text` is the query as it was written.
        """
        budget = min(CLAUSES_BUDGET, self._left)
        if query is None or budget <= 0:
            return (), 0
        found, more = brief_clauses(query, self._document, CLAUSES, WORDS, budget)
        self._left -= self._document.meter.spent
        return tuple(self._told(one, text) for one in found), more

    def _told(self, found: BriefClause, text: str) -> MatchedClause:
        words = [
            " ".join(self._texts[name][start:end].split())
            for name, marks in found.marks.items()
            if name in self._texts
            for start, end in marks
        ]
        return MatchedClause(
            text=clipped(text[found.clause.start : found.clause.end].strip(), CLAUSE_BYTES),
            fields=tuple(clipped(one, FIELD_BYTES) for one in found.fields[:FIELDS]),
            words=tuple(clipped(one, WORD_BYTES) for one in dict.fromkeys(words))[:WORDS],
        )
