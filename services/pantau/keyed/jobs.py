"""The ready-made policy of keyed stages: every event is a job of its key.

- Jobs of a key run one at a time, started in the order of their records.
- A failed job is retried with backoff; after failures of two jobs in a row the key is paused, so a
  dead site costs one attempt per pause.
- A job that can never be processed, or failed too often, becomes a dead letter.
- Attempts are counted in memory: after a restart or a rebalance they start over.
"""

import asyncio
import itertools
import logging
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from pantau.errors import RejectError, RetryError, SettingsFaultError, StopError
from pantau.keyed.desk import Desk, Tables
from pantau.keyed.policy import ReadResult
from pantau.keyed.queue import Job, KeyQueue, retry_at
from pantau.keyed.report import Reports
from pantau.keyed.results import Pair, place
from pantau.keyed.retry import pause_seconds, wait_seconds
from pantau.keyed.row import KeyedHandler, KeyedRow, Limits
from pantau.keyed.schedule import Schedule
from pantau.keyed.tasks import Tasks
from pantau.observe.signals import Signals
from pantau.ports import Clock, Received, Record
from pantau.stream.dead_letter import dead_letter, log_ids, warn_rejected
from pantau.stream.handler import Context, Outcome
from pantau.stream.writing import Writing
from pantau_schemas.codec import decode

ENDED: Final = 10_000
"""Number of recently ended records that are remembered.

They may be read again before the end is written.
"""
KEYS: Final = 10_000
"""Approximate number of failing keys that are remembered although nothing waits for them."""

_log = logging.getLogger(__name__)

Place = tuple[tuple[str, int], int]
"""The partition of a record, and its offset."""


class JobPolicy:
    """Implements `pantau.keyed.policy.Policy` over a `KeyedHandler`."""

    def __init__(
        self,
        row: KeyedRow,
        handler: KeyedHandler,
        limits: Limits,
        tables: Tables,
        clock: Clock,
        signals: Signals,
    ) -> None:
        self._row = row
        self._handler = handler
        self._limits = limits
        self.desk: Desk[KeyQueue, Job] = Desk(tables, clock, signals, Schedule(clock, self.leave))
        self.tasks: Tasks[KeyQueue, Job] = Tasks(self.desk, limits.places)
        self._writing = Writing(row.name, row.writes)
        self._reports = Reports(row.name, self.desk)
        self._queues: dict[str, KeyQueue] = {}
        self._jobs: dict[Place, Job] = {}
        self._bytes = 0
        # In the order of ending, so that the oldest can be dropped.
        self._ended: OrderedDict[Place, None] = OrderedDict()
        self._arrivals = itertools.count()

    @property
    def waiting(self) -> int:
        """Number of events that were read and are not done."""
        return len(self._jobs)

    @property
    def busy(self) -> bool:
        """Always False: results are added at once."""
        return False

    @property
    def room(self) -> int:
        """Number of further events that may be held."""
        if self.room_bytes <= 0:
            return 0
        return max(0, self._limits.waiting - len(self._jobs))

    @property
    def room_bytes(self) -> int:
        """Number of further bytes of events that may be held."""
        return self._limits.waiting_bytes - self._bytes

    def read(self, batch: Sequence[Received], now: datetime) -> ReadResult[KeyQueue]:
        """Read records; held or ended ones are repeated after a failed write."""
        reading: ReadResult[KeyQueue] = ReadResult()
        for received in batch:
            where = _place(received)
            # Held already: after a failed write or a rebalance the log repeats what was not
            # committed.
            if where in self._jobs:
                continue
            # Ended, but not committed yet: only the commit is repeated, never the work.
            if received.record.value is None or where in self._ended:
                reading.done.append(received)
                continue
            try:
                event = decode(self._row.reads.event, received.record.value)
                queue = self._queue(self._handler.key(event))
                self._require_room(queue)
            except StopError:
                raise
            except Exception as error:  # noqa: BLE001 (whatever it is, the record is kept and the others go on)
                self._refuse(received, error, now, reading)
                continue
            job = self._jobs[where] = Job(received, next(self._arrivals), now)
            self._bytes += received.size
            queue.add(job)
            reading.lanes.append(queue)
        return reading

    def _refuse(
        self, received: Received, error: Exception, now: datetime, reading: ReadResult[KeyQueue]
    ) -> None:
        warn_rejected(_log, self._row.name, received, error)
        letter = dead_letter(self._row.name, received, error, now)
        reading.done.append(received)
        reading.produced.append((received, letter))
        self._reports.unread(received, letter, now, error)

    def _require_room(self, queue: KeyQueue) -> None:
        # Only behind a key that is down: a long queue of one that answers shrinks by itself.
        if queue.breaker.down and len(queue) >= self._limits.waiting_of_key:
            message = (
                f"{len(queue)} events wait already for {queue.key}, which does not answer;"
                " try this one later with `pantau dead-letters retry`"
            )
            raise RejectError(message)

    def _queue(self, key: str) -> KeyQueue:
        queue = self._queues.get(key)
        if queue is None:
            if len(self._queues) >= KEYS:
                self._drop_idle()
            queue = KeyQueue(key, self._pause_seconds, strict=self._row.strict)
            self._queues[key] = queue
        return queue

    def _pause_seconds(self, key: str, failures: int, after_seconds: float | None) -> float:
        return pause_seconds(key, failures, after_seconds, self._limits)

    def _drop_idle(self) -> None:
        """Drop the failure counts of idle keys: the number of keys is controlled from outside."""
        self._queues = {
            key: queue for key, queue in self._queues.items() if len(queue) or queue.busy
        }

    def leave(self, queue: KeyQueue) -> None:
        """Drop an empty queue, unless its key has state to remember."""
        idle = not len(queue) and not queue.busy and not queue.breaker.failures
        if idle and self._queues.get(queue.key) is queue:
            del self._queues[queue.key]

    def begin(self, lane: KeyQueue, item: Job) -> None:
        """Start a job, unless its outcome is stored already."""
        # `forget` leaves revoked jobs in their queues, from which they are dropped in turn.
        if item.gone:
            return
        # The outcome is looked up in tables that may be behind: without a current view, the job
        # could be done twice.
        if not self.desk.current:
            self.desk.doubt(lane, item)
            return
        received = item.received
        try:
            event = decode(self._row.reads.event, received.record.value or b"")
            done = self._handler.done(event)
        except RetryError:
            lane.add(item)
            self.desk.schedule.put(lane)
            raise
        except StopError:
            raise
        except Exception as error:  # noqa: BLE001 (as above)
            self._reject(item, error, self.desk.clock.now())
            return
        if done:
            self._conclude(item, (), self.desk.clock.now(), None)
        else:
            self.tasks.start(lane, partial(self._try, lane, item, event))

    def again(self, lane: KeyQueue, item: Job) -> None:
        """Queue a job again."""
        lane.add(item)

    def resume(self) -> Iterable[KeyQueue]:
        """Return nothing: no job is on hold."""
        return ()

    async def work(self) -> None:
        """Do nothing: there is nothing to prepare."""

    def kept(self) -> None:
        """Report what is written."""
        self._reports.kept()

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Drop the jobs of these partitions; results of running ones are discarded."""
        for where, job in list(self._jobs.items()):
            if where[0] in partitions:
                job.gone = True
                self._release(job)
        for where in [one for one in self._ended if one[0] in partitions]:
            del self._ended[where]  # what we derived from it may never have been written
        self._reports.forget(partitions)

    async def wind_up(self) -> None:
        """Do nothing: there is nothing to prepare."""

    def refused(self, origin: Received, error: RejectError) -> Record:
        """Return the dead letter of a record whose output the log rejects."""
        warn_rejected(_log, self._row.name, origin, error)
        return dead_letter(self._row.name, origin, error, self.desk.clock.now())

    async def _try(self, lane: KeyQueue, job: Job, event: Any) -> None:
        began = self.desk.clock.now()
        job.attempts += 1
        context = Context(began, job.received.record.headers)
        limit = self._limits.timeout_seconds
        try:
            async with asyncio.timeout(limit):
                outcome = await self._handler.handle(event, context)
            records = self._records(outcome, job)
        except StopError:
            raise
        except TimeoutError:
            self._failed(lane, job, RetryError(f"no answer within {limit:g} s"))
        except MemoryError:
            self._failed(lane, job, RetryError("memory ran out"))
        except RetryError as error:
            self._failed(lane, job, error)
        except Exception as error:  # noqa: BLE001 (as above)
            # The key answered; only this job cannot be processed. The breaker must not pause the
            # others.
            lane.breaker.worked()
            self._reject(job, error, began)
        else:
            lane.breaker.worked()
            self._conclude(job, records, began, None)

    def _records(self, outcome: Outcome, job: Job) -> list[Record]:
        if outcome.articles or outcome.more:
            message = f"stage {self._row.name}: a keyed stage writes events only, all at once"
            raise StopError(message)
        now = self.desk.clock.now()
        records = [self._writing.record(one, job.received.record, now) for one in outcome.events]
        return sorted(records, key=self._writing.rank)

    def _failed(self, lane: KeyQueue, job: Job, error: RetryError) -> None:
        now = self.desk.clock.now()
        # A wrong setting is not the fault of the job, so the attempt does not count.
        if isinstance(error, SettingsFaultError):
            job.attempts -= 1
        if job.attempts >= self._limits.max_attempts:
            lane.breaker.failed(job.item_id, now, error.after_seconds)
            message = f"given up after {job.attempts} tries, the last: {error}"
            self._reject(job, RejectError(message), now)
            return
        seconds = wait_seconds(job, error, now, self._limits)
        _log.warning(
            "%s: %s is tried again in %.0f s: %s",
            *(self._row.name, job.received.record.key, seconds, error),
            extra=log_ids(self._row.name, job.received),
        )
        self.desk.signals.metrics.retried(self._row.name, error)
        retry_at(job, now, seconds)
        lane.breaker.failed(job.item_id, now, error.after_seconds)
        if not job.gone:
            lane.add(job)

    def _reject(self, job: Job, error: Exception, began: datetime) -> None:
        warn_rejected(_log, self._row.name, job.received, error)
        letter = dead_letter(self._row.name, job.received, error, self.desk.clock.now())
        self._conclude(job, (letter,), began, type(error).__name__)

    def _conclude(
        self, job: Job, records: Sequence[Record], began: datetime, problem: str | None
    ) -> None:
        """Record the result of a job, to be written together with its end."""
        if job.gone:
            return
        received = job.received
        pairs: list[Pair] = [(received, record) for record in records]
        self.desk.results.add([received], pairs)
        self._release(job)
        self._ended[_place(received)] = None
        if len(self._ended) > ENDED:
            self._ended.popitem(last=False)
        self._reports.add(received, records, began, problem)
        self.desk.wake.set()

    def _release(self, job: Job) -> None:
        if self._jobs.pop(_place(job.received), None) is not None:
            self._bytes -= job.received.size


def _place(received: Received) -> Place:
    return place(received), received.offset
