"""The telemetry of an article from the feed to the delivered alert."""

import asyncio
from collections import Counter
from ipaddress import ip_network
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from pantau.bootstrap import build_embedded, open_store
from pantau.common.time.clock import SystemClock
from pantau.observe.prometheus import PrometheusMetrics
from pantau.observe.signals import Signals
from pantau.observe.tracing import SpanTracer
from pantau.ports import Record
from pantau.settings import FetchSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.subscription import FileChannel
from pantau_schemas.ids import feed_id
from pantau_schemas.topics import FEEDS, SUBSCRIPTIONS
from tests.support import START, subscription
from tests.unit.adapters.http.loopback import loopback, reply
from tests.unit.observe.test_prometheus import value
from tests.unit.poller.polling import rss


class Reported:
    def __init__(self) -> None:
        self.memory = InMemorySpanExporter()
        self.metrics = PrometheusMetrics("run")
        self.signals = Signals(self.metrics, SpanTracer("run", SimpleSpanProcessor(self.memory)))
        self.headers: dict[str, list[Record]] = {}

    def spans(self) -> tuple[ReadableSpan, ...]:
        return self.memory.get_finished_spans()


async def watch_one_feed(folder: Path, reported: Reported) -> None:
    settings = Settings(
        data=folder, fetch=FetchSettings(allow_networks=(ip_network("127.0.0.0/8"),))
    )
    clock = SystemClock()
    store = open_store(settings, clock)
    channels = (FileChannel(path=str(folder / "alerts.jsonl")),)
    wanted = subscription("demak", "banjir", channels=channels, include_historical=True)
    async with loopback({"/rss": reply(rss("Banjir Demak", "Harga Cabai"))}) as site:
        feed = Feed(feed_id=feed_id(site.url("/rss")), url=site.url("/rss"), added=START)
        gone = Feed(feed_id=feed_id(site.url("/gone")), url=site.url("/gone"), added=START)
        store.log.append(
            [
                record_for(wanted, SUBSCRIPTIONS, source="cli", time=START),
                *(
                    record_for(one, FEEDS, source="cli", time=START, partition_key="127.0.0.1")
                    for one in (feed, gone)
                ),
                Record("articles", "bad", b"no article", {}),
            ]
        )
        embedded = build_embedded(store, clock, settings, signals=reported.signals)
        # Health of the feeds is asked for while the poller is there.
        await embedded.poller.poll_once(all_feeds=True)
        assert value(reported.metrics, "pantau_feeds", status="ok") == 1
        assert value(reported.metrics, "pantau_feeds", status="error") == 1
        await asyncio.to_thread(embedded.pipeline.run_to_end)
        assert value(reported.metrics, "pantau_consumer_lag", stage="indexer") == 0
        await embedded.run_once(all_feeds=True)
    for topic in ("articles", "articles.enriched", "alerts", "deliveries"):
        consumer = store.log.consumer([topic], "test")
        reported.headers[topic] = [one.record for one in consumer.poll(1_000)]
        consumer.close()
    store.close()


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    made = Reported()
    asyncio.run(watch_one_feed(tmp_path_factory.mktemp("reported"), made))
    return made


def hexes(span: ReadableSpan) -> tuple[str, str, str | None]:
    assert span.context is not None
    parent = None if span.parent is None else f"{span.parent.span_id:016x}"
    return f"{span.context.trace_id:032x}", f"{span.context.span_id:016x}", parent


def test_one_trace_leads_from_the_fetch_to_the_delivery(reported: Reported) -> None:
    (last,) = [span for span in reported.spans() if span.name == "dispatcher"]
    trace, _, _ = hexes(last)
    own = {hexes(span)[1]: span for span in reported.spans() if hexes(span)[0] == trace}
    chain, here = [], last
    while True:
        chain.append(here.name)
        parent = hexes(here)[2]
        if parent is None:
            break
        here = own[parent]
    assert chain == ["dispatcher", "notifier", "alerter", "enricher", "extractor", "poller"]
    # Beside the way to the alert: the memories of stories and of what alerted, and the index. A
    # text of a few words has no copies.
    assert Counter(span.name for span in own.values()) == {
        "poller": 1,
        "extractor": 1,
        "enricher": 2,
        "alerter": 2,
        "indexer": 1,
        "notifier": 1,
        "dispatcher": 1,
    }


def test_the_ids_of_spans_are_those_of_the_records(reported: Reported) -> None:
    spans = {hexes(span)[:2]: span.name for span in reported.spans()}
    for topic, stage in (
        ("articles", "poller"),
        ("articles.enriched", "enricher"),
        ("alerts", "alerter"),
    ):
        made = [record for record in reported.headers[topic] if "traceparent" in record.headers]
        assert made
        for record in made:
            _, trace, span, _ = record.headers["traceparent"].split("-")
            assert spans[trace, span] == stage
    _, trace, span, _ = reported.headers["deliveries"][-1].headers["traceparent"].split("-")
    assert spans[trace, span] == "dispatcher"


def test_each_article_has_a_trace_of_its_own(reported: Reported) -> None:
    roots = [span for span in reported.spans() if span.name == "poller"]
    assert len({hexes(span)[0] for span in roots}) == 2
    assert all(span.parent is None for span in roots)


def test_spans_last_and_follow_each_other(reported: Reported) -> None:
    for span in reported.spans():
        assert span.start_time is not None
        assert span.end_time is not None
        assert span.start_time <= span.end_time


def test_a_rejected_record_shows_in_its_span(reported: Reported) -> None:
    (problem,) = [span for span in reported.spans() if not span.status.is_ok]
    assert (problem.name, problem.status.description) == ("extractor", "SchemaError")


def test_the_numbers(reported: Reported) -> None:
    metrics = reported.metrics
    assert value(metrics, "pantau_polls_total", outcome="fetched") == 1
    assert value(metrics, "pantau_polls_total", outcome="failed") == 2
    assert value(metrics, "pantau_polls_total", outcome="not_modified") == 1
    assert value(metrics, "pantau_articles_total", kind="new") == 2
    assert value(metrics, "pantau_records_processed_total", stage="extractor") == 3
    assert value(metrics, "pantau_records_rejected_total", stage="extractor") == 1
    assert (
        value(metrics, "pantau_records_produced_total", stage="extractor", topic="dead-letters")
        == 1
    )
    assert value(metrics, "pantau_records_produced_total", stage="alerter", topic="alerts") == 1
    assert value(metrics, "pantau_records_processed_total", stage="indexer") == 2
    assert value(metrics, "pantau_stage_latency_seconds_count", stage="indexer") == 2
    assert value(metrics, "pantau_deliveries_total", channel="file", outcome="delivered") == 1
    # The article is of the feed's first poll, historical: how long its alert took says nothing.
    assert value(metrics, "pantau_alert_latency_seconds_count") == 0


def test_no_address_and_no_text_is_told(reported: Reported) -> None:
    assert b"127.0.0.1" not in reported.metrics.text()
    for span in reported.spans():
        assert "Banjir" not in str(dict(span.attributes or {}))
        assert "127.0.0.1" not in str(dict(span.attributes or {}))
