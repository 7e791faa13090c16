import asyncio
import fcntl
import gzip
import shutil
import ssl
import subprocess
import termios
import zlib
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.adapters.http.tls import tls_context
from pantau.net.address import parse
from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau.settings import FetchSettings
from tests.support import SOON
from tests.unit.adapters.http.loopback import Answer, Call, Loopback, loopback, redirect, reply

LOOPBACK = (ip_network("127.0.0.0/8"),)


def settings(**changes: Any) -> FetchSettings:
    return FetchSettings(**{"timeout_seconds": SOON, "allow_networks": LOOPBACK, **changes})


@asynccontextmanager
async def fetching(config: FetchSettings, **options: Any) -> Any:
    fetcher = GuardedFetcher(config, **options)
    try:
        yield fetcher
    finally:
        await fetcher.close()


def get(
    routes: dict[str, bytes | Answer],
    path: str = "/",
    *,
    config: FetchSettings | None = None,
    prepare: Callable[[Loopback], None] | None = None,
    **request: Any,
) -> tuple[FetchResponse, Loopback]:
    async def run() -> tuple[FetchResponse, Loopback]:
        async with loopback(routes) as site, fetching(config or settings()) as fetcher:
            if prepare is not None:
                prepare(site)
            return await fetcher.get(FetchRequest(site.url(path), **request)), site

    return asyncio.run(run())


def refusal(routes: dict[str, bytes | Answer], path: str = "/", **options: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(routes, path, **options)
    return caught.value


def test_a_plain_body_comes_with_its_headers() -> None:
    response, site = get({"/": reply(b"<rss/>", ETag='"1"', Content_Type="text/xml")})
    assert (response.status, response.body) == (200, b"<rss/>")
    assert response.headers["etag"] == '"1"'
    assert response.url == site.url("/")
    assert response.permanent_url is None
    headers = site.calls[0].headers
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert headers["user-agent"].startswith("Pantau/")
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "if-none-match" not in headers


def test_validators_are_sent_and_304_has_no_body() -> None:
    response, site = get(
        {"/": reply(status="304 Not Modified")},
        etag='W/"é"',
        last_modified="Mon, 23 Nov 2026 00:00:00 GMT",
    )
    assert (response.status, response.body) == (304, b"")
    assert site.calls[0].headers["if-none-match"] == 'W/"é"'
    assert site.calls[0].headers["if-modified-since"] == "Mon, 23 Nov 2026 00:00:00 GMT"


def test_any_status_is_a_response() -> None:
    assert get({"/": reply(b"gone", status="410 Gone")})[0].status == 410


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


TEXT = b"Banjir di Demak. " * 500


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("identity", TEXT),
        ("gzip", TEXT),  # promised, but sent plain
    ],
    ids=[
        "gzip",
        "x-gzip",
        "members",
        "padded",
        "zlib",
        "zlib-undeclared",
        "raw-deflate",
        "two-layers",
        "identity",
        "promised",
    ],
)
def test_compressed_bodies(encoding: str, packed: bytes) -> None:
    assert get({"/": reply(packed, Content_Encoding=encoding)})[0].body == TEXT


def test_an_empty_body_with_an_encoding_is_empty() -> None:
    assert get({"/": reply(b"", Content_Encoding="gzip")})[0].body == b""


# -- limits
# -----------------------------------------------------------------------------------------------


def endless(chunk: bytes, pause: float = 0.0, head: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Answer:
    async def answer(_: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


def test_50_megabytes_are_refused_as_announced() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n"
    error = refusal({"/": endless(b"x" * 65536, head=head)})
    assert error.outcome == "too_large"
    assert "52,428,800" in error.reason
    assert "fetch.max_bytes" in error.reason


def test_an_endless_fast_body_ends_at_the_limit() -> None:
    error = refusal({"/": endless(b"x" * 65536)}, config=settings(max_bytes=1_000_000))
    assert error.outcome == "too_large"


def test_a_slow_drip_ends_by_the_clock() -> None:
    error = refusal({"/": endless(b"x", pause=0.01)}, config=settings(timeout_seconds=0.3))
    assert error.outcome == "timeout"
    assert "0.3 seconds" in error.reason


def test_endless_headers_end() -> None:
    error = refusal(
        {"/": endless(b"X-Header: " + b"x" * 60_000 + b"\r\n", head=b"HTTP/1.1 200 OK\r\n")}
    )
    assert error.outcome == "protocol"


def test_interim_answers_are_passed_over() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\n\r\n" * 10
    assert get({"/": hints + reply(b"ok")})[0].body == b"ok"


def test_endless_interim_answers_end() -> None:
    error = refusal({"/": endless(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100, head=b"")})
    assert error.outcome == "protocol"
    assert "interim" in error.reason


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_endless_chunks_of_a_byte_end() -> None:
    error = refusal({"/": endless(b"1\r\nx\r\n" * 1_000, head=CHUNKED)})
    assert error.outcome == "protocol"
    assert "chunks of a few bytes" in error.reason


def test_endless_extensions_of_chunks_end() -> None:
    chunk = b"1;e=" + b"y" * 60_000 + b"\r\nx\r\n"
    served = 0

    async def answer(_: Call, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        writer.write(CHUNKED)
        while True:
            writer.write(chunk)
            await writer.drain()
            served += len(chunk)

    error = refusal({"/": answer})
    assert error.outcome == "protocol"
    assert "framing" in error.reason
    assert served < 20_000_000


def test_some_extensions_of_chunks_are_passed_over() -> None:
    body = CHUNKED + (b"1;e=" + b"y" * 900 + b"\r\nx\r\n") * 1_000 + b"0\r\n\r\n"
    assert get({"/": body})[0].body == b"x" * 1_000


def test_many_small_chunks_are_a_body() -> None:
    body = CHUNKED + b"1\r\nx\r\n" * 20_000 + b"0\r\n\r\n"
    assert get({"/": body})[0].body == b"x" * 20_000


def test_silence_ends_by_the_clock() -> None:
    async def silent(_: Call, writer: asyncio.StreamWriter) -> None:
        del writer
        await asyncio.sleep(60)

    assert refusal({"/": silent}, config=settings(timeout_seconds=0.2)).outcome == "timeout"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_decompression_bomb_is_stopped_at_the_limit(layers: int) -> None:
    bomb = b"\0" * 60_000_000
    for _ in range(layers):
        bomb = gzip.compress(bomb)
    error = refusal(
        {"/": reply(bomb, Content_Encoding=", ".join(["gzip"] * layers))},
        config=settings(max_bytes=1_000_000),
    )
    assert error.outcome == "too_large"
    assert "unpack" in error.reason


def test_a_body_of_exactly_the_limit_passes() -> None:
    body = b"x" * 1000
    limit = settings(max_bytes=1000)
    assert (
        get({"/": reply(gzip.compress(body), Content_Encoding="gzip")}, config=limit)[0].body
        == body
    )
    assert get({"/": reply(body)}, config=limit)[0].body == body
    over = refusal({"/": reply(gzip.compress(body + b"x"), Content_Encoding="gzip")}, config=limit)
    assert over.outcome == "too_large"


@pytest.mark.parametrize(
    ("encoding", "body", "part"),
    [
        ("br", b"\x0b\x02\x80", "middle"),
        ("compress", b"\x1f\x9d\x90\x3c\xe4", "'compress'"),
        ("gzip, gzip, gzip", b"x", "3 times"),
        ("gzip", gzip.compress(TEXT)[:-20], "middle"),
        ("gzip", gzip.compress(TEXT)[:-8] + b"\xff" * 8, "broken"),
    ],
    ids=["brotli", "not-asked-for", "three-layers", "truncated", "broken"],
)
def test_bodies_that_cannot_be_unpacked(encoding: str, body: bytes, part: str) -> None:
    error = refusal({"/": reply(body, Content_Encoding=encoding)})
    assert error.outcome == "protocol"
    assert part in error.reason


def test_a_truncated_body_is_no_body() -> None:
    routes: dict[str, bytes | Answer] = {
        "/": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf"
    }
    error = refusal(routes)
    assert error.outcome == "protocol"
    assert "incomplete" in error.reason or "complete" in error.reason


def test_garbage_is_no_http() -> None:
    error = refusal({"/": b"SSH-2.0-OpenSSH_9.6\r\n\r\n Connection: close"})
    assert error.outcome == "protocol"


def test_a_connection_closed_at_once() -> None:
    async def close(_: Call, writer: asyncio.StreamWriter) -> None:
        writer.close()

    error = refusal({"/": close})
    assert error.outcome == "protocol"
    assert "instead of answering" in error.reason


# -- redirects
# --------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_joined() -> None:
    response, site = get(
        {"/a/b": redirect("../c?x=1"), "/c?x=1": redirect("//" + "HOST/d"), "/d": reply(b"ok")},
        "/a/b",
        prepare=_fill_host,
    )
    assert response.body == b"ok"
    assert response.url == site.url("/d")
    assert response.permanent_url is None


def _fill_host(site: Loopback) -> None:
    for path, answer in site.routes.items():
        if isinstance(answer, bytes):
            site.routes[path] = answer.replace(b"HOST", f"127.0.0.1:{site.port}".encode())


def test_only_permanent_redirects_name_a_new_address() -> None:
    moved = "301 Moved Permanently"
    permanent, site = get(
        {
            "/": redirect("/b", moved),
            "/b": redirect("/c", "308 Permanent Redirect"),
            "/c": reply(b"ok"),
        }
    )
    assert permanent.permanent_url == site.url("/c")
    mixed, _ = get({"/": redirect("/b", moved), "/b": redirect("/c"), "/c": reply(b"ok")})
    assert mixed.permanent_url is None


def test_redirects_end() -> None:
    circle = refusal({"/": redirect("/b"), "/b": redirect("/")})
    assert circle.outcome == "protocol"
    assert "circle" in circle.reason
    chain: dict[str, bytes | Answer] = {f"/{n}": redirect(f"/{n + 1}") for n in range(10)}
    assert "more than 5 times" in refusal(chain, "/0").reason
    assert get({**chain, "/9": reply(b"ok")}, "/4")[0].body == b"ok"


@pytest.mark.parametrize(
    ("to", "part"),
    [
        ("file:///etc/passwd", "'file'"),
        ("ftp://example.org/", "'ftp'"),
        ("http://example.org:25/", "port 25"),
        ("http://10.0.0.1/", "10.0.0.1 is a private address"),
        ("http://169.254.169.254/latest/meta-data", "link-local"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://[::1]/", "this machine"),
        ("http://0.0.0.0/", "this machine"),
        ("http://167772161/", "private"),
        ("http://0x0a000001/", "private"),
        ("http://012.0.0.1/", "private"),
    ],
)
def test_redirects_to_what_is_not_public_are_refused(to: str, part: str) -> None:
    error = refusal({"/": redirect(to)})
    assert error.outcome == "refused"
    assert "redirects to " in error.reason
    assert part in error.reason


def test_a_redirect_to_an_endless_address() -> None:
    error = refusal({"/": redirect("/" + "x" * 50_000)})
    assert error.outcome == "protocol"
    assert len(error.reason) < 200


def test_a_redirect_to_nonsense() -> None:
    error = refusal({"/": redirect("http://[::1/")})
    assert error.outcome == "protocol"
    assert "no web address" in error.reason


def test_a_password_stays_with_its_origin() -> None:
    async def run() -> None:
        async with loopback() as one, loopback() as other, fetching(settings()) as fetcher:
            one.routes.update({"/": redirect("/same"), "/same": redirect(other.url("/x"))})
            other.routes["/x"] = reply(b"ok")
            response = await fetcher.get(
                FetchRequest(one.url("/", host="user:se%20cret@127.0.0.1"))
            )
            assert response.url == other.url("/x")
            assert [call.headers.get("authorization") for call in one.calls] == [
                "Basic dXNlcjpzZSBjcmV0"
            ] * 2
            assert "authorization" not in other.calls[0].headers
            with pytest.raises(FetchError) as caught:
                await fetcher.get(FetchRequest("http://user:secret@127.0.0.1:25/"))
            assert "secret" not in caught.value.reason

    asyncio.run(run())


def test_cookies_are_not_kept() -> None:
    async def run() -> None:
        async with (
            loopback({"/": reply(b"ok", Set_Cookie="a=b")}) as site,
            fetching(settings()) as fetcher,
        ):
            await fetcher.get(FetchRequest(site.url("/")))
            await fetcher.get(FetchRequest(site.url("/")))
            assert "cookie" not in site.calls[1].headers

    asyncio.run(run())


# -- addresses
# --------------------------------------------------------------------------------------------


def resolver(table: Mapping[str, Sequence[str]]) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    async def resolve(host: str, port: int) -> Sequence[str]:
        del port
        if host not in table:
            raise OSError(host)
        return table[host]

    return resolve


def resolved(
    url: str, table: Mapping[str, Sequence[str]], config: FetchSettings
) -> Coroutine[Any, Any, FetchResponse]:
    async def run() -> FetchResponse:
        async with fetching(config, resolver=resolver(table)) as fetcher:
            return await fetcher.get(FetchRequest(url))  # type: ignore[no-any-return]

    return run()


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["10.0.0.1", "93.184.216.34"]]
)
def test_a_public_name_with_a_private_address_is_refused(addresses: list[str]) -> None:
    with pytest.raises(FetchError) as caught:
        asyncio.run(resolved("http://news.example/", {"news.example": addresses}, settings()))
    assert caught.value.outcome == "refused"
    assert "news.example resolves to 10.0.0.1, a private address" in caught.value.reason
    assert "fetch.allow_networks" in caught.value.reason


def test_the_checked_address_is_the_one_connected_to() -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]  # a second look-up would be answered otherwise
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> Sequence[str]:
        del port
        asked.append(host)
        return answers[len(asked) - 1]

    async def run() -> FetchResponse:
        async with (
            loopback({"/": reply(b"ok")}) as site,
            fetching(settings(), resolver=rebinding) as fetcher,
        ):
            return await fetcher.get(FetchRequest(site.url("/", host="news.example")))  # type: ignore[no-any-return]

    assert asyncio.run(run()).body == b"ok"
    assert asked == ["news.example"]


def test_a_dead_address_leaves_time_for_the_next() -> None:
    async def run() -> FetchResponse:
        async with loopback({"/": reply(b"ok")}) as site:
            table = {"news.example": ["127.1.2.3", "127.0.0.1"]}
            return await resolved(site.url("/", host="news.example"), table, settings())

    assert asyncio.run(run()).body == b"ok"


def test_loopback_is_refused_unless_allowed() -> None:
    error = refusal({"/": reply(b"ok")}, config=settings(allow_networks=()))
    assert error.outcome == "refused"
    assert "127.0.0.1 is this machine itself" in error.reason


def test_unknown_host() -> None:
    with pytest.raises(FetchError) as caught:
        asyncio.run(resolved("http://nowhere.example/", {}, settings()))
    assert caught.value.outcome == "unreachable"
    assert "no such host" in caught.value.reason


def test_refused_connection() -> None:
    async def run() -> None:
        async with loopback() as site:
            url = site.url("/")
        async with fetching(settings()) as fetcher:
            await fetcher.get(FetchRequest(url))

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert caught.value.outcome == "unreachable"
    assert "connection refused" in caught.value.reason


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "not a url", "http://", "http://exa mple.org/", "http://a:b:c/", ""],
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        asyncio.run(resolved(url, {}, settings()))
    assert caught.value.outcome == "refused"


def test_a_server_that_does_not_speak_tls() -> None:
    async def run() -> None:
        async with loopback() as site, fetching(settings(connect_timeout_seconds=0.3)) as fetcher:
            await fetcher.get(FetchRequest(site.url("/").replace("http:", "https:")))

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert caught.value.outcome == "timeout"


def test_a_plain_answer_to_tls_is_said_in_words() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, fetching(settings()) as fetcher:
            await fetcher.get(FetchRequest(f"https://127.0.0.1:{port}/"))

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert caught.value.outcome == "unreachable"
    assert caught.value.reason == (
        "no secure connection: the server does not speak TLS at this port; try http:// in place of https://"
    )


def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert get({"/": reply(b"ok")})[0].body == b"ok"


# -- post
# -------------------------------------------------------------------------------------------------


def test_post_sends_the_body_and_keeps_the_start_of_the_answer() -> None:
    async def run() -> None:
        async with loopback() as site, fetching(settings()) as fetcher:
            site.routes["/in"] = reply(b"y" * 200_000, status="202 Accepted")
            response = await fetcher.post(
                site.url("/in"),
                b'{"a": 1}',
                {"Content-Type": "application/json", "webhook-id": "m1"},
            )
            assert (response.status, len(response.body)) == (202, 65_536)
            call = site.calls[0]
            assert (call.method, call.body) == ("POST", b'{"a": 1}')
            assert call.headers["webhook-id"] == "m1"
            assert call.headers["content-type"] == "application/json"

    asyncio.run(run())


def test_post_follows_no_redirect_and_is_guarded() -> None:
    async def run() -> None:
        async with (
            loopback({"/": redirect("http://10.0.0.1/")}) as site,
            fetching(settings()) as fetcher,
        ):
            assert (await fetcher.post(site.url("/"), b"", {})).status == 302
            with pytest.raises(FetchError) as caught:
                await fetcher.post("http://10.0.0.1/", b"", {})
            assert caught.value.outcome == "refused"

    asyncio.run(run())


async def arrived(writer: asyncio.StreamWriter) -> None:
    """Wait until all that was written is with the other side, however busy the machine."""
    await writer.drain()
    number = writer.get_extra_info("socket").fileno()
    while any(fcntl.ioctl(number, termios.TIOCOUTQ, bytes(4))):  # noqa: ASYNC110 (no event tells)
        await asyncio.sleep(0)


def test_an_answer_that_nobody_asked_for_is_not_taken_for_the_next() -> None:
    async def run() -> None:
        async def talkative(_: Call, writer: asyncio.StreamWriter) -> None:
            writer.write(reply(b"one"))
            await writer.drain()
            await first.wait()
            writer.write(reply(b"unasked"))
            await arrived(writer)
            told.set()
            await asyncio.sleep(60)

        first, told = asyncio.Event(), asyncio.Event()
        async with (
            loopback({"/": reply(b"two"), "/one": talkative}) as site,
            fetching(settings()) as fetcher,
        ):
            assert (await fetcher.get(FetchRequest(site.url("/one")))).body == b"one"
            first.set()
            await told.wait()
            for _ in range(10):  # turns of the loop in which it is read
                await asyncio.sleep(0)
            assert (await fetcher.get(FetchRequest(site.url("/")))).body == b"two"

    asyncio.run(run())


def test_connections_are_kept_and_a_stale_one_is_replaced() -> None:
    async def run() -> None:
        async with loopback({"/": reply(b"ok")}) as site, fetching(settings()) as fetcher:

            async def once(call: Call, writer: asyncio.StreamWriter) -> None:
                # Keeps the promise of another request on this connection open, then drops it
                # unanswered.
                writer.write(reply(b"ok") if call.path == "/one" else b"")
                await writer.drain()
                dropped.set()

            dropped = asyncio.Event()
            site.routes["/one"] = once
            for path in ("/", "/one", "/", "/"):
                assert (await fetcher.get(FetchRequest(site.url(path)))).body == b"ok"
            assert dropped.is_set()
            assert site.connections == 2

    asyncio.run(run())


def test_tls_names_what_is_wrong_with_a_certificate(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)

    async def run(trusted: bool) -> FetchResponse:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        async with loopback({"/": reply(b"ok")}, tls=context) as site:
            if trusted:
                tls_context().load_verify_locations(certificate[0])
            return await resolved(
                site.url("/", host="news.example"), {"news.example": ["127.0.0.1"]}, settings()
            )

    try:
        with pytest.raises(FetchError) as caught:
            asyncio.run(run(trusted=False))
        assert caught.value.outcome == "unreachable"
        assert "self-signed certificate" in caught.value.reason
        assert asyncio.run(run(trusted=True)).body == b"ok"
    finally:
        tls_context.cache_clear()


def self_signed(folder: Path) -> tuple[Path, Path]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate with")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    command += [
        "-keyout",
        str(key),
        "-out",
        str(certificate),
        "-days",
        "2",
        "-subj",
        "/CN=news.example",
    ]
    command += ["-addext", "subjectAltName=DNS:news.example"]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


# -- addresses as written
# ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a b?q=é#top", "https://example.org/a%20b?q=%C3%A9"),
        ("http://bücher.example/%7Eü", "http://xn--bcher-kva.example/%7E%C3%BC"),
        ("http://user:pw@example.org:8080/?a=%20&b=[1]", "http://example.org:8080/?a=%20&b=[1]"),
        ("http://[2001:DB8::1]:81/x", "http://[2001:db8::1]:81/x"),
        (" http://example.org/a\n/b ", "http://example.org/a/b"),
    ],
)
def test_addresses_are_brought_to_ascii(written: str, sent: str) -> None:
    assert str(parse(written)) == sent
    assert str(parse(sent)) == sent


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_value_error(text: str) -> None:
    for written in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            address = parse(written)
        except ValueError:
            continue
        assert str(address).isascii()
        assert not set(address.target) & set(" \r\n\t#")
