"""Options of one feed's requests: login, headers, proxy, certificates, size."""

import asyncio
import base64
import contextlib
import hashlib
import re
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pantau.adapters.http.credentials import parse_challenges
from pantau.adapters.http.tls import tls_context
from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.feed_access import FeedAccess
from tests.support import START
from tests.unit.adapters.http.loopback import Answer, Call, loopback, redirect, reply
from tests.unit.adapters.http.test_fetcher import (
    fetching,
    get,
    refusal,
    resolver,
    self_signed,
    settings,
)

REALM, NONCE = "meja berita", "abc123"


def access(**fields: Any) -> FeedAccess:
    return FeedAccess.model_validate(fields)


# -- headers and size
# ----------------------------------------------------------------------------------


def test_headers_of_the_user_replace_ours() -> None:
    given = access(user_agent="Meja/1.0", headers={"X-Key": "k", "accept": "text/xml"})
    headers = get({"/": reply(b"ok")}, access=given)[1].calls[0].headers
    assert (headers["user-agent"], headers["x-key"], headers["accept"]) == (
        "Meja/1.0",
        "k",
        "text/xml",
    )


def test_headers_and_login_stay_with_the_origin_of_the_feed() -> None:
    async def run() -> None:
        async with loopback({"/dua": reply(b"ok")}) as other:
            routes: dict[str, bytes | Answer] = {"/": redirect(other.url("/dua"))}
            async with loopback(routes) as site, fetching(settings()) as fetcher:
                given = access(headers={"X-Key": "k", "Cookie": "a=1"}, username="u", password="p")
                await fetcher.get(FetchRequest(site.url("/"), access=given))
                assert site.calls[0].headers["x-key"] == "k"
                assert not {"x-key", "cookie", "authorization"} & other.calls[0].headers.keys()

    asyncio.run(run())


def test_the_size_limit_of_a_feed() -> None:
    routes: dict[str, bytes | Answer] = {"/": reply(b"x" * 2_000)}
    limit = settings(max_bytes=1_000)
    assert refusal(routes, config=limit).outcome == "too_large"
    assert len(get(routes, config=limit, access=access(max_bytes=3_000))[0].body) == 2_000


# -- logins
# --------------------------------------------------------------------------------------------


def basic_only(call: Call) -> bytes:
    wanted = "Basic " + base64.b64encode(b"meja:rahasia:1").decode()
    if call.headers.get("authorization") == wanted:
        return reply(b"ok")
    return reply(status="401 Unauthorized", WWW_Authenticate=f'Basic realm="{REALM}"')


def digest_only(call: Call, algorithm: str, qop: str) -> bytes:
    """Check a Digest answer by the text of RFC 7616, 3.4.1, apart from what is tested."""
    name = {"MD5": "md5", "SHA-256": "sha256"}[algorithm.removesuffix("-sess")]

    def hashed(text: str) -> str:
        return hashlib.new(name, text.encode()).hexdigest()

    given = dict(
        re.findall(r'(\w+)="?([^",]*)"?', call.headers.get("authorization", "").partition(" ")[2])
    )
    first = hashed(f"meja:{REALM}:rahasia:1")
    if algorithm.endswith("-sess"):
        first = hashed(f"{first}:{NONCE}:{given.get('cnonce')}")
    second = hashed(f"{call.method}:{call.path}")
    middle = f"{NONCE}:{given.get('nc')}:{given.get('cnonce')}:auth" if qop else NONCE
    if given.get("response") == hashed(f"{first}:{middle}:{second}"):
        return reply(b"ok")
    challenge = f'Digest realm="{REALM}", nonce="{NONCE}", algorithm={algorithm}'
    return reply(
        status="401 Unauthorized",
        WWW_Authenticate=f"{challenge}, qop={qop}" if qop else challenge,
    )


LOGIN = access(username="meja", password="rahasia:1")


def test_a_basic_challenge_is_answered_and_remembered() -> None:
    async def answer(call: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(basic_only(call))
        await writer.drain()

    async def run() -> None:
        async with loopback({"/": answer}) as site, fetching(settings()) as fetcher:
            for _ in range(3):
                response = await fetcher.get(FetchRequest(site.url("/"), access=LOGIN))
                assert response.body == b"ok"
            assert len(site.calls) == 4
            assert "authorization" not in site.calls[0].headers

    asyncio.run(run())


@pytest.mark.parametrize("algorithm", ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"])
@pytest.mark.parametrize("qop", ["", '"auth"', '"auth,auth-int"'])
def test_a_digest_challenge_is_answered(algorithm: str, qop: str) -> None:
    async def answer(call: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(digest_only(call, algorithm, qop))
        await writer.drain()

    async def run() -> None:
        async with loopback({"/rss?a=1": answer}) as site, fetching(settings()) as fetcher:
            for _ in range(2):
                response = await fetcher.get(FetchRequest(site.url("/rss?a=1"), access=LOGIN))
                assert response.body == b"ok"
            assert len(site.calls) == 3
            sent = [call.headers.get("authorization", "") for call in site.calls]
            assert not any("rahasia" in one or one.startswith("Basic") for one in sent)

    asyncio.run(run())


def test_a_wrong_password_is_a_401_and_no_loop() -> None:
    async def answer(call: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(basic_only(call))
        await writer.drain()

    response, site = get({"/": answer}, access=access(username="meja", password="salah"))
    assert (response.status, len(site.calls)) == (401, 2)


def test_challenges_are_parsed() -> None:
    value = 'Newauth, Digest realm="a, b=\\"c\\"", nonce=x , qop="auth,auth-int", Basic realm=""'
    found = parse_challenges(value)
    assert [scheme for scheme, _ in found] == ["newauth", "digest", "basic"]
    assert found[1][1] == {"realm": 'a, b="c"', "nonce": "x", "qop": "auth,auth-int"}


# -- a proxy
# -------------------------------------------------------------------------------------------


class Proxy:
    """A proxy for tunnels that notes what it was asked for and leads everything to one port."""

    def __init__(self, port: int, login: str | None = None) -> None:
        self.port = port
        self.login = login
        self.asked: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(head.split(" ")[1])
            if self.login is not None and f"Proxy-Authorization: Basic {self.login}" not in head:
                writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                await writer.drain()
            else:
                await self.join(reader, writer)
        finally:
            writer.transport.abort()

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(b"HTTP/1.1 200 Connection established\r\nVia: uji\r\n\r\n")
            await asyncio.gather(self.pipe(reader, to), self.pipe(there, writer))
        finally:
            to.transport.abort()

    async def pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def proxied(proxy: Proxy) -> AsyncIterator[int]:
    running: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.add(asyncio.get_running_loop().create_task(proxy.serve(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await asyncio.sleep(0)


NAMES = {"news.example": ["93.184.216.34"], "dalam.example": ["10.0.0.1"]}


async def through(
    proxy: Proxy, url: str, tls: ssl.SSLContext | None = None, **fields: Any
) -> FetchResponse:
    async with loopback({"/": reply(b"ok")}, tls=tls) as site:
        proxy.port = site.port
        async with proxied(proxy) as port:
            user = fields.pop("user", "")
            given = access(proxy=f"http://{user}127.0.0.1:{port}", **fields)
            async with fetching(settings(), resolver=resolver(NAMES)) as fetcher:
                return await fetcher.get(FetchRequest(url, access=given))  # type: ignore[no-any-return]


def test_a_proxy_gets_the_checked_address_and_no_name() -> None:
    proxy = Proxy(0)
    assert asyncio.run(through(proxy, "http://news.example/")).body == b"ok"
    assert proxy.asked == ["93.184.216.34:80"]


def test_a_proxy_is_never_asked_for_what_the_guard_refuses() -> None:
    proxy = Proxy(0)
    for url in ("http://dalam.example/", "http://169.254.169.254/", "http://[::1]:25/"):
        with pytest.raises(FetchError) as caught:
            asyncio.run(through(proxy, url))
        assert caught.value.outcome == "refused"
    assert proxy.asked == []


def test_a_proxy_inside_needs_leave() -> None:
    given = access(proxy="http://127.0.0.1:3128")
    with pytest.raises(FetchError, match=r"the feed's proxy: .*allow_networks"):
        asyncio.run(_refused(given))


async def _refused(given: FeedAccess) -> None:
    async with fetching(settings(allow_networks=()), resolver=resolver(NAMES)) as fetcher:
        await fetcher.get(FetchRequest("http://news.example/", access=given))


def test_a_proxy_with_a_login() -> None:
    proxy = Proxy(0, base64.b64encode(b"meja:p@ss").decode())
    response = asyncio.run(through(proxy, "http://news.example/", user="meja:p%40ss@"))
    assert response.body == b"ok"
    with pytest.raises(FetchError, match="wants a login") as caught:
        asyncio.run(through(proxy, "http://news.example/", user="meja:salah@"))
    assert "salah" not in str(caught.value)


# -- certificates
# --------------------------------------------------------------------------------------


def test_a_ca_bundle_and_unverified_tls_through_a_proxy_too(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    url = "https://news.example/"
    try:
        with pytest.raises(FetchError, match="as its CA bundle"):
            asyncio.run(through(Proxy(0), url, context))
        for fields in ({"ca_bundle": str(certificate[0])}, {"verify_tls": False}):
            assert asyncio.run(through(Proxy(0), url, context, **fields)).body == b"ok"
        with pytest.raises(FetchError, match=r"CA bundle .* cannot be read"):
            asyncio.run(through(Proxy(0), url, context, ca_bundle=str(tmp_path / "none.pem")))
    finally:
        tls_context.cache_clear()


# -- what is written down
# ------------------------------------------------------------------------------


def test_secrets_are_stored_and_never_shown() -> None:
    given = access(
        username="meja",
        password="rahasia1",
        headers={"Cookie": "rahasia2"},
        proxy="http://u:rahasia3@proxy.example:3128",
    )
    feed = Feed(feed_id="f1", url="https://kabar.example/rss", access=given, added=START)
    assert decode(Feed, encode(feed)) == feed
    assert all(f"rahasia{n}".encode() in encode(feed) for n in (1, 2, 3))
    assert "rahasia" not in f"{feed!r} {feed} {given.model_dump()}"
    assert given.secret_parts == ("header Cookie", "password", "proxy")


@pytest.mark.parametrize(
    "fields",
    [
        {"headers": {"Host": "x"}},
        {"headers": {"X": "a\r\nY: rahasia"}},
        {"headers": {"X y": "rahasia"}},
        {"password": "rahasia"},
        {"user_agent": "a\nb"},
        {"proxy": "socks5://rahasia@proxy.example:1"},
        {"proxy": "http://rahasia@proxy.example"},
        {"proxy": "http://rahasia:1:2"},
        {"max_bytes": 0},
    ],
)
def test_what_cannot_be_sent_is_refused_without_repeating_it(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        access(**fields)
    reasons = [one["msg"] for one in caught.value.errors(include_input=False)]
    assert reasons
    assert not any("rahasia" in one for one in reasons)
