"""A query whose patterns are expanded to the words of an index finds the same articles in it."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pantau.adapters.sqlite.vocabulary import SqliteVocabulary
from pantau.query import ast, parse
from pantau.query.fts5 import translate
from pantau.query.fts5.columns import decode, encode
from pantau.query.fts5.expand import MOST_WORDS, expand, has_patterns
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from tests.unit.query.conftest import documents, queries
from tests.unit.query.fts5.small_index import fill_index, open_index


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = open_index()
    yield connection
    connection.close()


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(documents, max_size=5), st.lists(queries, min_size=1, max_size=5))
def test_the_same_articles(
    index: sqlite3.Connection, found: list[Document], texts: list[str]
) -> None:
    fill_index(index, found)
    for text in texts:
        query = parse(text)
        expanded = expand(query, SqliteVocabulary(index))
        for one in found:
            assert accepts(expanded, one) == accepts(query, one)


@given(st.text(max_size=20))
def test_what_was_encoded_is_read(text: str) -> None:
    assert decode(encode(text)) == text


def test_patterns_become_words(index: sqlite3.Connection) -> None:
    news = Document.from_fields(
        {"title": "Kebakaran hutan", "text": "Warga membakar lahan", "people": ("Siti Rahma",)}
    )
    fill_index(index, [news])
    vocabulary = SqliteVocabulary(index)
    both = ("title", "text")
    words = ast.Boolean(should=(ast.Term(both, "kebakaran"), ast.Term(both, "membakar")))
    assert expand(parse("*bakar*"), vocabulary) == words
    name = ast.Boolean(should=(ast.Term(("people",), "Siti Rahma"),))
    assert expand(parse("people:*Rahma"), vocabulary) == name
    assert expand(parse("zzz~1"), vocabulary) == ast.MatchNone()
    assert translate.narrow(expand(parse("*bakar* AND NOT hut?n"), vocabulary)).exact


def test_a_pattern_of_too_many_words_stays(index: sqlite3.Connection) -> None:
    fill_index(
        index, [Document.from_fields({"text": " ".join(f"kata{n}" for n in range(MOST_WORDS + 1))})]
    )
    query = parse("/kata[0-9]+/")
    assert expand(query, SqliteVocabulary(index)) == query
    assert expand(parse("*99*"), SqliteVocabulary(index)) != parse("*99*")


def test_values_that_may_be_cut_are_not_relied_on(index: sqlite3.Connection) -> None:
    fill_index(index, [Document.from_fields({"people": ("x" * 3_000 + "y",)})])
    query = parse("people:*y")
    assert expand(query, SqliteVocabulary(index)) == query


@pytest.mark.parametrize(
    ("text", "expected"), [("b?njir", True), ("a AND (b OR c~)", True), ("a b* -c", False)]
)
def test_what_can_be_written_out_is_known(text: str, expected: bool) -> None:
    assert has_patterns(parse(text)) is expected
