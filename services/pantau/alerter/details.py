"""Details of an alert beside the match itself, each part within a bound of its own. Pure.

The beginning of the article, whom it names, who else covers its story, and the clauses of the query
that it satisfies.
"""

from itertools import islice
from typing import Any, Final

from pantau.query.explain.brief import BriefMatch, fields_of
from pantau.query.explain.snippets import lead
from pantau.query.meaning.evaluate import Places
from pantau.query.text.document import Document
from pantau.query.text.sizes import clipped, fits
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
_RANKS: Final[dict[Prominence, int]] = {"title": 0, "lead": 1, "body": 2}


def excerpt(text: str) -> str | None:
    """Return the beginning of a text, cut between words; None if there is none."""
    return lead(text, EXCERPT_LENGTH).text if text.strip() else None


def named(article: EnrichedArticle) -> list[dict[str, Any]]:
    """Return the most prominent entities of an article, those of the title first.

    Each as the members of a `NamedEntity`.
    """
    looked_at: list[Entity] = list(islice(article.entities, LOOKED_AT))
    looked_at.sort(key=lambda one: _RANKS[one.prominence])
    return [
        {
            "type": one.type,
            "id": one.id if one.id is not None and fits(one.id, ID_BYTES) else None,
            "name": clipped(one.name, NAME_BYTES),
        }
        for one in looked_at[:ENTITIES]
    ]


def covered(story: StoryCoverage | None) -> StoryCoverage | None:
    """Return the coverage of a story with short names of sources."""
    if story is None or not story.other_sources:
        return story
    names = tuple(clipped(one, SOURCE_BYTES) for one in story.other_sources)
    return story.model_copy(update={"other_sources": names})


class ClauseReporter:
    """Reports the matched clauses of each alert of an article."""

    __slots__ = ("_document", "_texts")

    def __init__(self, article: EnrichedArticle, document: Document) -> None:
        self._document = document
        self._texts = {"title": article.title, "text": article.text}

    def clauses(self, match: BriefMatch, query: str) -> tuple[list[dict[str, Any]], int]:
        """Return the clauses that hold, and how many more do. `query` is the text of the query.

        Each as the members of a `MatchedClause`.
        """
        found = [
            {
                "text": clipped(query[clause.start : clause.end].strip(), CLAUSE_BYTES),
                "fields": fields_of(clause, places)[:FIELDS],
                "words": self._words(places),
            }
            for clause, places in islice(match.clauses.items(), CLAUSES)
        ]
        return found, max(0, len(match.clauses) - CLAUSES)

    def _words(self, places: Places) -> list[str]:
        """Return the first different words at some positions, as the article writes them."""
        words: dict[str, None] = {}
        for name, positions in places.items():
            text = self._texts.get(name)
            if text is None or not positions:
                continue
            for start, end in self._document.tokens(name).spans(sorted(positions)[:WORDS]):
                words[clipped(text[start:end], WORD_BYTES)] = None
        return [*islice(words, WORDS)]
