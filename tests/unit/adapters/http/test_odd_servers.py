"""Servers that break the rules of HTTP in ways that browsers tolerate."""

import asyncio
import contextlib
import gzip
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.http.body import document_ended
from pantau.adapters.http.framing import MAX_HEAD_BYTES
from pantau.adapters.http.heads import clean_head, split_head
from pantau.adapters.http.tls import in_words
from pantau.ports import FetchError, FetchRequest, FetchResponse
from tests.unit.adapters.http.loopback import Answer, Call, Loopback, loopback, reply
from tests.unit.adapters.http.test_fetcher import fetching, get, refusal, settings

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title></channel></rss>'
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
OK = b"HTTP/1.1 200 OK\r\n"
CLOSE = b"Connection: close\r\n\r\n"


def count_up(value: object) -> str:
    """Return an id by what is declared; compressed bytes differ from run to run."""
    return value if isinstance(value, str) else "body"


def body_of(raw: bytes | Answer, **options: Any) -> bytes:
    return get({"/": raw}, **options)[0].body


Fetch = Callable[[str], Awaitable[FetchResponse]]


@contextlib.asynccontextmanager
async def fetching_from(
    routes: dict[str, bytes | Answer],
) -> AsyncIterator[tuple[Loopback, Fetch]]:
    """Run a server and a fetcher that keeps its connections between fetches."""
    async with loopback(routes) as site, fetching(settings()) as fetcher:

        async def fetch(path: str) -> FetchResponse:
            return await fetcher.get(FetchRequest(site.url(path)))  # type: ignore[no-any-return]

        yield site, fetch


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


# -- heads
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        b"Strict-Transport-Security : 4838400\r\n",
        b"Content-Type\t: text/xml\r\n",
        b"PHP Warning on line 3\r\n",
        b"PHP Warning:  foreach() argument must be an array\r\n",
        b"X Frame Options: DENY\r\n",
        b"X-Kepala-\xc3\xa9: a\r\n",
        b": no name\r\n",
        b"(comment): a\r\n",
        b"X-Long: one\r\n two\r\n\tthree\r\n",
        b" starts with a space\r\n",
        b"X-Control: a\x00b\x07c\r\n",
        b"X-Bare-Return: a\rb\r\n",
        b"Content-Length: abc\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: \r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: 3\r\nContent-Length: 99999\r\n",
        b"Content-Length: +85\r\n",
        b"Transfer-Encoding: identity\r\n",
        b"Set-Cookie: a=b\r\nSet-Cookie: \xff\xfe\r\n",
    ],
)
def test_odd_header_lines_are_passed_over(lines: bytes) -> None:
    assert body_of(OK + lines + CLOSE + FEED) == FEED


@pytest.mark.parametrize(
    "start",
    [
        b"\r\n\r\nHTTP/1.1 200 OK\r\n",
        b"\nHTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200\r\n",
        b"HTTP/1.1  200  OK\r\n",
        b"http/1.1 200 ok\r\n",
        b"HTTP/1.0 200 OK\r\n",
        b"HTTP/2 200 OK\r\n",
        b"HTTP/2.0 200\r\n",
        b"ICY 200 OK\r\n",
        b"HTTP/1.1 200 Berhasil \xe2\x9c\x93\r\n",
        b"HTTP/1.1 100 Continue\r\nOdd line\r\n\r\nHTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink : <a>\r\n\r\n\r\nHTTP/1.1 200 OK\r\n",
    ],
)
def test_odd_status_lines_are_read(start: bytes) -> None:
    assert body_of(start + b"X : 1\r\n" + CLOSE + FEED) == FEED


def test_bare_line_feeds_end_lines() -> None:
    head = b"HTTP/1.1 200 OK\nContent-Type: text/xml\nX : 1\nConnection: close\n\n"
    response = get({"/": head + FEED})[0]
    assert (response.body, response.headers["content-type"]) == (FEED, "text/xml")


def test_equal_lengths_are_one_and_keep_the_connection() -> None:
    async def run() -> None:
        raw = OK + b"Content-Length: 4, 4\r\nContent-Length : 4\r\n\r\nsama"
        async with fetching_from({"/": raw}) as (site, fetch):
            assert [(await fetch("/")).body for _ in range(3)] == [b"sama"] * 3
            assert site.connections == 1

    asyncio.run(run())


@pytest.mark.parametrize(
    ("after", "connections"), [(b"", 1), (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nracun", 4)]
)
def test_a_304_keeps_the_connection_unless_more_comes_after_it(
    after: bytes, connections: int
) -> None:
    async def run() -> None:
        raw = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n' + after
        async with fetching_from({"/": raw, "/dua": reply(b"dua")}) as (site, fetch):
            assert [(await fetch("/")).status for _ in range(3)] == [304] * 3
            assert (await fetch("/dua")).body == b"dua"
            assert site.connections == connections

    asyncio.run(run())


def test_contradictory_lengths_never_leave_a_response_for_the_next_request() -> None:
    async def run() -> None:
        smuggled = OK + b"Content-Length: 5\r\n\r\nracun"
        raw = OK + b"Content-Length: 4\r\nContent-Length: 40\r\nConnection: close\r\n\r\nsatu"
        async with fetching_from({"/": raw + smuggled, "/dua": reply(b"dua")}) as (site, fetch):
            assert (await fetch("/")).body.startswith(b"satu")
            assert (await fetch("/dua")).body == b"dua"
            assert site.connections == 2

    asyncio.run(run())


@pytest.mark.parametrize(
    "raw",
    [
        b"<rss></rss>\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        OK + b"A: " + b"x" * (MAX_HEAD_BYTES + 10),
        b"\r\n" * 200_000,
        b"HTTP/1.1 2xx OK\r\n\r\n",
        OK + b"Content-Type: text/xml\r\n",
    ],
)
def test_what_is_no_head_is_refused(raw: bytes) -> None:
    async def answer(_: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    assert refusal({"/": answer}).outcome == "protocol"


@given(st.binary(max_size=300))
def test_a_cleaned_head_is_one_head_without_contradictions(lines: bytes) -> None:
    found = split_head(b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n\r\n")
    assert found is not None
    head, _ = found
    cleaned = clean_head(head)
    assert cleaned.endswith(b"\r\n\r\n")
    fields = cleaned.split(b"\r\n")[1:-2]
    names = [one.partition(b":")[0].lower() for one in fields]
    assert all(b":" in one and b"\n" not in one and b"\r" not in one for one in fields)
    assert names.count(b"content-length") + names.count(b"transfer-encoding") <= 1


# -- codings
# -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["UTF-8", "utf8", "none", "None", "identity", "aws-chunked", "text/xml", "8bit", ""]
)
def test_a_coding_that_is_none_leaves_the_body_as_it_is(name: str) -> None:
    assert body_of(reply(FEED, Content_Encoding=name)) == FEED


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("br", brotli.compress(FEED)),
        ("zstd", zstd.compress(FEED)),
        ("zstd", zstd.compress(FEED[:20]) + zstd.compress(FEED[20:])),
        ("br, gzip", gzip.compress(brotli.compress(FEED))),
        ("aws-chunked, gzip", gzip.compress(FEED)),
        ("gzip, identity", gzip.compress(FEED)),
        ("gzip,", gzip.compress(FEED)),
        ("utf-8, x-gzip", gzip.compress(FEED)),
        ("none", gzip.compress(FEED)),
        ("gzip", gzip.compress(gzip.compress(FEED))),
        ("gzip", gzip.compress(gzip.compress(gzip.compress(FEED)))),
        ("none", gzip.compress(zstd.compress(FEED))),
        ("gzip", zlib.compress(FEED)),
        ("gzip", raw_deflate(FEED)),
        ("deflate", gzip.compress(FEED)),
        ("deflate", FEED),
        ("br", FEED),
        ("gzip", b"\xef\xbb\xbf" + FEED),
        ("gzip", JSON),
        ("gzip", b"\n  " + FEED),
        ("gzip", gzip.compress(FEED)[:-8]),
        ("gzip", gzip.compress(FEED)[:-3]),
        ("gzip", gzip.compress(FEED)[:-8] + b"\0" * 8),
        ("gzip", gzip.compress(JSON)[:-8]),
        ("deflate", zlib.compress(FEED)[:-4]),
    ],
    ids=count_up,
)
def test_a_coding_is_recognised_whatever_is_declared(name: str, packed: bytes) -> None:
    assert body_of(reply(packed, Content_Encoding=name)).strip() in {
        FEED,
        JSON,
        b"\xef\xbb\xbf" + FEED,
    }


@pytest.mark.parametrize("packed", [gzip.compress(FEED), zstd.compress(FEED)], ids=["gzip", "zstd"])
def test_a_compressed_file_without_a_declaration_is_read(packed: bytes) -> None:
    assert body_of(reply(packed, Content_Type="application/gzip")) == FEED


@pytest.mark.parametrize(
    ("pack", "name"),
    [
        (brotli.compress, "br"),
        (zstd.compress, "zstd"),
        (zstd.compress, "none"),
        (gzip.compress, "none"),
        (zlib.compress, "deflate"),
    ],
)
def test_bombs_of_every_coding_are_stopped(pack: Any, name: str) -> None:
    raw = reply(pack(b" " * 30_000_000), Content_Encoding=name)
    assert refusal({"/": raw}, config=settings(max_bytes=200_000)).outcome == "too_large"


# -- bodies that end too early
# -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        OK + b"Content-Length: 5000\r\n" + CLOSE + FEED,
        OK + b"Transfer-Encoding: chunked\r\n" + CLOSE + b"55\r\n" + FEED + b"\r\n",
        OK + b"Transfer-Encoding: chunked\r\n" + CLOSE + b"55\r\n" + FEED + b"\r\n0\r\n",
        OK + b"Transfer-Encoding: chunked\r\n" + CLOSE + b"55\r\n" + FEED + b"\r\nzz\r\n",
        OK + b"Content-Length: 5000\r\n" + CLOSE + FEED + b"\n<!-- cached -->\n",
    ],
)
def test_a_body_cut_short_after_its_document_ended_is_read(raw: bytes) -> None:
    assert len(FEED) == 0x55
    assert body_of(raw).startswith(FEED)


@pytest.mark.parametrize("kept", [10, 60, 84])
def test_a_body_cut_short_within_its_document_is_an_error(kept: int) -> None:
    raw = OK + b"Content-Length: 5000\r\n" + CLOSE + FEED[:kept]
    assert refusal({"/": raw}).outcome == "protocol"


def test_a_server_that_leaves_the_connection_open_after_the_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pantau.adapters.http.connection.STALL_SECONDS", 0.05)

    async def answer(_: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b"Content-Length: 5000\r\n\r\n" + FEED)
        await writer.drain()
        await asyncio.sleep(30)

    assert body_of(answer) == FEED


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (FEED, True),
        (FEED[:-1], False),
        (b"<feed></feed>\n<!-- x -->", True),
        (b"<rdf:RDF></rdf:RDF >", True),
        ('<?xml version="1.0"?><rss></rss>'.encode("utf-16"), True),
        (JSON, True),
        (JSON[:-1], False),
        (b'{"items": [{}', False),
        (b"", False),
    ],
)
def test_whether_a_document_ended(body: bytes, whole: bool) -> None:
    assert document_ended(body) is whole


# -- validators and cookies
# -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["400 Bad Request", "412 Precondition Failed"])
def test_refused_validators_are_left_out_once(status: str) -> None:
    async def answer(call: Call, writer: asyncio.StreamWriter) -> None:
        conditional = "if-none-match" in call.headers or "if-modified-since" in call.headers
        writer.write(reply(status=status) if conditional else reply(FEED))
        await writer.drain()

    response, site = get({"/": answer}, etag='"1"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT")
    assert (response.status, response.body, len(site.calls)) == (200, FEED, 2)
    response, site = get({"/": reply(status=status)})
    assert (response.status, len(site.calls)) == (int(status[:3]), 1)


def wants_cookie(call: Call, given: str) -> bytes:
    if given in call.headers.get("cookie", ""):
        return reply(FEED)
    return reply(status="302 Found", Location=call.path, Set_Cookie=f"{given}; Path=/; HttpOnly")


def test_a_redirect_to_itself_that_sets_a_cookie_is_followed() -> None:
    async def answer(call: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(wants_cookie(call, "kunci=1"))
        await writer.drain()

    response, site = get({"/": answer})
    assert (response.body, len(site.calls)) == (FEED, 2)


def test_a_redirect_that_sets_the_same_cookie_for_ever_is_a_circle() -> None:
    raw = reply(status="302 Found", Location="/", Set_Cookie="a=1")
    assert "circle" in refusal({"/": raw}).reason


def test_a_redirect_that_sets_new_cookies_for_ever_ends() -> None:
    async def answer(call: Call, writer: asyncio.StreamWriter) -> None:
        number = len(call.headers.get("cookie", ""))
        cookie = f"a{number}=1"
        writer.write(reply(status="302 Found", Location="/", Set_Cookie=cookie))
        await writer.drain()

    assert "more than 5 times" in refusal({"/": answer}).reason


def test_cookies_stay_with_their_host() -> None:
    routes: dict[str, bytes | Answer] = {}

    async def answer(_: Call, writer: asyncio.StreamWriter) -> None:
        to = routes["to"]
        assert isinstance(to, bytes)
        writer.write(reply(status="302 Found", Location=to.decode(), Set_Cookie="rahasia=1"))
        await writer.drain()

    async def run() -> None:
        async with fetching_from(routes) as (site, fetch):
            routes.update({"/": answer, "/dua": reply(FEED)})
            routes["to"] = f"http://127.0.0.2:{site.port}/dua".encode()
            with pytest.raises(FetchError):  # nobody listens there; what counts is what was sent
                await fetch("/")
            routes["to"] = b"/dua"
            await fetch("/")
            assert site.calls[-1].headers["cookie"] == "rahasia=1"

    asyncio.run(run())


# -- TLS in words
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "message", "part"),
    [
        ("CERTIFICATE_VERIFY_FAILED", "certificate has expired", "has expired; its owner"),
        ("CERTIFICATE_VERIFY_FAILED", "self-signed certificate", "as its CA bundle"),
        (
            "CERTIFICATE_VERIFY_FAILED",
            "Hostname mismatch, certificate is not valid for 'x'.",
            "another host name",
        ),
        (
            "CERTIFICATE_VERIFY_FAILED",
            "unable to get local issuer certificate",
            "unknown authority",
        ),
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", "", "shares no cipher"),
        ("UNSUPPORTED_PROTOCOL", "", "no longer safe"),
        ("WRONG_VERSION_NUMBER", "", "try http://"),
        ("SOMETHING_NEW", "", "SOMETHING_NEW"),
    ],
)
def test_tls_errors_are_said_in_words(reason: str, message: str, part: str) -> None:
    error = ssl.SSLError(1, reason)
    error.reason = reason
    error.verify_message = message  # type: ignore[attr-defined]
    assert part in in_words(error)
