"""Warnings of what is allowed but surely not meant."""

import pytest

from pantau.query import QueryError, parse, warnings
from pantau_schemas.events.subscription import QueryLanguage


@pytest.mark.parametrize(
    ("query", "language", "position", "suggestion"),
    [
        ("covid-19", "lucene", 0, '"covid-19"'),
        ("jakarta AND covid-19", "lucene", 12, 'jakarta AND "covid-19"'),
        ("title:covid-19 AND a", "lucene", 6, 'title:"covid-19" AND a'),
        ("title: covid-19", "kql", 7, 'title: "covid-19"'),
        ("a AND b OR c", "lucene", 0, "(a AND b) OR c"),
        ("+a b", "lucene", 3, "+a AND b"),
        ("a OR NOT b", "lucene", 0, "a OR (NOT b)"),
        ("a || -b", "lucene", 5, None),
    ],
)
def test_what_is_told(
    query: str, language: QueryLanguage, position: int, suggestion: str | None
) -> None:
    found = warnings(query, language)
    assert (position, suggestion) in [(one.position, one.suggestion) for one in found]
    if suggestion is not None:
        parse(suggestion, language)


@pytest.mark.parametrize(
    "query",
    [
        '"covid-19"',
        "title:banjir",
        "(a AND b) OR c",
        "a OR (NOT b)",
        "a AND NOT b",
        '"a OR NOT b"',
        "a OR b",
        "lang:en",
        "people:SBY AND organizations:(eBay OR UNICEF)",
        'people:"Ludwig van Beethoven" OR organizations:"Médecins sans Frontières"',
        'people:"Ma\'ruf al-Amin" OR places:"DKI Jakarta"',
        "+strike +(port harbour) -football",
        "+strike +title:(port harbour)",
        "strike AND port -(football soccer)",
        "+(+strike +(port harbour))",
    ],
)
def test_what_is_meant(query: str) -> None:
    assert warnings(query) == []


@pytest.mark.parametrize(
    "query", ["(port harbour) AND strike", "+strike AND (port harbour)", "+(a b) AND (c d)"]
)
def test_words_side_by_side_in_a_group_without_a_sign(query: str) -> None:
    assert ["without an operator" in one.message for one in warnings(query)] == [True]


@pytest.mark.parametrize(
    ("query", "position", "operator"),
    [
        ("a NEAR/3 b", 2, "NEAR/3"),
        ("a AND (b ONEAR/12 c)", 9, "ONEAR/12"),
        ("ATLEAST/2 (a b)", 0, "ATLEAST/2"),
        ('"NEAR/3" a NEAR/4 b', 11, "NEAR/4"),
    ],
)
def test_an_operator_of_another_language_is_refused_with_its_language(
    query: str, position: int, operator: str
) -> None:
    with pytest.raises(QueryError) as error:
        parse(query)
    assert error.value.position == position
    assert error.value.expected.startswith(f"{operator} is an operator of the language pantau")
    assert "--language pantau" in error.value.expected
    assert (error.value.suggestion, error.value.language) == (query, "pantau")


@pytest.mark.parametrize("query", ["a NEAR/3 b NEAR/3 c", '="KPK"'])
def test_an_operator_of_another_language_that_can_be_read_is_told_alone(query: str) -> None:
    (found,) = warnings(query)
    assert "--language pantau" in found.message


def test_a_word_with_a_slash_is_put_in_quotes() -> None:
    with pytest.raises(QueryError) as error:
        parse("a AND x AND b/c")
    assert error.value.suggestion == 'a AND x AND "b/c"'
    assert error.value.code == "slash"
