"""Spans as a collector gets them, and what a bad collector does to the program: nothing."""

import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from pantau.errors import UsageError
from pantau.observe import tracing
from pantau.observe.observation import Observation
from pantau.observe.signals import TraceSpan
from pantau.observe.tracing import OtlpExporter, SpanTracer, batching, context_of
from pantau.settings import ObserveSettings
from tests.support import SOON
from tests.unit.observe.support import collector, silent_listener

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TRACE, SPAN, PARENT = "ab" * 16, "cd" * 8, "ef" * 8


def step(**changes: object) -> TraceSpan:
    fields: dict[str, object] = {
        "name": "enricher",
        "traceparent": f"00-{TRACE}-{SPAN}-01",
        "parent": f"00-{TRACE}-{PARENT}-01",
        "start": START,
        "end": START + timedelta(milliseconds=1_500),
        "attributes": {"pantau.topic": "articles"},
    }
    return TraceSpan(**(fields | changes))  # type: ignore[arg-type]  # each test gives its own


def test_a_span_goes_to_the_collector_with_the_ids_of_the_headers() -> None:
    with collector() as collected:
        observation = Observation("enricher", ObserveSettings(otlp_endpoint=collected.url))
        assert observation.signals.tracer.on
        observation.signals.tracer.step(step())
        observation.signals.tracer.step(step(name="alerter", problem="RejectError"))
        observation.stop()  # sends what is left
    assert collected.paths == ["/v1/traces"]
    assert collected.headers[0]["content-type"] == "application/x-protobuf"
    (resource,) = collected.requests[0].resource_spans
    said = {one.key: one.value.string_value for one in resource.resource.attributes}
    assert (said["service.name"], said["service.namespace"]) == ("pantau-enricher", "pantau")
    spans = {span.name: span for span in resource.scope_spans[0].spans}
    span = spans["enricher"]
    assert (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex()) == (
        TRACE,
        SPAN,
        PARENT,
    )
    assert span.start_time_unix_nano == int(START.timestamp()) * 10**9
    assert span.end_time_unix_nano - span.start_time_unix_nano == 1_500_000_000
    assert {one.key: one.value.string_value for one in span.attributes} == {
        "pantau.topic": "articles"
    }
    assert (spans["alerter"].status.message, spans["alerter"].status.code) == ("RejectError", 2)


def test_a_path_of_the_endpoint_is_kept() -> None:
    with collector() as collected:
        tracer = SpanTracer("x", batching(OtlpExporter(f"{collected.url}/tenant/v1/traces")))
        tracer.step(step())
        tracer.close()
    assert collected.paths == ["/tenant/v1/traces"]


def test_the_environment_sends_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with collector() as collected, collector() as foreign:
        for name in (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "http_proxy",
        ):
            monkeypatch.setenv(name, foreign.url)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=secret")
        monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "host.secret=1")
        tracer = SpanTracer("x", batching(OtlpExporter(collected.url)))
        tracer.step(step())
        tracer.close()
        assert not foreign.requests
    assert len(collected.requests) == 1
    assert "x-key" not in collected.headers[0]
    assert b"host.secret" not in collected.requests[0].SerializeToString()


def test_a_redirect_is_not_followed(caplog: pytest.LogCaptureFixture) -> None:
    with collector() as collected, collector() as foreign:
        collected.status, collected.location = 307, f"{foreign.url}/v1/traces"
        tracer = SpanTracer("x", batching(OtlpExporter(collected.url)))
        tracer.step(step())
        tracer.close()
        assert len(collected.requests) == 1
        assert not foreign.requests
    assert "the collector answered 307" in caplog.text


def test_a_collector_that_fails_is_told_of_once_and_works_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    memory = InMemorySpanExporter()
    tracer = SpanTracer("x", SimpleSpanProcessor(memory))
    tracer.step(step())
    spans = memory.get_finished_spans()
    with collector() as collected:
        exporter = OtlpExporter(collected.url)
        collected.status = 503
        exporter.export(spans)
        exporter.export(spans)
        collected.status = 200
        exporter.export(spans)
    exporter.export(spans)  # refused: nobody listens any more
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO", "WARNING"]


def test_a_collector_that_never_answers_holds_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "CLOSE_SECONDS", 0.2)
    with silent_listener() as port:
        tracer = SpanTracer(
            "x", batching(OtlpExporter(f"http://127.0.0.1:{port}", timeout_seconds=2 * SOON))
        )
        began = time.monotonic()
        for _ in range(3 * tracing.BATCH):
            tracer.step(step())
        tracer.close()
        assert time.monotonic() - began < SOON  # half of what one request takes to time out


def test_a_full_queue_drops_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "CLOSE_SECONDS", 0.1)
    monkeypatch.setattr(tracing, "QUEUE", 600)
    with silent_listener() as port:
        sink = batching(OtlpExporter(f"http://127.0.0.1:{port}", timeout_seconds=1.0))
        tracer = SpanTracer("x", sink)
        for _ in range(5_000):
            tracer.step(step())
        assert len(sink._batch_processor._queue) <= 600  # type: ignore[attr-defined]  # a look inside
        tracer.close()


@pytest.mark.parametrize(
    "endpoint",
    ["collector:4318", "ftp://collector", "http://", "http://user:word@collector:4318", ""],
)
def test_what_is_no_address_is_refused(endpoint: str) -> None:
    with pytest.raises(UsageError, match=r"observe\.otlp_endpoint: expected an address"):
        OtlpExporter(endpoint)


def test_a_trace_that_asks_not_to_be_recorded_is_not() -> None:
    memory = InMemorySpanExporter()
    tracer = SpanTracer("x", SimpleSpanProcessor(memory))
    tracer.step(step(traceparent=f"00-{TRACE}-{SPAN}-00"))
    tracer.step(step(traceparent="nonsense"))
    assert memory.get_finished_spans() == ()
    tracer.step(step(parent="nonsense"))
    assert [span.parent for span in memory.get_finished_spans()] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00-0-0-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"01-{TRACE}-{SPAN}-01",
    ],
)
def test_ids_that_cannot_be_read_are_none(text: str) -> None:
    assert context_of(text) is None
