"""Explanations of queries as data, and queries tried on articles that are not stored."""

from datetime import UTC, datetime

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.common.time.clock import SystemClock
from pantau.query import parse
from pantau.query.explain import plain
from pantau.usecases.search.explaining import (
    LookupKey,
    count_matches,
    explain_query,
    lookup_keys,
)
from pantau.usecases.search.trying import QueryTrial, own_article
from tests.support import enriched

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DESCRIBER = plain.describer("en", NOW)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("banjir", (LookupKey("word", ("banjir",)),)),
        ("banji*", (LookupKey("prefix", ("banji",)),)),
        ('"kali tuntang"', (LookupKey("pair", ("kali", "tuntang")),)),
        ("*", None),
        ("NOT banjir", None),
    ],
)
def test_the_keys_of_a_query(query: str, keys: tuple[LookupKey, ...] | None) -> None:
    assert lookup_keys(parse(query)) == keys


def test_counted_articles_replace_the_estimate() -> None:
    store = MemoryStore(SystemClock())
    store.index.put([enriched("a", title="Banjir Demak"), enriched("b", title="Gempa")])
    query = parse("banjir")
    stored = count_matches(store.index, query, NOW)
    assert (stored.articles, stored.matches) == (2, 1)
    found = explain_query(query, "banjir", "lucene", DESCRIBER, stored, elastic=True)
    assert found.counted
    assert found.selectivity.share == 0.5
    assert found.elastic is not None
    assert found.elastic.exact
    assert not explain_query(query, "banjir", "lucene", DESCRIBER).counted


def test_a_trial_says_what_matched_and_what_is_missing() -> None:
    article = own_article("Banjir surut", "Air di Demak surut.", NOW)
    assert article is not None
    found = QueryTrial(parse("banjir AND demak")).run(article, explained=True)
    assert found.matches
    assert len(found.clauses) == 2
    missed = QueryTrial(parse("banjir AND kudus")).run(article, explained=True)
    assert not missed.matches
    assert [DESCRIBER.leaf(one.clause) for one in missed.hindrances] == [
        'the word "kudus" in the title or text'
    ]
    assert not QueryTrial(parse("kudus")).run(article).hindrances


def test_without_a_title_and_a_text_there_is_no_article() -> None:
    assert own_article(None, None, NOW) is None
