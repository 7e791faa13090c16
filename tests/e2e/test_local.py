"""`pantau local`: real servers, started, repaired and stopped as a person does.

And the tests' own pair.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic

from pantau.adapters.kafka.client import connection, opened
from pantau.adapters.kafka.group.offsets import committed_offsets
from pantau.local import Servers, ServerStatus
from pantau.settings import KafkaSettings
from tests.e2e.program import LIMIT_SECONDS, command
from tests.servers import Pair

PORTS = ("kafka", "kafka_controller", "elasticsearch", "elasticsearch_transport")
LEASHED = """
import os, signal, sys
from pathlib import Path
from tests.servers import running_pair
folders = [Path(one) for one in sys.argv[1:]]
with running_pair(lambda: folders.pop(0)) as pair:
    print(pair.folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
"""Starts a pair in the first of the folders where it can, and is killed."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield one shared folder: a start takes seconds.

    Each test starts what it needs; `up` is idempotent.
    """
    folder = tmp_path_factory.mktemp("local")
    yield folder
    Servers(folder).kill()


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def up(data: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(command(data, "local", "up", "--json").stdout)
    assert found.keys() >= {"kafka", "elasticsearch"}
    return found


def status(data: Path) -> tuple[int, dict[str, str | None]]:
    done = command(data, "local", "status", "--json", check=False)
    return done.returncode, json.loads(done.stdout)


def pids(data: Path) -> tuple[int, int]:
    """Return the numbers of Kafka's and Elasticsearch's process."""
    kafka, elasticsearch = (
        int((data / "local" / name / "process.lock").read_text())
        for name in ("kafka", "elasticsearch")
    )
    return kafka, elasticsearch


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        with contextlib.suppress(OSError):  # one that nobody waited for has ended, too
            return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except ProcessLookupError:
        return False
    return True


def ask(url: str, method: str = "GET", body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 (loopback)
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:  # noqa: S310 (loopback)
        return json.load(answer)


def keep_something(where: dict[str, str], name: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=where["kafka"])
    admin.create_topics([NewTopic(name, 1, 1)])
    admin.close()
    producer = KafkaProducer(bootstrap_servers=where["kafka"], acks="all")
    producer.send(name, b"banjir di Demak").get(LIMIT_SECONDS)
    producer.close()
    ask(f"{where['elasticsearch']}/{name}/_doc/1", "PUT", {"title": "banjir di Demak"})


def assert_kept(where: dict[str, str], name: str) -> None:
    consumer = KafkaConsumer(bootstrap_servers=where["kafka"], auto_offset_reset="earliest")
    consumer.assign([TopicPartition(name, 0)])
    found: list[bytes] = []

    def read() -> list[bytes]:
        found.extend(record.value for part in consumer.poll(500).values() for record in part)
        return found

    wait_for(read)
    consumer.close()
    assert found == [b"banjir di Demak"]
    assert ask(f"{where['elasticsearch']}/{name}/_doc/1")["_source"] == {"title": "banjir di Demak"}


def test_a_life_of_local_servers(data: Path) -> None:
    assert status(data) == (3, {"kafka": None, "elasticsearch": None})
    command(data, "local", "down")

    with ThreadPoolExecutor(2) as both:  # a race of two is safe
        where, same = both.map(up, [data, data])
    assert where == same
    assert where["kafka"].startswith("127.0.0.1:")
    assert where["elasticsearch"].startswith("http://127.0.0.1:")
    assert status(data) == (0, where)
    first = pids(data)
    assert up(data) == where  # idempotent
    assert pids(data) == first
    keep_something(where, "life")

    command(data, "local", "down")
    assert status(data) == (3, {"kafka": None, "elasticsearch": None})
    assert not any(map(is_alive, first))
    command(data, "local", "down")

    done = command(data, "local", "up")
    assert "formatting" not in done.stderr
    assert "starting Kafka" in done.stderr
    assert status(data) == (0, where)  # clients find them again
    assert_kept(where, "life")


def test_one_that_died_is_started_again_alone(data: Path) -> None:
    where = up(data)
    keep_something(where, "death")
    kafka, elasticsearch = pids(data)

    os.kill(elasticsearch, signal.SIGKILL)
    wait_for(lambda: not is_alive(elasticsearch))
    assert status(data) == (3, {"kafka": where["kafka"], "elasticsearch": None})
    assert up(data) == where
    assert pids(data)[0] == kafka
    assert_kept(where, "death")

    os.kill(kafka, signal.SIGKILL)
    wait_for(lambda: not is_alive(kafka))
    assert status(data) == (3, {"kafka": None, "elasticsearch": where["elasticsearch"]})
    assert up(data) == where
    assert_kept(where, "death")


def test_one_server_at_a_time(data: Path) -> None:
    servers = Servers(data)
    where = servers.up()
    # Nobody has asked for a group yet: Kafka creates the topic of the offsets at this question.
    with opened(KafkaAdminClient, connection(KafkaSettings(servers=(str(where.kafka),)))) as admin:
        assert committed_offsets(admin, ["nobody"]).get("nobody", {}) == {}
    before = pids(data)
    servers.stop_kafka()
    assert servers.status() == ServerStatus(None, where.elasticsearch)
    servers.start_kafka()
    servers.kill_elasticsearch()
    assert servers.status() == ServerStatus(where.kafka, None)
    servers.start_elasticsearch()
    assert servers.status() == where
    assert not set(before) & set(pids(data))


@contextmanager
def used_port(data: Path) -> Iterator[int]:
    """Yield a port that another program listens at, and that the servers of a folder have."""
    (data / "local").mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
        (data / "local" / "ports.json").write_text(json.dumps(dict.fromkeys(PORTS, port)))
        yield port


def test_a_port_that_another_program_took(tmp_path: Path) -> None:
    with used_port(tmp_path) as port:
        done = command(tmp_path, "local", "up", check=False)
    assert done.returncode == 1
    assert f"port {port} of 127.0.0.1 is taken by another program" in done.stderr
    assert str(tmp_path / "local" / "ports.json") in done.stderr


def test_the_pair_of_a_test_run_that_is_killed_ends_and_gets_other_ports_where_one_is_taken(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with used_port(first) as port:
        killed = subprocess.run(
            [sys.executable, "-c", LEASHED, str(first), str(second)],
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_SECONDS,
            cwd=Path(__file__).parents[2],
        )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert f"port {port} of 127.0.0.1 is taken" in killed.stderr
    assert "the servers did not start (try 1" in killed.stderr
    assert killed.stdout.strip() == str(second)
    wait_for(lambda: not second.exists())


def test_the_tests_pair_answers(server_pair: Pair, kafka_address: str, elastic_url: str) -> None:
    assert Servers(server_pair.folder).status() == ServerStatus(kafka_address, elastic_url)
    assert ask(f"{elastic_url}/_cluster/health")["number_of_nodes"] == 1
