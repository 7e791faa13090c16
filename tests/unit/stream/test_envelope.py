from datetime import UTC, datetime

import pytest

from pantau.stream.envelope import record_for, removal_of, trace_on
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article
from pantau_schemas.topics import ARTICLES

NOW = datetime(2026, 3, 4, 5, 6, 7, 891_000, tzinfo=UTC)
ARTICLE = Article(article_id="a1", title="Banjir di Demak", first_seen=NOW)


def test_record_carries_the_event_and_its_cloudevents_headers() -> None:
    record = record_for(ARTICLE, ARTICLES, source="poller", time=NOW)
    assert (record.topic, record.key) == ("articles", "a1")
    assert record.value is not None
    assert decode(Article, record.value) == ARTICLE
    headers = dict(record.headers)
    assert len(headers.pop("ce_id")) == 26
    assert headers.pop("traceparent").startswith("00-")
    assert headers == {
        "ce_specversion": "1.0",
        "ce_type": f"pantau.articles.v{ARTICLE.schema_version}",
        "ce_partitionkey": "a1",
        "ce_source": "/pantau/poller",
        "ce_time": "2026-03-04T05:06:07.891Z",
        "content-type": "application/json",
    }


def test_equal_events_have_equal_ids_and_others_do_not() -> None:
    one = record_for(ARTICLE, ARTICLES, source="poller", time=NOW)
    again = record_for(ARTICLE, ARTICLES, source="replay", time=NOW.replace(year=2027))
    other = record_for(
        ARTICLE.model_copy(update={"revision": 2}), ARTICLES, source="poller", time=NOW
    )
    assert one.headers["ce_id"] == again.headers["ce_id"] != other.headers["ce_id"]


def test_a_trace_is_carried_on_with_a_new_span() -> None:
    first = record_for(ARTICLE, ARTICLES, source="poller", time=NOW)
    parent = {**first.headers, "tracestate": "x=1"}
    second = record_for(ARTICLE, ARTICLES, source="enricher", time=NOW, parent=parent)
    _, trace, span, _ = first.headers["traceparent"].split("-")
    _, next_trace, next_span, _ = second.headers["traceparent"].split("-")
    assert trace == next_trace
    assert span != next_span
    assert second.headers["tracestate"] == "x=1"


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "01-" + "a" * 32 + "-" + "b" * 16 + "-01",
        "00-" + "0" * 32 + "-" + "b" * 16 + "-01",
        "00-" + "a" * 32 + "-" + "0" * 16 + "-01",
    ],
)
def test_a_broken_parent_begins_a_new_trace(broken: str) -> None:
    assert trace_on({"traceparent": broken}, seed="s") == trace_on(None, seed="s")


def test_removal_has_no_value() -> None:
    assert removal_of(ARTICLES, "a1").value is None
