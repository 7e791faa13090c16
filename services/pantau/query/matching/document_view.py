"""The features of an article for compiled queries.

Sets of words and of neighbouring words, computed once and looked up many times.
"""

from itertools import pairwise
from typing import Final

from pantau.query import ast
from pantau.query.listed import ListValues, values_of
from pantau.query.matching import listed_view
from pantau.query.text.document import KEYWORD_FIELDS, TEXT_FIELDS, Document
from pantau_schemas.fields import DEFAULT_FIELDS

Gram = str | tuple[str, str]
"""A word, or two adjacent words."""
_MOST_HEADS: Final = 12
"""Number of prefix lengths for which all prefixes of words are cached.

Others are searched in the sorted words.
"""
_OTHERS: Final = tuple(name for name in TEXT_FIELDS if name not in DEFAULT_FIELDS)


def grams_of(document: Document, name: str) -> set[Gram]:
    """Return all words of a text field, and all pairs of neighbours within one of its values."""
    tokens = document.tokens(name)
    found: set[Gram] = set(tokens.sequence)
    if len(tokens.starts) < 2:
        found.update(pairwise(tokens.sequence))
        return found
    for start, end in pairwise((*tokens.starts, len(tokens.sequence))):
        found.update(pairwise(tokens.sequence[start:end]))
    return found


class View:
    """One article.

    `grams` are those of the default fields, `keys` all keys that can find a query.
    """

    __slots__ = ("_by_field", "_heads", "_listed", "document", "grams", "keys", "words")

    def __init__(self, document: Document) -> None:
        self.document = document
        self._by_field: dict[str, set[Gram]] = {}
        self._heads: dict[int, set[str]] = {}
        self._listed: dict[tuple[ListValues, tuple[str, ...]], bool] = {}
        words: set[str] = set()
        grams: set[Gram] = set()
        for name in DEFAULT_FIELDS:
            tokens = document.tokens(name)
            words.update(tokens.sequence)
            if len(tokens.starts) < 2:
                grams.update(pairwise(tokens.sequence))
            else:
                grams |= self.of_field(name)
        grams |= words
        self.grams = grams
        more: set[Gram] = set()
        for name in _OTHERS:
            sequence = document.tokens(name).sequence
            if sequence:
                more |= self.of_field(name)
                words.update(sequence)
        values = [value for name in KEYWORD_FIELDS for value in document.keywords(name)]
        words.update(values)
        self.words = words
        """Words of text fields, and values of keyword fields."""
        self.keys = grams.union(more, values)

    def of_field(self, name: str) -> set[Gram]:
        """Return the grams of one field."""
        found = self._by_field.get(name)
        if found is None:
            found = self._by_field[name] = grams_of(self.document, name)
        return found

    def begins(self, text: str) -> bool:
        """Return whether a word of the default fields has a prefix."""
        size = len(text)
        heads = self._heads.get(size)
        if heads is None:
            if len(self._heads) >= _MOST_HEADS:
                return any(self.document.tokens(name).has_prefix(text) for name in DEFAULT_FIELDS)
            sequences = [self.document.tokens(name).sequence for name in DEFAULT_FIELDS]
            heads = self._heads[size] = {word[:size] for sequence in sequences for word in sequence}
        return text in heads

    def listed(self, query: ast.InList) -> bool:
        """Return whether the article has a value of a list; found out once for all queries."""
        values = values_of(query)
        key = (values, query.fields)
        found = self._listed.get(key)
        if found is None:
            found = self._listed[key] = self._has_listed(query)
        return found

    def _has_listed(self, query: ast.InList) -> bool:
        values, names = values_of(query), query.fields
        if not query.as_words:
            return any(not values.values.isdisjoint(self.document.keywords(name)) for name in names)
        if names == DEFAULT_FIELDS:
            return listed_view.has_words(values.words, self.document, names, self.grams)
        return any(
            listed_view.has_words(values.words, self.document, (name,), self.of_field(name))
            for name in names
        )
