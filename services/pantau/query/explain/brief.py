"""Findings of a query in an article, in one pass: all marks, and the clauses that hold.

For every alert, so it costs no more than the marks alone. `explanation.explain_match` returns the
same clauses with all that each found, for one article that a person asks about.
"""

from contextlib import suppress
from dataclasses import dataclass

from pantau.query import ast
from pantau.query.meaning.budget import BudgetExceededError
from pantau.query.meaning.evaluate import Marks, Places, accepts, collect_places, marks_at
from pantau.query.text.document import Document


@dataclass(frozen=True, slots=True)
class BriefMatch:
    """The matched words of an article, and the positions that each clause found, by text field.

    Equal clauses stand once, in the order of the query.
    """

    marks: Marks
    clauses: dict[ast.Query, Places]


def brief_match(query: ast.Query, document: Document) -> BriefMatch:
    """Return what a query found in an article that it accepts.

    The marks are those of `evaluate.Match`. Of a query that costs more than its budget, what is
    found until then is returned.
    """
    document.meter.reset()
    clauses: dict[ast.Query, Places] = {}
    with suppress(BudgetExceededError):
        _walk(query, document, clauses, holds=True)
    places: Places = {}
    for found in clauses.values():
        for name, positions in found.items():
            known = places.get(name)
            places[name] = positions if known is None else known | positions
    return BriefMatch(marks_at(places, document), clauses)


def fields_of(clause: ast.Query, places: Places) -> tuple[str, ...]:
    """Return the fields in which a clause was found, or that it compares."""
    if places:
        return tuple(places)
    if isinstance(clause, ast.DateRange):
        return (clause.field,)
    return tuple(getattr(clause, "fields", ()))


def _walk(
    query: ast.Query, document: Document, clauses: dict[ast.Query, Places], *, holds: bool
) -> None:
    """Collect the positive clauses that hold; `holds` is True if this one is known to."""
    if isinstance(query, ast.Boolean):
        if holds or accepts(query, document):
            for clause in query.must:
                _walk(clause, document, clauses, holds=True)
            for clause in query.should:
                _walk(clause, document, clauses, holds=False)
        return
    if isinstance(query, ast.MatchAll):
        return
    places: Places = {}  # what is found before the budget ends counts
    if clauses.setdefault(query, places) is not places:
        return
    collect_places(query, document, places)
    # A phrase that holds has places: looking for it again would find as little.
    if not places and not holds and (isinstance(query, ast.Phrase) or not accepts(query, document)):
        del clauses[query]
