"""A port that accepts connections is not yet a server that answers, nor always the right one."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pantau.errors import UsageError
from pantau.local import elasticsearch, java, kafka
from pantau.local.elasticsearch import Elasticsearch, node_name
from pantau.local.kafka import Kafka
from pantau.local.ports import HOST
from tests.ports import refusing_port
from tests.support import SOON

Make = Callable[[int], Kafka | Elasticsearch]
MAKERS = [lambda port: Kafka(Path(), port, 1), lambda port: Elasticsearch(Path(), port, 1)]


def patience(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    for module in (kafka, elasticsearch):
        monkeypatch.setattr(module, "ANSWER_SECONDS", seconds)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extend the time for a server that answers at all to what a busy machine takes."""
    patience(monkeypatch, SOON)


@pytest.mark.parametrize("make", MAKERS)
def test_nobody_listens(make: Make) -> None:
    with refusing_port() as port:
        assert not make(port).answers()


@pytest.mark.parametrize("make", MAKERS)
def test_listens_and_says_nothing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    patience(monkeypatch, 0.1)
    with socket.create_server((HOST, 0)) as server:  # the system accepts the connection
        assert not make(server.getsockname()[1]).answers()


def test_the_extra_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "NEEDED", ("pantau", "no_such_wheel"))
    with pytest.raises(UsageError, match=r"need no_such_wheel; install pantau\[local\]"):
        java.require_extra()


@contextmanager
def saying(*answers: bytes) -> Iterator[int]:
    """Yield a port that gives these answers, one a connection, and closes it."""
    with socket.create_server((HOST, 0)) as server:

        def serve() -> None:
            for one in answers:
                connection, _ = server.accept()
                with connection:
                    connection.recv(1024)
                    connection.sendall(one)

        thread = threading.Thread(target=serve)
        thread.start()
        yield int(server.getsockname()[1])
        thread.join()


def string(text: str | None) -> bytes:
    return struct.pack(">h", -1) if text is None else struct.pack(">h", len(text)) + text.encode()


def metadata(cluster: str | None, brokers: int = 1) -> bytes:
    """Return a response to a Metadata request, version 2, about no topic."""
    one = struct.pack(">i", 1) + string(HOST) + struct.pack(">i", 9092) + string(None)
    body = struct.pack(">ii", 1, brokers) + one * brokers + string(cluster)
    body += struct.pack(">ii", 1, 0)
    return struct.pack(">i", len(body)) + body


@pytest.fixture
def formatted(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "meta.properties").write_text("#\nversion=1\ncluster.id=ours=\n")
    return tmp_path


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (metadata("ours="), True),
        (metadata("ours=", brokers=3), True),
        (metadata("ours=", brokers=0), False),
        (metadata("of another folder"), False),
        (metadata(None), False),
        (metadata("ours=")[:-15], False),
        (struct.pack(">i", 12) + b"\xff" * 12, False),
        (struct.pack(">i", -5), False),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", False),
        (b"", False),
    ],
)
def test_a_kafka_that_took_the_port_is_not_ours(
    answer: bytes, *, expected: bool, formatted: Path
) -> None:
    with saying(answer) as port:
        assert Kafka(formatted, port, 1).answers() is expected


def test_a_folder_that_is_not_formatted_has_no_kafka(tmp_path: Path) -> None:
    with saying(metadata("")) as port:
        assert not Kafka(tmp_path, port, 1).answers()


def response(found: object) -> bytes:
    body = json.dumps(found).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


@pytest.mark.parametrize("ours", [True, False])
def test_an_elasticsearch_that_took_the_port_is_not_ours(tmp_path: Path, *, ours: bool) -> None:
    name = node_name(tmp_path if ours else tmp_path / "other")
    nodes = {"nodes": {"x": {"name": name}}}
    with saying(response({"status": "green"}), response(nodes)) as port:
        assert Elasticsearch(tmp_path, port, 1).answers() is ours


def test_a_kafka_that_stands_still_for_some_seconds_does_not_count_as_dead() -> None:
    lines = kafka.properties(Path("unused"), 20_001, 20_002).splitlines()
    set_to = dict(line.split("=", 1) for line in lines)
    session, heartbeat = (
        int(set_to[f"broker.{name}.ms"]) for name in ("session.timeout", "heartbeat.interval")
    )
    assert session - heartbeat > 8_000
