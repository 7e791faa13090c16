"""Translation of a value in a query to leaves of the tree.

Which fields it looks in, and what their analysis makes of it. Shared by the languages. What
Elasticsearch does with a clause of `query_string` or `match` is done here, field by field. None
means that nothing was left of the value (`...` in a text field): such a clause is dropped, not
failed. Values are brought to the one form of text that articles have (`normalise_text`); the places
of nodes are still those of the query as typed.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from sys import intern
from typing import Final

from pantau.common.text.normal_text import normalise_text
from pantau.query import ast
from pantau.query.errors import QueryError
from pantau.query.listed import list_key
from pantau.query.meaning import date_math
from pantau.query.meaning.regex import MAX_COST, RegexError, compiled
from pantau.query.meaning.regex import MAX_LENGTH as MAX_REGEX
from pantau.query.text import tokenizer
from pantau_schemas.fields import DEFAULT_FIELDS, FIELDS, FieldKind

MAX_LENGTH: Final = 20_000
"""Maximum length of a query in characters."""
MAX_LEAVES: Final = 512
"""Maximum number of leaves of a tree, each counted once per field."""
MAX_NESTING: Final = 50
"""Maximum nesting depth of parentheses."""


@dataclass(frozen=True, slots=True)
class QueryRange:
    """A range of the query's text, for the nodes built from it."""

    query: str
    start: int
    end: int

    def refuse(self, expected: str, suggestion: str | None = None) -> QueryError:
        """Build an error at this position."""
        return QueryError(self.query, self.start, expected, suggestion)


@lru_cache(maxsize=1_000)
def fields_of(pattern: str | None) -> tuple[str, ...]:
    """Return the fields that a name in a query denotes.

    None stands for the default fields; `*` and `ti*` are patterns.
    """
    if pattern is None:
        return DEFAULT_FIELDS
    if "*" in pattern:
        expression = re.compile(".*".join(map(re.escape, re.split(r"\*+", pattern))), re.DOTALL)
        return tuple(name for name in FIELDS if expression.fullmatch(name))
    return (pattern,) if pattern in FIELDS else ()


def kind_of(name: str) -> FieldKind:
    """Return the kind of an existing field."""
    return FIELDS[name].kind


def is_date(name: str) -> bool:
    """Return whether a name in a query denotes a date field."""
    return name in FIELDS and kind_of(name) is FieldKind.DATE


@lru_cache(maxsize=1_000)
def _groups(names: tuple[str, ...]) -> tuple[tuple[FieldKind, tuple[str, ...]], ...]:
    """Group fields by kind. Cached, so that all leaves of all queries share the few tuples."""
    ordered = sorted(names, key=lambda name: list(FieldKind).index(kind_of(name)))
    return tuple((kind, tuple(group)) for kind, group in groupby(ordered, key=kind_of))


def any_of(queries: list[ast.Query], place: QueryRange) -> ast.Query | None:
    """Combine by OR; a single clause stays as it is."""
    if len(queries) < 2:
        return queries[0] if queries else None
    return ast.Boolean(should=tuple(queries), start=place.start, end=place.end)


def _nothing(pattern: str | None, place: QueryRange) -> ast.Query:
    return ast.MatchNone(f"there is no field {pattern}", pattern, start=place.start, end=place.end)


def words(pattern: str | None, text: str, place: QueryRange) -> ast.Query | None:
    """Match any word of a text in text fields, the whole value in keyword fields."""
    names = fields_of(pattern)
    text = normalise_text(text)
    if not names:
        return _nothing(pattern, place)
    found: list[ast.Query] = []
    for kind, group in _groups(names):
        if kind is FieldKind.TEXT:
            found += [
                ast.Term(group, word, start=place.start, end=place.end)
                for word in map(intern, tokenizer.words(text))
            ]
        elif kind is FieldKind.KEYWORD:
            found.append(ast.Term(group, text, start=place.start, end=place.end))
        else:
            found += [date_math.exactly(name, text, place) for name in group]
    return any_of(found, place)


def phrase(pattern: str | None, text: str, slop: int, place: QueryRange) -> ast.Query | None:
    """Match words in order in text fields, the whole value in keyword fields."""
    names = fields_of(pattern)
    text = normalise_text(text)
    if not names:
        return _nothing(pattern, place)
    found: list[ast.Query] = []
    for kind, group in _groups(names):
        if kind is FieldKind.TEXT:
            terms = tuple(map(intern, tokenizer.words(text)))
            if len(terms) == 1:
                found.append(ast.Term(group, terms[0], start=place.start, end=place.end))
            elif terms:
                found.append(ast.Phrase(group, terms, slop, start=place.start, end=place.end))
        elif kind is FieldKind.KEYWORD:
            found.append(ast.Term(group, text, start=place.start, end=place.end))
        else:
            found += [date_math.exactly(name, text, place) for name in group]
    return any_of(found, place)


def prefix(
    pattern: str | None, text: str, place: QueryRange, *, analyze: bool = True
) -> ast.Query | None:
    """Match words with a prefix.

    In text fields `anak-an*` is `anak` or a word with the prefix `an`.
    """
    names = fields_of(pattern)
    text = normalise_text(text)
    if not names:
        return _nothing(pattern, place)
    found: list[ast.Query] = []
    for kind, group in _groups(names):
        if kind is FieldKind.TEXT:
            # Only the last word goes on: the others are whole.
            terms = tokenizer.words(text) if analyze else [tokenizer.lower(text)]
            found += [
                ast.Term(group, word, start=place.start, end=place.end) for word in terms[:-1]
            ]
            found += [
                ast.Prefix(group, word, start=place.start, end=place.end) for word in terms[-1:]
            ]
        elif kind is FieldKind.KEYWORD:
            found.append(ast.Prefix(group, text, start=place.start, end=place.end))
        else:
            raise place.refuse("a range, such as [2022-09-01 TO *]: a date has no first characters")
    return any_of(found, place)


def wildcard(pattern: str | None, text: str, place: QueryRange) -> ast.Query | None:
    """Match words or values of a pattern: in text fields as one token, in lower case.

    Escaped characters stay.
    """
    names = fields_of(pattern)
    text = normalise_text(text)
    if not names:
        return _nothing(pattern, place)
    found: list[ast.Query] = []
    for kind, group in _groups(names):
        if kind is FieldKind.DATE:
            raise place.refuse("a range, such as [2022-09-01 TO *]: a date has no pattern")
        value = _ESCAPE_OR_TEXT.sub(_lower_text, text) if kind is FieldKind.TEXT else text
        found.append(ast.Wildcard(group, value, start=place.start, end=place.end))
    return any_of(found, place)


_ESCAPE_OR_TEXT: Final = re.compile(r"\\.|[^\\]+", re.DOTALL)


def _lower_text(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == "\\" else tokenizer.lower(found[0])


class Expenses:
    """The total cost of a query's regular expressions, counted while parsing."""

    __slots__ = ("_spent",)

    def __init__(self) -> None:
        self._spent = 0

    def add(self, cost: int, place: QueryRange) -> None:
        """Add an expression. Raises QueryError if it exceeds the limit."""
        self._spent += cost
        if self._spent > MAX_COST:
            reason = "fewer or simpler regular expressions: together they need too many states"
            raise place.refuse(f"{reason}; split the query into several subscriptions")


def regex(
    pattern: str | None, text: str, place: QueryRange, expenses: Expenses
) -> ast.Query | None:
    """Match words or values by a regular expression.

    Its case is kept.
    """
    names = fields_of(pattern)
    text = normalise_text(text)
    if not names:
        return _nothing(pattern, place)
    if len(text) > MAX_REGEX:
        raise place.refuse(f"a regular expression of at most {MAX_REGEX:,} characters")
    try:
        expenses.add(compiled(text).cost, place)
    except RegexError as error:
        inside = QueryRange(place.query, place.start + 1 + error.place, place.end)
        raise inside.refuse(f"{error.expected}, in the regular expression") from error
    if any(kind_of(name) is FieldKind.DATE for name in names):
        raise place.refuse("a range, such as [2022-09-01 TO *]: a date has no pattern")
    return ast.Regex(names, text, start=place.start, end=place.end)


def fuzzy(pattern: str | None, text: str, edits: int, place: QueryRange) -> ast.Query | None:
    """Match words or values within an edit distance of `edits`.

    The text is one token, however many words it has.
    """
    names = fields_of(pattern)
    text = normalise_text(text)
    if not names:
        return _nothing(pattern, place)
    found: list[ast.Query] = []
    for kind, group in _groups(names):
        if kind is FieldKind.DATE:
            raise place.refuse("a range, such as [2022-09-01 TO *]: a date cannot be fuzzy")
        value = tokenizer.lower(text) if kind is FieldKind.TEXT else text
        found.append(ast.Fuzzy(group, value, edits, start=place.start, end=place.end))
    return any_of(found, place)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a range as written; None is open."""

    low: str | None
    high: str | None
    include_low: bool = True
    include_high: bool = True


def between(
    pattern: str | None, bounds: Bounds, time_zone: str, place: QueryRange, *, lower: bool = True
) -> ast.Query | None:
    """Match words, values or dates between two others.

    Bounds of words are in lower case, unless disabled.
    """
    names = fields_of(pattern)
    if not names:
        return _nothing(pattern, place)
    found: list[ast.Query] = []
    for kind, group in _groups(names):
        if kind is FieldKind.DATE:
            found += [date_math.between(name, bounds, time_zone, place) for name in group]
            continue
        low, high = (
            None if end is None else normalise_text(end) for end in (bounds.low, bounds.high)
        )
        # Tokens of text fields are in lower case; values of keyword fields are as written.
        if kind is FieldKind.TEXT and lower:
            low, high = (
                low if low is None else tokenizer.lower(low),
                high if high is None else tokenizer.lower(high),
            )
        included = bounds.include_low, bounds.include_high
        found.append(ast.Range(group, low, high, *included, start=place.start, end=place.end))
    return any_of(found, place)


def listed(pattern: str | None, name: str, place: QueryRange) -> ast.Query:
    """Match any value of a list: its words in text fields, a whole value in keyword fields.

    Of several fields those of dates are left out. The values are bound later (`listed.bind`).
    """
    names = fields_of(pattern)
    if not names:
        return _nothing(pattern, place)
    found: list[ast.Query] = [
        ast.InList(group, list_key(name), kind is FieldKind.TEXT, start=place.start, end=place.end)
        for kind, group in _groups(names)
        if kind is not FieldKind.DATE
    ]
    if not found:
        raise place.refuse(f"a field of words or names before @{name}: a list holds no dates")
    return any_of(found, place) or found[0]


def exists(pattern: str | None, place: QueryRange) -> ast.Query:
    """Match articles that have a value in the field, or in any of the fields."""
    names = fields_of(pattern)
    return (
        ast.Exists(names, start=place.start, end=place.end) if names else _nothing(pattern, place)
    )


def boolean(
    must: list[ast.Query], should: list[ast.Query], must_not: list[ast.Query], place: QueryRange
) -> ast.Query | None:
    """Combine clauses; pure negatives match everything else."""
    if must_not and not must and not should:
        must = [ast.MatchAll(start=place.start, end=place.start)]
    if not must and not should:
        return None
    if not must and not must_not and len(should) == 1:
        return should[0]
    if not should and not must_not and len(must) == 1:
        return must[0]
    return ast.Boolean(
        tuple(must), tuple(should), tuple(must_not), start=place.start, end=place.end
    )


def finish(query: ast.Query | None, text: str) -> ast.Query:
    """Return the tree of a whole query, or raise QueryError if it is too large."""
    if query is None:
        return ast.MatchNone(reason="nothing in the query can be searched", start=0, end=len(text))
    leaves = 0
    for node in ast.walk(query):
        if not ast.children(node):
            leaves += len(getattr(node, "fields", ())) or 1
        if leaves > MAX_LEAVES:
            expected = (
                f"at most {MAX_LEAVES} words and phrases, each counted once a field that it looks "
                "in; "
                "split the query into several subscriptions"
            )
            raise QueryError(text, node.start, expected)
    return query


def within(query: ast.Query, place: QueryRange) -> ast.Query:
    """Return the tree with one position for all nodes."""
    if isinstance(query, ast.Boolean):
        must, should, must_not = (
            tuple(within(one, place) for one in part)
            for part in (query.must, query.should, query.must_not)
        )
        return ast.Boolean(must, should, must_not, start=place.start, end=place.end)
    return replace(query, start=place.start, end=place.end)
