"""HTTP/1.1 connections, kept alive: `framing` for the protocol, asyncio for the network.

Small on purpose. General clients bring pools whose cost grows with the number of open connections,
and a second name resolution, which the guarded fetcher must not have; they reject heads that
browsers accept. Heads are normalised (`heads.py`) before they are read.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import h11

from pantau.adapters.http.expiry import Expiries
from pantau.adapters.http.framing import (
    MAX_HEAD_BYTES,
    ByH11,
    Framing,
    Headers,
    ResponseHead,
    chunked_response,
    plain_response,
    written_request,
)
from pantau.adapters.http.heads import clean_parts, could_be_head, joined_head, split_head

MAX_INTERIM: Final = 20
"""Maximum number of interim responses (1xx); servers send one or two."""
FREE_PIECES: Final = 50_000
"""Pieces of a body that are allowed before their average size is checked.

They are as small as the server's chunks.
"""
LEAST_PIECE: Final = 32
"""Minimum average size of the pieces of a body in bytes.

Ten million chunks of one byte would take minutes to read.
"""
FREE_FRAMING: Final = 1_000_000
"""Framing bytes (chunk extensions) that are allowed before the body's length is considered."""
_PIECES_A_TURN: Final = 256
"""Pieces after which the task yields to the event loop, even if more are buffered."""
IDLE_SECONDS: Final = 15.0
MAX_IDLE: Final = 64
STALL_SECONDS: Final = 4.0
"""Silence in a body after which its reader may check whether the document is complete."""
_LONGEST_START: Final = 64
"""Bytes, blank lines included, by which a head must have begun."""
_STATUS_CLASS: Final = slice(len("HTTP/1.1 "), len("HTTP/1.1 ") + 1)
_READ: Final = 64 * 1024

Origin = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Route:
    """How an origin is reached. Connections are reused only for the same route."""

    origin: Origin
    proxy: str | None = None  # with its login
    ca_bundle: str | None = None
    verify: bool = True


class Reader(asyncio.StreamReader):
    """Knows how many received bytes are still unread."""

    unread = 0

    def feed_data(self, data: bytes) -> None:  # type: ignore[override]  # (transports give bytes alone)
        """Buffer what the transport received."""
        self.unread += len(data)
        super().feed_data(data)

    async def read(self, n: int = -1) -> bytes:
        """Read up to `n` bytes."""
        data = await super().read(n)
        self.unread -= len(data)
        return data

    async def readuntil(self, separator: bytes = b"\n") -> bytes:  # type: ignore[override]  # (one separator is enough)
        """Read up to and including a separator."""
        data = await super().readuntil(separator)
        self.unread -= len(data)
        return data


class Connection:
    """One connection to one origin; one exchange at a time."""

    def __init__(self, route: Route, reader: "Reader", writer: asyncio.StreamWriter) -> None:
        self.route = route
        self.used = False
        self._reader = reader
        self._writer = writer
        self._framing: Framing | None = None  # of the response that is being read
        self._read_bytes = 0
        self._head = bytearray()
        self._pending: bytes = b""

    async def send(
        self, method: str, target: str, headers: Headers, body: bytes = b""
    ) -> ResponseHead:
        """Send a request and return the head of its response.

        Raises h11.ProtocolError and OSError.
        """
        request, by_h11 = written_request(method, target, headers, body)
        self._writer.write(request)
        # A server may answer and close before it has read everything.
        with contextlib.suppress(ConnectionError):
            await self._writer.drain()
        for _ in range(MAX_INTERIM):
            status, fields, rest = await self._next_head()
            ordinary = plain_response(status, fields) if by_h11 is None else None
            if ordinary is not None:
                head, self._framing = ordinary
                if rest:
                    self._framing.receive(rest)
                return head
            # h11 reads a response only after it has seen its request, so it is shown the one that
            # was written by hand.
            by_h11 = by_h11 or ByH11(method, target, headers, body)
            interim = status[_STATUS_CLASS] == b"1"
            chunks = None if interim else chunked_response(status, fields)
            self._pending = rest if interim else b""  # another head follows
            by_h11.receive(joined_head(status, fields) + (b"" if interim or chunks else rest))
            answered = by_h11.next_head()
            if answered is not None:
                self._framing = chunks or by_h11
                if chunks and rest:
                    chunks.receive(rest)
                return answered
        message = f"more than {MAX_INTERIM} interim responses"
        raise h11.RemoteProtocolError(message)

    async def body(self) -> AsyncIterator[bytes]:
        """Yield the body as it arrives, and an empty chunk whenever it stalls.

        Raises h11.ProtocolError and OSError.
        """
        framing = self._framing
        if framing is None:
            return
        pieces = received = 0
        before = self._read_bytes
        while True:
            piece = framing.next_piece()
            if piece is None:
                if framing.complete:
                    return
                self._require_body(before, received)  # lines between chunks may never end
                data = await self._read_body()
                if data is None:
                    yield b""
                else:
                    framing.receive(data)
                continue
            pieces += 1
            received += len(piece)
            if pieces % _PIECES_A_TURN == 0:
                await asyncio.sleep(0)
            if pieces > FREE_PIECES and received < pieces * LEAST_PIECE:
                message = "the body comes in chunks of a few bytes"
                raise h11.RemoteProtocolError(message)
            self._require_body(before, received)
            if piece:
                yield piece

    def _require_body(self, before: int, received: int) -> None:
        """Raise h11.RemoteProtocolError if most of what was read since `before` is no body."""
        if self._read_bytes - before > FREE_FRAMING + 2 * received:
            message = "most of what is sent is not the body but the framing of its chunks"
            raise h11.RemoteProtocolError(message)

    async def _next_head(self) -> tuple[bytes, Headers, bytes]:
        """Read the next head; return its status line, its headers, and what came after it."""
        while True:
            data = self._pending or await self._reader.read(_READ)
            self._pending = b""
            if data:
                found = self._take_head(data)
                if found is not None:
                    return *clean_parts(found[0]), found[1]
                continue
            if self._head.strip():
                message = "it ends in the middle of its head"
                raise h11.RemoteProtocolError(message)
            message = "the server ended the connection instead of answering"
            raise ConnectionAbortedError(message)

    async def _read_body(self) -> bytes | None:
        """Read available bytes; empty at the end, None when the body stalls."""
        try:
            async with asyncio.timeout(STALL_SECONDS):
                data = await self._reader.read(_READ)
        except TimeoutError:
            return None
        self._read_bytes += len(data)
        return data

    def _take_head(self, data: bytes) -> tuple[bytes, bytes] | None:
        """Buffer the head of a response; once complete, return it and the bytes after it."""
        searched = len(self._head)
        self._head += data
        if searched < _LONGEST_START and not could_be_head(bytes(self._head[:_LONGEST_START])):
            message = "it does not begin with HTTP"
            raise h11.RemoteProtocolError(message)
        found = split_head(self._head, searched)
        if found is not None:
            self._head.clear()
        elif len(self._head) > MAX_HEAD_BYTES:
            message = f"its head is longer than {MAX_HEAD_BYTES:,} bytes"
            raise h11.RemoteProtocolError(message)
        return found

    def recycle(self) -> bool:
        """Prepare for another exchange; return False if the connection cannot be reused."""
        if self._framing is None or not self._framing.reusable() or self.closed:
            return False
        self._framing = None
        self.used = True
        return True

    @property
    def closed(self) -> bool:
        """True if either side closed the connection, or the server sent unsolicited data.

        Such data would be taken for the response to the next request.
        """
        return self._reader.at_eof() or self._writer.is_closing() or self._reader.unread > 0

    def close(self) -> None:
        """Close the connection immediately."""
        self._writer.transport.abort()


class IdleConnections:
    """Idle connections with a time limit; the oldest are evicted."""

    def __init__(self) -> None:
        self._idle = Expiries[Connection](IDLE_SECONDS, self._end)
        self._by_route: dict[Route, list[Connection]] = {}

    def take(self, route: Route) -> Connection | None:
        """Return an open connection, or None."""
        while waiting := self._by_route.get(route):
            connection = waiting[-1]
            self._forget(connection)
            if not connection.closed:
                return connection
            connection.close()
        return None

    def keep(self, connection: Connection) -> None:
        """Keep a connection for reuse, or close it if its exchange failed."""
        if not connection.recycle():
            connection.close()
            return
        if len(self._idle) >= MAX_IDLE:
            self._end(next(iter(self._idle)))
        self._idle.add(connection)
        self._by_route.setdefault(connection.route, []).append(connection)

    def close(self) -> None:
        """Close all connections."""
        for connection in tuple(self._idle):
            self._end(connection)

    def _end(self, connection: Connection) -> None:
        self._forget(connection)
        connection.close()

    def _forget(self, connection: Connection) -> None:
        self._idle.remove(connection)
        same = self._by_route[connection.route]
        same.remove(connection)
        if not same:
            del self._by_route[connection.route]
