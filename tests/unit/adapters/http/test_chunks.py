"""Bodies announced as chunked: read as h11 reads them, and as lenient clients do."""

import gzip
from itertools import pairwise

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.http.body import document_ended
from pantau.adapters.http.chunks import ByChunks
from pantau.adapters.http.framing import chunked_response
from pantau.ports import FetchError
from tests.unit.adapters.http.loopback import redirect, reply
from tests.unit.adapters.http.test_fetcher import get

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar pesisir</title></channel></rss>'
)
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
CLOSE = b"Connection: close\r\n\r\n"
SIZE = len(FEED)


def read(pieces: list[bytes], *, ended: bool = True) -> tuple[bytes, ByChunks]:
    """Return the body that comes in pieces, and what read it."""
    framing, body = ByChunks(lasting=True), b""
    for one in [*pieces, *([b""] if ended else [])]:
        framing.receive(one)
        while (piece := framing.next_piece()) is not None:
            body += piece
        if framing.complete:
            break
    return body, framing


def read_by_h11(raw: bytes) -> bytes:
    state = h11.Connection(h11.CLIENT)
    state.send(h11.Request(method="GET", target="/", headers=[("Host", "a")]))
    state.send(h11.EndOfMessage())
    state.receive_data(HEAD + b"\r\n" + raw)
    state.receive_data(b"")
    body = b""
    while not isinstance(event := state.next_event(), h11.EndOfMessage):
        body += bytes(event.data) if isinstance(event, h11.Data) else b""
    return body


@given(
    st.lists(st.binary(min_size=1, max_size=40), max_size=5),
    st.sampled_from([b"", b";x=1", b';q="a b"']),
    st.sampled_from([b"", b"X-Sum: 1\r\n"]),
    st.lists(st.integers(0, 300), max_size=4),
)
def test_chunks_are_read_as_h11_reads_them(
    chunks: list[bytes], extension: bytes, trailer: bytes, cuts: list[int]
) -> None:
    raw = b"".join(b"%x%b\r\n%b\r\n" % (len(one), extension, one) for one in chunks)
    raw += b"0\r\n" + trailer + b"\r\n"
    bounds = sorted({0, len(raw), *(cut for cut in cuts if cut < len(raw))})
    body, framing = read([raw[start:end] for start, end in pairwise(bounds)], ended=False)
    assert body == read_by_h11(raw) == b"".join(chunks)
    assert framing.reusable()


@pytest.mark.parametrize(
    "raw",
    [
        b"0x%x\r\n%b\r\n0\r\n\r\n" % (SIZE, FEED),
        b" %X \r\n%b\r\n0\r\n\r\n" % (SIZE, FEED),
        b"%x\n%b\n0\n\n" % (SIZE, FEED),
        b"%08x\r\n%b\r\n0\r\n\r\n" % (SIZE, FEED),
        b"%x\r\n%b0\r\n\r\n" % (SIZE, FEED),
    ],
    ids=["0x", "spaces", "line feeds", "zeros", "no end of line"],
)
def test_odd_chunks_are_chunks(raw: bytes) -> None:
    assert get({"/": HEAD + CLOSE + raw})[0].body == FEED


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (b"", FEED),
        (b"", b"\xef\xbb\xbf" + FEED),
        (b"", b"\r\n\r\n  " + FEED),
        (b"", JSON),
        (b"Content-Length: %d\r\n" % SIZE, FEED),
    ],
    ids=["plain", "byte order mark", "blank lines", "JSON", "with a length"],
)
def test_a_body_without_chunks_is_the_body(lines: bytes, body: bytes) -> None:
    assert get({"/": HEAD + lines + CLOSE + body})[0].body == body


def test_a_packed_body_without_chunks_is_unpacked() -> None:
    raw = HEAD + b"Content-Encoding: gzip\r\n" + CLOSE + gzip.compress(FEED, mtime=0)
    assert get({"/": raw})[0].body == FEED


def test_http_1_0_announces_chunks_that_it_does_not_send() -> None:
    raw = HEAD.replace(b"HTTP/1.1", b"HTTP/1.0") + CLOSE + FEED
    assert get({"/": raw})[0].body == FEED


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"10\r\n<rss",
        b"4\r\n<rss\r\n",
        b"4\r\n<rss\r\nzz\r\n",
        b"4\r\n<rss version=2.0>\r\n0\r\n\r\n",
        b"4\r\n<rss\r\n5;" + b"x" * 200_000,
    ],
    ids=["nothing", "half a chunk", "no last one", "no size", "a wrong size", "an endless line"],
)
def test_a_torn_body_is_none(raw: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        get({"/": HEAD + CLOSE + raw})
    assert caught.value.outcome == "protocol"


@pytest.mark.parametrize(
    "endless",
    [b"\r\n" * 1_000_000, b"0\r\n" + b"X-Sum: 1\r\n" * 200_000],
    ids=["blank lines", "headers after the body"],
)
def test_a_body_that_is_all_framing_is_refused(endless: bytes) -> None:
    with pytest.raises(FetchError, match="framing of its chunks"):
        get({"/": HEAD + CLOSE + b"4\r\n<rss\r\n" + endless})


def test_a_beginning_of_spaces_is_read_in_linear_time() -> None:
    # In quadratic time these took minutes, in which no other feed was read.
    framing = ByChunks(lasting=True)
    framing.receive(b" " * 130_000 + b"x")
    assert framing.next_piece() == b" " * 130_000 + b"x"


def test_a_connection_without_chunks_is_not_used_again() -> None:
    body, framing = read([FEED])
    assert (body, framing.complete, framing.reusable()) == (FEED, True, False)
    for status, field in ((b"HTTP/1.0 200 OK", b""), (b"HTTP/1.1 200 OK", b"close")):
        fields = [(b"Transfer-Encoding", b"chunked"), (b"Connection", field)]
        fields.append((b"Connection", b"keep-alive"))  # as a proxy adds
        found = chunked_response(status, fields)
        assert found is not None
        found.receive(b"0\r\n\r\n")
        assert found.next_piece() is None
        assert (found.complete, found.reusable()) == (True, False)


def test_a_list_of_json_is_known_to_have_ended() -> None:
    assert document_ended(b'[{"id": 1}]\n')
    assert not document_ended(b'[{"id": 1}')
    assert not document_ended(b'[{"id": 1}]]')


def test_of_two_locations_the_first_counts() -> None:
    raw = redirect("/kabar").replace(b"\r\n\r\n", b"\r\nLocation: /lain\r\n\r\n")
    assert get({"/": raw, "/kabar": reply(FEED)})[0].body == FEED
