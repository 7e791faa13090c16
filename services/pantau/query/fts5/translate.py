"""Translation of a query to an SQLite FTS5 expression over the columns of `fts5.columns`.

The expression matches everything that the query accepts. If it is exact it matches nothing else, so
that the index can count without reading articles; otherwise the evaluator verifies every row.

    CREATE VIRTUAL TABLE articles
        USING fts5(title, text, roles, quotes, keywords, tokenize="...")   with TOKENIZER
"""

from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from pantau.query import ast
from pantau.query.fts5.columns import (
    EVERY,
    HISTORICAL,
    KEYWORDS,
    LONGEST,
    NOTHING,
    encode,
    exists_fact,
    name_fact,
    value_fact,
)
from pantau.query.listed import values_of
from pantau.query.meaning import patterns, proximity_rules
from pantau.query.meaning.proximity_rules import Piece
from pantau.query.meaning.word_tests import is_text
from pantau.query.text.document import KEYWORD_FIELDS
from pantau_schemas.fields import FIELDS

_DEEPEST: Final = 12
"""Maximum nesting depth; FTS5's parser has a stack of 100 entries."""
_WIDEST_NEAR: Final = 1_000
_MOST_PAIRS: Final = 64
"""Maximum number of pairs of alternatives for which NEAR is expanded."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The narrowing of a query: an FTS5 expression (None: every article), and ranges of dates.

    `exact` means that together they equal the query.
    """

    expression: str | None
    exact: bool
    dates: tuple[ast.DateRange, ...] = ()


def narrow(query: ast.Query) -> Narrowing:
    """Return what the index can look up of a query.

    Dates are extracted if they must hold in any case.
    """
    dates: tuple[ast.DateRange, ...] = ()
    rest = query
    if isinstance(query, ast.DateRange):
        dates, rest = (query,), ast.MatchAll()
    elif isinstance(query, ast.Boolean):
        dates = tuple(clause for clause in query.must if isinstance(clause, ast.DateRange))
        others = tuple(clause for clause in query.must if not isinstance(clause, ast.DateRange))
        if dates:
            rest = replace(query, must=others or (ast.MatchAll(),))
    part = _narrow(rest)
    return Narrowing(part.text, part.exact, dates)


def any_value(name: str, values: tuple[str, ...]) -> Narrowing:
    """Match any of the values in a keyword field.

    A value too long to be a fact is not exact.
    """
    if max(map(len, values), default=0) > LONGEST:
        return Narrowing(None, exact=False)
    part = _join([_fact(value_fact(name, value), value) for value in values], " OR ")
    return Narrowing(part.text, part.exact)


def no_value(name: str, values: tuple[str, ...]) -> Narrowing:
    """Exclude articles with any of the values in a keyword field."""
    part = _without(_EVERYTHING, [_fact(value_fact(name, value), value) for value in values])
    return Narrowing(part.text, part.exact)


def all_named(names: tuple[str, ...]) -> Narrowing:
    """Match articles that name all of these, case-insensitively."""
    part = _join([_fact(name_fact(name), name.casefold()) for name in names], " AND ")
    return Narrowing(part.text, part.exact)


def historical(*, wanted: bool) -> Narrowing:
    """Match historical articles, or the others."""
    past = _fact(HISTORICAL)
    part = past if wanted else _without(_EVERYTHING, [past])
    return Narrowing(part.text, part.exact)


def both(one: Narrowing, other: Narrowing) -> Narrowing:
    """Combine by AND."""
    texts = [text for text in (one.expression, other.expression) if text is not None]
    joined = (
        " AND ".join(f"({text})" for text in texts) if len(texts) == 2 else "".join(texts) or None
    )
    return Narrowing(joined, one.exact and other.exact, one.dates + other.dates)


@dataclass(frozen=True, slots=True)
class _Part:
    """An expression (None: every article), whether it is exact, and its nesting depth."""

    text: str | None
    exact: bool
    depth: int = 0


_EVERYTHING: Final = _Part(None, exact=True)
_UNKNOWN: Final = _Part(None, exact=False)
_NOTHING: Final = _Part(f'{KEYWORDS} : "{NOTHING}"', exact=True)


def _narrow(query: ast.Query) -> _Part:  # noqa: C901, PLR0911 (one return a kind of node)
    match query:
        case ast.MatchAll():
            return _EVERYTHING
        case ast.MatchNone():
            return _NOTHING
        case ast.Term():
            return _each(query.fields, query.text, "")
        case ast.Prefix():
            return _each(query.fields, query.text, " *") if query.text else _UNKNOWN
        case ast.Wildcard():
            # What stands before the first wildcard narrows; the evaluator does the rest.
            start, _ = patterns.literal_parts(query.pattern)
            return replace(_each(query.fields, start, " *"), exact=False) if start else _UNKNOWN
        case ast.Phrase():
            return _phrase(query)
        case ast.InList():
            return _listed(query)
        case ast.Exists():
            return _join([_exists(name) for name in query.fields], " OR ")
        case ast.Boolean():
            return _boolean(query)
        case ast.Near():
            return _near(query)
        case ast.AtLeast(operand=operand, count=count):
            found = _narrow(operand)
            return replace(found, exact=found.exact and count == 1)
        case ast.ExactCase():
            # The tokens of the index are in lower case; the evaluator compares capitals.
            return replace(_narrow(proximity_rules.lowered(query)), exact=False)
        case _:
            return _UNKNOWN


def _quote(*words: str) -> str:
    return '"' + " ".join(encode(word).replace('"', '""') for word in words) + '"'


def _columns(names: tuple[str, ...], expression: str) -> str:
    return "{" + " ".join(names) + "} : " + expression


def _fact(fact: str, value: str = "", suffix: str = "") -> _Part:
    quoted = fact.replace('"', '""')
    return _Part(f'{KEYWORDS} : "{quoted}"{suffix}', exact=len(value) <= LONGEST)


def _exists(name: str) -> _Part:
    return _fact(f"{name}:", suffix=" *") if name in KEYWORD_FIELDS else _fact(exists_fact(name))


def _each(names: tuple[str, ...], text: str, suffix: str) -> _Part:
    """Match a token in text columns, and the fact of `field` and value."""
    columns = tuple(name for name in names if is_text(name))
    parts = [_Part(_columns(columns, _quote(text) + suffix), exact=True)] if columns else []
    parts += [_fact(value_fact(name, text), text, suffix) for name in names if name not in columns]
    return _join(parts, " OR ")


def _listed(query: ast.InList) -> _Part:
    """Match any value of a list: one group of alternatives under one filter of columns."""
    values = values_of(query)
    if query.as_words:
        words = sorted(values.words.words)
        quoted = [*map(_quote, words), *(_quote(*terms) for terms in sorted(values.words.phrases))]
        return _group(_columns(query.fields, ""), quoted, exact=True)
    facts = [value_fact(name, value) for name in query.fields for value in sorted(values.values)]
    quoted = ['"' + fact.replace('"', '""') + '"' for fact in facts]
    exact = all(len(value) <= LONGEST for value in values.values)
    return _group(f"{KEYWORDS} : ", quoted, exact=exact)


def _group(columns: str, quoted: list[str], *, exact: bool) -> _Part:
    return _Part(f"{columns}({' OR '.join(quoted)})", exact, 1) if quoted else _NOTHING


def _phrase(query: ast.Phrase) -> _Part:
    if not query.slop:
        return _Part(_columns(query.fields, _quote(*query.terms)), exact=True)
    terms = tuple(dict.fromkeys(query.terms))
    if len(terms) == 1:
        return _Part(_columns(query.fields, _quote(*terms)), exact=False)
    width = query.slop + len(query.terms)
    if width > _WIDEST_NEAR:
        return replace(
            _join(
                [_Part(_columns(query.fields, _quote(term)), exact=True) for term in terms], " AND "
            ),
            exact=False,
        )
    # Never narrower than the slop, which allows the outermost two `slop + number of words - 1`
    # apart.
    near = f"NEAR({' '.join(map(_quote, terms))}, {width})"
    return _Part(_columns(query.fields, near), exact=False)


def _near(query: ast.Near) -> _Part:
    """Match two occurrences near each other.

    FTS5's NEAR counts the words between them, too, in any order. It allows overlaps, and between
    two values of a field it sees one word where there are a hundred.
    """
    sides = [proximity_rules.pieces(side) for side in (query.first, query.second)]
    if len(sides[0]) * len(sides[1]) > _MOST_PAIRS or query.distance > _WIDEST_NEAR:
        return replace(_join([_narrow(query.first), _narrow(query.second)], " AND "), exact=False)
    pairs = [_near_each(one, other, query) for one, other in product(*sides)]
    return _join([pair for pair in pairs if pair is not None], " OR ")


def _near_each(one: Piece, other: Piece, query: ast.Near) -> _Part | None:
    names = tuple(name for name in one.fields if name in other.fields)
    if not names:
        return None
    near = f"NEAR({_sought(one)} {_sought(other)}, {query.distance})"
    different = isinstance(one, ast.Term) and isinstance(other, ast.Term) and one.text != other.text
    exact = different and not query.ordered and not any(FIELDS[name].many for name in names)
    return _Part(_columns(names, near), exact)


def _sought(piece: Piece) -> str:
    found = proximity_rules.any_case(piece)
    words = found.terms if isinstance(found, ast.Phrase) else (found.text,)
    return _quote(*words) + (" *" if isinstance(found, ast.Prefix) else "")


def _boolean(query: ast.Boolean) -> _Part:
    if query.must:
        positive = _join([_narrow(clause) for clause in query.must], " AND ")
    else:
        positive = _join([_narrow(clause) for clause in query.should], " OR ")
    return _without(positive, [_narrow(clause) for clause in query.must_not])


def _without(positive: _Part, negative: list[_Part]) -> _Part:
    """Exclude the parts that are exact.

    The other negatives can only reduce the result.
    """
    known = [part for part in negative if part.exact and part.depth < _DEEPEST]
    if any(part.text is None for part in known):
        return _NOTHING
    exact = positive.exact and len(known) == len(negative)
    if not known:
        return replace(positive, exact=exact)
    taken = _join(known, " OR ")
    # FTS5's NOT has two operands; every article has this fact.
    base = positive if positive.text is not None else _fact(EVERY)
    depth = 1 + max(base.depth, taken.depth)
    if depth > _DEEPEST:
        return replace(positive, exact=False)
    return _Part(f"({base.text} NOT {taken.text})", exact, depth)


def _join(parts: list[_Part], operator: str) -> _Part:
    """Combine as one level. Parts that are too deep for FTS5's parser are omitted from AND.

    They make an OR match everything.
    """
    if operator == " OR ":
        if _EVERYTHING in parts:
            return _EVERYTHING
        if not parts:
            return _NOTHING
        # Dropping an alternative would lose articles, dropping a part of an AND only narrows less.
        if any(part.text is None or part.depth >= _DEEPEST for part in parts):
            return _UNKNOWN
    exact = all(part.exact and part.depth < _DEEPEST for part in parts)
    fitting = [part for part in parts if part.text is not None and part.depth < _DEEPEST]
    if not fitting:
        return _Part(None, exact)
    if len(fitting) == 1:
        return replace(fitting[0], exact=exact)
    text = "(" + operator.join(part.text or "" for part in fitting) + ")"
    return _Part(text, exact, 1 + max(part.depth for part in fitting))
