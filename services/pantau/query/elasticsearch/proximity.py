"""NEAR/n, ONEAR/n, ATLEAST/n and exact case in Elasticsearch's query language.

NEAR is translated to spans. Lucene searches ordered spans in one pass, each first one with the next
second one; that finds all only if the first ones have equal length, so alternatives are grouped by
length. NEAR in any order is ONEAR both ways: Lucene's own allows two spans on the same tokens.
ATLEAST is translated to intervals, n times the same in sequence. Exact case searches a
case-sensitive copy of the field (`index_template.cased`), with the same positions.

A prefix is expanded to all words that have it, and Elasticsearch refuses to expand more than a few
thousand. Where that must not happen, `expand=False` returns None for it.
"""

from collections.abc import Iterable
from itertools import product
from typing import Any, Final, TypeAlias

from pantau.query import ast
from pantau.query.meaning.proximity_rules import Piece, Positional, any_case, fields, pieces, width
from pantau.query.text import tokenizer
from pantau.query.text.tokenizer import units
from pantau_schemas.index_template import cased

_Body: TypeAlias = dict[str, Any]
_WORDS: Final = {"analyzer": "whitespace"}
"""The analyzer that splits tokens that were joined by spaces."""


def translate(query: Positional, *, expand: bool) -> _Body | None:
    """Translate a query of one field; a clause that finds nothing is possible.

    None if it would have to be expanded.
    """
    (name,) = fields(query)
    operands = (query.operand,) if isinstance(query, ast.AtLeast) else (query.first, query.second)
    found = [[piece for piece in pieces(one, name) if _can_be(piece)] for one in operands]
    if not all(found):
        return {"match_none": {}}
    if any(isinstance(piece, ast.Prefix) for part in found for piece in part) and not expand:
        return None
    if isinstance(query, ast.AtLeast):
        return _at_least(query.count, found[0], name)
    return _near(query, found[0], found[1], name)


def _can_be(piece: Piece) -> bool:
    """Return whether such tokens can exist."""
    texts = piece.terms if isinstance(piece, ast.Phrase | ast.ExactCase) else (piece.text,)
    return all(units(text) <= tokenizer.LIMIT for text in texts)


def _near(query: ast.Near, first: list[Piece], second: list[Piece], name: str) -> _Body:
    if not query.ordered and _are_apart(first, second):
        return _span_near([_any(first, name), _any(second, name)], query.distance, ordered=False)
    found = list(_one_after(first, second, query.distance, name))
    if not query.ordered:
        found += _one_after(second, first, query.distance, name)
    return _span_or(found)


def _are_apart(first: list[Piece], second: list[Piece]) -> bool:
    """Return whether all are single tokens and none can be on both sides."""
    if any(width(piece) > 1 for piece in (*first, *second)):
        return False
    for one, other in product(map(any_case, first), map(any_case, second)):
        if isinstance(one, ast.Phrase) or isinstance(other, ast.Phrase):
            return False
        if one.text == other.text:
            return False
        if isinstance(one, ast.Prefix) and other.text.startswith(one.text):
            return False
        if isinstance(other, ast.Prefix) and one.text.startswith(other.text):
            return False
    return True


def _one_after(
    first: list[Piece], second: list[Piece], distance: int, name: str
) -> Iterable[_Body]:
    """Yield the ordered spans, grouped by the length of the first one."""
    for size in sorted(set(map(width, first))):
        alike = [piece for piece in first if width(piece) == size]
        yield _span_near([_any(alike, name), _any(second, name)], distance, ordered=True)


def _any(found: list[Piece], name: str) -> _Body:
    return _span_or([_span(piece, name) for piece in found])


def _span_or(clauses: list[_Body]) -> _Body:
    return clauses[0] if len(clauses) == 1 else {"span_or": {"clauses": clauses}}


def _span_near(clauses: list[_Body], slop: int, *, ordered: bool) -> _Body:
    return {"span_near": {"clauses": clauses, "slop": slop, "in_order": ordered}}


def _span(piece: Piece, name: str) -> _Body:
    match piece:
        case ast.Term(text=text):
            return {"span_term": {name: text}}
        case ast.Prefix(text=text):
            return {"span_multi": {"match": {"prefix": {name: {"value": text}}}}}
        case ast.ExactCase(terms=terms):
            return {"span_field_masking": {"query": _span_words(terms, cased(name)), "field": name}}
        case _:
            return _span_words(piece.terms, name)


def _span_words(terms: tuple[str, ...], name: str) -> _Body:
    words = [{"span_term": {name: term}} for term in terms]
    return words[0] if len(words) == 1 else _span_near(words, 0, ordered=True)


def _at_least(count: int, found: list[Piece], name: str) -> _Body:
    rules = [_rule(piece, name) for piece in found]
    one = rules[0] if len(rules) == 1 else {"any_of": {"intervals": rules}}
    many = one if count == 1 else {"all_of": {"ordered": True, "intervals": [one] * count}}
    return {"intervals": {name: many}}


def _rule(piece: Piece, name: str) -> _Body:
    match piece:
        case ast.Prefix(text=text):
            return {"prefix": {"prefix": text, **_WORDS}}
        case ast.ExactCase(terms=terms):
            return _rule_words(terms, {"use_field": cased(name)})
        case ast.Term(text=text):
            return _rule_words((text,), {})
        case _:
            return _rule_words(piece.terms, {})


def _rule_words(terms: tuple[str, ...], more: dict[str, str]) -> _Body:
    order = {"ordered": True, "max_gaps": 0} if len(terms) > 1 else {}
    return {"match": {"query": " ".join(terms), **_WORDS, **order, **more}}


def exact_case(query: ast.ExactCase, name: str) -> _Body:
    """Return the clause for one field."""
    if not _can_be(query):
        return {"match_none": {}}
    if len(query.terms) == 1:
        return {"term": {cased(name): query.terms[0]}}
    return {"match_phrase": {cased(name): {"query": " ".join(query.terms), **_WORDS}}}


def wider(query: Positional) -> ast.Query:
    """Return a query without proximity operators that finds everything this one finds, and more."""
    operands = (query.operand,) if isinstance(query, ast.AtLeast) else (query.first, query.second)
    return ast.Boolean(
        must=tuple(ast.Boolean(should=tuple(map(any_case, pieces(one)))) for one in operands)
    )
