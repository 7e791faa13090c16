"""A query sent to Elasticsearch means the same as the query.

Read back here, and asked of a real one in tests/integration.
"""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.query import QueryError, ast, parse
from pantau.query.elasticsearch.limits import LONGEST_PATTERN, regex_fits, wildcard_fits
from pantau.query.elasticsearch.translate import MAX_DEPTH, ElasticQuery, to_elastic
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from tests.unit.query.conftest import documents, queries
from tests.unit.query.elasticsearch.elastic_reading import read_back

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def _filter(text: str) -> Any:
    translated = to_elastic(parse(text), NOW)
    assert translated.exact
    return translated.body["constant_score"]["filter"]


def _depth(body: Any) -> int:
    if isinstance(body, list):
        return max(map(_depth, body), default=0)
    if not isinstance(body, dict):
        return 0
    nested = body.get("bool") or body.get("constant_score")
    return 1 + max(map(_depth, nested.values()), default=0) if nested else 1


@settings(max_examples=400, deadline=None)
@given(queries, documents)
def test_read_back_it_means_what_the_query_means(text: str, document: Document) -> None:
    query = parse(text)
    translated = to_elastic(query, NOW)
    assert translated.exact
    assert read_back(json.loads(json.dumps(translated.body)), document) is accepts(query, document)


_words = st.sampled_from(("banjir", "demak", "kudus")).map(lambda word: ast.Term(("title",), word))


def _boolean(inner: st.SearchStrategy[ast.Query]) -> st.SearchStrategy[ast.Query]:
    some = st.lists(inner, max_size=2).map(tuple)
    made = st.builds(ast.Boolean, must=some, should=some, must_not=some)
    return made.filter(lambda query: bool(query.must or query.should))


_joined: st.SearchStrategy[ast.Query] = _words | st.just(ast.MatchAll())
for _ in range(3):
    _joined = _boolean(_joined) | _words


@st.composite
def _too_deep(draw: st.DrawFn) -> ast.Query:
    query: ast.Query = draw(_words)
    for _ in range(draw(st.integers(20, 60))):
        side = draw(_words)
        query = draw(
            st.sampled_from(
                [
                    ast.Boolean(must=(query, side)),
                    ast.Boolean(should=(query, side)),
                    ast.Boolean(must=(side,), must_not=(query,)),
                ]
            )
        )
    return query


@settings(max_examples=300, deadline=None)
@given(_too_deep() | _joined)
def test_what_is_not_exact_finds_at_least_what_is_meant(query: ast.Query) -> None:
    translated = to_elastic(query, NOW)
    assert _depth(translated.body) <= MAX_DEPTH
    for title in (
        "banjir",
        "demak",
        "kudus",
        "banjir demak",
        "demak kudus",
        "banjir demak kudus",
        "",
    ):
        document = Document.from_fields({"title": title})
        if accepts(query, document):
            assert read_back(translated.body, document)
        elif translated.exact:
            assert not read_back(translated.body, document)


def test_levels_that_only_ask_for_all_or_for_any_are_one() -> None:
    assert _filter(
        "title:((banjir AND (demak AND (kudus))) AND NOT (jepara OR (pati OR rembang)))"
    ) == {
        "bool": {
            "filter": [
                {"term": {"title": "banjir"}},
                {"term": {"title": "demak"}},
                {"term": {"title": "kudus"}},
            ],
            "must_not": [{"terms": {"title": ["jepara", "pati", "rembang"]}}],
        }
    }
    assert _filter("banjir OR (demak OR banjir)") == {
        "bool": {
            "should": [
                {"terms": {"title": ["banjir", "demak"]}},
                {"terms": {"text": ["banjir", "demak"]}},
            ],
            "minimum_should_match": 1,
        }
    }


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("*:*", {"match_all": {}}),
        ("nosuch:banjir", {"match_none": {}}),
        ("banjir AND _id:1", {"match_none": {}}),
        ("NOT nosuch:banjir", {"match_all": {}}),
        ("title:Anak-Anak", {"term": {"title": "anak"}}),
        ("people:(Boy Rafli)", {"term": {"people": "Boy Rafli"}}),
        ('title:"kerja-sama baik"', {"match_phrase": {"title": {"query": "kerja sama baik",
            "analyzer": "whitespace"}}}),
        ("_exists_:tags", {"exists": {"field": "tags"}}),
        ("title:[* TO *]", {"prefix": {"title": {"value": "", "rewrite": "constant_score"}}}),
        (
            "title:Bnajir~",
            {
                "fuzzy": {
                    "title": {
                        "value": "bnajir",
                        "fuzziness": 2,
                        "transpositions": True,
                        "rewrite": "constant_score",
                    }
                }
            },
        ),
        (
            "published:>=now-1d\\/d",
            {"range": {"published": {"gte": "2026-03-01T00:00:00.000Z",
                "format": "strict_date_time"}}},
        ),
        (
            "published:2020-02",
            {
                "range": {
                    "published": {
                        "gte": "2020-02-01T00:00:00.000Z",
                        "lte": "2020-02-01T23:59:59.999Z",
                        "format": "strict_date_time",
                    }
                }
            },
        ),
        ("published:[* TO *]", {"exists": {"field": "published"}}),
    ],
)  # fmt: skip
def test_what_is_sent(text: str, body: dict[str, Any]) -> None:
    assert _filter(text) == body


A, B = {"span_term": {"title": "a"}}, {"span_term": {"title": "b"}}


def _spans(slop: int, *clauses: dict[str, Any], in_order: bool = True) -> dict[str, Any]:
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": in_order}}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("title:a NEAR/3 b", _spans(3, A, B, in_order=False)),
        ("title:a ONEAR/3 b", _spans(3, A, B)),
        # In any order Lucene would take one word for both.
        ("title:a NEAR/3 a", {"span_or": {"clauses": [_spans(3, A, A), _spans(3, A, A)]}}),
        ('title:a ONEAR/3 "a b"', _spans(3, A, _spans(0, A, B))),
        # Firsts of one length at a time: Lucene goes through each list of spans once.
        (
            'title:(a OR "a b") ONEAR/3 b',
            {"span_or": {"clauses": [_spans(3, A, B), _spans(3, _spans(0, A, B), B)]}},
        ),
        (
            "title:a ONEAR/3 b*",
            _spans(3, A, {"span_multi": {"match": {"prefix": {"title": {"value": "b"}}}}}),
        ),
        (
            'title:a ONEAR/3 ="B"',
            _spans(3, A, {"span_field_masking": {"query": {"span_term": {"_pantau.cased.title": "B"}}, "field": "title"}}),
        ),
        ('title:="B"', {"term": {"_pantau.cased.title": "B"}}),
        (
            'title:="B C"',
            {"match_phrase": {"_pantau.cased.title": {"query": "B C", "analyzer": "whitespace"}}},
        ),
        (
            "ATLEAST/2 title:a",
            {
                "intervals": {
                    "title": {
                        "all_of": {
                            "ordered": True,
                            "intervals": [{"match": {"query": "a", "analyzer": "whitespace"}}] * 2,
                        }
                    }
                }
            },
        ),
        ("nosuch:a NEAR/3 b", {"match_none": {}}),
        ('title:="' + "a" * 300 + '*" NEAR/3 nosuch:b', {"match_none": {}}),
    ],
)  # fmt: skip
def test_what_is_sent_in_the_language_pantau(text: str, body: dict[str, Any]) -> None:
    assert to_elastic(parse(text, "pantau"), NOW) == ElasticQuery(
        {"constant_score": {"filter": body}}, exact=True
    )


@pytest.mark.parametrize(
    "text", ["ban* NEAR/3 demak", "ATLEAST/2 ban*", '="Banjir" ONEAR/0 (dem* OR kudus)']
)
def test_prefixes_near_words_need_not_be_written_out(text: str) -> None:
    query = parse(f"title:({text})", "pantau")
    assert to_elastic(query, NOW).exact
    translated = to_elastic(query, NOW, expand=False)
    assert not translated.exact
    assert read_back(translated.body, Document.from_fields({"title": "banjir demak"}))
    assert not read_back(translated.body, Document.from_fields({"title": "jepara"}))
    denied = to_elastic(ast.Boolean(must=(ast.MatchAll(),), must_not=(query,)), NOW, expand=False)
    assert not denied.exact
    assert read_back(denied.body, Document.from_fields({"title": "banjir demak"}))


def test_without_prefixes_it_is_exact_all_the_same() -> None:
    query = parse('a NEAR/3 b AND ATLEAST/2 c AND ="D"', "pantau")
    assert to_elastic(query, NOW, expand=False) == to_elastic(query, NOW)


def test_patterns_that_are_too_dear_are_known() -> None:
    assert wildcard_fits("*" + "a" * 100 + "*b?c*")
    assert wildcard_fits("?" * 900 + "*")
    assert not wildcard_fits("*a" + "?" * 20 + "b*")
    assert not wildcard_fits("a" * LONGEST_PATTERN + "*")
    assert regex_fits("(ban|dem|kud).*(jir|ak|us)")
    assert regex_fits("perda<1-500>")
    assert regex_fits("~(.{1,5})&[^a-f]{2,9}")
    assert not regex_fits("👍" * (LONGEST_PATTERN // 2 + 1))


def test_a_now_that_leaves_the_calendar_is_refused_when_read() -> None:
    with pytest.raises(QueryError):
        parse("published:<now+7979y")
    with pytest.raises(QueryError):
        parse("published:>now-2000y")
