"""Lists as clauses of an Elasticsearch query.

Elasticsearch allows 65,536 terms in a clause `terms` (`index.max_terms_count`), which counts as one
clause, and at least 1,024 clauses in a query (`indices.query.bool.max_clause_count`). So whole
values and single words are `terms`, whatever their number, and exact. Phrases are a clause each: as
many as fit are exact; beyond that each is replaced by its longest word, which finds more, and the
evaluator verifies what is found.
"""

from collections.abc import Iterable
from typing import Any, Final

from pantau.query import ast
from pantau.query.listed import lists_in, values_of
from pantau.query.text import tokenizer
from pantau.query.text.tokenizer import units
from pantau_schemas.fields import KEYWORD_LIMIT

MOST_TERMS: Final = 60_000
"""Maximum number of values of one clause `terms`; more are split into several."""
MOST_PHRASES: Final = 400
"""Maximum number of phrases of all lists of a query, each counted once a field.

Together with the other leaves of a query (`clauses.MAX_LEAVES`) they are fewer than 1,024.
"""

_Body = dict[str, Any]


def phrases_fit(query: ast.Query) -> bool:
    """Return whether the phrases of all lists of a query can each be a clause."""
    total = sum(
        len(values_of(node).words.phrases) * len(node.fields)
        for node in lists_in(query)
        if node.as_words
    )
    return total <= MOST_PHRASES


def listed(query: ast.InList, name: str, *, phrases: bool) -> tuple[list[_Body], bool]:
    """Return clauses any of which must hold in one field, and whether they are exact.

    `phrases` says whether phrases are written out.
    """
    values = values_of(query)
    if not query.as_words:
        return _terms(name, values.values, KEYWORD_LIMIT), True
    words = values.words
    if phrases:
        exact = [_phrase(name, terms) for terms in sorted(words.phrases) if _can_be(terms)]
        return [*_terms(name, words.words, tokenizer.LIMIT), *exact], True
    longest = {max(terms, key=len) for terms in words.phrases if _can_be(terms)}
    return _terms(name, words.words | longest, tokenizer.LIMIT), not words.phrases


def _can_be(terms: tuple[str, ...]) -> bool:
    return all(units(term) <= tokenizer.LIMIT for term in terms)


def _terms(name: str, values: Iterable[str], limit: int) -> list[_Body]:
    searchable = sorted(value for value in values if units(value) <= limit)
    parts = range(0, len(searchable), MOST_TERMS)
    return [{"terms": {name: searchable[start : start + MOST_TERMS]}} for start in parts]


def _phrase(name: str, terms: tuple[str, ...]) -> _Body:
    return {"match_phrase": {name: {"query": " ".join(terms), "analyzer": "whitespace"}}}
