"""A receiver in trouble, and what a dispatcher did with it, by a clock that tests move."""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from pantau.settings import FetchSettings
from tests.unit.notifier.support import Board, Pace

Answer = int | str
"""A status, `drop` (the connection ends unanswered), or `hang`."""


@dataclass
class TroubledReceiver:
    """A loopback HTTP server. Each path answers by its script, then 200 for ever."""

    url: str = ""
    scripts: dict[str, Iterator[Answer]] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)
    """Further header lines of an answer, by status."""
    tried: list[tuple[str, str, Answer]] = field(default_factory=list)
    """Path, id of the message, and the answer; in order."""
    bodies: dict[str, set[bytes]] = field(default_factory=dict)
    """All bodies that came under an id."""
    release: asyncio.Event = field(default_factory=asyncio.Event)
    """Ends what hangs; else it ends when the client gives up."""

    @property
    def settings(self) -> FetchSettings:
        """Settings of a fetcher that may come here."""
        return FetchSettings.model_validate({"allow_networks": ["127.0.0.0/8"]})

    def accepted(self, path: str) -> list[str]:
        """Return the ids that were answered with 200 at a path, in order."""
        return [name for at, name, answer in self.tried if at == path and answer == 200]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve the requests of a connection."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                first, *lines = (
                    (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                )
                pairs = dict(line.lower().split(": ", 1) for line in lines if line)
                body = await reader.readexactly(int(pairs["content-length"]))
                path, name = first.split(" ")[1], pairs["webhook-id"]
                answer = next(self.scripts.get(path, iter(())), 200)
                self.tried.append((path, name, answer))
                self.bodies.setdefault(name, set()).add(json.dumps(json.loads(body)).encode())
                if answer == "drop":
                    break
                if answer == "hang":
                    await self._hang(reader)
                    break
                extra = self.headers.get(int(answer), "")
                writer.write(f"HTTP/1.1 {answer} X\r\nContent-Length: 0\r\n{extra}\r\n".encode())
                await writer.drain()
        writer.close()

    async def _hang(self, reader: asyncio.StreamReader) -> None:
        ends = [asyncio.create_task(one) for one in (reader.read(), self.release.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for one in ends:
            one.cancel()
        await asyncio.gather(*ends, return_exceptions=True)


@contextlib.asynccontextmanager
async def in_trouble(receiver: TroubledReceiver) -> AsyncIterator[TroubledReceiver]:
    """Serve on the loopback interface."""
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield receiver
    finally:
        receiver.release.set()
        server.close()


async def let_time_pass(
    board: Board, pace: Pace, done: Callable[[], bool], *, minutes: float = 10, steps: int = 1_000
) -> None:
    """Move the clock in steps, each time until nothing is due any more, until `done`."""
    for _ in range(steps):
        await pace.settle()
        if done():
            return
        board.clock.move(minutes=minutes)
    raise AssertionError(f"not done: {Counter(board.statuses())}")


def waits(board: Board, ids: list[str]) -> list[timedelta]:
    """Return how long each delivery took, by the clock of the test; all of them are delivered."""
    found = [board.state(one) for one in ids]
    assert {one.status.value for one in found} == {"delivered"}
    return [one.updated - one.created for one in found]
