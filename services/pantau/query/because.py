"""Why a query accepts an article, clause by clause, or why it does not."""

from dataclasses import dataclass
from typing import Any

from pantau.query import ast
from pantau.query.document import Document
from pantau.query.evaluate import accepts, evaluate
from pantau_schemas.base import Span


@dataclass(frozen=True, slots=True)
class Because:
    """A clause that helped to match, and the words that it found; none where it looks at values or dates."""

    clause: ast.Query
    spans: tuple[Span, ...]


def because(query: ast.Query, document: Document) -> tuple[Because, ...]:
    """Give every positive clause that holds, of a query that accepts the article; in the order of the query."""
    found: list[Because] = []
    _collect(query, document, found)
    return tuple(found)


def _collect(query: ast.Query, document: Document, found: list[Because]) -> None:
    match = evaluate(query, document)
    if match is None:
        return
    if isinstance(query, ast.Boolean):
        for clause in query.must + query.should:
            _collect(clause, document, found)
    elif not isinstance(query, ast.MatchAll):
        found.append(Because(query, match.spans))


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A clause that keeps a query from accepting: it is `unwanted` and there, or wanted and not there."""

    clause: ast.Query
    unwanted: bool


def hindrances(query: ast.Query, document: Document) -> tuple[Hindrance, ...]:
    """Give the clauses that keep the query from accepting the article; of alternatives, all."""
    if accepts(query, document):
        return ()
    if not isinstance(query, ast.Boolean):
        return (Hindrance(query, unwanted=False),)
    found = [Hindrance(one, unwanted=True) for clause in query.must_not for one in _holding(clause, document)]
    for clause in query.must or query.should:
        if query.must or not any(accepts(one, document) for one in query.should):
            found += hindrances(clause, document)
    return tuple(found)


def _holding(query: Any, document: Document) -> list[ast.Query]:
    return [one.clause for one in because(query, document)] or ([query] if accepts(query, document) else [])
