"""The loop of a keyed stage: reads a topic, runs what is due, and writes the results.

It is a member of a group on the topic. Its policy folds records into queues, one per key; the
schedule serves queues in parallel, one item at a time each. The result of an item is written in the
same step that finishes its records. A crash in between repeats the work, under the same ids.

- Nothing is started before the topic was read to its end, or until the policy has no more room: a
  later record may answer an earlier one.
- When the log is unreachable the stage waits and resumes by itself; results are kept until they are
  written.
- After a rebalance it drops the work of other members, including unwritten results.
- At a record that a newer Pantau wrote it stops reading and is not ready: what came before goes on,
  and the record waits for the upgrade of this program. It is read again when this one is restarted.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Generic, TypeVar

from pantau.common.time.waiting import wait_until_set
from pantau.errors import NewerRecordError, RejectError, RetryError
from pantau.keyed.desk import Desk, Holding
from pantau.keyed.policy import Policy
from pantau.keyed.results import Group, Pair, apart, finish, place
from pantau.keyed.tasks import Tasks
from pantau.keyed.waking import woken_by, woken_by_log
from pantau.keyed.work_queue import AnyLane
from pantau.ports import Consumer, Log, Received, Share
from pantau.stream.dead_letter import emptied
from pantau.stream.upgrades import newer_version
from pantau_schemas.topics import DEAD_LETTERS, Topic

GRACE_SECONDS: Final = 5.0
"""Grace period in seconds for work under way at shutdown."""
LOG_PAUSE_SECONDS: Final = 1.0
_BATCH: Final = 500

_log = logging.getLogger(__name__)

L = TypeVar("L", bound=AnyLane)
I = TypeVar("I")  # noqa: E741 (an item)
T = TypeVar("T")


class KeyedStage(Generic[L, I]):
    """Member of group `name` on the topic `reads`, whose policy reads the tables in `follows`.

    For one run. `tasks` and `desk` are those that the policy was built with. `holding` is about the
    tables of which it needs its own partitions alone; None if it needs all of them whole.
    """

    def __init__(
        self,
        name: str,
        reads: Topic,
        follows: Sequence[Topic],
        log: Log,
        policy: Policy[L, I],
        desk: Desk[L, I],
        tasks: Tasks[L, I],
        holding: Holding | None = None,
    ) -> None:
        self._name = name
        self._reads = reads
        self._follows = follows
        self._log = log
        self._policy = policy
        self._desk = desk
        self._tasks = tasks
        self._wake = desk.wake
        self._thread: ThreadPoolExecutor | None = None
        self._holding = holding or Holding(name, (), log)
        self._caught_up = False  # whether the last step is over, and read to the end
        self._rewound = False  # whether records are read again
        # where reading stopped, for an upgrade, and why
        self._newer: tuple[Received, NewerRecordError] | None = None
        desk.signals.metrics.lag(name, lambda: self.waiting)

    @property
    def waiting(self) -> int:
        """Number of records that were read and are not final."""
        return self._policy.waiting

    @property
    def idle(self) -> bool:
        """True if everything was read and nothing is under way or due."""
        desk = self._desk
        busy = (
            self._tasks.running
            or desk.schedule
            or desk.results
            or desk.doubtful
            or self._policy.busy
        )
        return self._caught_up and not busy

    @property
    def working(self) -> int:
        """Number of running tasks."""
        return len(self._tasks.running)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set.

        Then work under way gets a short grace period, and its results are written. Raises the error
        of a failed task, such as StopError.
        """
        consumer = self._log.consumer([self._reads.name], self._name)
        self._holding.begin()
        for topic in self._follows:
            self._log.table(topic.name)  # so that `catch_up` includes them
        self._thread = ThreadPoolExecutor(1, f"{self._name}-log")
        signals = self._desk.signals
        signals.health.ready(f"reading the {self._reads.name}", part=self._name)
        try:
            async with (
                woken_by_log(self._log, self._wake, self._name) as watcher,
                woken_by(stop, self._wake),
            ):
                while not stop.is_set():
                    # Cleared before the step, not after it: whatever arrives meanwhile starts
                    # another step.
                    self._wake.clear()
                    if watcher.done():
                        watcher.result()  # it only ends with an error
                    try:
                        await self._step(consumer)
                    except RetryError as error:
                        signals.waits(self._name, error)
                        _log.warning(
                            "%s: the log cannot be reached, trying again: %s", self._name, error
                        )
                        await wait_until_set(stop, LOG_PAUSE_SECONDS)
                        continue
                    if self._newer is None:
                        signals.works(self._name)
                    else:
                        signals.health.ready(str(self._newer[1]), part=self._name)
                    await wait_until_set(self._wake, self._desk.schedule.idle_seconds)
        finally:
            await self._wind_up(consumer)
            self._thread.shutdown(wait=False)

    async def _step(self, consumer: Consumer) -> None:
        self._caught_up = False  # what a thread reads or writes meanwhile stands in no queue
        if self._tasks.failure is not None:
            raise self._tasks.failure
        # Before what was revoked is asked: what is lost in between stays held for another step, so
        # that no look-up for a record that is still here finds nothing.
        share = consumer.share(self._reads.name)
        if self._hand_over(consumer):
            await self._rewind(consumer)  # what stood behind a record that was in our way
        if not self._holding.stands(share):
            await self._renew(share)
        if self._rewound:
            # Records that are read again after a failed write must find their results in the log.
            await self._save(consumer, tidy=True, whole=True)
            self._rewound = False
        new = await self._read(consumer)
        # A record just read may be newer than the tables. What is begun from now on is postponed by
        # `doubt` until they have caught up.
        self._desk.current = self._desk.current and not new
        for lane in self._policy.resume():
            self._desk.schedule.put(lane)
        self._serve()
        if self._desk.doubtful:
            await self._look_again()
        await self._policy.work()
        await self._save(consumer, tidy=not self._tasks.running)
        self._policy.kept()
        self._caught_up = True

    async def _renew(self, share: Share | None) -> None:
        """Read the tables for what the group has assigned; the stage is not ready meanwhile.

        The first lookup waits until everything was read; it must not block the loop.
        """
        self._desk.signals.health.ready("reading its tables", part=self._name)
        await self._apart(self._holding.renew, share)

    async def _read(self, consumer: Consumer) -> bool:
        """Read to the end of the topic or of the room; return whether there was more."""
        new = False
        while self._newer is None and (room := self._policy.room):
            batch = await self._apart(consumer.poll, min(_BATCH, room), self._policy.room_bytes)
            if not batch:
                break
            new = True
            batch = self._before_newer(batch)
            try:
                more = self._holding.with_records(batch, consumer.share(self._reads.name))
                if more is not None:
                    await self._renew(more)
                reading = self._policy.read(batch, self._desk.clock.now())
            except RetryError:
                await self._rewind(consumer)  # nobody has taken the batch: it is to come again
                raise
            self._desk.results.add(reading.done, reading.produced)
            for lane in reading.lanes:
                self._desk.schedule.put(lane)
        return new

    def _before_newer(self, batch: Sequence[Received]) -> Sequence[Received]:
        """Return the records before the first one that a newer version wrote; note that one.

        Those behind it are read again, as it is: nobody marks them as done.
        """
        for number, one in enumerate(batch):
            error = newer_version(one.record, self._reads)
            if error is not None:
                waits = NewerRecordError(f"{self._name}: {one.record.key} waits: {error}")
                self._newer = one, waits
                self._desk.signals.waits(self._name, waits)
                _log.warning("%s", waits)
                return batch[:number]
        return batch

    def _serve(self) -> None:
        """Start due work, as far as there are slots; queues take turns."""
        clock, schedule = self._desk.clock, self._desk.schedule
        schedule.wind(clock.now())
        while schedule and self._tasks.free:
            lane = schedule.take()
            # The time of now: a queue that became due meanwhile would be put back without end.
            item = lane.pick(clock.now())
            if item is not None:
                self._policy.begin(lane, item)
            schedule.put(lane)

    async def _look_again(self) -> None:
        """Start postponed items again after updating the tables.

        Records written before an event was appended may not be in a table yet.
        """
        await self._apart(self._log.catch_up)
        self._desk.current = True
        while self._desk.doubtful:
            lane, item = self._desk.doubtful.pop(0)
            lane.busy = False
            self._policy.again(lane, item)
            self._desk.schedule.put(lane)
        self._serve()

    async def _apart(self, work: Callable[..., T], *given: object) -> T:
        """Call the log in a thread: it may block, and the running tasks must not."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    def _hand_over(self, consumer: Consumer) -> bool:
        """Drop the work of revoked partitions, with its unwritten results.

        The new owner repeats it, under the same ids. Return whether the record at which reading
        stopped went, too.
        """
        taken = consumer.revoked()
        if taken:
            self._policy.forget(taken)
            self._desk.results.forget(taken)
        return self._newer is not None and place(self._newer[0]) in taken

    async def _save(self, consumer: Consumer, *, tidy: bool = False, whole: bool = False) -> None:
        """Write a portion of the results, or all of them; the next step continues with the rest."""
        results = self._desk.results
        while results.wanted(tidy=tidy):
            groups = results.take()
            try:
                await self._apart(finish, consumer, groups)
            except RetryError:
                results.put_back(groups)
                await self._rewind(consumer)
                raise
            except RejectError:
                await self._one_by_one(consumer, groups)
                # Only now: what was finished since would be read again, and rejected again.
                await self._rewind(consumer)
                self._wake.set()  # unfinished records are read again after a rewind
            if not whole:
                break
        if results:
            self._wake.set()

    async def _one_by_one(self, consumer: Consumer, groups: Sequence[Group]) -> None:
        """Find and replace the results that the log rejects, such as a too large one."""
        left = deque(groups)
        while left:
            done, pairs, number = left.popleft()
            try:
                await self._apart(finish, consumer, [(done, pairs, number)])
                continue
            except RetryError:
                self._desk.results.put_back([(done, pairs, number), *left])
                await self._rewind(consumer)
                raise
            except RejectError as error:
                parts = apart((done, pairs, number))
                if len(parts) > 1:  # only what is rejected itself is replaced
                    left.extendleft(reversed(parts))
                    continue
                letters = self._letters(pairs, error)
            # Under the number of their group, so that marks taken before stay valid.
            left.appendleft((done, letters, number))

    def _letters(self, pairs: Sequence[Pair], error: RejectError) -> list[Pair]:
        """Return dead letters for rejected results; for rejected letters, without content."""
        origins = list({(place(one), one.offset): one for one, _ in pairs}.values())
        if all(record.topic == DEAD_LETTERS.name for _, record in pairs):
            origins = [emptied(one) for one in origins]
            if len(pairs) == 1 and pairs[0][0].record.value is None:
                raise error  # even that does not fit
        return [(one, self._policy.refused(one, error)) for one in origins]

    async def _rewind(self, consumer: Consumer) -> None:
        # The record of a newer version is polled again and found again; the partition may be
        # another member's by then.
        self._rewound, self._newer = True, None
        await self._apart(consumer.rewind)

    async def _wind_up(self, consumer: Consumer) -> None:
        tasks = set(self._tasks.running)
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        # Before the last write: results of partitions that were revoked are now another member's to
        # write.
        self._hand_over(consumer)
        await self._policy.wind_up()
        try:
            await self._save(consumer, tidy=True, whole=True)
            self._policy.kept()
        except RetryError as error:
            _log.warning(
                "%s: the last results were not written, the work will be repeated: %s",
                *(self._name, error),
            )
        await self._apart(consumer.close)
