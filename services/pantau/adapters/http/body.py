"""Reads a response body within a limit on its decompressed size.

A truncated body is accepted if its document is complete: servers announce wrong lengths, omit the
last chunk or the gzip trailer, and leave connections open.
"""

import json
import re
from collections.abc import AsyncIterable
from typing import Final

import h11

from pantau.adapters.http.coding import UNDECLARED, Coding, codings, looks_like_text
from pantau.ports import FetchError

_MAX_LAYERS: Final = 2
_TAIL: Final = 4_096
"""Bytes at the end of a body that are searched for the root's end tag; comments may follow it."""
_ENDS: Final = re.compile(
    rb"</\s*(?:\w{1,20}:)?(?:rss|feed|rdf|opml|urlset|sitemapindex|html)\s*>", re.IGNORECASE
)
_JSON: Final = frozenset({(b"{", b"}"), (b"[", b"]")})
"""The first and the last character of objects and lists."""


async def read_body(
    chunks: AsyncIterable[bytes], *, encoding: str, length: str | None, limit: int
) -> bytes:
    """Read a whole body and decode its `Content-Encoding`.

    `length` is the `Content-Length`, if present. An empty chunk signals that the connection is
    stalled. Raises FetchError: `too_large` beyond `limit` bytes, compressed or decompressed;
    `protocol` for corrupt compressed data or a truncated body whose document is incomplete.
    """
    steps, unknown = codings(encoding)
    layers = len(steps) - UNDECLARED
    if layers > _MAX_LAYERS:
        raise FetchError("protocol", f"the body is compressed {layers} times over")
    if length is not None and length.strip().isdigit() and int(length) > limit:
        raise too_large(limit, f"it announces {int(length):,} bytes")
    body = _Body(steps, limit)
    cut: Exception | None = None
    try:
        async for chunk in chunks:
            # Some servers keep the connection open after the document, without a length.
            if not chunk and document_ended(body.so_far()):
                break
            body.add(chunk)
    except (h11.RemoteProtocolError, OSError) as error:
        cut = error
    # A connection that breaks costs nothing if the document is complete, as in browsers.
    content = body.close()
    trouble = next((text for text in (step.trouble() for step in steps) if text), None)
    if (cut is not None or trouble is not None) and not document_ended(content):
        if cut is not None:
            raise cut
        raise FetchError("protocol", trouble or "")
    if unknown and content and not looks_like_text(content):
        raise FetchError(
            "protocol", f"the body is encoded as {unknown[0]!r}, which was not asked for"
        )
    return content


class _Body:
    """The decompressed body, accumulated chunk by chunk."""

    def __init__(self, steps: list[Coding], limit: int) -> None:
        self._steps = steps
        self._limit = limit
        self._received = 0
        self._out = bytearray()

    def add(self, chunk: bytes) -> None:
        """Append a chunk. Raises FetchError beyond the limit."""
        self._received += len(chunk)
        if self._received > self._limit:
            raise too_large(self._limit, "it was still sending")
        self._through(chunk, 0)

    def so_far(self) -> bytes:
        """Return what is decompressed so far."""
        return bytes(self._out)

    def close(self) -> bytes:
        """Return the whole body, with what the decoders buffered."""
        for number, step in enumerate(self._steps):
            self._through(step.last(self._limit - len(self._out)), number + 1)
        return bytes(self._out)

    def _through(self, data: bytes, first: int) -> None:
        """Pass data through the decoders from `first` on."""
        packed = len(data)
        for step in self._steps[first:]:
            data = step.feed(data, self._limit - len(self._out))
        self._out += data
        if len(self._out) > self._limit:
            how = f"{self._received:,} compressed bytes unpack to more"
            raise too_large(self._limit, how if len(data) != packed else "it was still sending")


def document_ended(body: bytes) -> bool:
    """Return whether a document is complete: its root has an end tag, or its JSON parses.

    UTF-16 documents are recognised, too.
    """
    tail = body[-_TAIL:].replace(b"\0", b"")
    if _ENDS.search(tail):
        return True
    if (body.lstrip()[:1], tail.rstrip()[-1:]) not in _JSON:
        return False
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


async def read_start(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    """Read up to `limit` bytes of a body as it comes, for showing what a server answered."""
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
