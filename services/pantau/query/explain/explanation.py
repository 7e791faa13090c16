"""Why a query accepts an article, clause by clause, or why it does not.

The result of a clause is computed once, within the budget of one query; clauses beyond it are
omitted.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from pantau.query import ast
from pantau.query.meaning.budget import PAIR, BudgetExceededError
from pantau.query.meaning.evaluate import Match, accepts
from pantau.query.meaning.lists import found_values
from pantau.query.text.document import Document
from pantau_schemas.base import Span

MOST_SPANS: Final = 10_000
"""Total number of found words after which further clauses are reported without words."""


MOST_VALUES: Final = 20
"""How many values of a list are named."""


@dataclass(frozen=True, slots=True)
class ClauseMatch:
    """A clause that contributed to a match, and the words that it found.

    None if it compares values or dates. `values` are those of a list that the article has, the
    first ones.
    """

    clause: ast.Query
    spans: tuple[Span, ...]
    values: tuple[str, ...] = ()


def explain_match(query: ast.Query, document: Document) -> tuple[ClauseMatch, ...]:
    """Return every positive clause that holds, of a query that accepts the article.

    In the order of the query.
    """
    found: list[ast.Query] = []
    with suppress(BudgetExceededError):
        _ClauseResults(document).collect(query, found)
    # A query may repeat a clause hundreds of times: each is evaluated once.
    spans: dict[ast.Query, tuple[Span, ...]] = {}
    left, room = PAIR, MOST_SPANS
    for clause in found:
        if clause in spans:
            continue
        spans[clause] = Match.of(clause, document).spans if left > 0 and room > 0 else ()
        if left > 0 and room > 0:  # of this clause alone: its spans restart the count
            left -= document.meter.spent
        room -= len(spans[clause])
    return tuple(ClauseMatch(one, spans[one], _values(one, document)) for one in found)


def _values(clause: ast.Query, document: Document) -> tuple[str, ...]:
    if not isinstance(clause, ast.InList):
        return ()
    document.meter.reset()
    with suppress(BudgetExceededError):
        return found_values(clause, document)[:MOST_VALUES]
    return ()


class _ClauseResults:
    """Results of clauses on one article, each computed once. Valid as long as the query lives."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[int, bool] = {}
        document.meter.reset()

    def holds(self, query: Any) -> bool:
        found = self._known.get(id(query))
        if found is None:
            found = self._known[id(query)] = self._evaluate(query)
        return found

    def _evaluate(self, query: Any) -> bool:
        if not isinstance(query, ast.Boolean):
            return accepts(query, self._document)
        if not all(map(self.holds, query.must)) or any(map(self.holds, query.must_not)):
            return False
        return bool(query.must) or any(map(self.holds, query.should))

    def collect(self, query: Any, found: list[ast.Query]) -> None:
        if not self.holds(query):
            return
        if isinstance(query, ast.Boolean):
            for clause in query.must + query.should:
                self.collect(clause, found)
        elif not isinstance(query, ast.MatchAll):
            found.append(query)

    def hindrances(self, query: Any) -> Iterator["Hindrance"]:
        if self.holds(query):
            return
        if not isinstance(query, ast.Boolean):
            yield Hindrance(query, unwanted=False)
            return
        for clause in query.must_not:
            for one in self._holding(clause):
                yield Hindrance(one, unwanted=True)
        if query.must or not any(map(self.holds, query.should)):
            for clause in query.must or query.should:
                yield from self.hindrances(clause)

    def _holding(self, query: Any) -> list[ast.Query]:
        found: list[ast.Query] = []
        self.collect(query, found)
        return found or ([query] if self.holds(query) else [])


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A clause that prevents a query from accepting.

    It is either `unwanted` and found, or wanted and not found.
    """

    clause: ast.Query
    unwanted: bool


def hindrances(query: ast.Query, document: Document) -> tuple[Hindrance, ...]:
    """Return the clauses that prevent a match; of alternatives, all."""
    found: list[Hindrance] = []
    with suppress(BudgetExceededError):
        found.extend(_ClauseResults(document).hindrances(query))
    return tuple(found)
