"""Suggested repairs can be read."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.query import QueryError, parse
from pantau.query.parsing import languages
from pantau_schemas.events.subscription import QueryLanguage


@pytest.mark.parametrize(
    ("query", "language", "suggestion"),
    [
        ("banjir AND title:-latihan", "lucene", "banjir AND -title:latihan"),
        ("title:NOT latihan OR rob", "lucene", "NOT title:latihan OR rob"),
        ("+title:-latihan", "lucene", "-title:latihan"),
        ("rob +title:NOT latihan", "lucene", "rob NOT title:latihan"),
        ("-title:-latihan", "lucene", None),
        ("NOT title:NOT latihan", "lucene", None),
        ("banjir +-latihan", "lucene", "banjir -latihan"),
        ("banjir and title:not latihan", "kql", "banjir and not title: latihan"),
        ("title: not (latihan or uji)", "kql", "not title: (latihan or uji)"),
        ("not title:not latihan", "kql", None),
        ("banjir NEAR/5 -latihan", "pantau", None),
        ("banjir ONEAR/5 NOT latihan", "pantau", None),
        ("(banjir AND", "lucene", "(banjir)"),
        ("((a OR b", "lucene", "((a OR b))"),
        ("a AND OR", "lucene", "a"),
        ("(a) b) c)", "lucene", "(a) b c"),
        ('title: "a b', "kql", 'title: "a b"'),
        ("title:[a TO", "lucene", None),
    ],
)
def test_what_is_suggested_mends_all(
    query: str, language: QueryLanguage, suggestion: str | None
) -> None:
    with pytest.raises(QueryError) as error:
        parse(query, language)
    assert error.value.suggestion == suggestion
    if suggestion is not None:
        parse(suggestion, language)


@given(st.text('ab ()"+-:[]{}~^*?/\\', max_size=12), st.sampled_from(["lucene", "kql", "pantau"]))
def test_a_refusal_keeps_its_place_and_suggests_what_can_be_read(
    query: str, language: QueryLanguage
) -> None:
    plain, mended = _refusal(languages.parse, query, language), _refusal(_parse, query, language)
    assert (plain is None) == (mended is None)
    if plain is not None and mended is not None:
        assert (mended.query, mended.position) == (query, plain.position)
        assert mended.expected.startswith(plain.expected)
        if mended.suggestion is not None:
            parse(mended.suggestion, mended.language or language)


def _parse(query: str, language: QueryLanguage, time_zone: str) -> object:
    return parse(query, language, time_zone=time_zone)


def _refusal(
    read: Callable[[str, QueryLanguage, str], object], query: str, language: QueryLanguage
) -> QueryError | None:
    try:
        read(query, language, "UTC")
    except QueryError as error:
        return error
    return None
