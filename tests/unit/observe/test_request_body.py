"""Bodies of requests: of a given length, in chunks, and everything that is neither."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.observe.request_body import BodyError, read_body

LIMIT = 1_000


def chunked(*parts: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in parts if one) + b"0\r\n\r\n"


@given(st.binary(max_size=2 * LIMIT))
def test_a_body_of_known_length_is_read_up_to_the_limit(body: bytes) -> None:
    stream = io.BytesIO(body + b"of the next request")
    headers = {"content-length": str(len(body))}
    if len(body) <= LIMIT:
        assert read_body(stream, headers, LIMIT) == body
    else:
        with pytest.raises(BodyError) as refused:
            read_body(stream, headers, LIMIT)
        assert (refused.value.status, stream.tell()) == (413, 0)


@given(st.lists(st.binary(max_size=LIMIT), max_size=5))
def test_a_body_in_chunks_is_read_up_to_the_limit(parts: list[bytes]) -> None:
    stream, whole = io.BytesIO(chunked(*parts)), b"".join(parts)
    if len(whole) <= LIMIT:
        assert read_body(stream, {"transfer-encoding": "chunked"}, LIMIT) == whole
    else:
        with pytest.raises(BodyError) as refused:
            read_body(stream, {"transfer-encoding": "chunked"}, LIMIT)
        assert refused.value.status == 413


@given(st.binary(max_size=200))
def test_no_bytes_in_place_of_chunks_do_harm(sent: bytes) -> None:
    with contextlib.suppress(BodyError):
        assert len(read_body(io.BytesIO(sent), {"transfer-encoding": "chunked"}, 100)) <= 100


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"x", 411),
        ({"content-length": "x"}, b"x", 400),
        ({"content-length": "-1"}, b"x", 400),
        ({"content-length": "1, 1"}, b"x", 400),
        ({"content-length": "٣"}, b"xxx", 400),
        ({"content-length": "9" * 40}, b"x", 413),
        ({"content-length": "5"}, b"xxx", 400),
        ({"content-length": "1", "transfer-encoding": "chunked"}, chunked(b"x"), 400),
        ({"transfer-encoding": "gzip, chunked"}, chunked(b"x"), 400),
        ({"transfer-encoding": "chunked"}, b"5\r\nxxx", 400),
        ({"transfer-encoding": "chunked"}, b"1\r\nxyz\r\n0\r\n\r\n", 400),
        ({"transfer-encoding": "chunked"}, b"0x1\r\nx\r\n0\r\n\r\n", 400),
        ({"transfer-encoding": "chunked"}, b"0\r\n" + b"a: b\r\n" * 60 + b"\r\n", 400),
        ({"content-length": "1", "content-encoding": "gzip"}, b"x", 415),
    ],
)
def test_framing_that_is_wrong_or_ambiguous_is_refused(
    headers: dict[str, str], body: bytes, status: int
) -> None:
    with pytest.raises(BodyError) as refused:
        read_body(io.BytesIO(body), headers, LIMIT)
    assert refused.value.status == status
