"""The loop that brings deliveries to their channels.

It reads the topic `deliveries` as group `dispatcher`, folds it (`book`), and tries what is due, one message at a
time in each lane (`lane`), lanes side by side. What became of a try is written as the delivery's next record,
in the same step that finishes the records before it; a crash in between sends again under the same id.

- Nothing is sent before the topic was read to its end: a delivery may be final further on.
- Subscription, channel and alert are looked up when sending. Gone: cancelled. Paused: put on hold, neither sent
  nor cancelled, until the subscription is resumed or removed.
- `settings.lanes` tries start at the same time. A try that takes longer than `SLOW_AFTER_SECONDS` gives its place
  to another lane, so slow servers hold up nobody; `SLOW_FACTOR` bounds how many there can be altogether.
- When the log cannot be reached it waits and goes on by itself; results are kept until they are written.
"""

import asyncio
import contextlib
import heapq
import itertools
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final, TypeVar

from pantau.envelope import record_for
from pantau.errors import RetryError
from pantau.notifier.attempt import Cancelled, OnHold, Outcome, is_paused, look_up, send
from pantau.notifier.book import Book, place, record_of
from pantau.notifier.lane import Entry, Lane
from pantau.notifier.settle import STAGE, cancel, dead_letter, settle
from pantau.notifier.telling import channel_kind, tell_try
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import ChannelDriver, Clock, Consumer, Log, Message, Received, Record, Watch
from pantau.settings import NotifySettings
from pantau.waiting import wait_until_set
from pantau_schemas.alert import Delivery, DeliveryStatus
from pantau_schemas.topics import ALERTS, DEAD_LETTERS, DELIVERIES, SUBSCRIPTIONS

GROUP: Final = "dispatcher"
SLOW_AFTER_SECONDS: Final = 1.0
SLOW_FACTOR: Final = 10
"""Tries under way at once, slow ones included, are at most this many times `settings.lanes`."""
GRACE_SECONDS: Final = 5.0
"""How long tries under way may go on when the program is to stop."""
LOG_PAUSE_SECONDS: Final = 1.0
_BATCH: Final = 500
_GARBAGE_LIMIT: Final = 500  # finished records that may wait for company before they are marked so

_log = logging.getLogger("pantau.notifier")

T = TypeVar("T")


class Dispatcher:
    """Brings deliveries to channels. `drivers` are by kind of channel; closing them is the caller's part."""

    def __init__(
        self,
        log: Log,
        drivers: Mapping[str, ChannelDriver],
        clock: Clock,
        settings: NotifySettings,
        signals: Signals = NO_SIGNALS,
    ) -> None:
        self._log = log
        self._drivers = drivers
        self._clock = clock
        self._settings = settings
        self._signals = signals
        self._book = Book(settings)
        self._wake = asyncio.Event()
        self._ready: deque[Lane] = deque()
        self._timers: list[tuple[datetime, int, Lane]] = []
        self._tickets = itertools.count()
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = settings.lanes
        self._done: list[Received] = []
        self._produced: list[tuple[Received, Record]] = []  # with the record that each follows from
        self._version: int | None = None  # of the subscriptions, once some were on hold
        self._thread: ThreadPoolExecutor | None = None
        self._looked = False  # whether tables were read
        self._caught_up = False
        self._current = False  # whether tables were brought up to date after the last record was read
        self._doubtful: list[tuple[Lane, Entry]] = []  # alert or subscription not found, at the first look
        signals.metrics.lag(GROUP, lambda: self.waiting)

    @property
    def waiting(self) -> int:
        """Deliveries that are not final, as far as read."""
        return len(self._book)

    @property
    def idle(self) -> bool:
        """Whether all was read and nothing is under way or due: what is left waits for its time."""
        return self._caught_up and not (self._tasks or self._ready or self._produced)

    @property
    def sending(self) -> int:
        """Tries under way."""
        return len(self._tasks)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; then tries under way get a short grace, and what they came to is written."""
        consumer = self._log.consumer([DELIVERIES.name], GROUP)
        for topic in (SUBSCRIPTIONS, ALERTS):
            self._log.table(topic.name)  # so that `catch_up` knows of them
        self._thread = ThreadPoolExecutor(1, "dispatcher-log")
        self._signals.health.ready("reading the deliveries", part=GROUP)
        try:
            async with self._woken_by_log() as watcher, self._woken_by(stop):
                while not stop.is_set():
                    self._wake.clear()
                    if watcher.done():
                        watcher.result()  # it ends by an error only
                    try:
                        await self._step(consumer)
                    except RetryError as error:
                        self._signals.waits(GROUP, error)
                        _log.warning("the log cannot be reached, trying again: %s", error)
                        await wait_until_set(stop, LOG_PAUSE_SECONDS)
                        continue
                    self._signals.works(GROUP)
                    await wait_until_set(self._wake, self._idle_seconds())
        finally:
            await self._wind_up(consumer)
            self._thread.shutdown(wait=False)

    async def _step(self, consumer: Consumer) -> None:
        if not self._looked:
            # A first look-up waits until all was read; it must not hold up the loop.
            await self._apart(self._log.catch_up)
            self._looked = True
        self._hand_over(consumer)
        # First of all: what is read again after a failed write must meet a log that knows the results.
        await self._save(consumer)
        new = False
        while batch := await self._apart(consumer.poll, _BATCH):
            new = True
            reading = self._book.read(batch, self._clock.now())
            self._done += reading.done
            self._produced += reading.letters
            for lane in reading.lanes:
                self._schedule(lane)
        self._current = self._current and not new
        self._resume()
        self._serve()
        if self._doubtful:
            await self._look_again()
        await self._save(consumer, tidy=not self._tasks)
        self._caught_up = True

    async def _look_again(self) -> None:
        """Look up once more what was not found: it stood in the log before its delivery, but tables may be behind."""
        await self._apart(self._log.catch_up)
        self._current = True
        doubtful, self._doubtful = self._doubtful, []
        for lane, entry in doubtful:
            lane.busy = False
            lane.add(entry)
            self._schedule(lane)
        self._serve()

    async def _apart(self, work: Callable[..., T], *given: object) -> T:
        """Ask the log in a thread: it may have to wait, and the tries under way must not."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    def _hand_over(self, consumer: Consumer) -> None:
        """Forget what went to another member, with results that were not written: it sends again, by the same id."""
        taken = consumer.taken()
        if taken:
            self._book.forget(taken)
            self._done = [one for one in self._done if place(one) not in taken]
            self._produced = [one for one in self._produced if place(one[0]) not in taken]

    async def _save(self, consumer: Consumer, *, tidy: bool = False) -> None:
        """Write results. Records that need no result are finished along with others, or to be tidy."""
        if not (self._produced or len(self._done) > _GARBAGE_LIMIT or (tidy and self._done)):
            return
        done, produced = self._done, self._produced
        self._done, self._produced = [], []
        try:
            await self._apart(consumer.finish, done, [record for _, record in produced])
        except RetryError:
            self._done, self._produced = done + self._done, produced + self._produced
            await self._apart(consumer.rewind)
            raise

    def _resume(self) -> None:
        """Take up what was on hold, where the subscription is no longer paused."""
        if not self._book.holding:
            return
        table = self._log.table(SUBSCRIPTIONS.name)
        if self._version is None:
            self._version, changed = table.snapshot().version, self._book.holding
        else:
            changes = table.changes(self._version)
            self._version, changed = changes.version, self._book.holding & changes.values.keys()
        for lane in self._book.release(one for one in changed if not is_paused(self._log, one)):
            self._schedule(lane)

    # Which lane is served when

    def _schedule(self, lane: Lane) -> None:
        if lane.busy or lane.queued:
            return
        when = lane.next_time()
        if when is None:
            self._book.leave(lane)
        elif when <= self._clock.now():
            lane.queued = True
            self._ready.append(lane)
        elif lane.timer is None or when < lane.timer:
            lane.timer = when
            heapq.heappush(self._timers, (when, next(self._tickets), lane))

    def _idle_seconds(self) -> float | None:
        if not self._timers:
            return None
        return max(0.0, (self._timers[0][0] - self._clock.now()).total_seconds())

    def _serve(self) -> None:
        """Start what is due, as far as there are places; each lane in its turn."""
        now = self._clock.now()
        while self._timers and self._timers[0][0] <= now:
            lane = heapq.heappop(self._timers)[2]
            lane.timer = None
            self._schedule(lane)
        while self._ready and self._slots > 0 and len(self._tasks) < SLOW_FACTOR * self._settings.lanes:
            lane = self._ready.popleft()
            lane.queued = False
            entry = lane.pick(now)
            if entry is not None:
                self._begin(lane, entry)
            self._schedule(lane)

    def _begin(self, lane: Lane, entry: Entry) -> None:
        try:
            found = look_up(self._log, entry.delivery)
        except RetryError:
            lane.add(entry)
            self._schedule(lane)
            raise
        if isinstance(found, Message):
            lane.busy = True
            self._slots -= 1
            task = asyncio.create_task(self._try(lane, entry, found))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif isinstance(found, OnHold):
            self._book.hold(entry)
            if self._version is None:
                self._wake.set()  # changes are followed from now on; it may be resumed already
        elif isinstance(found, Cancelled) and not self._current:
            lane.busy = True
            self._doubtful.append((lane, entry))
        elif isinstance(found, Cancelled):
            self._write(entry, cancel(entry.delivery, found.reason, self._clock.now()))
        else:
            self._conclude(entry, found)

    # One try

    async def _try(self, lane: Lane, entry: Entry, message: Message) -> None:
        freed, began = False, self._clock.now()

        def free() -> None:
            nonlocal freed
            if not freed:
                freed = True
                self._slots += 1
                self._wake.set()

        slow = asyncio.get_running_loop().call_later(SLOW_AFTER_SECONDS, free)
        try:
            driver = self._drivers.get(message.channel.kind)
            outcome = await send(driver, message, self._settings.timeout_seconds)
            headers = entry.origin.record.headers
            written = self._conclude(entry, outcome)
            tell_try(self._signals, message, outcome.name, (headers, written), began, self._clock.now())
            if isinstance(outcome.error, RetryError):
                lane.failed(entry.delivery.delivery_id, self._clock.now(), outcome.error.after_seconds)
            else:
                lane.worked()
        finally:
            slow.cancel()
            free()
            lane.busy = False
            self._schedule(lane)

    def _conclude(self, entry: Entry, outcome: Outcome) -> Record | None:
        """Note what a try came to; gives the record that will say so, if this member is to write it."""
        now = self._clock.now()
        settled = settle(entry.delivery, outcome.error, now, self._settings)
        if settled.problem is not None:
            _log.warning(
                "delivery %s to %s is %s after try %d: %s",
                *(settled.delivery_id, settled.channel, settled.status, settled.attempts, settled.problem),
            )
        if entry.gone:  # another member brought it to an end meanwhile
            return None
        written = self._write(entry, settled)
        if settled.status is DeliveryStatus.FAILED:
            headers = dict(entry.origin.record.headers)
            letter = dead_letter(
                settled,
                offset=entry.origin.offset,
                headers=headers,
                error=outcome.name,
                now=now,
                detail=outcome.detail,
            )
            record = record_for(letter, DEAD_LETTERS, source=STAGE, time=now, parent=headers)
            self._produced.append((entry.origin, record))
        return written

    def _write(self, entry: Entry, settled: Delivery) -> Record:
        record = record_of(settled, entry.origin.record.headers)
        self._produced.append((entry.origin, record))
        self._done += entry.held
        entry.held = []
        entry.delivery = settled
        if settled.status.final:
            self._book.close(entry)
        else:
            self._book.wait(entry)
        self._signals.metrics.tried(channel_kind(settled), settled.status.value)
        self._wake.set()
        return record

    # Beginning and end

    @contextlib.asynccontextmanager
    async def _woken_by_log(self) -> AsyncIterator[asyncio.Task[None]]:
        """Wake the loop at every append. The wait has a thread of its own: others cannot take it away."""
        watch = self._log.watch()
        with ThreadPoolExecutor(1, "dispatcher-watch") as thread:
            watcher = asyncio.create_task(self._follow(watch, thread))
            watcher.add_done_callback(lambda _: self._wake.set())
            try:
                yield watcher
            finally:
                watcher.cancel()
                watch.wake()
                await asyncio.gather(watcher, return_exceptions=True)
                # The thread may still be in the wait: its turn comes when that is over.
                await asyncio.get_running_loop().run_in_executor(thread, watch.close)

    async def _follow(self, watch: Watch, thread: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                if await loop.run_in_executor(thread, watch.wait, 5.0):
                    self._wake.set()
            except RetryError:
                await asyncio.sleep(LOG_PAUSE_SECONDS)

    @contextlib.asynccontextmanager
    async def _woken_by(self, stop: asyncio.Event) -> AsyncIterator[None]:
        async def follow() -> None:
            await stop.wait()
            self._wake.set()

        watcher = asyncio.create_task(follow())
        try:
            yield
        finally:
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)

    async def _wind_up(self, consumer: Consumer) -> None:
        tasks: Iterable[asyncio.Task[None]] = set(self._tasks)
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        self._hand_over(consumer)
        try:
            await self._save(consumer, tidy=True)
        except RetryError as error:
            _log.warning("results of the last tries were not written, they will be sent again: %s", error)
        await self._apart(consumer.close)
