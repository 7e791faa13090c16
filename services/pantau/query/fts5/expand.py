"""Expansion of patterns to the words of an index, so that it can look them up.

`*bakar*` becomes `kebakaran OR membakar OR ...`: what a search engine does with its list of terms.
The meaning stays the same for the articles of that index; only standalone leaves are expanded, not
operands of NEAR.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final, Protocol

from pantau.query import ast
from pantau.query.meaning import patterns
from pantau.query.meaning.budget import BudgetExceededError, Meter
from pantau.query.meaning.patterns import WordTest
from pantau.query.meaning.word_tests import is_text, word_test
from pantau_schemas.fields import FIELDS

_ALLOWED: Final = 50_000_000
"""Maximum cost of expansion per search in units of `budget`; more expensive patterns are left."""
_READ: Final = 10
"""The cost of reading a word in units."""
MOST_WORDS: Final = 1_000
"""A pattern with more words than this is left.

Articles with one of that many words are found quickly anyway.
"""
_PATTERNS: Final = (ast.Wildcard, ast.Fuzzy, ast.Regex, ast.Range)


class Vocabulary(Protocol):
    """The words and values of an index."""

    def words(self, names: tuple[str, ...], begins: str) -> Iterable[str]:
        """Return each distinct word of some text fields with a prefix."""

    def values(self, name: str, begins: str) -> Iterable[str] | None:
        """Return each distinct value of a keyword field with a prefix.

        None if not all are known.
        """


def has_patterns(query: ast.Query) -> bool:
    """Return whether there is a pattern to expand."""
    return any(isinstance(leaf, _PATTERNS) for leaf in _leaves(query))


def expand(query: ast.Query, vocabulary: Vocabulary) -> ast.Query:
    """Expand patterns with few words whose expansion is cheap."""
    return _expanded(query, vocabulary, Meter(_ALLOWED))


def _expanded(query: ast.Query, vocabulary: Vocabulary, meter: Meter) -> ast.Query:
    match query:
        case ast.Boolean():
            return replace(
                query,
                must=tuple(_expanded(clause, vocabulary, meter) for clause in query.must),
                should=tuple(_expanded(clause, vocabulary, meter) for clause in query.should),
                must_not=tuple(_expanded(clause, vocabulary, meter) for clause in query.must_not),
            )
        case ast.Wildcard() | ast.Fuzzy() | ast.Regex() | ast.Range():
            try:
                return _written_out(query, vocabulary, meter)
            except BudgetExceededError:
                return query
        case _:
            return query


def _leaves(query: ast.Query) -> Iterator[ast.Query]:
    if isinstance(query, ast.Boolean):
        for clause in (*query.must, *query.should, *query.must_not):
            yield from _leaves(clause)
    else:
        yield query


def _written_out(query: Any, vocabulary: Vocabulary, meter: Meter) -> ast.Query:
    test = word_test(query)
    begins = _beginning(query)
    found: list[ast.Query] = []
    texts = tuple(name for name in query.fields if is_text(name))
    if texts:
        found += _terms(texts, vocabulary.words(texts, begins), test, meter)
    for name in query.fields:
        if name in texts or name not in FIELDS:
            continue
        values = vocabulary.values(name, begins)
        if values is None:
            return query  # type: ignore[no-any-return]  # one of the four kinds of leaf
        found += _terms((name,), values, test, meter)
    if len(found) > MOST_WORDS:
        return query  # type: ignore[no-any-return]  # as above
    return ast.Boolean(should=tuple(found)) if found else ast.MatchNone()


def _terms(
    names: tuple[str, ...], words: Iterable[str], test: WordTest, meter: Meter
) -> Iterator[ast.Query]:
    passing = _passing(words, test, meter)
    return (ast.Term(names, word) for word in islice(passing, MOST_WORDS + 1))


def _passing(words: Iterable[str], test: WordTest, meter: Meter) -> Iterator[str]:
    for word in words:
        meter.spend(_READ + test.cost(1, len(word)))
        if test.passes(word):
            yield word


def _beginning(query: Any) -> str:
    return patterns.literal_parts(query.pattern)[0] if isinstance(query, ast.Wildcard) else ""
