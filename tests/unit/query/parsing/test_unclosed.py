"""Repairs of phrases whose closing quotation mark is missing."""

import pytest

from pantau.query import QueryError, parse
from pantau.query.parsing.unclosed import closed

UNCLOSED = (
    ('"air laut', '"air laut"'),
    ('"air laut AND Tegal', '"air laut" AND Tegal'),
    ('("air laut OR rob) AND Tegal', '("air laut" OR rob) AND Tegal'),
    ('(rob OR "air laut) AND Tegal', '(rob OR "air laut") AND Tegal'),
    ('"air laut AND "pasar ikan"', '"air laut" AND "pasar ikan"'),
    ('"air laut "pasar ikan"', '"air laut" "pasar ikan"'),
    ('"air laut" OR title:"pasar ikan NOT lelang', '"air laut" OR title:"pasar ikan" NOT lelang'),
    ('"air laut (rob) Tegal', '"air laut (rob) Tegal"'),
    ('"air \\"laut AND Tegal', '"air \\"laut" AND Tegal'),
)


@pytest.mark.parametrize(("query", "meant"), UNCLOSED)
def test_a_phrase_ends_before_the_next_operator(query: str, meant: str) -> None:
    """The repair keeps operators, groups and other phrases outside of the phrase."""
    with pytest.raises(QueryError) as refused:
        parse(query)
    assert refused.value.suggestion == meant


def test_kql_gets_the_same_repair() -> None:
    """The languages differ in operators, not in quotation marks."""
    with pytest.raises(QueryError) as refused:
        parse('title: "air laut OR title: rob', "kql")
    assert refused.value.suggestion == 'title: "air laut" OR title: rob'


@pytest.mark.parametrize("text", ['("' * 10_000, '"' + " " * 19_999, '"rob AND ' * 2_001])
def test_repairs_of_long_texts_end(text: str) -> None:
    """Each character is looked at a few times at most, whatever is written."""
    assert closed(text).count('"') % 2 == 0
