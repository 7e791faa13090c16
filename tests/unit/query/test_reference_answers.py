"""The evaluator and the tokenizer give the same results as a real Elasticsearch."""

from typing import Any

import pytest

from pantau.query import QueryError, parse
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau.query.text.tokenizer import scan, tokenize, words
from pantau_schemas.events.subscription import QueryLanguage

from .conftest import read_cases


def _answer(
    case: dict[str, Any], language: QueryLanguage, articles: dict[int, Document]
) -> list[int] | None:
    try:
        query = parse(case["query"], language, time_zone=case.get("time_zone", "UTC"))
    except QueryError:
        return None
    return [number for number, document in articles.items() if accepts(query, document)]


@pytest.mark.parametrize("language", ["lucene", "kql"])
def test_every_query_finds_what_elasticsearch_finds(
    language: QueryLanguage, articles: dict[int, Document]
) -> None:
    cases = read_cases(f"{language}.jsonl")
    wrong = {
        case["query"]: case
        for case in cases
        if _answer(case, language, articles) != case.get("matches")
    }
    assert wrong == {}
    assert len(cases) > 250


def test_every_text_is_cut_as_lucene_cuts_it() -> None:
    cases = read_cases("tokens.jsonl")
    assert [case for case in cases if words(case["text"]) != case["tokens"]] == []
    assert [case for case in cases if scan(case["text"])[0] != case["tokens"]] == []


def test_a_token_names_its_place_in_the_text() -> None:
    found = tokenize("Anak-anak İzmir 👍🏽 2,5")
    assert [(token.text, token.start, token.end, token.position) for token in found] == [
        ("anak", 0, 4, 0),
        ("anak", 5, 9, 1),
        ("izmir", 10, 15, 2),
        ("👍🏽", 16, 18, 3),
        ("2,5", 19, 22, 4),
    ]
