"""The loop that publishes waiting pieces, one feed at a time, at the pace of the stages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from pantau.errors import PantauError
from pantau.poller.decision.decide import Rest
from pantau.poller.identity.listing import BASE_COST
from pantau.poller.publishing.pacing import Pacer
from pantau.poller.publishing.turns import PublishTurns
from pantau_schemas.events.article import Article

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.1
"""Interval in seconds between checks of the backlog while something waits."""

Backlog = Callable[[], int | None]
"""Returns the number of records that wait for the stages; None if unknown.

May block; called from any thread.
"""


def unknown_backlog() -> int | None:
    """Return None: the backlog of the stages is unknown."""
    return None


class Release:
    """Serves the feeds in turn while something waits.

    `write` writes a piece and returns the feed's new rest.
    """

    def __init__(
        self,
        turns: PublishTurns,
        pacer: Pacer,
        backlog: Backlog,
        write: Callable[[str, Rest], Awaitable[Rest | None]],
    ) -> None:
        self._turns = turns
        self._pacer = pacer
        self._backlog = backlog
        self._write = write
        self._filled = asyncio.Event()
        self._done: Callable[[str], None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="poller-backlog")

    def put(self, feed_id: str, rest: Rest, first: Sequence[Article]) -> tuple[str, ...]:
        """Queue a rest whose `first` piece is published.

        Returns the feeds whose rests were evicted. They have nothing waiting any longer, so `done`
        of `run` is called for the other feeds among them.
        """
        cost = sum(BASE_COST + len(one.title) + len(one.text) for one in first)
        self._pacer.spent(asyncio.get_running_loop().time(), cost, len(first))
        gone = self._turns.put(feed_id, rest)
        self._filled.set()
        for other in gone:
            if self._done is not None and other != feed_id:  # its own poll is not finished yet
                self._done(other)
        return gone

    async def run(self, done: Callable[[str], None]) -> None:
        """Serve turns forever; `done` is called for each feed without a rest."""
        self._done = done
        while True:
            await self._filled.wait()
            if not len(self._turns):
                self._filled.clear()
                continue
            pause = self._pacer.pause(asyncio.get_running_loop().time(), await self._look())
            if pause > 0:
                await asyncio.sleep(min(pause, LOOK_SECONDS))
            else:
                await self._turn(done)

    async def _turn(self, done: Callable[[str], None]) -> None:
        turn = self._turns.take()
        if turn is None:
            return
        feed_id, rest = turn
        left = await self._write(feed_id, rest)
        before, after = rest.publication, left.publication if left is not None else None
        cost = before.cost - (after.cost if after is not None else 0)
        articles = len(before.rest) - (len(after.rest) if after is not None else 0)
        self._pacer.spent(asyncio.get_running_loop().time(), cost, articles)
        if self._turns.advance(feed_id, rest, left):
            done(feed_id)

    async def _look(self) -> int | None:
        """Return the backlog of the stages, computed off the event loop."""
        if self._backlog is unknown_backlog:
            return None
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._backlog)
        # including missing permission: then pieces go at the fixed rate
        except PantauError as error:
            log.debug("how far the stages are behind is not known: %s", error)
            return None

    def close(self) -> None:
        """Stop the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)
