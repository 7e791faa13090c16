"""A TCP proxy on the loopback interface whose connections can be slowed down, or die silently.

A connection that dies silently is half open: neither end learns of it, as when a firewall has
forgotten it. Connections opened later work, unless the proxy is mute: then they are accepted, and
nothing is ever said. A connection can also die at a certain request of Kafka's protocol, so that
its answer never comes.
"""

import asyncio
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from pantau.local import kafka as kafka_server

HOST = "127.0.0.1"
CHUNK = 64 * 1024
JOIN_GROUP, HEARTBEAT, SYNC_GROUP = 11, 12, 14
"""Kinds of requests of Kafka's protocol: https://kafka.apache.org/protocol#protocol_api_keys."""
HEAD = struct.Struct(">ih")
"""How a request begins: its size after these four bytes, and its kind."""


class Requests:
    """The requests that a client of Kafka sends over one connection."""

    def __init__(self) -> None:
        self._head = b""
        self._left = 0  # bytes of the request that has begun

    def kinds(self, data: bytes) -> set[int]:
        """Return the kinds (API keys) of the requests that begin in the next bytes."""
        found = set[int]()
        while data:
            if self._left:
                passed = min(self._left, len(data))
                self._left, data = self._left - passed, data[passed:]
                continue
            missing = HEAD.size - len(self._head)
            self._head, data = self._head + data[:missing], data[missing:]
            if len(self._head) == HEAD.size:
                size, kind = HEAD.unpack(self._head)
                self._head, self._left = b"", size - 2  # the kind is part of the request
                found.add(kind)
        return found


@dataclass(frozen=True)
class Trap:
    """A kind of request at which a connection dies, one of `among` (None: any), and only one."""

    kind: int
    among: frozenset[asyncio.Task[None]] | None
    sprung: threading.Event = field(default_factory=threading.Event)


class Proxy:
    """Forwards to a port of this machine, the `target`; `port` is its own."""

    def __init__(self, target: int) -> None:
        self.target = target
        self._delay = 0.0
        self._mute = False
        self._trap: Trap | None = None
        self._dead: set[asyncio.Task[None]] = set()
        self._live: set[asyncio.Task[None]] = set()
        self.port = 0

    def slow(self, seconds: float) -> None:
        """Hold every chunk back for so many seconds, in each direction; 0 for no longer."""
        self._delay = seconds

    def let_die(self) -> int:
        """Stop every open connection silently; return how many there are."""
        count = len(self._live)
        self._dead |= self._live
        return count

    def mute(self) -> int:
        """Stop every connection silently, and those to come, until `speak`; return how many."""
        self._mute = True
        return self.let_die()

    def speak(self) -> None:
        """Serve the connections to come again. Those that were opened meanwhile stay dead."""
        self._mute = False

    def die_at(self, kind: int, *, opened: bool = False) -> threading.Event:
        """Stop the next connection that sends such a request silently, and the request with it.

        If `opened`, only one that is open now. Returns an event that is set when it has happened.
        """
        self._trap = Trap(kind, frozenset(self._live) if opened else None)
        return self._trap.sprung

    def _spring(self, task: asyncio.Task[None], kinds: set[int]) -> None:
        trap = self._trap
        if trap is None or trap.kind not in kinds or task in self._dead:
            return
        if trap.among is None or task in trap.among:
            self._trap = None
            self._dead.add(task)
            trap.sprung.set()

    async def serve(self, started: threading.Event, stop: asyncio.Event) -> None:
        """Serve until `stop` is set."""
        server = await asyncio.start_server(self._connection, HOST, 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await stop.wait()
        server.close()
        for task in self._live | self._dead:
            task.cancel()
        await asyncio.gather(*self._live, *self._dead, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._live.add(task)
        if self._mute:
            self._dead.add(task)
        try:
            # Cancelled at the end alone; asyncio would report it as an error of this callback.
            with suppress(OSError, asyncio.CancelledError):
                await self._joined(task, reader, writer)
        finally:
            self._live.discard(task)
            self._dead.discard(task)
            writer.close()

    async def _joined(
        self, task: asyncio.Task[None], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        there, back = await asyncio.open_connection(HOST, self.target)
        try:
            work = (
                self._pump(task, reader, back, Requests()),
                self._pump(task, there, writer),
            )
            pumps = [asyncio.ensure_future(one) for one in work]
            try:
                await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in pumps:
                    one.cancel()
                await asyncio.gather(*pumps, return_exceptions=True)
        finally:
            back.close()

    async def _pump(
        self,
        task: asyncio.Task[None],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        requests: Requests | None = None,
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                if requests is not None:
                    self._spring(task, requests.kinds(data))
                if self._delay:
                    await asyncio.sleep(self._delay)
                if task in self._dead:
                    continue  # swallowed
                writer.write(data)
                await writer.drain()
            # An end that closes is not passed on either by a connection that is dead.
            if task in self._dead:
                await asyncio.get_running_loop().create_future()


@contextmanager
def proxy_to(target: int) -> Iterator[Proxy]:
    """Serve a proxy in a thread of its own."""
    proxy, started = Proxy(target), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(
        target=lambda: loop.run_until_complete(proxy.serve(started, stop)), daemon=True
    )
    thread.start()
    assert started.wait(60.0)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(60.0)
        loop.close()


@contextmanager
def advertised(proxy: Proxy) -> Iterator[None]:
    """Set the proxy as the address that its target advertises, if that is started meanwhile.

    Any other Kafka of this process advertises itself: its clients would come to the target.
    """
    plain = kafka_server.properties

    def proxied(folder: Path, port: int, controller: int) -> str:
        name = f"advertised.listeners=PLAINTEXT://{HOST}:"
        text = plain(folder, port, controller)
        return text.replace(f"{name}{proxy.target}\n", f"{name}{proxy.port}\n")

    with mock.patch.object(kafka_server, "properties", proxied):
        yield
