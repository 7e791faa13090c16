"""A query with lists means the query with every value written out, in every engine."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pantau.query import QueryError, ast, parse
from pantau.query.elasticsearch.lists import MOST_PHRASES
from pantau.query.elasticsearch.translate import to_elastic
from pantau.query.explain.explanation import explain_match
from pantau.query.explain.selectivity import EVERYTHING, estimate
from pantau.query.fts5 import translate
from pantau.query.listed import ListValues, UnboundListError, bind, expanded, lists_in
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.budget import BudgetExceededError
from pantau.query.meaning.evaluate import accepts, evaluate
from pantau.query.meaning.lists import found_values
from pantau.query.text.document import Document
from tests.unit.query.conftest import PEOPLE, WORDS, documents, own_queries
from tests.unit.query.elasticsearch.elastic_reading import read_back
from tests.unit.query.fts5.small_index import fill_index, open_index

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
NAMES = ("a", "b")
Lists = Mapping[str, ListValues]

_values = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(PEOPLE),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(" ".join),
)
some_lists: st.SearchStrategy[Lists] = st.fixed_dictionaries(
    {name: st.lists(_values, max_size=6).map(lambda values: values) for name in NAMES}
).map(lambda made: {name: ListValues(name, values) for name, values in made.items()})

_references = st.tuples(
    st.sampled_from(["", "", "title:", "roles:", "people:", "people:", "lang:", "*:"]),
    st.sampled_from(NAMES),
).map(lambda made: f"{made[0]}@{made[1]}")


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["", "", "", "+", "-", "NOT "])
    clause = st.tuples(signs, parts).map("".join)
    pairs = st.lists(st.tuples(st.sampled_from([" ", " AND ", " OR "]), clause), max_size=3)
    return st.tuples(clause, pairs).map(lambda made: f"({made[0]}{''.join(map(''.join, made[1]))})")


MANY = [f"{WORDS[number % 5]} kata{number}" for number in range(MOST_PHRASES)]


listed_queries = st.recursive(_references | _references | own_queries, _joined, max_leaves=5)
"""Queries in the language `pantau`, most with lists."""


def read(text: str, lists: Lists) -> ast.Query:
    return bind(parse(text, "pantau"), lambda node: lists[node.name])


@settings(max_examples=200, deadline=None)
@given(listed_queries, some_lists, documents)
def test_a_list_means_its_values_joined_by_or(text: str, lists: Lists, document: Document) -> None:
    query = read(text, lists)
    assert evaluate(query, document) == evaluate(expanded(query), document)


@settings(max_examples=150, deadline=None)
@given(st.lists(listed_queries, max_size=8), some_lists, some_lists, documents)
def test_the_matcher_means_the_same_before_and_after_a_change(
    texts: list[str], lists: Lists, later: Lists, document: Document
) -> None:
    matcher = Matcher()
    for text in texts:
        matcher.put(text, read(text, lists))
    assert dict(matcher.match(document)) == _evaluated(texts, lists, document)
    for values in later.values():
        matcher.put_list(values)
    assert dict(matcher.match(document)) == _evaluated(texts, later, document)
    for text in texts[::2]:
        matcher.remove(text)
    kept = [text for text in texts if text in matcher]
    assert dict(matcher.match(document)) == _evaluated(kept, later, document)


def _evaluated(texts: list[str], lists: Lists, document: Document) -> dict[str, object]:
    found = {text: evaluate(read(text, lists), document) for text in texts}
    return {text: match for text, match in found.items() if match is not None}


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = open_index()
    yield connection
    connection.close()


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(listed_queries, some_lists, st.lists(documents, max_size=5))
def test_the_embedded_index_means_the_same(
    index: sqlite3.Connection, text: str, lists: Lists, found: list[Document]
) -> None:
    fill_index(index, found)
    query = read(text, lists)
    narrowed = translate.narrow(query)
    accepted = {number for number, document in enumerate(found) if accepts(query, document)}
    rows = index.execute(
        "SELECT rowid FROM words WHERE words MATCH ?", (narrowed.expression or 'keywords : "*"',)
    )
    let_through = {row for (row,) in rows}
    assert accepted <= let_through
    if narrowed.exact:
        assert accepted == let_through


@settings(max_examples=150, deadline=None)
@given(st.recursive(_references, _joined, max_leaves=5), some_lists, documents, st.booleans())
def test_what_elasticsearch_is_asked_means_the_same(
    text: str, lists: Lists, document: Document, many: bool
) -> None:
    if many:
        lists = {name: ListValues(name, [*one.values, *MANY]) for name, one in lists.items()}
    query = read(text, lists)
    translated = to_elastic(query, NOW)
    answer = read_back(json.loads(json.dumps(translated.body)), document)
    expected = accepts(query, document)
    assert answer is expected if translated.exact else answer or not expected


def test_the_number_of_clauses_stays_within_what_elasticsearch_takes() -> None:
    values = ListValues("a", [f"nama{number} orang{number}" for number in range(5_000)])
    query = bind(parse("@a OR title:@a", "pantau"), lambda _: values)
    translated = to_elastic(query, NOW)
    assert not translated.exact
    assert json.dumps(translated.body).count("match_phrase") == 0
    people = bind(parse("people:@a", "pantau"), lambda _: values)
    assert to_elastic(people, NOW).exact


def test_values_are_normalised_as_articles_are() -> None:
    values = ListValues("a", ["Jum\u2019at \u200bKliwon", "Cafe\u0301"])
    document = Document.from_fields({"title": "Malam Jum'at Kliwon", "people": ("Café",)})
    for text in ("@a", "title:@a", "people:@a"):
        assert accepts(bind(parse(text, "pantau"), lambda _: values), document), text


def test_the_values_that_an_article_has_are_said() -> None:
    values = ListValues("a", ["Sri Mulyani", "Ani", "Budi Santoso"])
    document = Document.from_fields({"text": "Sri Mulyani bertemu Ani.", "people": ("Ani",)})
    (words,) = lists_in(bind(parse("@a", "pantau"), lambda _: values))
    (people,) = lists_in(bind(parse("people:@a", "pantau"), lambda _: values))
    assert found_values(words, document) == ("ani", "sri mulyani")
    assert found_values(people, document) == ("Ani",)


def test_an_explanation_names_the_values_that_matched() -> None:
    values = ListValues("a", ["Sri Mulyani", "Ani", "Budi Santoso"])
    document = Document.from_fields({"title": "Ani tiba", "people": ("Budi Santoso", "Citra")})
    query = bind(parse("people:@a AND title:@a", "pantau"), lambda _: values)
    assert [one.values for one in explain_match(query, document)] == [("Budi Santoso",), ("ani",)]


def test_a_long_list_is_broad_and_never_everything() -> None:
    for text in ("people:@a", "@a"):
        shares = [_share(text, size) for size in (1, 100, 10_000)]
        assert shares == sorted(shares)
        assert 0 < shares[0] < shares[-1] < EVERYTHING


def _share(text: str, size: int) -> float:
    values = ListValues("a", [f"Nama{number} Orang" for number in range(size)])
    return estimate(bind(parse(text, "pantau"), lambda _: values), NOW).share


@pytest.mark.parametrize("text", ["@a@b", r"\@a", '"@a"', "@a*", "@", "a@b"])
def test_other_at_signs_are_ordinary_text(text: str) -> None:
    assert lists_in(parse(text, "pantau")) == ()


@pytest.mark.parametrize("text", ["@a", "(@a)", "-@a", "+people:@a-b.c", "tags:(@a OR @b)", "@a^2"])
def test_a_name_after_an_at_sign_is_a_list(text: str) -> None:
    assert lists_in(parse(text, "pantau"))


@pytest.mark.parametrize("language", ["lucene", "kql"])
def test_other_languages_have_no_lists(language: str) -> None:
    query = parse("people:@a", language)  # type: ignore[arg-type]  # one of them
    assert query == ast.Term(("people",), "@a")


@pytest.mark.parametrize("text", ["published:@a", "@a~2", "@a NEAR/3 banjir", "ATLEAST/2 @a"])
def test_where_a_list_cannot_stand_it_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text, "pantau")


def test_names_of_lists_do_not_differ_by_capitals() -> None:
    assert [one.name for one in lists_in(parse("@Menteri OR people:@MENTERI", "pantau"))] == [
        "menteri",
        "menteri",
    ]


def test_a_query_without_its_values_is_never_evaluated() -> None:
    with pytest.raises(UnboundListError, match="@a"):
        accepts(parse("@a", "pantau"), Document.from_fields({"title": "x"}))


def test_a_hostile_text_costs_a_bounded_amount() -> None:
    values = ListValues("a", [" ".join(["kata"] * size) for size in range(2, 90)])
    document = Document.from_fields({"text": " ".join(["kata"] * 300_000)})
    query = bind(parse("@a AND zzz", "pantau"), lambda _: values)
    matcher = Matcher()
    matcher.put("one", query)
    assert matcher.match(document) == []
    (node,) = lists_in(query)
    document.meter.reset()
    with pytest.raises(BudgetExceededError):
        found_values(node, document)
