"""Leaves over single words and values.

Their tests, the cost, and the words of a field that pass.
"""

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from pantau.query import ast
from pantau.query.meaning import patterns, regex
from pantau.query.meaning.patterns import WordTest
from pantau.query.text.document import Document
from pantau_schemas.fields import FIELDS, FieldKind

_TEXT: Final = frozenset(name for name, field in FIELDS.items() if field.kind is FieldKind.TEXT)


def is_text(name: str) -> bool:
    """Return whether a field is tokenized."""
    return name in _TEXT


def words_where(document: Document, name: str, test: WordTest) -> Iterator[str]:
    """Yield the tokens or values of a field that pass. All of them are charged beforehand."""
    values: Iterable[str]
    if is_text(name):
        tokens = document.tokens(name)
        vocabulary = tokens.vocabulary
        if test.needle and test.needle not in vocabulary:
            document.meter.spend(len(vocabulary) // 100)
            return
        values = tokens.index
        characters = len(vocabulary)
    else:
        values = document.keywords(name)
        characters = sum(map(len, values))
    document.meter.spend(test.cost(len(values), characters))
    passes = test.passes
    for value in values:
        if passes(value):
            yield value


def tester(query: Any) -> Callable[[str], bool]:
    """Return the test of a leaf over single tokens or values.

    Its work is not charged.
    """
    match query:
        case ast.Term(text=text):
            return lambda value: value == text
        case ast.Prefix(text=text):
            return lambda value: value.startswith(text)
        case _:
            return word_test(query).passes


def word_test(query: Any) -> WordTest:
    """Return the test of a leaf over single tokens or values, with its cost."""
    match query:
        case ast.Wildcard(pattern=pattern):
            return patterns.wildcard_test(pattern)
        case ast.Fuzzy(text=text, edits=edits):
            return patterns.fuzzy_test(text, edits)
        case ast.Regex(pattern=pattern):
            runner = regex.compiled(pattern)
            return WordTest(runner, 5, runner.per_char)
        case ast.Range():
            return WordTest(_between(query))
        case _:
            message = f"{type(query).__name__} is no test of single words"
            raise TypeError(message)


def _between(query: ast.Range) -> Callable[[str], bool]:
    low, high = query.low, query.high
    low_test = operator.ge if query.include_low else operator.gt
    high_test = operator.le if query.include_high else operator.lt
    return lambda value: (
        (low is None or low_test(value, low)) and (high is None or high_test(value, high))
    )
