"""HTTP/1.1 connections, kept alive: h11 for the protocol, asyncio for the network.

Small on purpose. General clients bring pools whose cost grows with the number of open connections,
and a second name resolution, which the guarded fetcher must not have; they reject heads that
browsers accept. Heads are normalised (`heads.py`) before h11 sees them.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

import h11

from pantau.adapters.http.heads import clean_head, could_be_head, split_head

MAX_HEAD_BYTES: Final = 100 * 1024
"""Maximum size of a response head."""
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
_STALL: Final = object()
_LONGEST_START: Final = 64
"""Bytes, blank lines included, by which a head must have begun."""
_STATUS_CLASS: Final = slice(len("HTTP/1.1 "), len("HTTP/1.1 ") + 1)
_READ: Final = 64 * 1024

Origin = tuple[str, str, int]
Headers = Sequence[tuple[bytes, bytes]]


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
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)
        self._read_bytes = 0
        self._head = bytearray()
        self._pending: bytes = b""

    async def send(
        self, method: str, target: str, headers: Headers, body: bytes = b""
    ) -> h11.Response:
        """Send a request and return the head of its response.

        Raises h11.ProtocolError and OSError.
        """
        data = (
            self._state.send(h11.Request(method=method, target=target, headers=list(headers)))
            or b""
        )
        if body:
            data += self._state.send(h11.Data(data=body)) or b""
        data += self._state.send(h11.EndOfMessage()) or b""
        self._writer.write(data)
        with contextlib.suppress(
            ConnectionError
        ):  # a server may answer and close before reading everything
            await self._writer.drain()
        for _ in range(MAX_INTERIM):
            event = await self._next()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                message = "the server ended the connection instead of answering"
                raise ConnectionAbortedError(message)
        message = f"more than {MAX_INTERIM} interim responses"
        raise h11.RemoteProtocolError(message)

    async def body(self) -> AsyncIterator[bytes]:
        """Yield the body as it arrives, and an empty chunk whenever it stalls.

        Raises h11.ProtocolError and OSError.
        """
        pieces = received = 0
        before = self._read_bytes
        while True:
            event = await self._next()
            if event is _STALL:
                yield b""
                continue
            if not isinstance(event, h11.Data):
                return
            pieces += 1
            received += len(event.data)
            if pieces % _PIECES_A_TURN == 0:
                await asyncio.sleep(0)
            if pieces > FREE_PIECES and received < pieces * LEAST_PIECE:
                message = "the body comes in chunks of a few bytes"
                raise h11.RemoteProtocolError(message)
            if self._read_bytes - before > FREE_FRAMING + 2 * received:
                message = "most of what is sent is not the body but the framing of its chunks"
                raise h11.RemoteProtocolError(message)
            if event.data:
                yield bytes(event.data)

    async def _next(self) -> object:
        while True:
            event = self._state.next_event()
            if event is not h11.NEED_DATA:
                return event
            in_head = self._state.their_state is h11.SEND_RESPONSE
            data, self._pending = self._pending or await self._read(in_head=in_head), b""
            if data is None:
                return _STALL
            if not in_head:
                self._state.receive_data(data)
            elif data:
                self._take_head(data)
            elif self._head.strip():
                message = "it ends in the middle of its head"
                raise h11.RemoteProtocolError(message)
            else:
                return h11.ConnectionClosed()

    async def _read(self, *, in_head: bool) -> bytes | None:
        """Read available bytes; empty at the end, None when a body stalls."""
        if in_head:
            data = await self._reader.read(_READ)
        else:
            try:
                async with asyncio.timeout(STALL_SECONDS):
                    data = await self._reader.read(_READ)
            except TimeoutError:
                return None
        self._read_bytes += len(data)
        return data

    def _take_head(self, data: bytes) -> None:
        """Buffer the head of a response; once complete, normalise it and pass it to h11."""
        searched = len(self._head)
        self._head += data
        if searched < _LONGEST_START and not could_be_head(bytes(self._head[:_LONGEST_START])):
            message = "it does not begin with HTTP"
            raise h11.RemoteProtocolError(message)
        found = split_head(self._head, searched)
        if found is None:
            if len(self._head) > MAX_HEAD_BYTES:
                message = f"its head is longer than {MAX_HEAD_BYTES:,} bytes"
                raise h11.RemoteProtocolError(message)
            return
        self._head.clear()
        head = clean_head(found[0])
        interim = head[_STATUS_CLASS] == b"1"
        self._pending = found[1] if interim else b""  # another head follows
        self._state.receive_data(head if interim else head + found[1])

    def recycle(self) -> bool:
        """Prepare for another exchange; return False if the connection cannot be reused."""
        if self._state.our_state is not h11.DONE or self._state.their_state is not h11.DONE:
            return False
        if self._state.trailing_data[0] or self.closed:
            return False
        self._state.start_next_cycle()
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
        self._idle: dict[Connection, asyncio.TimerHandle] = {}
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
        timer = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._end, connection)
        self._idle[connection] = timer
        self._by_route.setdefault(connection.route, []).append(connection)

    def close(self) -> None:
        """Close all connections."""
        for connection in tuple(self._idle):
            self._end(connection)

    def _end(self, connection: Connection) -> None:
        self._forget(connection)
        connection.close()

    def _forget(self, connection: Connection) -> None:
        self._idle.pop(connection).cancel()
        same = self._by_route[connection.route]
        same.remove(connection)
        if not same:
            del self._by_route[connection.route]
