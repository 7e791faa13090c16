"""Where the values of a list occur in an article."""

from collections.abc import Iterator
from typing import Final

from pantau.query import ast
from pantau.query.listed import ListedWords, values_of
from pantau.query.text.document import Document, Tokens
from pantau_schemas.fields import VALUE_GAP

_TOKEN: Final = 1
"""The cost of reading a token in units of `budget`."""


def has_listed(query: ast.InList, document: Document) -> bool:
    """Return whether one of the fields has one of the values. Charged to the document's meter."""
    values = values_of(query)
    for name in query.fields:
        if query.as_words:
            if next(occurrences(values.words, document.tokens(name)), None) is not None:
                return True
            continue
        found = document.keywords(name)
        document.meter.spend(len(found))
        if not values.values.isdisjoint(found):
            return True
    return False


def listed_words(query: ast.InList, document: Document) -> Iterator[tuple[str, set[int]]]:
    """Yield each text field with the positions of the words of all values in it."""
    if not query.as_words:
        return
    words = values_of(query).words
    for name in query.fields:
        places: set[int] = set()
        for found in occurrences(words, document.tokens(name)):
            places.update(found)
        yield name, places


def found_values(query: ast.InList, document: Document) -> tuple[str, ...]:
    """Return the values that the article has, sorted.

    Of text fields their words, in small letters; of keyword fields the values as they are.
    """
    values = values_of(query)
    if not query.as_words:
        held = {value for name in query.fields for value in document.keywords(name)}
        return tuple(sorted(held & values.values))
    found: set[str] = set()
    for name in query.fields:
        tokens = document.tokens(name)
        for place, length, _ in _runs(values.words, tokens):
            found.add(" ".join(tokens.sequence[place : place + length]))
    return tuple(sorted(found))


def occurrences(words: ListedWords, tokens: Tokens) -> Iterator[range]:
    """Yield the positions of each occurrence of a value in a text field, in order.

    One pass over the tokens; a phrase lies within one value of the field.
    """
    for place, length, shift in _runs(words, tokens):
        yield range(place + shift, place + shift + length)


def _runs(words: ListedWords, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
    """Yield of each occurrence: its place in the sequence, its words, the shift to positions."""
    sequence = tokens.sequence
    tokens.meter.spend(_TOKEN * len(sequence))
    ends = (*tokens.starts[1:], len(sequence))
    for number, (start, end) in enumerate(zip(tokens.starts, ends, strict=True)):
        shift = VALUE_GAP * number
        for place in range(start, end):
            if sequence[place] in words.words:
                yield place, 1, shift
            for length in words.ending(sequence, place, end):
                tokens.meter.spend(length)
                yield place, length, shift
