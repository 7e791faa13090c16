"""Queries that surely match every article, or none. Findings are always right, but incomplete.

A query contradicts itself where it requires what it excludes, two values of a field that has one,
or a time or a range that ends before it begins.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from pantau.query import ast
from pantau.query.diagnosis.diagnosis import Finding, Severity
from pantau_schemas.fields import FIELDS, FieldKind

ONE_VALUE: Final = frozenset(
    name for name, one in FIELDS.items() if one.kind is FieldKind.KEYWORD and not one.many
)
"""Fields of which an article has one exact value at most."""


def extremes(query: ast.Query, text: str, _language: str) -> Iterator[Finding]:
    """Find queries that every article matches, or none."""
    if is_everything(query) or _is_tautology(query):
        yield Finding("matches_everything", 0, len(text), severity=Severity.NOTE)
    elif (is_nothing(query) or _is_contradiction(query)) and not any(
        isinstance(node, ast.MatchNone) and node.unknown is not None for node in ast.walk(query)
    ):
        yield Finding("matches_nothing", 0, len(text))


def is_everything(query: ast.Query) -> bool:
    """Return whether every part that decides about a query matches every article."""
    match query:
        case ast.MatchAll():
            return True
        case ast.Exists(fields=fields):
            return bool({"title", "text", "first_seen"} & set(fields))
        case ast.Boolean():
            if query.must_not:
                return False
            required = all(map(is_everything, query.must))
            return required if query.must else any(map(is_everything, query.should))
        case _:
            return False


def is_nothing(query: ast.Query) -> bool:
    """Return whether a part that every match needs matches no article."""
    match query:
        case ast.MatchNone():
            return True
        case ast.Range() | ast.DateRange():
            return _is_empty(query)
        case ast.Boolean():
            return (
                any(map(is_nothing, query.must))
                or any(map(is_everything, query.must_not))
                or (not query.must and all(map(is_nothing, query.should)))
            )
        case _:
            return False


def _is_tautology(query: ast.Query) -> bool:
    """Return whether one alternative is what another one excludes, as in `a OR NOT a`."""
    if not isinstance(query, ast.Boolean) or query.must or query.must_not:
        return False
    alternatives = set(query.should)
    return any(
        isinstance(one, ast.Boolean)
        and one.must_not
        and all(map(is_everything, one.must))
        and (one.must or not one.should)
        and alternatives.issuperset(one.must_not)
        for one in query.should
    )


def _is_contradiction(query: ast.Query) -> bool:
    """Return whether what a query requires rules itself out, or is excluded."""
    required: set[ast.Query] = set()
    excluded: set[ast.Query] = set()
    _sort(query, required, excluded)
    absent = {(field, one.text) for one in _terms(excluded) for field in one.fields}
    if required & excluded or any(
        absent.issuperset((field, one.text) for field in one.fields) for one in _terms(required)
    ):
        return True
    values: dict[str, str] = {}
    return any(
        values.setdefault(one.fields[0], one.text) != one.text
        for one in _terms(required)
        if len(one.fields) == 1 and one.fields[0] in ONE_VALUE
    )


def _terms(nodes: set[ast.Query]) -> Iterator[ast.Term]:
    return (one for one in nodes if isinstance(one, ast.Term))


def _sort(query: ast.Query, required: set[ast.Query], excluded: set[ast.Query]) -> None:
    """Collect what every match of a query needs, and what none has."""
    waiting = [query]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, ast.Boolean):
            required.add(one)
            continue
        waiting += one.must
        if not one.must and len(one.should) == 1:
            waiting += one.should
        unwanted = [*one.must_not]
        while unwanted:
            node = unwanted.pop()
            excluded.add(node)
            if isinstance(node, ast.Boolean) and not node.must and not node.must_not:
                unwanted += node.should  # none of the alternatives, either


def _is_empty(given: ast.Range | ast.DateRange) -> bool:
    """Return whether no value can lie in a range."""
    if isinstance(given, ast.DateRange):
        low, high = _fixed(given.low), _fixed(given.high)
        return low is not None and high is not None and low > high
    if given.low is None or given.high is None:
        return False
    both = given.include_low and given.include_high
    ends = given.low.encode(errors="surrogatepass"), given.high.encode(errors="surrogatepass")
    return ends[0] > ends[1] or (ends[0] == ends[1] and not both)


def _fixed(moment: ast.Moment | None) -> datetime | None:
    """Return a point in time that does not move with the clock; None for another, or none."""
    if moment is None or moment.at is None or moment.from_now is not None:
        return None
    try:
        return moment.at + timedelta(milliseconds=moment.shift)
    except OverflowError:
        return None
