"""HTTP/1.1 connections, kept for a while: h11 for the protocol, asyncio for the network.

Small on purpose. General clients bring pools whose cost grows with the connections open, and proxies, cookies
and a second resolution of names that the guarded fetcher must not have.
"""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Sequence
from typing import Final

import h11

MAX_HEAD_BYTES: Final = 100 * 1024
"""Longest head of a response."""
IDLE_SECONDS: Final = 15.0
MAX_IDLE: Final = 64
_READ: Final = 64 * 1024

Origin = tuple[str, str, int]
Headers = Sequence[tuple[bytes, bytes]]


class Connection:
    """One connection to one origin; one exchange at a time."""

    def __init__(self, origin: Origin, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.origin = origin
        self.used = False
        self._reader = reader
        self._writer = writer
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)

    async def send(self, method: str, target: str, headers: Headers, body: bytes = b"") -> h11.Response:
        """Send a request and give the head of its response. Raises h11.ProtocolError and OSError."""
        data = self._state.send(h11.Request(method=method, target=target, headers=list(headers))) or b""
        if body:
            data += self._state.send(h11.Data(data=body)) or b""
        data += self._state.send(h11.EndOfMessage()) or b""
        self._writer.write(data)
        with contextlib.suppress(ConnectionError):  # a server may answer and close before it has read all
            await self._writer.drain()
        while True:
            event = await self._next()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                message = "the server ended the connection instead of answering"
                raise ConnectionAbortedError(message)

    async def body(self) -> AsyncIterator[bytes]:
        """Give the body as it comes."""
        while True:
            event = await self._next()
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            else:
                return

    async def _next(self) -> object:
        while True:
            event = self._state.next_event()
            if event is not h11.NEED_DATA:
                return event
            data = await self._reader.read(_READ)
            if not data and self._state.their_state is h11.SEND_RESPONSE:
                return h11.ConnectionClosed()
            self._state.receive_data(data)

    def recycle(self) -> bool:
        """Make ready for another exchange; False if the connection cannot be used again."""
        if self._state.our_state is not h11.DONE or self._state.their_state is not h11.DONE:
            return False
        if self._state.trailing_data[0] or self.closed:
            return False
        self._state.start_next_cycle()
        self.used = True
        return True

    @property
    def closed(self) -> bool:
        """Whether either side has ended the connection."""
        return self._reader.at_eof() or self._writer.is_closing()

    def close(self) -> None:
        """End the connection now."""
        self._writer.transport.abort()


class IdleConnections:
    """Connections waiting for another exchange, each for a limited time, the oldest giving way."""

    def __init__(self) -> None:
        self._idle: dict[Connection, asyncio.TimerHandle] = {}
        self._by_origin: dict[Origin, list[Connection]] = {}

    def take(self, origin: Origin) -> Connection | None:
        """Give a connection that is still open."""
        while waiting := self._by_origin.get(origin):
            connection = waiting[-1]
            self._forget(connection)
            if not connection.closed:
                return connection
            connection.close()
        return None

    def keep(self, connection: Connection) -> None:
        """Keep a connection that its exchange left in order, else end it."""
        if not connection.recycle():
            connection.close()
            return
        if len(self._idle) >= MAX_IDLE:
            self._end(next(iter(self._idle)))
        timer = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._end, connection)
        self._idle[connection] = timer
        self._by_origin.setdefault(connection.origin, []).append(connection)

    def close(self) -> None:
        """End all connections."""
        for connection in tuple(self._idle):
            self._end(connection)

    def _end(self, connection: Connection) -> None:
        self._forget(connection)
        connection.close()

    def _forget(self, connection: Connection) -> None:
        self._idle.pop(connection).cancel()
        same = self._by_origin[connection.origin]
        same.remove(connection)
        if not same:
            del self._by_origin[connection.origin]


async def connect(origin: Origin, address: str, context: ssl.SSLContext | None) -> Connection:
    """Open a connection to `address`, with TLS for the origin's host if a context is given. Raises OSError."""
    reader, writer = await asyncio.open_connection(
        address, origin[2], ssl=context, server_hostname=origin[1] if context else None
    )
    return Connection(origin, reader, writer)
