"""One run over a queue of feeds.

Starts polls within the limits, collects them, and reschedules feeds.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pantau.common.time.clock import was_ahead
from pantau.poller.decision.decide import Decision
from pantau.poller.decision.outcome import NotModified, Outcome
from pantau.poller.timing.queue import PollQueue
from pantau_schemas.events.feed import FeedStatus

if TYPE_CHECKING:
    from pantau.poller.service import Poller

Beside = Callable[[Callable[[str], None]], Coroutine[None, None, None]]
"""A loop that runs alongside a round.

It calls back with each feed that may be polled again.
"""
LOOK_SECONDS: Final = 0.5
"""Interval in seconds between checks of the log for added, edited and removed feeds."""
GRACE_SECONDS: Final = 2.0
"""Grace period in seconds for running polls at shutdown."""


@dataclass(slots=True)
class PollReport:
    """The result of a round of polls."""

    polled: int = 0
    ok: int = 0
    warnings: int = 0
    errors: int = 0
    limited: int = 0
    waiting: int = 0  # not polled: not due, or their domain wants no request yet
    not_modified: int = 0
    new: int = 0
    changed: int = 0

    def count(self, decision: Decision, outcome: Outcome) -> None:
        """Add one poll."""
        self.polled += 1
        self.ok += decision.state.status is FeedStatus.OK
        self.warnings += decision.state.status is FeedStatus.WARNING
        self.limited += decision.state.status is FeedStatus.LIMITED
        self.errors += decision.state.status is FeedStatus.ERROR
        self.not_modified += isinstance(outcome, NotModified)
        self.add(decision)

    def add(self, decision: Decision) -> None:
        """Add the articles of a piece."""
        self.new += sum(one.revision == 1 for one in decision.articles)
        self.changed += sum(one.revision > 1 for one in decision.articles)


class Round:
    """Polls the feeds of a queue, within the limits, until it is empty or stopped."""

    def __init__(
        self,
        poller: "Poller",
        queue: PollQueue,
        stop: asyncio.Event,
        *,
        concurrency: int,
        following: bool,
        all_feeds: bool = False,
        beside: Beside | None = None,
    ) -> None:
        self.report = PollReport()
        self._poller = poller
        self._queue = queue
        self._stop = stop
        self._concurrency = concurrency
        self._following = following
        self._all_feeds = all_feeds
        self._beside = beside
        self._running: dict[asyncio.Task[None], str] = {}
        self._ended: list[asyncio.Task[None]] = []  # polls that are still in `_running`
        self._wake = asyncio.Event()
        self._next_look = 0.0
        self._looked = poller.now()
        self._loaded = False

    async def drive(self) -> None:
        """Run the round. Raises errors that no feed causes, such as StopError of the log."""
        loop = asyncio.get_running_loop()
        others: list[asyncio.Task[Any]] = [loop.create_task(self._stop.wait())]
        if self._beside is not None:
            others.append(loop.create_task(self._beside(self._again)))
        for one in others:
            one.add_done_callback(lambda _: self._wake.set())
        try:
            while not self._stop.is_set():
                if self._following:
                    await self._follow()
                self._launch()
                if not self._following and not self._running and not self._queue.waiting:
                    return
                await self._wait(self._pause())
                self._collect()
                # Raises the error of the task beside the round, which no feed causes. The first one
                # only waits.
                for one in others[1:]:
                    if one.done():
                        one.result()
            if self._running:
                await asyncio.wait(self._running, timeout=GRACE_SECONDS)
                self._collect()
        finally:
            for task in (*others, *self._running):
                task.cancel()
            await asyncio.gather(*others, *self._running, return_exceptions=True)

    async def _wait(self, pause: float | None) -> None:
        """Wait until a poll ends, or anything beside the polls, or the pause is over.

        Not by `asyncio.wait`, which registers with every running poll whenever one ends.
        """
        timer = None
        if pause is not None:
            timer = asyncio.get_running_loop().call_later(pause, self._wake.set)
        try:
            await self._wake.wait()
        finally:
            if timer is not None:
                timer.cancel()
        self._wake.clear()

    def _end(self, task: asyncio.Task[None]) -> None:
        self._ended.append(task)
        self._wake.set()

    async def _follow(self) -> None:
        """Check the log periodically. Added or edited feeds are polled at once."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._next_look:
            return
        news = await self._poller.look()
        self._next_look = loop.time() + LOOK_SECONDS
        for feed_id in news.removed:
            self._poller.drop(feed_id)
            self._queue.remove(feed_id)
        for feed_id in news.changed:
            self._poller.drop(feed_id)
            self._put(feed_id, at_once=self._loaded)
        for feed_id in news.polled:
            # Articles that another poller published meanwhile are unknown to the rest.
            self._poller.drop(feed_id)
        for feed_id in news.delivered:
            self._again(feed_id)
        now, looked = self._poller.now(), self._looked
        self._looked = now
        is_set_back = was_ahead(looked, now)
        if is_set_back:
            self._poller.set_back()
            self._queue.forget_rests()
        everything = is_set_back or (news.shared and self._loaded)
        for feed_id in self._poller.feeds() if everything else news.polled:
            self._again(feed_id)
        self._loaded = True

    def _again(self, feed_id: str) -> None:
        """Reschedule a feed, unless it has articles that wait for their turn."""
        if not self._poller.waits(feed_id):
            self._put(feed_id)

    def _put(self, feed_id: str, *, at_once: bool = False) -> None:
        feed = self._poller.feed(feed_id)
        if feed is None:
            self._queue.remove(feed_id)
            return
        due = self._poller.now() if at_once else self._poller.due(feed)
        self._queue.put(feed_id, self._poller.domain(feed), due.timestamp())

    def _launch(self) -> None:
        now = self._poller.now().timestamp()
        while len(self._running) < self._concurrency:
            feed_id = self._queue.take(now)
            if feed_id is None:
                return
            feed = self._poller.feed(feed_id)
            if feed is None:
                self._queue.done(feed_id)
                continue
            until = self._poller.domain_until(feed)
            if not self._all_feeds and until is not None and until.timestamp() > now:
                self._queue.done(feed_id)
                self._report_waiting(feed_id)
                continue
            work = self._poller.poll(
                feed, self.report, paced=self._following, always=self._all_feeds
            )
            task = asyncio.get_running_loop().create_task(work)
            task.add_done_callback(self._end)
            self._running[task] = feed_id

    def _report_waiting(self, feed_id: str) -> None:
        """Put a feed off until its domain accepts requests."""
        if self._following:
            self._put(feed_id)
        else:
            self.report.waiting += 1

    def _pause(self) -> float | None:
        """Return how long nothing can happen without an event.

        None if only the end of a poll can bring work.
        """
        pause = None
        if self._following:
            pause = max(0.0, self._next_look - asyncio.get_running_loop().time())
        due = self._queue.next_due()
        if due is not None and len(self._running) < self._concurrency:
            left = max(0.0, due - self._poller.now().timestamp())
            pause = left if pause is None else min(pause, left)
        return pause

    def _collect(self) -> None:
        """Collect finished polls and reschedule their feeds."""
        ended, self._ended = self._ended, []
        for task in ended:
            feed_id = self._running.pop(task)
            self._queue.done(feed_id)
            task.result()
            if self._following and feed_id not in self._queue:
                self._again(feed_id)
