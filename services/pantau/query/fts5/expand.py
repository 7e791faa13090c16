"""Patterns as the words that they stand for in one index, so that the index can look them up instead of every article.

`*bakar*` becomes `kebakaran OR membakar OR ...`: what a search engine does with its list of terms.
The meaning stays the same for the articles of that index; only leaves that stand for themselves are
written out, not those in NEAR.
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
"""Units of `budget` that writing out may cost a search; patterns that would cost more are left."""
_READ: Final = 10
"""Units that reading a word costs."""
MOST_WORDS: Final = 1_000
"""A pattern that stands for more words than this is left.

Articles with one of so many are soon found anyway.
"""
_PATTERNS: Final = (ast.Wildcard, ast.Fuzzy, ast.Regex, ast.Range)


class Vocabulary(Protocol):
    """What words and values an index holds."""

    def words(self, names: tuple[str, ...], begins: str) -> Iterable[str]:
        """Return each different word of some text fields that begins so."""

    def values(self, name: str, begins: str) -> Iterable[str] | None:
        """Return each different value of a keyword field that begins so.

        None where not all are known.
        """


def has_patterns(query: ast.Query) -> bool:
    """Return whether there is anything to write out."""
    return any(isinstance(leaf, _PATTERNS) for leaf in _leaves(query))


def expand(query: ast.Query, vocabulary: Vocabulary) -> ast.Query:
    """Write patterns out as words, where they stand for few enough and are not too costly."""
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
