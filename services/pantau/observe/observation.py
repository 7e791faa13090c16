"""All exporters of one program, as configured.

Nothing is exported unless a port or a collector is configured.
"""

import asyncio
import logging
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from pantau.errors import StopError
from pantau.observe.health import HealthRecorder
from pantau.observe.health_server import HealthServer, as_json
from pantau.observe.mounted import Answer, Mount
from pantau.observe.signals import Signals
from pantau.observe.supervisor import Supervisor
from pantau.settings import ObserveSettings

if TYPE_CHECKING:
    from pantau.observe.prometheus import PrometheusMetrics
    from pantau.observe.tracing import SpanTracer

HEARTBEAT_SECONDS: Final = 1.0

log = logging.getLogger(__name__)


class Observation:
    """Observes one program, `service` (`poller`, `enricher`, ..., or `run` for all in one).

    Pass `signals` to the parts. `start` listens if `settings.port` is set and exports traces if
    `settings.otlp_endpoint` is; `stop` ends both. If neither is set, `signals` are discarded.
    Raises StopError when a required package is not installed, UsageError for an invalid address.
    """

    def __init__(self, service: str, settings: ObserveSettings) -> None:
        self._settings = settings
        self._health = HealthRecorder(time.monotonic)
        self._metrics = _prometheus(service) if settings.port is not None else None
        if self._metrics is not None:
            self._metrics.readiness(self._health.readiness)
        self._tracer = (
            _tracer(service, settings.otlp_endpoint) if settings.otlp_endpoint is not None else None
        )
        self._supervisor = Supervisor(self._health.hanging)
        self._server: HealthServer | None = None
        self._mounts: list[Mount] = []
        quiet = Signals()
        self.signals: Final = Signals(
            metrics=self._metrics or quiet.metrics,
            tracer=self._tracer or quiet.tracer,
            health=self._health,
        )
        self.port: int | None = None
        """The port that it listens on, after `start`."""

    def start(self) -> None:
        """Start listening, then report the start to a supervisor that waits for it.

        Raises StopError when the address cannot be bound.
        """
        self._listen()
        self._supervisor.start()

    def _listen(self) -> None:
        if self._settings.port is None:
            return
        pages = {"/livez": self._livez, "/readyz": self._readyz, "/metrics": self._metrics_page}
        settings = self._settings
        self._server = HealthServer(
            settings.host, self._settings.port, pages, settings.allow_hosts, self._mounts
        )
        self.port = self._server.start()
        log.info("/livez, /readyz and /metrics on %s port %d", self._settings.host, self.port)

    def mount(self, mounts: Iterable[Mount]) -> None:
        """Register parts that answer below paths of their own.

        Raises StopError if there is no server to mount them on.
        """
        self._mounts.extend(mounts)
        if self._mounts and self._settings.port is None:
            message = (
                "websub.public_url needs the HTTP server that hubs reach: set observe.port "
                "(PANTAU_OBSERVE__PORT), too"
            )
            raise StopError(message)

    def stop(self) -> None:
        """Stop listening and export the last traces; takes a few seconds at most."""
        self._supervisor.stop()
        if self._server is not None:
            self._server.stop()
        if self._tracer is not None:
            self._tracer.close()

    def live(self, loop: str) -> None:
        """Record progress of a loop; see `pantau.observe.signals.Health`."""
        self._health.live(loop)

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        """Record that a part is ready, or why it is not.

        `service` itself is "starting" until it reports otherwise.
        """
        self._health.ready(reason, part=part)

    async def heartbeat(self, loop: str = "event loop") -> None:
        """Report progress of the event loop every second, until cancelled.

        A task for programs on asyncio.
        """
        while True:
            self.live(loop)
            await asyncio.sleep(HEARTBEAT_SECONDS)

    def _livez(self) -> Answer:
        hanging = self._health.hanging()
        status = HTTPStatus.SERVICE_UNAVAILABLE if hanging else HTTPStatus.OK
        return as_json(status, {"live": not hanging, "silent_seconds": hanging})

    def _readyz(self) -> Answer:
        reasons = self._health.unready()
        status = HTTPStatus.SERVICE_UNAVAILABLE if reasons else HTTPStatus.OK
        return as_json(status, {"ready": not reasons, "reasons": reasons})

    def _metrics_page(self) -> Answer:
        from pantau.observe.prometheus import CONTENT_TYPE  # noqa: PLC0415 (an optional dependency)

        body = self._metrics.text() if self._metrics is not None else b""
        return HTTPStatus.OK, CONTENT_TYPE, body


def _prometheus(service: str) -> "PrometheusMetrics":
    try:
        from pantau.observe.prometheus import PrometheusMetrics  # noqa: PLC0415 (an optional dependency)
    except ModuleNotFoundError as error:
        message = (
            "observe.port needs the package prometheus-client: pip install 'pantau[distributed]'"
        )
        raise StopError(message) from error
    return PrometheusMetrics(service)


def _tracer(service: str, endpoint: str) -> "SpanTracer":
    try:
        from pantau.observe.tracing import OtlpExporter, SpanTracer, batching  # noqa: PLC0415 (as above)
    except ModuleNotFoundError as error:
        message = "observe.otlp_endpoint needs opentelemetry-sdk: pip install 'pantau[distributed]'"
        raise StopError(message) from error
    return SpanTracer(service, batching(OtlpExporter(endpoint)))
