"""The operators of the language `pantau`: NEAR/n, ONEAR/n, ATLEAST/n and exact case.

Their operands and limits. All hold within one text field. An operand is a word, a phrase, a prefix
or words in exact case, or alternatives of these in parentheses; nothing else has a position and a
length that every engine agrees on.

Work is bounded at parse time: operands are leaves, so operators never nest; `MAX_CLAUSES` and
`MAX_COPIES` limit the size of the query for Elasticsearch. The evaluator's work grows with the
article and the number of leaves, and not with n.
"""

from dataclasses import replace
from typing import Final, TypeAlias

from pantau.common.text.normal_text import normalise_text
from pantau.query import ast
from pantau.query.errors import QueryError
from pantau.query.parsing.clauses import QueryRange, any_of, fields_of, kind_of
from pantau.query.parsing.clauses import phrase as plain_phrase
from pantau.query.text import tokenizer
from pantau_schemas.fields import FIELDS, FieldKind

MAX_NUMBER: Final = 2**31 - 1
"""Maximum n; a larger one is equivalent, since no article has so many words."""
MAX_CLAUSES: Final = 1_000
"""Maximum number of clauses for Elasticsearch, which allows at least 1,024.

Leaves, and words of operands as often as they are written.
"""
MAX_COPIES: Final = 2_000
"""Maximum total number of words to which a query's ATLEAST operators expand for Elasticsearch.

N times the operand.
"""

Piece: TypeAlias = ast.Term | ast.Phrase | ast.Prefix | ast.ExactCase
"""An operand: a fixed number of adjacent tokens."""
Positional: TypeAlias = ast.Near | ast.AtLeast
_WANTED: Final = "a word, a phrase or a prefix, or some of these with OR between them in ( ),"


def pieces(operand: ast.Query, name: str | None = None) -> tuple[Piece, ...]:
    """Return the alternatives of an operand.

    Only those that search the field `name`, if one is given.
    """
    if isinstance(operand, ast.Boolean):
        return tuple(dict.fromkeys(piece for one in operand.should for piece in pieces(one, name)))
    if isinstance(operand, Piece) and (name is None or name in operand.fields):
        return (operand,)
    return ()


def fields(query: Positional) -> tuple[str, ...]:
    """Return the fields in which it can hold."""
    names = _fields(query.operand if isinstance(query, ast.AtLeast) else query.first)
    if isinstance(query, ast.Near):
        others = _fields(query.second)
        names = tuple(name for name in names if name in others)
    return names


def _fields(operand: ast.Query) -> tuple[str, ...]:
    found = {name for piece in pieces(operand) for name in piece.fields}
    return tuple(name for name in FIELDS if name in found)


def restricted(query: Positional, name: str) -> Positional:
    """Return the query restricted to one of its fields."""
    if isinstance(query, ast.AtLeast):
        return replace(query, operand=_restricted(query.operand, name))
    return replace(
        query, first=_restricted(query.first, name), second=_restricted(query.second, name)
    )


def _restricted(operand: ast.Query, name: str) -> ast.Query:
    return ast.Boolean(
        should=tuple(replace(piece, fields=(name,)) for piece in pieces(operand, name))
    )


def width(piece: Piece) -> int:
    """Return the number of tokens of an occurrence."""
    return len(piece.terms) if isinstance(piece, ast.Phrase | ast.ExactCase) else 1


def lowered(query: ast.ExactCase) -> ast.Term | ast.Phrase:
    """Return the case-insensitive equivalent."""
    terms = tuple(map(tokenizer.lower, query.terms))
    if len(terms) == 1:
        return ast.Term(query.fields, terms[0], start=query.start, end=query.end)
    return ast.Phrase(query.fields, terms, start=query.start, end=query.end)


def any_case(piece: Piece) -> ast.Term | ast.Phrase | ast.Prefix:
    """Return an operand, case-insensitive if it is of exact case."""
    return lowered(piece) if isinstance(piece, ast.ExactCase) else piece


def number(written: str) -> int:
    """Parse the n of an operator such as `NEAR/5`."""
    digits = written.partition("/")[2].lstrip("0") or "0"
    return MAX_NUMBER if len(digits) > 10 else min(int(digits), MAX_NUMBER)


def near(
    first: ast.Query | None, second: ast.Query | None, written: str, place: QueryRange
) -> ast.Query:
    """Combine two operands by `NEAR/n` or `ONEAR/n`, as written. Raises QueryError."""
    query = ast.Near(
        _operand(first, written, place),
        _operand(second, written, place),
        number(written),
        written.startswith("O"),
        start=place.start,
        end=place.end,
    )
    if not fields(query) and pieces(query.first) and pieces(query.second):
        one, other = (" or ".join(_fields(side)) for side in (query.first, query.second))
        expected = (
            f"one field for both sides of {written}, which are looked for in {one} and in {other}"
        )
        raise place.refuse(expected, _together(one, place))
    return query


def _together(name: str, place: QueryRange) -> str | None:
    """Suggest `name:(a NEAR/5 b)` in place of `name:a NEAR/5 b`."""
    inside = place.query[place.start : place.end].removeprefix(f"{name}:")
    before, after = place.query[: place.start], place.query[place.end :]
    return f"{before}{name}:({inside}){after}" if ":" not in inside else None


def at_least(operand: ast.Query | None, written: str, place: QueryRange) -> ast.Query:
    """Build ATLEAST/n of an operand. Raises QueryError."""
    count = number(written)
    if count < 1:
        repair = f"{place.query[: place.start]}ATLEAST/1{place.query[place.start + len(written) :]}"
        raise place.refuse("a number from 1 on after ATLEAST/", repair)
    return ast.AtLeast(count, _operand(operand, written, place), start=place.start, end=place.end)


def _operand(operand: ast.Query | None, written: str, place: QueryRange) -> ast.Query:
    """Return an operand if it is a valid one."""
    if operand is None:
        raise place.refuse(f"words beside {written} that can be searched")
    waiting = [operand]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Boolean) and not one.must and not one.must_not:
            waiting += reversed(one.should)
        elif not _is_piece(one):
            raise QueryError(place.query, one.start, f"{_WANTED} beside {written}{_instead(one)}")
    return operand


def _is_piece(query: ast.Query) -> bool:
    if isinstance(query, ast.MatchNone):
        return True
    if not isinstance(query, Piece) or (isinstance(query, ast.Phrase) and query.slop):
        return False
    return all(kind_of(name) is FieldKind.TEXT for name in query.fields)


def _instead(query: ast.Query) -> str:
    """Return what is wrong with an operand."""
    match query:
        case ast.Near() | ast.AtLeast():
            return (
                "; for three words that are near each other join two by AND: a NEAR/5 b AND b "
                "NEAR/5 c"
            )
        case ast.Boolean():
            return ", not AND, NOT, + or -"
        case ast.Phrase():
            return "; a phrase there has no ~"
        case ast.InList(name=name):
            return f"; the list @{name} can stand beside AND, OR and NOT alone"
        case ast.Term() | ast.Prefix():
            texts = ", ".join(
                name for name, field in FIELDS.items() if field.kind is FieldKind.TEXT
            )
            return f" in one of the fields that are cut into words: {texts}"
        case _:
            return ", not a pattern, a range or a date"


def exact_case(pattern: str | None, text: str, place: QueryRange) -> ast.Query | None:
    """Match words with exactly this capitalisation.

    In keyword fields the value, which is case-sensitive anyway.
    """
    names = fields_of(pattern)
    text = normalise_text(text)
    texts = tuple(name for name in names if kind_of(name) is FieldKind.TEXT)
    if not texts:
        return plain_phrase(pattern, text, 0, place)
    terms = tuple(text[start:end] for start, end in tokenizer.spans(text))
    found: list[ast.Query] = (
        [ast.ExactCase(texts, terms, start=place.start, end=place.end)] if terms else []
    )
    others = (plain_phrase(name, text, 0, place) for name in names if name not in texts)
    return any_of(found + [one for one in others if one is not None], place)


def check(query: ast.Query, text: str) -> ast.Query:
    """Check that a query is not too large for Elasticsearch, and return it.

    Raises QueryError.
    """
    clauses = copies = 0
    for node in ast.walk(query):
        if isinstance(node, ast.Near | ast.AtLeast):
            clauses += _clauses(node)
            copies += _copies(node)
        elif not isinstance(node, ast.Boolean):
            clauses += len(getattr(node, "fields", ())) or 1
        if clauses > MAX_CLAUSES:
            expected = (
                f"less beside NEAR and ATLEAST: at most {MAX_CLAUSES:,} words, each counted once "
                "a field, and again for phrases"
            )
            raise QueryError(
                text, node.start, f"{expected}; split the query into several subscriptions"
            )
        if copies > MAX_COPIES:
            expected = (
                "a lower number after ATLEAST/: n times the words that are counted, once a "
                f"field, is at most {MAX_COPIES:,}"
            )
            raise QueryError(text, node.start, expected)
    return query


def _clauses(query: Positional) -> int:
    """Return the number of words of its spans or intervals (`elasticsearch.proximity`)."""
    total = 0
    for name in fields(query):
        if isinstance(query, ast.AtLeast):
            total += _words(pieces(query.operand, name))
            continue
        first, second = pieces(query.first, name), pieces(query.second, name)
        total += _words(first) + _words(second) * len(set(map(width, first)))
        if not query.ordered:
            total += _words(second) + _words(first) * len(set(map(width, second)))
    return total


def _copies(query: Positional) -> int:
    if not isinstance(query, ast.AtLeast):
        return 0
    return query.count * sum(_words(pieces(query.operand, name)) for name in fields(query))


def _words(found: tuple[Piece, ...]) -> int:
    return sum(map(width, found))
