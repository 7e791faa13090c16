import asyncio
import http.client
import json
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from pantau.errors import RetryError, StopError
from pantau.observe import health_server
from pantau.observe.health import SILENCE_SECONDS, HealthRecorder
from pantau.observe.health_server import CONNECTIONS
from pantau.observe.observation import Observation
from pantau.observe.signals import NO_SIGNALS
from pantau.settings import ObserveSettings
from tests.support import SOON


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class TestRecorder:
    def test_a_loop_that_goes_on_lives_and_one_that_is_silent_hangs(self) -> None:
        seconds = Seconds()
        book = HealthRecorder(seconds)
        assert book.hanging() == {}
        book.live("poller")
        book.live("pipeline")
        seconds.now += SILENCE_SECONDS
        book.live("poller")
        assert book.hanging() == {}
        seconds.now += 1
        assert book.hanging() == {"pipeline": SILENCE_SECONDS + 1}
        book.live("pipeline")
        assert book.hanging() == {}

    def test_not_ready_until_told_and_as_long_as_any_part_has_a_reason(self) -> None:
        book = HealthRecorder(Seconds())
        assert book.unready() == {"service": "starting"}
        book.ready()
        book.ready("no broker", part="log")
        assert book.unready() == {"log": "no broker"}
        book.ready(part="log")
        assert book.unready() == {}


def get(port: int, path: str, method: str = "GET") -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, response.read(), response.headers
    finally:
        connection.close()


def page(port: int, path: str) -> tuple[int, Any]:
    status, body, _ = get(port, path)
    return status, json.loads(body)


@pytest.fixture
def observation() -> Iterator[Observation]:
    observed = Observation("enricher", ObserveSettings(port=0))
    observed.start()
    yield observed
    observed.stop()


def port_of(observation: Observation) -> int:
    assert observation.port is not None
    return observation.port


class TestServer:
    def test_readyz_says_503_with_the_reasons_until_all_parts_are_ready(
        self, observation: Observation
    ) -> None:
        port = port_of(observation)
        assert page(port, "/readyz") == (503, {"ready": False, "reasons": {"service": "starting"}})
        observation.ready()
        assert page(port, "/readyz") == (200, {"ready": True, "reasons": {}})
        observation.signals.waits(
            "pipeline", RetryError("Elasticsearch at http://127.0.0.1:9200 is down")
        )
        status, answer = page(port, "/readyz")
        assert (status, answer["reasons"]) == (
            503,
            {"pipeline": "Elasticsearch at http://127.0.0.1:9200 is down"},
        )
        observation.signals.works("pipeline")
        assert page(port, "/readyz")[0] == 200

    def test_livez_says_503_when_a_loop_is_silent(
        self, observation: Observation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = port_of(observation)
        observation.live("pipeline")
        assert page(port, "/livez") == (200, {"live": True, "silent_seconds": {}})
        monkeypatch.setattr(observation._health, "_silence", -1.0)
        status, answer = page(port, "/livez")
        assert (status, answer["live"], list(answer["silent_seconds"])) == (
            503,
            False,
            ["pipeline"],
        )

    def test_metrics_are_in_the_text_format(self, observation: Observation) -> None:
        status, body, headers = get(port_of(observation), "/metrics?x=1")
        assert (status, headers["Content-Type"]) == (
            200,
            "text/plain; version=0.0.4; charset=utf-8",
        )
        assert b'pantau_build_info{python="' in body
        assert headers["Server"] == "pantau"
        assert headers["Cache-Control"] == "no-store"

    def test_other_paths_and_methods_are_refused(self, observation: Observation) -> None:
        port = port_of(observation)
        status, answer = page(port, "/etc/passwd")
        assert (status, answer) == (404, {"error": "there are /livez, /metrics, /readyz"})
        assert get(port, "/metrics", "POST")[0] == 501
        status, body, headers = get(port, "/livez", "HEAD")
        assert (status, body) == (200, b"")
        assert int(headers["Content-Length"]) > 0

    def test_clients_that_say_nothing_do_not_keep_others_out(
        self, observation: Observation
    ) -> None:
        port = port_of(observation)
        silent = [
            socket.create_connection(("127.0.0.1", port), timeout=SOON)
            for _ in range(CONNECTIONS - 1)
        ]
        try:
            assert page(port, "/livez")[0] == 200
        finally:
            for one in silent:
                one.close()

    def test_in_a_full_house_the_longest_silent_one_makes_room(
        self, observation: Observation
    ) -> None:
        port = port_of(observation)
        silent: list[socket.socket] = []
        try:
            for _ in range(5 * CONNECTIONS):
                silent.append(socket.create_connection(("127.0.0.1", port), timeout=SOON))
                assert page(port, "/livez")[0] == 200
            assert silent[0].recv(1) == b""
        finally:
            for one in silent:
                one.close()

    @pytest.mark.parametrize(
        ("head", "status"),
        [
            (b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200),
            (b"GET /livez HTTP/1.1\r\nHost: localhost:9464\r\n\r\n", 200),
            (b"GET /livez HTTP/1.0\r\n\r\n", 200),
            (b"GET /livez HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
            (b"GET /metrics HTTP/1.1\r\nHost: evil.example:9464\r\n\r\n", 421),
            (b"GET /livez HTTP/1.0\r\nHost: evil.example\r\n\r\n", 421),
            (b"GET /livez HTTP/1.1\r\n\r\n", 421),
            (b"GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 421),
        ],
    )
    def test_only_who_asks_by_a_name_of_ours_is_answered(
        self, observation: Observation, head: bytes, status: int
    ) -> None:
        with socket.create_connection(("127.0.0.1", port_of(observation)), timeout=SOON) as client:
            client.sendall(head)
            answer = client.makefile("rb").read()
        assert answer.startswith(f"HTTP/1.0 {status} ".encode())
        assert (b"observe.allow_hosts" in answer) == (status == 421)

    def test_a_client_that_goes_on_sending_a_little_gives_its_place_back(
        self, observation: Observation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(health_server._HealthHttpServer, "request_seconds", 0.2)
        pause = threading.Event()
        with socket.create_connection(("127.0.0.1", port_of(observation)), timeout=SOON) as client:
            client.settimeout(0.01)
            for _ in range(6_000):
                try:
                    client.sendall(b"G")
                    if client.recv(1_024) == b"":
                        break
                except TimeoutError:  # nothing to read: it still waits for the end of the line
                    pause.wait(0.01)
                except ConnectionError:
                    break
            else:
                pytest.fail("the connection is still there")

    def test_a_port_that_is_taken_is_named_with_the_fix(self, observation: Observation) -> None:
        other = Observation("poller", ObserveSettings(port=port_of(observation)))
        with pytest.raises(StopError, match=r"observe\.port.*PANTAU_OBSERVE__PORT"):
            other.start()
        other.stop()


def test_without_a_port_nothing_listens() -> None:
    observation = Observation("run", ObserveSettings())
    before = set(threading.enumerate())
    observation.start()
    assert observation.port is None
    assert set(threading.enumerate()) <= before  # threads of other tests may end meanwhile
    assert not observation.signals.tracer.on
    observation.stop()


def test_the_event_loop_tells_that_it_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    observation = Observation("poller", ObserveSettings(port=0))
    monkeypatch.setattr("pantau.observe.observation.HEARTBEAT_SECONDS", 0.001)

    async def run() -> None:
        beating = asyncio.create_task(observation.heartbeat())
        async with asyncio.timeout(SOON):
            while "event loop" not in observation._health._seen:  # noqa: ASYNC110 (the book has no asyncio event)
                await asyncio.sleep(0.001)
        first = observation._health._seen["event loop"]
        async with asyncio.timeout(SOON):
            while observation._health._seen["event loop"] == first:  # noqa: ASYNC110 (as above)
                await asyncio.sleep(0.001)
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)

    asyncio.run(run())


def test_signals_that_nobody_hears_do_nothing() -> None:
    NO_SIGNALS.waits("pipeline", RetryError("x"))
    NO_SIGNALS.works("pipeline")
    NO_SIGNALS.metrics.polled("fetched", 1.0)
    assert not NO_SIGNALS.tracer.on


@pytest.mark.parametrize(
    ("settings", "module", "setting"),
    [
        (ObserveSettings(port=0), "prometheus_client", "observe.port"),
        (
            ObserveSettings(otlp_endpoint="http://127.0.0.1:4318"),
            "opentelemetry.sdk.trace",
            "observe.otlp_endpoint",
        ),
    ],
)
def test_packages_that_are_missing_are_named(
    settings: ObserveSettings, module: str, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "pantau.observe.prometheus", raising=False)
    monkeypatch.delitem(sys.modules, "pantau.observe.tracing", raising=False)
    monkeypatch.setitem(sys.modules, module, None)  # as where it is not installed
    with pytest.raises(StopError, match=rf"{setting} needs .*pantau\[distributed\]"):
        Observation("run", settings)
