"""Decodes `Content-Encoding` incrementally with a bound, which defeats decompression bombs.

The declared coding is often wrong: it names no compression (`UTF-8`, `none`, `aws-chunked`), the
body is plain, zlib's format is raw deflate, or a compressed file has no declaration. So the first
bytes select the decoder where they are unambiguous, and the declaration does otherwise.
"""

import re
import sys
import zlib
from typing import Final, Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPT_ENCODING: Final = "gzip, deflate, br, zstd"
"""The accepted codings. All of them decompress incrementally with a bound."""
KNOWN: Final = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "x-zstd"})
GZIP_MAGIC: Final = b"\x1f\x8b"
ZLIB_MAGICS: Final = (b"x\x01", b"x\x9c", b"x\xda")
"""Beginnings of zlib's format that no text has."""
ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
UNDECLARED: Final = 2
"""Compressions that are undone beside the declared ones."""
_SNIFFED: Final = 4
"""Bytes that are needed to select a decoder."""
_ZSTD_WINDOW_LOG: Final = 23
"""Largest window: 8 MiB, which every decoder should support (RFC 8878, 3.1.1)."""
_TRAILER: Final = 8
_TRIAL: Final = 4_096
"""Most bytes that a trial decompresses."""
_MARKUP: Final = re.compile(rb"[ \t\r\n]*<[?!A-Za-z]")
_TEXT: Final = re.compile(
    rb"[ \t\r\n]*(?:<[?!A-Za-z]|[{\[][ \t\r\n\"{\[\]}])|\xef\xbb\xbf|\xfe\xff|\xff\xfe"
)


class Decoder(Protocol):
    """A decoder of one coding."""

    broken: str | None  # why decompression stopped

    def feed(self, data: bytes, limit: int) -> bytes:
        """Decompress at most `limit` + 1 bytes; one above the limit shows that there is more."""

    def end(self) -> bool:
        """Return whether the compressed data was complete and valid."""


class Identity:
    """Passes bytes through."""

    broken: str | None = None

    def feed(self, data: bytes, limit: int) -> bytes:  # noqa: ARG002 (the caller enforces the limit)
        """Return the data."""
        return data

    def end(self) -> bool:
        """Return True: plain data has no end marker."""
        return True


class Inflate:
    """Decompresses gzip (including concatenated members), zlib, or raw deflate, by `wbits`.

    The last eight bytes are buffered until more arrive or the body ends: in gzip they are
    checksums, and zlib discards the whole chunk in which one of them is wrong.
    """

    def __init__(self, wbits: int) -> None:
        self.broken: str | None = None
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits=wbits)
        self._held = b""
        self._began = False

    def feed(self, data: bytes, limit: int) -> bytes:
        """Decompress all but the last bytes received."""
        data = self._held + data
        self._held = data[-_TRAILER:]
        return self._unpack(data[:-_TRAILER], limit)

    def last(self, limit: int) -> bytes:
        """Decompress the buffered bytes."""
        data, self._held = self._held, b""
        return self._unpack(data, limit)

    def _unpack(self, data: bytes, limit: int) -> bytes:
        out = bytearray()
        while data and self.broken is None and len(out) <= limit:
            self._began = True
            if self._stream.eof:
                if not data.startswith(GZIP_MAGIC[: len(data)]):
                    break  # data after the end is padding
                self._stream = zlib.decompressobj(wbits=self._wbits)
            try:
                out += self._stream.decompress(data, limit + 1 - len(out))
            except zlib.error as error:
                self.broken = str(error)
                break
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return bytes(out)

    def end(self) -> bool:
        """Return whether the compressed data was complete."""
        return self.broken is None and (self._stream.eof or not self._began)


class Brotli:
    """Decompresses brotli (RFC 7932)."""

    def __init__(self) -> None:
        self.broken: str | None = None
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes, limit: int) -> bytes:
        """Decompress a chunk."""
        out = bytearray()
        while self.broken is None and len(out) <= limit and not self._stream.is_finished():
            try:
                piece = self._stream.process(data, output_buffer_limit=limit + 1 - len(out))
            except brotli.error as error:
                self.broken = str(error)
                break
            out += piece
            data = b""
            if not piece or self._stream.can_accept_more_data():
                break
        return bytes(out[: limit + 1])

    def end(self) -> bool:
        """Return whether the compressed data was complete."""
        return self.broken is None and bool(self._stream.is_finished())


class Zstd:
    """Decompresses Zstandard (RFC 8878), one frame or several."""

    def __init__(self) -> None:
        self.broken: str | None = None
        self._stream = self._open()

    @staticmethod
    def _open() -> "zstd.ZstdDecompressor":
        bound: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}
        return zstd.ZstdDecompressor(options=bound)

    def feed(self, data: bytes, limit: int) -> bytes:
        """Decompress a chunk."""
        out = bytearray()
        while self.broken is None and len(out) <= limit:
            if self._stream.eof:
                if not data.startswith(ZSTD_MAGIC):
                    break
                self._stream = self._open()
            try:
                piece = self._stream.decompress(data, limit + 1 - len(out))
            except zstd.ZstdError as error:
                self.broken = str(error)
                break
            out += piece
            data = self._stream.unused_data if self._stream.eof else b""
            if self._stream.needs_input or (not piece and not data):
                break
        return bytes(out)

    def end(self) -> bool:
        """Return whether the compressed data was complete."""
        return self.broken is None and self._stream.eof


class Coding:
    """One declared coding; an empty name detects an undeclared one."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._head = b""
        self._decoder: Decoder | None = None

    def feed(self, data: bytes, limit: int) -> bytes:
        """Decompress a chunk; the first bytes are buffered until they select a decoder."""
        if self._decoder is None:
            data = self._head + data
            if len(data) < _SNIFFED:
                self._head = data
                return b""
            self._head = b""
            self._decoder = decoder_for(self._name, data)
        return self._decoder.feed(data, limit)

    def last(self, limit: int) -> bytes:
        """Decompress what is buffered; call it once, at the end of the body."""
        out = b""
        if self._decoder is None and self._head:
            self._decoder = decoder_for(self._name, self._head)
            out = self._decoder.feed(self._head, limit)
        if isinstance(self._decoder, Inflate):
            out += self._decoder.last(limit - len(out))
        return out

    def trouble(self) -> str | None:
        """Return why the compressed data is incomplete or invalid, or None."""
        if self._decoder is None or self._decoder.end():
            return None
        if self._decoder.broken is not None:
            return f"the compressed body is broken: {self._decoder.broken}"
        return "the compressed body ends in the middle; the server may be overloaded"


def decoder_for(name: str, start: bytes) -> Decoder:
    """Return the decoder of a body that begins with `start` and is declared as `name`.

    `name` is a coding of `KNOWN`, or empty where none was declared.
    """
    if start.startswith(GZIP_MAGIC):
        return Inflate(zlib.MAX_WBITS | 16)
    if start.startswith(ZSTD_MAGIC):
        return Zstd()
    if name == "br":
        return Identity() if _MARKUP.match(start) else Brotli()
    if start.startswith(ZLIB_MAGICS) and _inflates(start, zlib.MAX_WBITS):
        return Inflate(zlib.MAX_WBITS)
    wbits = zlib.MAX_WBITS if _zlib_form(start) else -zlib.MAX_WBITS
    if name in {"gzip", "x-gzip", "deflate"} and not looks_like_text(start):
        return Inflate(wbits) if _inflates(start, wbits) else Identity()
    return Identity()


def codings(content_encoding: str) -> tuple[list[Coding], tuple[str, ...]]:
    """Return the codings of a `Content-Encoding`, outermost first, and the unknown names.

    The last ones detect a compressed document inside, and one within that: programs that keep
    compressed files compress them again.
    """
    names = [part.strip().lower() for part in content_encoding.split(",")]
    known = [name for name in names if name in KNOWN]
    unknown = tuple(name for name in names if name not in KNOWN and name not in {"", "identity"})
    return [Coding(name) for name in (*reversed(known), *[""] * UNDECLARED)], unknown


def looks_like_text(start: bytes) -> bool:
    """Return whether bytes begin as documents do: markup, JSON, or a byte order mark."""
    return _TEXT.match(start) is not None


def _inflates(start: bytes, wbits: int) -> bool:
    """Return whether the first bytes decompress; mislabelled text hardly ever does."""
    try:
        zlib.decompressobj(wbits=wbits).decompress(start, _TRIAL)
    except zlib.error:
        return False
    return True


def _zlib_form(start: bytes) -> bool:
    """Return whether bytes begin with a zlib header (RFC 1950, 2.2)."""
    return len(start) > 1 and start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
