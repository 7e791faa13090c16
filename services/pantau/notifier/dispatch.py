"""The dispatcher: the loop that sends deliveries to their channels.

It consumes the topic `deliveries` as group `dispatcher`, folds it (`delivery_state`), and attempts
what is due (`schedule`), one message at a time per channel (`channel_queue`), channels in parallel
(`tries`): single alerts (`singles`), or a summary of the alerts over a channel's limit
(`summaries`). The result of an attempt is written as the delivery's next record, in the same step
that finishes the records before it; after a crash in between the message is sent again under the
same id.

- Nothing is sent before the topic was read to its end, because a later record may be final.
- Subscription, channel and alert are looked up when sending. If one was removed, the delivery is
  cancelled; if the subscription is paused, it is put on hold until the subscription is resumed or
  removed.
- When the log is unreachable it waits and resumes by itself; results are kept until they are
  written.
- The group's members divide the deliveries; each counts a channel's limit by itself.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from pantau.common.waiting import wait_until_set
from pantau.errors import RetryError
from pantau.notifier.attempt import is_paused
from pantau.notifier.channel_queue import ChannelQueue, Item
from pantau.notifier.delivery_state import DeliveryState
from pantau.notifier.dispatching.results import finish
from pantau.notifier.dispatching.schedule import Schedule
from pantau.notifier.dispatching.singles import Singles
from pantau.notifier.dispatching.tries import DispatcherState, Tries
from pantau.notifier.dispatching.waking import woken_by, woken_by_log
from pantau.notifier.floods.bundle import Bundle
from pantau.notifier.floods.summaries import Summaries
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import ChannelDriver, Clock, Consumer, Log
from pantau.settings import NotifySettings
from pantau_schemas.topics import ALERTS, DELIVERIES, SUBSCRIPTIONS

GROUP: Final = "dispatcher"
GRACE_SECONDS: Final = 5.0
"""Grace period in seconds for attempts under way at shutdown."""
LOG_PAUSE_SECONDS: Final = 1.0
_BATCH: Final = 500

_log = logging.getLogger("pantau.notifier")

T = TypeVar("T")


class Dispatcher:
    """Sends deliveries to channels.

    `drivers` are by kind of channel; the caller closes them.
    """

    def __init__(
        self,
        log: Log,
        drivers: Mapping[str, ChannelDriver],
        clock: Clock,
        settings: NotifySettings,
        signals: Signals = NO_SIGNALS,
    ) -> None:
        self._log = log
        self._clock = clock
        self._signals = signals
        self._book = DeliveryState(settings)
        self._wake = asyncio.Event()
        self._schedule = Schedule(clock, self._book.leave)
        self._desk = DispatcherState(
            log, clock, settings, signals, self._book, self._schedule, self._wake
        )
        self._tries = Tries(self._desk, drivers)
        self._singles = Singles(self._desk, self._tries)
        self._summaries = Summaries(self._desk, self._tries, self._singles, self._apart)
        self._version: int | None = None  # of the subscriptions, once deliveries were put on hold
        self._thread: ThreadPoolExecutor | None = None
        self._looked = False  # whether tables were read
        self._caught_up = False
        self._rewound = False  # whether records are read again
        signals.metrics.lag(GROUP, lambda: self.waiting)

    @property
    def waiting(self) -> int:
        """Number of known deliveries that are not final."""
        return len(self._book)

    @property
    def idle(self) -> bool:
        """True if everything was read and nothing is under way or due: the rest waits for its time."""
        desk = self._desk
        busy = (
            self._tries.tasks
            or self._schedule
            or desk.results
            or desk.doubtful
            or self._summaries.busy
        )
        return self._caught_up and not busy

    @property
    def sending(self) -> int:
        """Number of attempts under way."""
        return len(self._tries.tasks)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set.

        Then attempts under way get a short grace period, and their results are written.
        """
        consumer = self._log.consumer([DELIVERIES.name], GROUP)
        for topic in (SUBSCRIPTIONS, ALERTS):
            self._log.table(topic.name)  # so that `catch_up` includes them
        self._thread = ThreadPoolExecutor(1, "dispatcher-log")
        self._signals.health.ready("reading the deliveries", part=GROUP)
        try:
            async with woken_by_log(self._log, self._wake) as watcher, woken_by(stop, self._wake):
                while not stop.is_set():
                    self._wake.clear()
                    if watcher.done():
                        watcher.result()  # it only ends with an error
                    try:
                        await self._step(consumer)
                    except RetryError as error:
                        self._signals.waits(GROUP, error)
                        _log.warning("the log cannot be reached, trying again: %s", error)
                        await wait_until_set(stop, LOG_PAUSE_SECONDS)
                        continue
                    self._signals.works(GROUP)
                    await wait_until_set(self._wake, self._schedule.idle_seconds)
        finally:
            await self._wind_up(consumer)
            self._thread.shutdown(wait=False)

    async def _step(self, consumer: Consumer) -> None:
        if not self._looked:
            # The first lookup waits until everything was read; it must not block the loop.
            await self._apart(self._log.catch_up)
            self._looked = True
        self._hand_over(consumer)
        if self._rewound:
            # Records that are read again after a failed write must find their results in the log.
            await self._save(consumer, tidy=True, whole=True)
            self._rewound = False
        new = False
        while batch := await self._apart(consumer.poll, _BATCH):
            new = True
            reading = self._book.read(batch, self._clock.now())
            self._desk.results.add(reading.done, reading.letters)
            for lane in reading.lanes:
                self._schedule.put(lane)
        self._desk.current = self._desk.current and not new
        self._resume()
        self._serve()
        if self._desk.doubtful:
            await self._look_again()
        await self._summaries.work()
        await self._save(consumer, tidy=not self._tries.tasks)
        self._summaries.send_written()
        self._caught_up = True

    def _serve(self) -> None:
        """Start due attempts, as far as there are slots; queues take turns."""
        now = self._clock.now()
        self._schedule.wind(now)
        while self._schedule and self._tries.free:
            lane = self._schedule.take()
            item = lane.pick(now)
            if item is not None:
                self._begin(lane, item)
            self._schedule.put(lane)

    def _begin(self, lane: ChannelQueue, item: Item) -> None:
        if isinstance(item, Bundle):
            self._summaries.begin(lane, item)
        else:
            self._singles.begin(lane, item)

    async def _look_again(self) -> None:
        """Repeat lookups that found nothing.

        The subscription or alert was written before its delivery, but tables may lag.
        """
        await self._apart(self._log.catch_up)
        self._desk.current = True
        while self._desk.doubtful:
            lane, item = self._desk.doubtful.pop(0)
            lane.busy = False
            if isinstance(item, Bundle):
                self._summaries.begin(lane, item)  # by its turn tables might lag again
            else:
                lane.add(item)
            self._schedule.put(lane)
        self._serve()

    async def _apart(self, work: Callable[..., T], *given: object) -> T:
        """Call the log in a thread: it may block, and the attempts under way must not."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    def _hand_over(self, consumer: Consumer) -> None:
        """Drop deliveries of revoked partitions, with their unwritten results.

        The new owner sends again, under the same id.
        """
        taken = consumer.revoked()
        if taken:
            self._book.forget(taken)
            self._desk.results.forget(taken)

    async def _save(self, consumer: Consumer, *, tidy: bool = False, whole: bool = False) -> None:
        """Write a portion of the results, or all of them; the next step continues with the rest."""
        results = self._desk.results
        while results.wanted(tidy=tidy):
            groups = results.take()
            try:
                await self._apart(finish, consumer, groups)
            except RetryError:
                results.put_back(groups)
                self._rewound = True
                await self._apart(consumer.rewind)
                raise
            if not whole:
                break
        if results:
            self._wake.set()

    def _resume(self) -> None:
        """Queue held deliveries whose subscription is no longer paused."""
        if not self._book.holding:
            return
        table = self._log.table(SUBSCRIPTIONS.name)
        if self._version is None:
            self._version, changed = table.snapshot().version, self._book.holding
        else:
            changes = table.changes(self._version)
            self._version, changed = changes.version, self._book.holding & changes.values.keys()
        for lane in self._book.release(one for one in changed if not is_paused(self._log, one)):
            self._schedule.put(lane)

    async def _wind_up(self, consumer: Consumer) -> None:
        tasks: Iterable[asyncio.Task[None]] = set(self._tries.tasks)
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        self._hand_over(consumer)
        await self._summaries.settle_all()
        try:
            await self._save(consumer, tidy=True, whole=True)
        except RetryError as error:
            _log.warning(
                "results of the last tries were not written, they will be sent again: %s", error
            )
        await self._apart(consumer.close)
