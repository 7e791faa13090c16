"""What FTS5 lets through holds all that the evaluator accepts."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pantau.query import fts, parse
from pantau.query.document import Document
from pantau.query.evaluate import accepts

from .conftest import documents, queries


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        f"CREATE VIRTUAL TABLE articles USING fts5({', '.join(fts.COLUMNS)}, {fts.tokenize_option()})"
    )
    yield connection
    connection.close()


def _fill(index: sqlite3.Connection, found: list[Document]) -> None:
    index.execute("DELETE FROM articles")
    marks = ", ".join("?" * len(fts.COLUMNS))
    for number, document in enumerate(found):
        columns = fts.index_columns(document)
        index.execute(
            f"INSERT INTO articles (rowid, {', '.join(fts.COLUMNS)}) VALUES ({number}, {marks})",  # noqa: S608 (constants)
            [columns[name] for name in fts.COLUMNS],
        )


def _search(index: sqlite3.Connection, expression: str) -> set[int]:
    rows = index.execute("SELECT rowid FROM articles WHERE articles MATCH ?", (expression,))
    return {row for (row,) in rows}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(documents, max_size=5), st.lists(queries, min_size=1, max_size=5))
def test_a_superset(index: sqlite3.Connection, found: list[Document], texts: list[str]) -> None:
    _fill(index, found)
    for text in texts:
        query = parse(text)
        expression = fts.superset(query)
        accepted = {number for number, document in enumerate(found) if accepts(query, document)}
        if expression is not None:
            assert accepted <= _search(index, expression)


def test_it_narrows(index: sqlite3.Connection) -> None:
    articles: list[dict[str, Any]] = [
        {"title": "banjir demak", "people": ("Boy Rafli",)},
        {"title": "demak banjir"},
        {"text": "kudus"},
    ]
    _fill(index, [Document.from_fields(fields) for fields in articles])
    for text, rows in [
        ('"banjir demak"', {0}),
        ("banjir AND -kudus", {0, 1}),
        ("kud* OR people:Boy*", {0, 2}),
        ('people:"Boy Rafli"', {0}),
        ("people:Boy", set()),
        ("nosuch:x", set()),
    ]:
        expression = fts.superset(parse(text))
        assert expression is not None
        assert _search(index, expression) == rows


@pytest.mark.parametrize("text", ["-banjir", "*:*", "banjir OR -demak OR *x*", "_exists_:title"])
def test_what_cannot_be_narrowed_is_a_scan(text: str) -> None:
    expected = {"banjir OR -demak OR *x*"}
    assert fts.superset(parse(text)) is None or text in expected


@given(st.text(max_size=30))
def test_no_text_escapes_its_quotes(text: str) -> None:
    document = Document.from_fields({"people": (text,), "title": text})
    connection = sqlite3.connect(":memory:")
    connection.execute(
        f"CREATE VIRTUAL TABLE articles USING fts5({', '.join(fts.COLUMNS)}, {fts.tokenize_option()})"
    )
    _fill(connection, [document])
    escaped = "".join(char if char == "u" else f"\\{char}" for char in text)
    for query in (parse(f'people:"{escaped}"'), parse(f"{escaped}*") if text else parse("*:*")):
        expression = fts.superset(query)
        if accepts(query, document) and expression is not None:
            assert _search(connection, expression) == {0}
    connection.close()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50 + "a" + ")" * 50,
        " OR ".join(f"w{n}" for n in range(256)),
        "a AND (" * 49 + "b OR c" + ")" * 49,
    ],
)
def test_deep_and_wide_queries_are_within_what_fts5_reads(index: sqlite3.Connection, text: str) -> None:
    _fill(index, [Document.from_fields({"title": "a b w1"})])
    expression = fts.superset(parse(text))
    assert expression is not None
    assert _search(index, expression) == {0}
