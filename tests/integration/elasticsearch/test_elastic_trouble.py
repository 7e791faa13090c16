"""A cluster that is down, full, locked or not a cluster at all.

Nothing is dropped, and the errors say what happens next.
"""

import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, SerializationError, TlsError
from pydantic import SecretStr

from pantau.adapters.elasticsearch.client import ElasticClient, converted, reason_of
from pantau.adapters.elasticsearch.index import ElasticIndex
from pantau.errors import PantauError, RetryError, StopError, UsageError
from pantau.local import Servers
from pantau.ports import SearchRequest
from pantau.query import parse
from pantau.settings import ElasticSettings
from pantau_schemas.ids import digest_id
from tests.elastic_gate import Answer, Gate, Request, error, gate_to, operations
from tests.integration.elasticsearch.elastic_parts import Cluster, cluster_at
from tests.servers import Pair
from tests.support import SOON, FixedClock, enriched

SHORT = 0.3  # seconds until a put gives up
T = TypeVar("T")


def soon(ask: Callable[[], T]) -> T:
    """Return the answer once there is one."""
    until = time.monotonic() + SOON
    while True:
        try:
            return ask()
        except RetryError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@pytest.fixture
def cluster(elastic_url: str) -> Iterator[Cluster]:
    with cluster_at(elastic_url) as found:
        yield found


@pytest.fixture
def gate(elastic_url: str) -> Iterator[Gate]:
    with gate_to(elastic_url) as found:
        yield found


@pytest.fixture
def index(cluster: Cluster, gate: Gate) -> Iterator[ElasticIndex]:
    with cluster.index(url=gate.url) as found:
        yield found


def put(index: ElasticIndex, *names: str) -> object:
    return index.put(enriched(name, title=name) for name in names)


def found(index: ElasticIndex) -> set[str]:
    index.refresh()
    return {hit.article.title for hit in index.search(SearchRequest(parse("*:*"))).hits}


class TestNoRoom:
    def test_only_what_had_no_room_is_sent_again(self, gate: Gate, index: ElasticIndex) -> None:
        answers = iter([True, True, False])
        gate.full_for(lambda operation: digest_id("two").encode() in operation and next(answers))
        assert put(index, "one", "two", "three") == ()
        assert gate.bulks() == [3, 1, 1]
        assert found(index) == {"one", "two", "three"}

    def test_after_its_time_it_is_left_to_the_caller(
        self, gate: Gate, index: ElasticIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gate.full_for(lambda operation: digest_id("two").encode() in operation)
        monkeypatch.setattr(index._client, "timeout_seconds", SHORT)
        with pytest.raises(
            RetryError, match="cannot take 1 articles now: es_rejected_execution_exception"
        ):
            put(index, "one", "two")
        assert found(index) == {"one"}
        gate.trouble = lambda _: None
        put(index, "one", "two")
        assert found(index) == {"one", "two"}

    @pytest.mark.parametrize("status", [429, 502, 503, 504, 500])
    def test_a_request_that_had_no_room(self, gate: Gate, index: ElasticIndex, status: int) -> None:
        gate.trouble = lambda one: error(status, "x") if one.path.startswith("/_bulk") else None
        with pytest.raises(RetryError, match=str(status)):
            put(index, "one")

    def test_a_disk_that_is_nearly_full(
        self, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with cluster.index() as index:
            monkeypatch.setattr(index._client, "timeout_seconds", SHORT)
            put(index, "one")
            (month,) = cluster.months()
            locked = {"index.blocks.read_only_allow_delete": True}
            cluster.server.indices.put_settings(index=cluster.month(month), settings=locked)
            with pytest.raises(RetryError, match="cluster_block_exception"):
                put(index, "two")
            cluster.server.indices.put_settings(
                index=cluster.month(month), settings=dict.fromkeys(locked)
            )
            put(index, "two")
            assert found(index) == {"one", "two"}

    def test_a_proxy_that_takes_short_requests_only(self, gate: Gate, index: ElasticIndex) -> None:
        too_large = Answer(
            413, b"<h1>413 Request Entity Too Large</h1>", {"content-type": "text/html"}
        )
        gate.trouble = lambda one: (
            too_large if "_bulk" in one.path and len(one.body) > 1_500 else None
        )
        given = [enriched(f"n{number}", title=f"n{number}", text="x" * 300) for number in range(6)]
        given.append(enriched("long", text="x" * 2_000))
        (refused,) = index.put(given)
        assert refused.article_id == digest_id("long")
        assert "413 Request Entity Too Large" in refused.reason
        assert len(found(index)) == 6

    def test_requests_are_bounded(
        self, gate: Gate, index: ElasticIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pantau.adapters.elasticsearch.write.MAX_BYTES", 3_000)
        index.put(enriched(f"n{number}", text="x" * 700) for number in range(10))
        assert sum(gate.bulks()) == 10
        assert max(len(one.body) for one in gate.requests if one.path.startswith("/_bulk")) < 5_000
        assert len(gate.bulks()) in {4, 5}

    def test_a_cluster_that_makes_no_index_by_itself(self, cluster: Cluster) -> None:
        name = "action.auto_create_index"
        cluster.server.cluster.put_settings(persistent={name: "false"})
        try:
            with cluster.index() as index:
                assert put(index, "one") == ()
                assert found(index) == {"one"}
        finally:
            cluster.server.cluster.put_settings(persistent={name: None})


class TestDown:
    def test_every_call_says_so_and_works_again_later(
        self, server_pair: Pair, cluster: Cluster
    ) -> None:
        servers = Servers(server_pair.folder)
        with cluster.index() as index:
            put(index, "one")
            servers.kill_elasticsearch()
            try:
                calls: tuple[Callable[[], object], ...] = (
                    lambda: put(index, "two"),
                    lambda: index.get(digest_id("one")),
                    lambda: index.search(SearchRequest(parse("x"))),
                    index.refresh,
                    index.count,
                )
                for call in calls:
                    with pytest.raises(RetryError, match="cannot be reached: connection refused"):
                        call()
            finally:
                servers.start_elasticsearch()
            # The server answers before it has opened the index.
            kept = soon(lambda: index.get(digest_id("one")))
            assert kept is not None, "what was put is kept through a power cut"
            put(index, "two")
            assert found(index) == {"one", "two"}

    def test_nobody_answers_in_time(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            settings = ElasticSettings(url=f"http://127.0.0.1:{port}", timeout_seconds=SHORT)
            index = ElasticIndex(settings, FixedClock())
            with pytest.raises(RetryError, match="did not answer in time"):
                index.count()
            index.close()

    def test_a_shard_that_is_missing_is_no_smaller_total(
        self, gate: Gate, index: ElasticIndex
    ) -> None:
        put(index, "one")

        def partial(request: Request, answer: Answer) -> Answer:
            del request
            body = json.loads(answer.body)
            if "_shards" not in body:
                return answer
            body["_shards"]["failed"] = 1
            return Answer(answer.status, json.dumps(body).encode(), answer.headers)

        gate.after = partial
        for call in (index.refresh, index.count):
            with pytest.raises(RetryError, match="every shard"):
                call()


class TestWrongServer:
    def test_another_program(self, gate: Gate, index: ElasticIndex) -> None:
        gate.trouble = lambda _: Answer(200, b"{}", {})
        with pytest.raises(StopError, match="is not an Elasticsearch"):
            put(index, "one")

    def test_a_page_in_place_of_an_answer(self, gate: Gate, index: ElasticIndex) -> None:
        gate.trouble = lambda _: Answer(200, b"<html>", {"content-type": "application/json"})
        with pytest.raises(RetryError, match="cannot be reached"):
            put(index, "one")

    @pytest.mark.parametrize("status", [401, 403])
    def test_it_does_not_let_us_in(self, gate: Gate, cluster: Cluster, status: int) -> None:
        gate.trouble = lambda _: error(
            status, "security_exception", "unable to authenticate user [u]"
        )
        secrets = {"username": "u", "password": SecretStr("rahasia")}
        with cluster.index(url=gate.url, **secrets) as index, pytest.raises(StopError) as caught:
            put(index, "one")
        assert "unable to authenticate" in str(caught.value)
        assert "elasticsearch.username" in str(caught.value)
        assert "rahasia" not in str(caught.value)
        assert gate.requests[0].headers["authorization"] == "Basic dTpyYWhhc2lh"

    def test_an_api_key_comes_before_a_user(self, gate: Gate, cluster: Cluster) -> None:
        with cluster.index(url=gate.url, username="u", api_key=SecretStr("kunci")) as index:
            assert index.get("x") is None
        assert gate.requests[0].headers["authorization"] == "ApiKey kunci"

    def test_what_the_server_warns_of_is_no_error(self, gate: Gate, index: ElasticIndex) -> None:
        def warn(request: Request, answer: Answer) -> Answer:
            del request
            warning = '299 Elasticsearch-9 "security features are not enabled"'
            return Answer(answer.status, answer.body, {**answer.headers, "warning": warning})

        gate.after = warn
        put(index, "one")
        assert found(index) == {"one"}


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"url": "elasticsearch:9200"}, "elasticsearch.url: expected"),
        ({"url": "http://elasticsearch"}, "elasticsearch.url: expected"),
        ({"url": "http://u:rahasia@e:x/"}, "elasticsearch.url: expected"),
        (
            {"url": "https://127.0.0.1:1", "ca_file": Path("/nowhere/ca.pem")},
            "elasticsearch.ca_file",
        ),
    ],
)
def test_settings_that_cannot_be_right(settings: dict[str, object], reason: str) -> None:
    with pytest.raises(StopError, match=reason) as caught:
        ElasticClient(ElasticSettings.model_validate(settings))
    assert "rahasia" not in str(caught.value)


def test_a_name_and_password_in_the_address_are_used_and_never_told(gate: Gate) -> None:
    client = ElasticClient(ElasticSettings(url=gate.url.replace("//", "//u:rahasia@")))
    gate.trouble = lambda _: error(503, "x")
    with pytest.raises(RetryError) as caught, client.use() as server:
        server.count(index="x")
    assert "rahasia" not in str(caught.value)
    assert gate.requests[0].headers["authorization"] == "Basic dTpyYWhhc2lh"
    assert ElasticClient(ElasticSettings(url="http://[::1]:9200")).address == "http://[::1]:9200"
    client.close()


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (NoConnection("x"), RetryError),
        (ConnectionTimeout("x"), RetryError),
        (TlsError("self-signed certificate"), RetryError),
        (SerializationError("x"), RetryError),
    ],
)
def test_a_failing_connection_is_tried_again(raised: Exception, kind: type[PantauError]) -> None:
    assert type(converted(raised, "http://e:9200")) is kind


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "illegal_argument_exception", StopError),
        (400, "too_many_nested_clauses", UsageError),
        (400, "validation_exception", RetryError),
        (400, "index_closed_exception", RetryError),
        (403, "cluster_block_exception", RetryError),
        (403, "security_exception", StopError),
        (404, "index_not_found_exception", RetryError),
        (408, "x", RetryError),
    ],
)
def test_an_answer_says_what_comes_next(
    gate: Gate, status: int, name: str, kind: type[PantauError]
) -> None:
    client = ElasticClient(ElasticSettings(url=gate.url))
    gate.trouble = lambda _: error(status, name)
    refused = UsageError if kind is UsageError else StopError
    with pytest.raises(PantauError) as caught, client.use(refused) as server:
        server.count(index="x")
    assert type(caught.value) is kind
    assert name in str(caught.value)
    client.close()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"error": "no handler"}, ("", "no handler")),
        ("<html>", ("", "<html>")),
        (None, ("", "None")),
        (
            {"error": {"type": "a", "reason": "b", "caused_by": {"type": "c", "reason": "d"}}},
            ("a", "a: b: d"),
        ),
        ({"error": {"type": "a", "reason": "x" * 900}}, ("a", f"a: {'x' * 497}...")),
    ],
)
def test_the_reason_of_an_error(body: object, expected: tuple[str, str]) -> None:
    assert reason_of(body) == expected


def test_operations_are_cut_as_they_were_sent(gate: Gate, index: ElasticIndex) -> None:
    put(index, "one", "two")
    (sent,) = (operations(one) for one in gate.requests if one.path.startswith("/_bulk"))
    head, document = sent[0].splitlines()
    assert json.loads(head)["index"]["version_type"] == "external_gte"
    assert json.loads(document)["title"] == "one"
