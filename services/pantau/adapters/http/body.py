"""Reads a response body within a limit on its decompressed size."""

import zlib
from collections.abc import AsyncIterable
from typing import Final, Protocol

from pantau.ports import FetchError

ACCEPT_ENCODING: Final = "gzip, deflate"
"""The accepted encodings. Both decompress incrementally with a bound, which defeats bombs."""

_MAX_LAYERS: Final = 2
_GZIP_MAGIC: Final = b"\x1f\x8b"


class _Layer(Protocol):
    def feed(self, data: bytes, limit: int) -> bytes:
        """Decompress, returning at most `limit` + 1 bytes in total.

        One byte above the limit shows that there is more.
        """

    def end(self) -> bool:
        """Return whether the compressed data was complete."""


class _Inflate:
    """Gzip (including concatenated members) or deflate (zlib or raw, as some servers send it)."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._head = b""
        self._plain = False
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes, limit: int) -> bytes:
        if self._plain:
            return data
        if self._stream is None:
            data = self._head + data
            self._head = b""
            if len(data) < 2:
                self._head = data
                return b""
            if self._gzip and not data.startswith(_GZIP_MAGIC):
                self._plain = True  # some servers announce gzip but send plain data
                return data
            self._stream = self._open(data)
        return self._unpack(data, limit)

    def _open(self, data: bytes) -> "zlib._Decompress":
        if self._gzip:
            return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        zlib_form = (
            data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        )  # RFC 1950, 2.2
        return zlib.decompressobj(wbits=zlib.MAX_WBITS if zlib_form else -zlib.MAX_WBITS)

    def _unpack(self, data: bytes, limit: int) -> bytes:
        out = bytearray()
        while data and self._stream is not None and len(out) <= limit:
            try:
                out += self._stream.decompress(data, limit + 1 - len(out))
            except zlib.error as error:
                raise FetchError("protocol", f"the compressed body is broken: {error}") from error
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                data = self._stream.unused_data
                if not (self._gzip and data.startswith(_GZIP_MAGIC)):
                    break  # data after the end is padding
                self._stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        return bytes(out)

    def end(self) -> bool:
        return self._plain or (self._stream.eof if self._stream is not None else not self._head)


async def read_body(
    chunks: AsyncIterable[bytes], *, encoding: str, length: str | None, limit: int
) -> bytes:
    """Read a whole body and decode its `Content-Encoding`.

    `length` is the `Content-Length`, if present. Raises FetchError: `too_large` beyond `limit`
    bytes, compressed or decompressed; `protocol` for an unsupported encoding or compressed data
    that is invalid or truncated.
    """
    layers = _layers(encoding)
    if length is not None and length.strip().isdigit() and int(length) > limit:
        raise too_large(limit, f"it announces {int(length):,} bytes")
    body = bytearray()
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        if received > limit:
            raise too_large(limit, "it was still sending")
        data = chunk
        for layer in layers:
            data = layer.feed(data, limit - len(body))
        body += data
        if len(body) > limit:
            raise too_large(
                limit,
                f"{received:,} compressed bytes unpack to more"
                if layers
                else "it was still sending",
            )
    if not all(layer.end() for layer in layers):
        raise FetchError(
            "protocol", "the compressed body ends in the middle; the server may be overloaded"
        )
    return bytes(body)


async def read_start(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    """Read up to `limit` raw bytes of a body, to show a server's answer."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) >= limit:
            break
    return bytes(body[:limit])


def too_large(limit: int, how: str) -> FetchError:
    """Return the error of a body beyond the limit."""
    return FetchError(
        "too_large", f"the body is longer than {limit:,} bytes ({how}); see fetch.max_bytes"
    )


def _layers(encoding: str) -> list[_Layer]:
    """Return the decoders for a `Content-Encoding`, outermost first."""
    names = [
        name
        for name in (part.strip().lower() for part in encoding.split(","))
        if name not in ("", "identity")
    ]
    if len(names) > _MAX_LAYERS:
        raise FetchError("protocol", f"the body is compressed {len(names)} times over")
    unknown = [name for name in names if name not in ("gzip", "x-gzip", "deflate")]
    if unknown:
        raise FetchError(
            "protocol", f"the body is encoded as {unknown[0]!r}, which was not asked for"
        )
    return [_Inflate(gzip=name != "deflate") for name in reversed(names)]
