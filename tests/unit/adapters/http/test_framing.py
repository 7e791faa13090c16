"""Ordinary exchanges are read and written as h11 does it."""

import asyncio
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import h11
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pantau.adapters.http.connection import Connection, Reader, Route
from pantau.adapters.http.framing import ByH11, plain_request, plain_response
from pantau.adapters.http.heads import clean_parts

TOKENS = st.sampled_from(
    [b"Host", b"host", b"User-Agent", b"If-None-Match", b"Connection", b"Content-Length", b"Cookie",
     b"Transfer-Encoding", b"Expect", b"X Y", b"X:", b"", b"X\r\nY"]
)  # fmt: skip
VALUES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b"kabar.example", b'"v1"', b"close", b"a  b", b" a", b"a ", b"", b"3", b"a\r\nB: c"]
    ),
)
TARGETS = st.sampled_from(["/", "/feed?x=1", "/a b", "", "/\u00e9", "/a\r\nX: y"])
STATUS = st.sampled_from(
    [b"HTTP/1.1 200 OK", b"HTTP/1.1 304 Not Modified", b"HTTP/1.1 304", b"HTTP/1.1 204 ",
     b"HTTP/1.0 200 OK", b"HTTP/1.1 100 Continue", b"HTTP/1.1 404 T\xeddak ada", b"HTTP/1.1 199 x",
     b"HTTP/1.1 600 x", b"HTTP/1.1 999 x", b"HTTP/2 200", b"ICY 200 OK", b"http/1.1  301  a\tb",
     b"HTTP/1.1 101 Switching"]
)  # fmt: skip
FIELDS = st.sampled_from(
    [b"Content-Length: 0", b"Content-Length: 5", b"content-length : 5", b"Content-Length: 5, 5",
     b"Content-Length: 4", b"Content-Length: +5", b"Content-Length: 12", b'ETag: "v1"', b"x",
     b"Transfer-Encoding: chunked", b"Connection: close", b"Connection: keep-alive",
     b"Connection: Keep-Alive, TE", b"Connection: upgrade", b"Upgrade: h2c", b"a:\xff\x00b",
     b" cont",
     b"Set-Cookie: a=b", b"Location: /x", b"Keep-Alive: timeout=5"]
)  # fmt: skip
BODIES = st.sampled_from(
    [b"", b"kabar", b"kabar!", b"kab", b"5\r\nkabar\r\n0\r\n\r\n", b"12345678901234567890",
     b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]
)  # fmt: skip


@given(TARGETS, st.lists(st.tuples(TOKENS, VALUES), max_size=4))
@example("/feed", [(b"Host", b"kabar.example"), (b"If-None-Match", b'"v1"')])
def test_a_plain_request_is_what_h11_writes(
    target: str, headers: list[tuple[bytes, bytes]]
) -> None:
    plain = plain_request(target, headers)
    if plain is not None:
        assert plain == ByH11("GET", target, headers, b"").request


def test_the_requests_of_polls_are_plain() -> None:
    headers = [
        (b"Host", b"kabar.example:8080"),
        (b"User-Agent", b"Pantau/1 (+https://kabar.example)"),
        (b"Accept", b"application/rss+xml, */*;q=0.1"),
        (b"If-None-Match", b'W/"v1"'),
    ]
    assert plain_request("/feed?a=b", headers) is not None


@pytest.mark.parametrize(
    "more",
    [b"", b"Connection: keep-alive\r\n", b"Set-Cookie: a=b\r\nServer: x\r\n"],
)
@pytest.mark.parametrize("status", [b"200 OK", b"404 Not Found", b"503 x"])
def test_ordinary_responses_need_no_h11(status: bytes, more: bytes) -> None:
    head = b"HTTP/1.1 %b\r\nContent-Length: 5\r\n%b" % (status, more)
    assert plain_response(*clean_parts(head.removesuffix(b"\r\n"))) is not None


@given(STATUS, st.lists(FIELDS, max_size=4), BODIES, st.lists(st.integers(1, 120), max_size=3))
@example(b"HTTP/1.1 200 OK", [b"Content-Length: 5"], b"kabar", [])
@example(b"HTTP/1.1 200 OK", [b"Content-Length: 5"], b"kab", [40])
@example(b"HTTP/1.1 200 OK", [b"Content-Length: 5"], b"kabarnya", [])
@example(b"HTTP/1.1 304 Not Modified", [b'ETag: "v1"', b"Content-Length: 12"], b"", [])
def test_a_response_is_read_as_h11_reads_it(
    status: bytes, fields: list[bytes], body: bytes, cuts: list[int]
) -> None:
    raw = b"\r\n".join([status, *fields, b"", body])
    places = [0, *sorted({one for one in cuts if one < len(raw)}), len(raw)]
    pieces = [raw[start:end] for start, end in pairwise(places)]
    ours = asyncio.run(_exchange(pieces))
    with patch("pantau.adapters.http.connection.plain_response", return_value=None):
        assert ours == asyncio.run(_exchange(pieces))


class _Network:
    """The other side of a connection, which sends what it is given and ends."""

    def __init__(self, reader: Reader, pieces: list[bytes]) -> None:
        self._reader = reader
        self._pieces = pieces

    def write(self, data: bytes) -> None:
        """Send the response, as to any request."""
        assert data.startswith(b"GET / HTTP/1.1\r\n")
        self._task = asyncio.get_running_loop().create_task(self._answer())

    async def _answer(self) -> None:
        for one in self._pieces:
            if one:
                self._reader.feed_data(one)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        self._reader.feed_eof()

    async def drain(self) -> None:
        """Do nothing: it is always ready."""

    def is_closing(self) -> bool:
        """Return that it is open."""
        return False


async def _exchange(pieces: list[bytes]) -> tuple[Any, ...]:
    """Return everything that one sees of an exchange."""
    reader = Reader()
    network: Any = _Network(reader, pieces)
    connection = Connection(Route(("http", "kabar.example", 80)), reader, network)
    seen: list[Any] = []
    try:
        head = await connection.send("GET", "/", [(b"Host", b"kabar.example")])
        seen += [head.status_code, list(head.headers)]
        seen += [piece async for piece in connection.body()]
    except (h11.ProtocolError, OSError) as error:
        return (*seen, type(error), str(error))
    framing = connection._framing  # whether it is reusable, apart from the end that follows
    return (*seen, framing is not None and framing.reusable())
