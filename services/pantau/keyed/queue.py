"""Waiting events of one key. Pure: the time is an argument."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pantau.keyed.breaker import Breaker
from pantau.ports import Received

_NOW: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True, eq=False)
class Job:
    """A record that was read and is not done."""

    received: Received
    arrival: int
    since: datetime
    attempts: int = 0
    next_attempt: datetime | None = None
    gone: bool = False  # another member continues with it

    @property
    def over(self) -> bool:
        """True if there is nothing left to do about it here."""
        return self.gone

    @property
    def item_id(self) -> str:
        """The id that is unique in its key."""
        return f"{self.received.partition}:{self.received.offset}"


class KeyQueue:
    """Implements `pantau.keyed.work_queue.WorkQueue` in order of arrival. See `KeyedRow.strict`."""

    def __init__(
        self, key: str, pause: Callable[[str, int, float | None], float], *, strict: bool
    ) -> None:
        self.key = key
        self.busy = False
        self.queued = False
        self.timer: datetime | None = None
        self.breaker = Breaker(lambda failures, asked: pause(key, failures, asked))
        self.last_turn = 0  # of the job that was picked last
        self._strict = strict
        self._due: list[tuple[int, int, Job]] = []
        self._later: list[tuple[datetime, int, Job]] = []

    def __len__(self) -> int:
        """Return the number of waiting jobs, including removed ones that were not skipped yet."""
        return len(self._due) + len(self._later)

    def turn(self, job: Job) -> int:
        """Return the turn of a job that is added; jobs of one turn go in order of arrival."""
        del job
        return 0

    def ahead_of(self, job: Job) -> int:
        """Return the number of jobs that may be tried now and come before a queued one."""
        own = next(((turn, one) for turn, one, other in self._due if other is job), None)
        if own is None:
            return 0
        return sum((turn, one) < own and not other.over for turn, one, other in self._due)

    def add(self, job: Job) -> None:
        """Queue a job: for its next attempt, else for its turn."""
        if job.next_attempt is None:
            heapq.heappush(self._due, (self.turn(job), job.arrival, job))
        else:
            heapq.heappush(self._later, (job.next_attempt, job.arrival, job))

    def pick(self, now: datetime) -> Job | None:
        """Remove and return the job to try now, the earliest possible."""
        if self.breaker.opens is not None and now < self.breaker.opens:
            return None
        self._drop_over()
        while self._later and self._later[0][0] <= now:
            _, arrival, job = heapq.heappop(self._later)
            heapq.heappush(self._due, (self.turn(job), arrival, job))
        if not self._due or (self._strict and self._later):
            return None
        self.last_turn, _, job = heapq.heappop(self._due)
        return job

    def set_back(self, now: datetime) -> None:
        """Wait for no moment of a clock that was ahead, and was set back."""
        self._later = sorted((min(at, now), arrival, job) for at, arrival, job in self._later)
        self.breaker.set_back(now)

    def next_time(self) -> datetime | None:
        """Return when the next attempt may be due; None if nothing waits."""
        self._drop_over()
        moments = [self._later[0][0]] if self._later else []
        if self._due and not (self._strict and self._later):
            moments.append(_NOW)
        if not moments:
            return None
        opens = self.breaker.opens
        return min(moments) if opens is None else max(min(moments), opens)

    def _drop_over(self) -> None:
        while self._due and self._due[0][2].over:
            heapq.heappop(self._due)
        while self._later and self._later[0][2].over:
            heapq.heappop(self._later)


def retry_at(job: Job, now: datetime, seconds: float) -> None:
    """Schedule the next attempt of a job."""
    job.next_attempt = now + timedelta(seconds=seconds)
