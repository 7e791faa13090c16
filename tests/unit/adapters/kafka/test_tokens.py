"""Tokens for OAUTHBEARER: requested, kept for most of their life, and never shown in an error."""

import asyncio
import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from kafka.errors import KafkaConnectionError, KafkaError, SaslAuthenticationFailedError
from kafka.net.sasl.oauth import SaslMechanismOAuth
from pydantic import SecretStr

from pantau.adapters.kafka.async_tokens import AsyncTokenProvider
from pantau.adapters.kafka.client import connection
from pantau.adapters.kafka.reachable import explain
from pantau.adapters.kafka.tokens import TokenFile, TokenProvider, TokenServer, token_source
from pantau.errors import RetryError, StopError
from pantau.runtimes.distributed.faust_config import build_app
from pantau.settings import KafkaSettings
from tests.http_server import serving

Answer = tuple[int, bytes]


@contextmanager
def authorization_server(*answers: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the address of a token endpoint that gives these answers, and what it was asked."""
    asked: list[dict[str, Any]] = []
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append({"path": self.path, "form": parse_qs(body.decode()), **self.headers})
            status, answer = left.pop(0)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as address:
        yield f"{address}/realms/news/token", asked


def token(name: str, life: object = 300) -> Answer:
    return 200, json.dumps({"access_token": name, "expires_in": life}).encode()


def settings(**given: Any) -> KafkaSettings:
    both = {"security": "sasl_plaintext", "sasl_mechanism": "OAUTHBEARER"}
    return KafkaSettings.model_validate({"servers": ("kafka:1",), **both, **given})


def of_server(url: str, **given: Any) -> KafkaSettings:
    client = {"username": "pan:tau", "password": SecretStr("raha sia")}
    return settings(token_url=url, **client, **given)


class TestServer:
    def test_the_request_is_one_for_client_credentials(self) -> None:
        with authorization_server(token("abc")) as (url, asked):
            assert token_source(of_server(url, token_scope="kafka read")).current() == "abc"
        (one,) = asked
        assert one["path"] == "/realms/news/token"
        assert one["form"] == {"grant_type": ["client_credentials"], "scope": ["kafka read"]}
        assert b64decode(one["Authorization"].removeprefix("Basic ")) == b"pan%3Atau:raha+sia"

    def test_a_token_is_used_for_most_of_its_life(self) -> None:
        with authorization_server(token("first", 100), token("second", 100)) as (url, asked):
            source = TokenServer(url, ("u", "p"), None, None)
            times = [0.0, 79.9, 80.0, 81.0]
            got = [source.current(iter([at, at]).__next__) for at in times]
        assert got == ["first", "first", "second", "second"]
        assert len(asked) == 2

    @pytest.mark.parametrize("life", [None, "soon", 0, -5, True, float("1e300")])
    def test_a_server_that_does_not_say_how_long_is_asked_again_in_time(self, life: object) -> None:
        with authorization_server(token("a", life), token("b", life)) as (url, _):
            source = TokenServer(url, ("u", "p"), None, None)
            assert source.current(lambda: 0.0) == "a"
            assert source.current(lambda: 86_400.0) == "b"

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"no json",
            b"[" * 5_000,
            b"[]",
            b"{}",
            b'{"access_token": 5}',
            b'{"access_token": ""}',
            b'{"access_token": "a b"}',
            b'{"access_token": "a\\u0001auth=Bearer x"}',
            b'{"access_token": "\xc3\xa4"}',
        ],
    )
    def test_an_answer_without_a_token_is_no_login(self, body: bytes) -> None:
        with authorization_server((200, body)) as (url, _):
            with pytest.raises(KafkaConnectionError, match=r"kafka\.token_url") as caught:
                token_source(of_server(url)).current()
            assert isinstance(explain(caught.value, of_server(url)), RetryError)

    @pytest.mark.parametrize("status", [400, 401, 403])
    def test_a_refused_client_stops_the_service(self, status: int) -> None:
        with authorization_server((status, b'{"error": "invalid_client"}')) as (url, _):
            with pytest.raises(SaslAuthenticationFailedError) as caught:
                token_source(of_server(url)).current()
            error = explain(caught.value, of_server(url))
        assert isinstance(error, StopError)
        assert "kafka.username" in str(error)
        assert "raha" not in str(error)

    @pytest.mark.parametrize("status", [302, 404, 429, 500, 503])
    def test_a_server_in_trouble_is_waited_for(self, status: int) -> None:
        with authorization_server((status, b""), token("now")) as (url, _):
            source = token_source(of_server(url))
            with pytest.raises(KafkaConnectionError, match=str(status)):
                source.current()
            assert source.current() == "now"

    def test_nobody_answers(self) -> None:
        with authorization_server() as (url, _):
            pass
        with pytest.raises(KafkaConnectionError, match="does not answer") as caught:
            token_source(of_server(url)).current()
        told = explain(caught.value, of_server(url))
        assert isinstance(told, RetryError)
        assert "kafka.token_url" in str(told)


class TestFile:
    def test_the_file_is_read_at_each_login(self, tmp_path: Path) -> None:
        file = tmp_path / "token"
        source = TokenFile(file)
        for held in ("one", "two"):
            file.write_text(f"{held}\n", encoding="utf-8")
            assert source.current() == held

    @pytest.mark.parametrize("held", [b"", b"  \n", b"a b", b"a\nb", b"\xff\xfe", b"x" * 300_000])
    def test_what_is_no_token_is_waited_for(self, tmp_path: Path, held: bytes) -> None:
        (tmp_path / "token").write_bytes(held)
        with pytest.raises(KafkaConnectionError, match=r"kafka\.token_file"):
            TokenFile(tmp_path / "token").current()

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(KafkaConnectionError, match="No such file"):
            TokenFile(tmp_path / "token").current()


class TestClients:
    def test_kafka_python_sends_the_token_in_its_login(self, tmp_path: Path) -> None:
        (tmp_path / "token").write_text("abc", encoding="utf-8")
        options = connection(settings(token_file=tmp_path / "token"))
        assert options["sasl_mechanism"] == "OAUTHBEARER"
        assert isinstance(options["sasl_oauth_token_provider"], TokenProvider)
        login = SaslMechanismOAuth(host="kafka", **options)
        assert login.auth_bytes() == b"n,,\x01auth=Bearer abc\x01\x01"

    def test_faust_asks_the_same_source(self, tmp_path: Path) -> None:
        (tmp_path / "token").write_text("abc", encoding="utf-8")
        app = build_app("enricher", settings(token_file=tmp_path / "token"), 1)
        credentials: Any = app.conf.broker_credentials
        assert isinstance(credentials.oauth_cb, AsyncTokenProvider)
        assert asyncio.run(credentials.oauth_cb.token()) == "abc"
        assert credentials.protocol.value == "SASL_PLAINTEXT"

    def test_a_source_in_trouble_is_a_failed_connection_for_aiokafka(self, tmp_path: Path) -> None:
        provider = AsyncTokenProvider(TokenFile(tmp_path / "none"))
        with pytest.raises(ConnectionError, match=r"kafka\.token_file") as caught:
            asyncio.run(provider.token())
        assert isinstance(caught.value.__cause__, KafkaError)
