"""Warnings of what is allowed but surely not meant."""

import pytest

from pantau.query import parse, warnings
from pantau_schemas.subscription import QueryLanguage


@pytest.mark.parametrize(
    ("query", "language", "position", "suggestion"),
    [
        ("covid-19", "lucene", 0, '"covid-19"'),
        ("jakarta AND covid-19", "lucene", 12, 'jakarta AND "covid-19"'),
        ("title:covid-19 AND a", "lucene", 6, 'title:"covid-19" AND a'),
        ("title: covid-19", "kql", 7, 'title: "covid-19"'),
        ("a AND b OR c", "lucene", 11, None),
        ("+a b", "lucene", 3, "+a AND b"),
        ("a OR NOT b", "lucene", 2, None),
        ("a || -b", "lucene", 2, None),
    ],
)
def test_what_is_told(query: str, language: QueryLanguage, position: int, suggestion: str | None) -> None:
    found = warnings(query, language)
    assert (position, suggestion) in [(one.position, one.suggestion) for one in found]
    if suggestion is not None:
        parse(suggestion, language)


@pytest.mark.parametrize(
    "query",
    [
        "anak-anak",
        '"covid-19"',
        "title:banjir",
        "(a AND b) OR c",
        "a OR (NOT b)",
        "a AND NOT b",
        '"a OR NOT b"',
        "a OR b",
        "lang:en-US",
    ],
)
def test_what_is_meant(query: str) -> None:
    assert warnings(query) == []
