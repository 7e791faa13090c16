"""The clauses of a query that an article satisfies, in brief: for every alert, so cheap.

`explanation.explain_match` returns the same clauses with all that they found, for one article that
somebody asks about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pantau.query import ast
from pantau.query.meaning.budget import BudgetExceededError
from pantau.query.meaning.evaluate import Marks, accepts, first_marks
from pantau.query.text.document import Document

LOOK: Final = 10
"""Units charged for each clause looked at, since most tests of single words are free."""


@dataclass(frozen=True, slots=True)
class BriefClause:
    """A clause that holds, and the first words that it found, by text field."""

    clause: ast.Query
    marks: Marks

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in which it was found, or that it compares."""
        if self.marks:
            return tuple(self.marks)
        if isinstance(self.clause, ast.DateRange):
            return (self.clause.field,)
        return tuple(getattr(self.clause, "fields", ()))


def brief_clauses(
    query: ast.Query, document: Document, most: int, words: int, budget: int
) -> tuple[tuple[BriefClause, ...], int]:
    """Return the first `most` positive clauses that hold, in the query's order, and how many more.

    Of each, the first `words` that it found in every text field. Equal clauses count once. The
    query must accept the article. The document's meter is set to `budget`: of a query that costs
    more to look through, the clauses found until then are returned.
    """
    document.meter.reset(budget)
    found: dict[ast.Query, Marks] = {}
    more: set[ast.Query] = set()
    try:
        for clause in _holding(query, document):
            if clause in found:
                continue
            if len(found) < most:
                found[clause] = first_marks(clause, document, words)
            else:
                more.add(clause)
    except BudgetExceededError:
        pass  # what is known by now is worth showing
    return tuple(BriefClause(clause, marks) for clause, marks in found.items()), len(more)


def _holding(query: ast.Query, document: Document) -> Iterator[ast.Query]:
    """Yield the positive leaves of a query that accepts the article, as far as they hold."""
    if not isinstance(query, ast.Boolean):
        if not isinstance(query, ast.MatchAll):
            yield query
        return
    for clause in query.must:  # each holds, or the query would not
        yield from _holding(clause, document)
    for clause in query.should:
        document.meter.spend(LOOK)
        if accepts(clause, document):
            yield from _holding(clause, document)
