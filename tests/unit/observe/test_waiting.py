"""Parts that wait for a server say so, are counted, and are ready again when it answers."""

import asyncio
import threading
from pathlib import Path

from pantau.bootstrap import build_workers, open_store
from pantau.common.time.clock import SystemClock
from pantau.errors import RetryError
from pantau.observe.health import HealthRecorder
from pantau.observe.prometheus import PrometheusMetrics
from pantau.observe.signals import Signals
from pantau.poller.writer import LogWriter
from pantau.runtimes.embedded.pipeline import Pipeline
from pantau.settings import Settings
from tests.support import SOON
from tests.unit.observe.test_prometheus import value


class Server:
    """A server that does not answer at first; notes what was said of readiness at each try."""

    def __init__(self, book: HealthRecorder, failures: int) -> None:
        self.book = book
        self.failures = failures
        self.said: list[dict[str, str]] = []
        self.answered = threading.Event()

    def ask(self) -> None:
        self.said.append(self.book.unready())
        if self.failures:
            self.failures -= 1
            message = "no broker"
            raise RetryError(message) from ConnectionRefusedError()
        self.answered.set()


def heard() -> tuple[HealthRecorder, PrometheusMetrics, Signals]:
    book, metrics = HealthRecorder(lambda: 0.0), PrometheusMetrics("test")
    book.ready()
    return book, metrics, Signals(metrics=metrics, health=book)


def test_the_poller_waits_for_the_log() -> None:
    book, metrics, signals = heard()
    server = Server(book, failures=2)
    store_less = LogWriter(None, signals)  # type: ignore[arg-type]  # only `call` is used

    async def run() -> None:
        await store_less.call(server.ask)
        await store_less.close()

    asyncio.run(run())
    assert server.said == [{}, {"poller": "no broker"}, {"poller": "no broker"}]
    assert book.unready() == {}
    assert (
        value(metrics, "pantau_retries_total", part="poller", reason="ConnectionRefusedError") == 2
    )


def test_the_pipeline_waits_and_goes_on(tmp_path: Path) -> None:
    book, metrics, signals = heard()
    server = Server(book, failures=1)
    settings = Settings(data=tmp_path)
    store = open_store(settings)
    workers = build_workers(store, SystemClock(), settings, signals)
    real = workers[0].step

    def step() -> int:
        server.ask()
        return real()

    workers[0].step = step  # type: ignore[method-assign]  # the server that is down
    pipeline = Pipeline(store, workers, signals)
    pipeline.start()
    try:
        assert server.answered.wait(SOON)
        ended = threading.Event()
        for _ in range(12_000):
            if not book.unready():
                break
            ended.wait(0.01)
    finally:
        pipeline.stop()
        pipeline.join()
        store.close()
    assert server.said[:2] == [{"pipeline": "starting"}, {"pipeline": "no broker"}]
    assert book.unready() == {}
    assert "pipeline" in book._seen
    assert (
        value(metrics, "pantau_retries_total", part="pipeline", reason="ConnectionRefusedError")
        == 1
    )
