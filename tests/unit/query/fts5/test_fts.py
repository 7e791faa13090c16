"""FTS5 matches everything that the evaluator accepts, and nothing else if it is exact."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pantau.query import parse
from pantau.query.ast import Query
from pantau.query.fts5 import translate
from pantau.query.fts5.columns import EVERY, KEYWORDS, encode
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from tests.unit.query.conftest import documents, own_queries, queries
from tests.unit.query.fts5.small_index import fill_index, open_index


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = open_index()
    yield connection
    connection.close()


def _search(index: sqlite3.Connection, expression: str | None) -> set[int]:
    every = f'{KEYWORDS} : "{EVERY}"'
    rows = index.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression or every,))
    return {row for (row,) in rows}


def _check(index: sqlite3.Connection, query: Query, found: list[Document]) -> None:
    narrowed = translate.narrow(query)
    accepted = {number for number, document in enumerate(found) if accepts(query, document)}
    let_through = _search(index, narrowed.expression)
    assert accepted <= let_through
    if narrowed.exact and not narrowed.dates:
        assert accepted == let_through


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(documents, max_size=5), st.lists(queries, min_size=1, max_size=5))
def test_a_superset_and_the_same_where_exact(
    index: sqlite3.Connection, found: list[Document], texts: list[str]
) -> None:
    fill_index(index, found)
    for text in texts:
        _check(index, parse(text), found)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(documents, max_size=5), st.lists(own_queries, min_size=1, max_size=5))
def test_the_same_for_the_language_pantau(
    index: sqlite3.Connection, found: list[Document], texts: list[str]
) -> None:
    fill_index(index, found)
    for text in texts:
        _check(index, parse(text, "pantau"), found)


_WORDS = (
    "anak-anak",
    "anak",
    "Jum'at",
    "jum’at",
    "l'état",
    "2,5",
    "1.000.000",
    "3a",
    "МОСКВА",
    "москва",
    "القدس",
    "日本語",
    "カタカナ",
    "ไทย",
    "👩‍🌾",
    "#️⃣",
    "İzmir",
    "STRASSE",
    "straße",
    "x" * 300,
    "é" * 256,
    "\ue041b",
    "a\x00b",
    "_",
    "a_b",
    "*",
    '"',
)
_texts = st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join)
_odd_fields: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "title": _texts,
        "text": _texts,
        "quotes": st.lists(_texts, max_size=3).map(tuple),
        "author": _texts,
        "feed": st.just(("k3q5", "Kabar Pagi")),
        "tags": st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=4)), max_size=3).map(
            tuple
        ),
    },
)
_odd_documents = _odd_fields.map(Document.from_fields)
_signs = frozenset('+-=&|><!(){}[]^"~*?:\\/ \t\r\n\u3000')


def _escaped(value: str) -> str:
    return "".join(f"\\{char}" if char in _signs else char for char in value)


_values = st.one_of(_texts, st.sampled_from(_WORDS), st.text(min_size=1, max_size=4)).filter(
    lambda value: value not in {"AND", "OR", "NOT"}
)
_names = st.sampled_from(["", "title:", "text:", "quotes:", "author:", "tags:", "feed:"])
_odd_leaves = st.one_of(
    st.tuples(_names, _values.filter(bool).map(_escaped)).map("".join),
    st.tuples(_names, _values.map(lambda value: f'"{_escaped(value)}"')).map("".join),
    st.tuples(_names, _values.filter(bool).map(lambda value: f"{_escaped(value[:2])}*")).map(
        "".join
    ),
    st.tuples(_names, _values.map(lambda value: f'"{_escaped(value)}"~3')).map("".join),
    st.sampled_from(["_exists_:quotes", "_exists_:tags", "_exists_:title", "*:*"]),
)
_odd_queries = st.lists(
    st.tuples(st.sampled_from(["", "", "+", "-"]), _odd_leaves).map("".join), min_size=1, max_size=4
).map(" ".join)


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(_odd_documents, min_size=1, max_size=4), st.lists(_odd_queries, min_size=1, max_size=6)
)
def test_the_same_whatever_the_words(
    index: sqlite3.Connection, found: list[Document], texts: list[str]
) -> None:
    fill_index(index, found)
    for text in texts:
        _check(index, parse(text), found)


@pytest.mark.parametrize(
    "text",
    [
        "banjir",
        '"banjir demak" OR roles:"kepala desa"',
        "ban* AND (demak kudus) AND NOT jepara",
        "NOT banjir",
        "*:*",
        "people:Boy* AND people:x",
        "_exists_:people OR _exists_:roles",
        "nosuch:x",
        "published:>2026-01-01 AND banjir",
        "published:[2026-01-01 TO 2026-01-31]",
    ],
)
def test_what_people_ask_is_exact(text: str) -> None:
    assert translate.narrow(parse(text)).exact


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("banjir NEAR/3 demak", True),
        ("banjir ONEAR/3 demak", False),
        ("banjir NEAR/3 banjir", False),
        ("roles:(banjir NEAR/3 demak)", False),
        ('banjir NEAR/3 "banjir demak"', False),
        ("(banjir OR longsor) NEAR/3 (demak OR kudus)", True),
        ("ATLEAST/2 banjir", False),
        ('="Banjir"', False),
        (" OR ".join(f"(a{n} OR b) NEAR/2 c" for n in range(20)), True),
        ("(" + " OR ".join(f"a{n}" for n in range(20)) + ") NEAR/2 (b OR c OR d OR e)", False),
        ("a NEAR/100000 b", False),
    ],
)
def test_places_are_looked_up(index: sqlite3.Connection, text: str, exact: bool) -> None:
    narrowed = translate.narrow(parse(text, "pantau"))
    assert narrowed.expression is not None
    assert narrowed.exact is exact
    _search(index, narrowed.expression)


@pytest.mark.parametrize(
    "text",
    ['"banjir demak"~3', "b?njir", "banjir~", "/ban.*/", "banjir OR published:>now-1d", "[a TO b]"],
)
def test_what_only_the_evaluator_knows_is_not(text: str) -> None:
    assert not translate.narrow(parse(text)).exact
    assert not translate.narrow(parse(f"kata AND NOT ({text})")).exact


def test_it_narrows(index: sqlite3.Connection) -> None:
    articles: list[dict[str, Any]] = [
        {"title": "banjir demak", "people": ("Boy Rafli",)},
        {"title": "demak banjir"},
        {"text": "kudus"},
    ]
    fill_index(index, [Document.from_fields(fields) for fields in articles])
    for text, rows in [
        ('"banjir demak"', {0}),
        ("banjir AND -kudus", {0, 1}),
        ("-kudus", {0, 1}),
        ("ku?us", {2}),
        ('"demak banjir"~1', {0, 1}),
        ("kud* OR people:Boy*", {0, 2}),
        ('people:"Boy Rafli"', {0}),
        ('people:"boy rafli"', set()),
        ("people:Boy", set()),
        ("nosuch:x", set()),
    ]:
        assert _search(index, translate.narrow(parse(text)).expression) == rows


@pytest.mark.parametrize(
    "text", ["*:*", "banjir OR *x*", "*anjir", "banjir~", "published:>2026-01-01"]
)
def test_what_cannot_be_narrowed_is_a_scan(text: str) -> None:
    assert translate.narrow(parse(text)).expression is None


def test_dates_that_must_hold_are_taken_out() -> None:
    narrowed = translate.narrow(parse("banjir AND published:>now-1d AND first_seen:<2026-01-01"))
    assert [one.field for one in narrowed.dates] == ["published", "first_seen"]
    assert narrowed == translate.Narrowing(
        translate.narrow(parse("banjir")).expression, exact=True, dates=narrowed.dates
    )


@given(st.text(), st.text())
def test_codes_keep_what_is_equal_and_what_begins_alike(one: str, other: str) -> None:
    assert (encode(one) == encode(other)) is (one == other)
    assert encode(one + other).startswith(encode(one))
    assert encode(one).startswith(encode(other)) is one.startswith(other)
    assert not any(char <= " " or "A" <= char <= "Z" for char in encode(one))


@given(st.text(max_size=30))
def test_no_text_escapes_its_quotes(text: str) -> None:
    document = Document.from_fields({"people": (text,), "title": text})
    connection = open_index()
    fill_index(connection, [document])
    escaped = "".join(char if char == "u" else f"\\{char}" for char in text)
    for query in (parse(f'people:"{escaped}"'), parse(f"{escaped}*") if text else parse("*:*")):
        _check(connection, query, [document])
    connection.close()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50 + "a" + ")" * 50,
        " OR ".join(f"w{n}" for n in range(256)),
        "a AND (" * 49 + "b OR c" + ")" * 49,
        "a AND NOT (" * 49 + "nothing" + ")" * 49,
        "a OR (b AND " * 25 + "c" + ")" * 25,
    ],
)
def test_deep_and_wide_queries_are_within_what_fts5_reads(
    index: sqlite3.Connection, text: str
) -> None:
    found = [Document.from_fields({"title": "a b w1"}), Document.from_fields({"title": "c"})]
    fill_index(index, found)
    _check(index, parse(text), found)
