"""Suggested repairs can be read."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.query import QueryError, parse
from pantau.query.parsing import languages
from pantau_schemas.subscription import QueryLanguage


@pytest.mark.parametrize(
    ("query", "language", "suggestion"),
    [
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


def _refusal(read: Callable[[], object]) -> QueryError | None:
    try:
        read()
    except QueryError as error:
        return error
    return None


@given(st.text('ab ()"+-:[]{}~^*?/\\', max_size=12), st.sampled_from(["lucene", "kql"]))
def test_only_the_suggestion_changes(query: str, language: QueryLanguage) -> None:
    mended = _refusal(lambda: parse(query, language))
    plain = _refusal(lambda: languages.parse(query, language, "UTC"))
    assert (mended is None) == (plain is None)
    if mended is not None and plain is not None:
        assert (mended.query, mended.position, mended.expected) == (
            query,
            plain.position,
            plain.expected,
        )
        assert (mended.suggestion is None) == (plain.suggestion is None)
