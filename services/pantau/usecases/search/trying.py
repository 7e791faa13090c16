"""A query tried on articles that are not stored: does it match, and what decides that."""

from dataclasses import dataclass
from datetime import datetime

from pantau.common.files.batch_articles import BatchArticle, normal_fields
from pantau.query import Query
from pantau.query.explain.explanation import ClauseMatch, Hindrance, explain_match, hindrances
from pantau.query.meaning.verify import Verifier
from pantau.query.text.document import Document
from pantau_schemas.base import Span


@dataclass(frozen=True, slots=True)
class TriedArticle:
    """An article on which a query was tried.

    `spans` are the words that matched, None if the query does not match; `clauses` are those that
    hold, `hindrances` those that prevent a match.
    """

    article: BatchArticle
    document: Document
    spans: tuple[Span, ...] | None
    clauses: tuple[ClauseMatch, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()

    @property
    def matches(self) -> bool:
        """True if the query matches."""
        return self.spans is not None


class QueryTrial:
    """One query, tried on one article after the other."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._verifier = Verifier(query)

    @property
    def too_costly(self) -> int:
        """The number of articles that were skipped because the query exceeded its budget."""
        return self._verifier.too_costly

    def run(self, article: BatchArticle, *, explained: bool = False) -> TriedArticle:
        """Try the query; with `explained`, find out what prevents a match."""
        document = Document.from_fields(normal_fields(article))
        match = self._verifier.match(document)
        if match is None:
            missing = hindrances(self._query, document) if explained else ()
            return TriedArticle(article, document, None, hindrances=missing)
        clauses = explain_match(self._query, document)
        return TriedArticle(article, document, tuple(match.spans), clauses)


def own_article(title: str | None, text: str | None, now: datetime) -> BatchArticle | None:
    """Return an article of a title and a text that is first seen now; None without either."""
    given = {name: one for name, one in (("title", title), ("text", text)) if one is not None}
    if not given:
        return None
    return BatchArticle("article", {**given, "first_seen": now}, dict(given))
