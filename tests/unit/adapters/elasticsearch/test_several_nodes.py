"""Several addresses of one cluster: requests go to all, and one that is down is passed over."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import socket

import pytest
import trustme

from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.errors import RetryError, StopError
from pantau.settings import ElasticSettings
from tests.http_server import serving

HEALTH = json.dumps({"status": "green"}).encode()


@contextmanager
def node() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a node, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("X-elastic-product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(HEALTH)))
            self.end_headers()
            self.wfile.write(HEALTH)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as address:
        yield address, asked


@pytest.fixture
def dead() -> Iterator[str]:
    """Yield an address at which nobody listens; its port is held, so that nobody else can."""
    with closing(socket()) as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def ask(client: ElasticClient) -> None:
    with client.use() as server:
        server.cluster.health()


def test_requests_go_to_every_node() -> None:
    with node() as (first, at_first), node() as (second, at_second):
        settings = ElasticSettings(url=first, more_urls=(second, first))
        with closing(ElasticClient(settings)) as client:
            for _ in range(6):
                ask(client)
            assert client.address == f"{first}, {second}, {first}"
    assert len(at_first) == len(at_second) == 3


@pytest.mark.parametrize("down_first", [True, False])
def test_a_node_that_is_down_fails_no_request(dead: str, *, down_first: bool) -> None:
    with node() as (alive, asked):
        urls = (dead, alive) if down_first else (alive, dead)
        settings = ElasticSettings(url=urls[0], more_urls=urls[1:])
        with closing(ElasticClient(settings)) as client:
            for _ in range(6):
                ask(client)
    assert len(asked) == 6


def test_only_when_all_are_down_a_request_fails(dead: str) -> None:
    settings = ElasticSettings(url=dead, more_urls=("http://127.0.0.1:1",))
    with closing(ElasticClient(settings)) as client, pytest.raises(RetryError, match="refused"):
        ask(client)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("elasticsearch:9200", "more_urls"),
        ("http://b.example", "more_urls"),
        ("https://b.example:9200", "mix http and https"),
    ],
)
def test_addresses_that_cannot_work_stop_the_start(more: str, named: str) -> None:
    with pytest.raises(StopError, match=named):
        ElasticClient(ElasticSettings(url="http://a.example:9200", more_urls=(more,)))


def test_an_authority_of_ones_own_holds_for_all_nodes(tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    urls = ("https://a.example:9200", "https://b.example:9200")
    settings = ElasticSettings(url=urls[0], more_urls=urls[1:], ca_file=tmp_path / "ca.pem")
    with closing(ElasticClient(settings)) as client, client.use() as server:
        assert {one.base_url for one in server.transport.node_pool.all()} == set(urls)
