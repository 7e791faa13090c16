"""Requests of Elasticsearch that have no counterpart are left as they are."""

import json
from typing import Any

import pytest

from pantau.query.diagnosis.checks.pasted import dsl

SEVERAL = [{"match": {"text": one}} for one in ("air", "laut", "rob")]


@pytest.mark.parametrize(
    "request_",
    [
        {"bool": {"should": SEVERAL, "minimum_should_match": 2}},
        {"bool": {"should": SEVERAL, "minimum_should_match": 0}},
        {"bool": {"should": SEVERAL, "minimum_should_match": ["2"]}},
        {"bool": {"must": SEVERAL, "should": SEVERAL, "minimum_should_match": "75%"}},
        {"match": {"text": {"query": "air laut rob", "minimum_should_match": "75%"}}},
        {"query_string": {"query": "air ~laut", "default_operator": "AND"}},
        {"wildcard": {"title": "-air"}},
    ],
    ids=json.dumps,
)
def test_a_request_without_a_counterpart_is_not_translated(request_: dict[str, Any]) -> None:
    assert dsl.query_of(request_) is None


def test_a_switch_is_no_distance_between_words() -> None:
    phrase = {"match_phrase": {"text": {"query": "air laut", "slop": True}}}
    assert dsl.query_of(phrase) == 'text:"air laut"'


def test_alternatives_beside_what_is_required_count_only_where_asked() -> None:
    must = {"must": SEVERAL[0], "should": SEVERAL[1:]}
    assert dsl.query_of({"bool": must}) == "text:air"
    assert dsl.query_of({"bool": {**must, "minimum_should_match": "0"}}) == "text:air"
    asked = dsl.query_of({"bool": {**must, "minimum_should_match": "1"}})
    assert asked == "(text:air AND (text:laut OR text:rob))"
