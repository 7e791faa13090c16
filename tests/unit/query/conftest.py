"""Fixtures of the query language's tests: articles, and queries made at random.

`cases/` holds answers of a real Elasticsearch 9.2 (and, for KQL, of Kibana's own translator in
front of it) to queries over the articles there; all of it is made up for the purpose.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from pantau.common.text.normal_text import normalise_text
from pantau.query.text.document import Document
from pantau_schemas.fields import FIELDS, FieldKind

CASES = Path(__file__).parent / "cases"
WORDS = (
    "banjir",
    "demak",
    "kudus",
    "anak",
    "undang",
    "bank",
    "new",
    "york",
    "BNPT",
    "di",
    "İstanbul",
    "日本",
    "👍",
)
PEOPLE = ("Boy Rafli Amar", "Joko Widodo", 'a"b', "banjir", "x*y")


def read_cases(name: str) -> list[dict[str, Any]]:
    """Read a file of cases."""
    return [json.loads(line) for line in (CASES / name).read_text(encoding="ascii").splitlines()]


def to_document(given: dict[str, Any]) -> Document:
    """Build a document of an article in JSON, its text in the form that the poller publishes."""
    fields: dict[str, str | tuple[str, ...] | datetime] = {}
    for name, value in given.items():
        if name in FIELDS:
            kind = FIELDS[name].kind
            is_list = isinstance(value, list)
            fields[name] = (
                tuple(map(normalise_text, value))
                if is_list
                else datetime.fromisoformat(value)
                if kind is FieldKind.DATE
                else normalise_text(value)
            )
    return Document.from_fields(fields)


@pytest.fixture(scope="session")
def articles() -> dict[int, Document]:
    """Return the articles of the cases by their numbers."""
    return {int(given["id"]): to_document(given) for given in read_cases("articles.jsonl")}


_texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
_fields: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "title": _texts,
        "text": _texts,
        "roles": st.lists(_texts, max_size=3).map(tuple),
        "lang": st.sampled_from(["id", "en"]),
        "people": st.lists(st.sampled_from(PEOPLE), max_size=2).map(tuple),
    },
)
documents = _fields.map(Document.from_fields)
"""Small articles."""


def _escape(value: str) -> str:
    return "".join(f"\\{char}" if char in '"*\\ ' else char for char in value)


_words = st.sampled_from(WORDS)
_leaves = st.one_of(
    _words,
    st.lists(_words, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.tuples(st.lists(_words, min_size=2, max_size=3), st.integers(1, 4)).map(
        lambda p: f'"{" ".join(p[0])}"~{p[1]}'
    ),
    _words.map(lambda word: f"{word[:2]}*"),
    _words.map(lambda word: f"*{word[1:]}"),
    _words.map(lambda word: f"{word}~"),
    st.tuples(st.sampled_from(["title", "text", "roles", "nosuch"]), _words).map(":".join),
    st.sampled_from(PEOPLE).map(lambda name: f"people:{_escape(name)}"),
    st.sampled_from(PEOPLE).map(lambda name: f"people:{_escape(name[:2])}*"),
    st.sampled_from(["lang:id", "lang:*", "_exists_:roles", "*:*", "...", "title:[a TO d]"]),
)


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["", "", "", "+", "-", "NOT "])
    clause = st.tuples(signs, parts).map("".join)
    operators = st.sampled_from([" ", " AND ", " OR "])
    pairs = st.lists(st.tuples(operators, clause), min_size=1, max_size=3)
    return st.tuples(clause, pairs).map(lambda made: f"({made[0]}{''.join(map(''.join, made[1]))})")


queries = st.recursive(_leaves, _joined, max_leaves=8)
"""Queries in the Lucene syntax."""

_exact = st.lists(_words, min_size=1, max_size=2).map(lambda words: f'="{" ".join(words)}"')
_pieces = st.one_of(
    _words,
    _words,
    st.lists(_words, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    _words.map(lambda word: f"{word[:2]}*"),
    _exact,
)
_operands = st.one_of(
    _pieces,
    st.lists(_pieces, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
)
_scopes = st.sampled_from(["", "", "title:", "text:", "roles:"])
_near = st.tuples(
    _scopes,
    _operands,
    st.sampled_from(["NEAR", "ONEAR"]),
    st.sampled_from([0, 1, 2, 4, 99, 100, 101, 10**12]),
    _operands,
).map(lambda made: f"{made[0]}({made[1]} {made[2]}/{made[3]} {made[4]})")
_at_least = st.tuples(st.integers(1, 4), _scopes, _operands).map(
    lambda made: f"ATLEAST/{made[0]} {made[1]}{made[2]}"
)
own_leaves = st.one_of(_near, _near, _at_least, st.tuples(_scopes, _exact).map("".join))
"""Clauses that only the language `pantau` has."""
own_queries = st.recursive(st.one_of(own_leaves, own_leaves, _leaves), _joined, max_leaves=6)
"""Queries in the language `pantau`."""
