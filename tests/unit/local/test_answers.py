"""A port that accepts connections is not yet a server that answers."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from pantau.errors import UsageError
from pantau.local import elasticsearch, java, kafka
from pantau.local.elasticsearch import Elasticsearch
from pantau.local.kafka import Kafka
from pantau.local.ports import HOST
from tests.ports import refusing_port

Make = Callable[[int], Kafka | Elasticsearch]
MAKERS = [lambda port: Kafka(Path(), port, 1), lambda port: Elasticsearch(Path(), port, 1)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (kafka, elasticsearch):
        monkeypatch.setattr(module, "ANSWER_SECONDS", 0.1)


@pytest.mark.parametrize("make", MAKERS)
def test_nobody_listens(make: Make) -> None:
    with refusing_port() as port:
        assert not make(port).answers()


@pytest.mark.parametrize("make", MAKERS)
def test_listens_and_says_nothing(make: Make) -> None:
    with socket.create_server((HOST, 0)) as server:  # the system accepts the connection
        assert not make(server.getsockname()[1]).answers()


def test_the_extra_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "NEEDED", ("pantau", "no_such_wheel"))
    with pytest.raises(UsageError, match=r"need no_such_wheel; install pantau\[local\]"):
        java.require_extra()
