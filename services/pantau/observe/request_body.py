"""Reads the body of a request within a limit: of a given length, or chunked (RFC 9112)."""

from collections.abc import Mapping
from typing import Final, Protocol

_LONGEST_LINE: Final = 1_000
_MOST_TRAILERS: Final = 50
_MOST_CHUNKS: Final = 200_000
_HEX: Final = frozenset("0123456789abcdefABCDEF")


class BodyError(Exception):
    """A body that is not read; `status` is the HTTP status of the answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Stream(Protocol):
    """A stream of bytes that blocks."""

    def read(self, size: int, /) -> bytes:
        """Return `size` bytes, fewer only at the end."""

    def readline(self, limit: int, /) -> bytes:
        """Return a line with its end, or `limit` bytes of it."""


def read_body(stream: Stream, headers: Mapping[str, str], limit: int) -> bytes:
    """Return the body of a request; `headers` have lower-case names.

    Raises BodyError: 400 for framing that is wrong or ambiguous, 411 for none, 413 for more than
    `limit` bytes, 415 for a coding.
    """
    length, coding = headers.get("content-length"), headers.get("transfer-encoding")
    if headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise BodyError(415, "the body is compressed")
    if coding is not None:
        # A length beside chunks is how requests are smuggled (RFC 9112, section 6.3).
        if length is not None or coding.strip().lower() != "chunked":
            raise BodyError(400, "the length of the body is ambiguous")
        return _read_chunks(stream, limit)
    if length is None:
        raise BodyError(411, "the length of the body is missing")
    length = length.strip()
    if not (length.isascii() and length.isdigit()):
        raise BodyError(400, "Content-Length is no number")
    # Digits are counted first, since the conversion of very many fails.
    if len(length) > 15 or int(length) > limit:
        raise BodyError(413, f"the body is longer than {limit:,} bytes")
    body = stream.read(int(length))
    if len(body) < int(length):
        raise BodyError(400, "the body ends early")
    return body


def _read_chunks(stream: Stream, limit: int) -> bytes:
    body = bytearray()
    for _ in range(_MOST_CHUNKS):
        size = _chunk_size(stream.readline(_LONGEST_LINE))
        if size == 0:
            _skip_trailers(stream)
            return bytes(body)
        if len(body) + size > limit:
            raise BodyError(413, f"the body is longer than {limit:,} bytes")
        chunk = stream.read(size)
        if len(chunk) < size or stream.readline(2) not in {b"\r\n", b"\n"}:
            raise BodyError(400, "a chunk of the body ends early")
        body += chunk
    raise BodyError(413, "the body has too many chunks")


def _chunk_size(line: bytes) -> int:
    text = line.decode("latin-1").partition(";")[0].strip()
    if not line.endswith(b"\n") or not text or len(text) > 15 or not set(text) <= _HEX:
        raise BodyError(400, "the size of a chunk is no number")
    return int(text, 16)


def _skip_trailers(stream: Stream) -> None:
    for _ in range(_MOST_TRAILERS):
        line = stream.readline(_LONGEST_LINE)
        if line in {b"", b"\r\n", b"\n"}:
            return
    raise BodyError(400, "the body has too many trailers")
