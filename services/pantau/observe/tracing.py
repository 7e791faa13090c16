"""Traces, exported to an OpenTelemetry collector (OTLP over HTTP) in batches, in a thread.

Span ids are those of the records' `traceparent` headers, which are digests
(`pantau.stream.envelope`), so spans are built by hand instead of by the SDK's tracer. Nothing here
can block or end the program: the queue is bounded, requests have a time-out, failures are logged
once and dropped. Only the configured address is contacted: no `OTEL_*` variable, no proxy of the
environment, no redirect is followed.
"""

import http.client
import logging
import re
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlsplit

from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from pantau import __version__
from pantau.errors import UsageError
from pantau.observe.signals import TraceSpan
from pantau.problems import problem

REQUEST_SECONDS: Final = 5.0
CLOSE_SECONDS: Final = 3.0
"""Time limit in seconds to export the last spans at exit."""
QUEUE: Final = 20_000
"""Capacity of the queue in spans; when it is full, the oldest are dropped."""
BATCH: Final = 512
DELAY_SECONDS: Final = 1.0
_TRACES_PATH: Final = "/v1/traces"
_TRACEPARENT: Final = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_KINDS: Final = {"poller": SpanKind.PRODUCER, "dispatcher": SpanKind.CLIENT}

log = logging.getLogger(__name__)


class OtlpExporter(SpanExporter):
    """Exports spans to one address. Raises UsageError if it is not an http(s) address."""

    def __init__(self, endpoint: str, timeout_seconds: float = REQUEST_SECONDS) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise UsageError(problem("settings.otlp"))
        self._https = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._path = parts.path if parts.path.strip("/") else _TRACES_PATH
        self._timeout = timeout_seconds
        self._failing = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export a batch once. A failed batch is dropped: traces are samples, not records."""
        try:
            self._post(encode_spans(spans).SerializeToString())
        except (OSError, http.client.HTTPException) as error:
            if not self._failing:
                log.warning(
                    "traces cannot be sent to observe.otlp_endpoint and are dropped: %s", error
                )
            self._failing = True
            return SpanExportResult.FAILURE
        if self._failing:
            log.info("traces are sent again")
        self._failing = False
        return SpanExportResult.SUCCESS

    def _post(self, body: bytes) -> None:
        kind = http.client.HTTPSConnection if self._https else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=self._timeout)
        try:
            headers = {
                "Content-Type": "application/x-protobuf",
                "User-Agent": f"pantau/{__version__}",
            }
            connection.request("POST", self._path, body, headers)
            response = connection.getresponse()
            if not 200 <= response.status < 300:
                message = f"the collector answered {response.status}"
                raise http.client.HTTPException(message)
        finally:
            connection.close()

    def shutdown(self) -> None:
        """Do nothing: the exporter holds no state."""


class Sink(Protocol):
    """The destination of finished spans: a span processor of the SDK."""

    def on_end(self, span: ReadableSpan) -> None:
        """Queue a span; must not block."""

    def shutdown(self) -> None:
        """Export the queued spans."""


def batching(exporter: SpanExporter) -> Sink:
    """Build a sink that exports spans in batches, in a thread of its own."""
    return BatchSpanProcessor(
        exporter,
        max_queue_size=QUEUE,
        schedule_delay_millis=DELAY_SECONDS * 1_000,
        max_export_batch_size=BATCH,
        export_timeout_millis=REQUEST_SECONDS * 1_000,
    )


class SpanTracer:
    """Converts every reported span to an OpenTelemetry span."""

    on = True

    def __init__(self, service: str, sink: Sink) -> None:
        self._sink = sink
        self._scope = InstrumentationScope("pantau", __version__)
        # Not Resource.create, which reads the OTEL_* variables.
        self._resource = Resource(
            {
                "service.name": f"pantau-{service}",
                "service.namespace": "pantau",
                "service.version": __version__,
            }
        )

    def step(self, step: TraceSpan) -> None:
        """Pass a finished span on, unless its trace is not sampled or its ids are invalid."""
        context = context_of(step.traceparent)
        if context is None or not context.trace_flags.sampled:
            return
        problem = step.problem
        # Built directly, because the SDK's tracer would generate ids of its own.
        self._sink.on_end(
            ReadableSpan(
                name=step.name,
                context=context,
                parent=context_of(step.parent) if step.parent is not None else None,
                resource=self._resource,
                attributes=dict(step.attributes),
                kind=_KINDS.get(step.name, SpanKind.CONSUMER),
                status=Status(StatusCode.ERROR, problem)
                if problem is not None
                else Status(StatusCode.UNSET),
                start_time=_nanoseconds(step.start),
                end_time=_nanoseconds(step.end),
                instrumentation_scope=self._scope,
            )
        )

    def close(self) -> None:
        """Export the queued spans; gives up after `CLOSE_SECONDS`."""
        closing = threading.Thread(target=self._sink.shutdown, name="traces-close", daemon=True)
        closing.start()
        closing.join(CLOSE_SECONDS)


def context_of(traceparent: str) -> SpanContext | None:
    """Parse a `traceparent`; None if it is invalid or has an all-zero id."""
    found = _TRACEPARENT.fullmatch(traceparent)
    if found is None:
        return None
    trace, span, flags = (int(part, 16) for part in found.groups())
    context = SpanContext(trace, span, is_remote=True, trace_flags=TraceFlags(flags))
    return context if context.is_valid else None


def _nanoseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000) * 1_000
