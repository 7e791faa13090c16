"""A turn of a keyed stage over a clock that goes on meanwhile, as real ones do."""

from datetime import datetime, timedelta

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.keyed.queue import Job, KeyQueue
from pantau.keyed.schedule import Schedule
from pantau.ports import Received, Record
from tests.keyed import Bench
from tests.support import START, FixedClock

MOST_LOOKS = 1_000


class WatchedClock(FixedClock):
    """A clock that fails where it is looked at without end."""

    looks = 0

    def now(self) -> datetime:
        self.looks += 1
        assert self.looks < MOST_LOOKS, "the turn never ends"
        return super().now()


def queue_of(key: str, offset: int, at: datetime | None) -> KeyQueue:
    """Return a queue with one job, which is to be tried at a time."""
    made = KeyQueue(key, lambda *_: 0.0, strict=False)
    received = Received(Record("articles", key, b"{}"), offset, 0)
    made.add(Job(received, offset, START, next_attempt=at))
    return made


def test_a_queue_that_becomes_due_in_a_turn_is_served_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Work on one queue takes a while; then another one is due, which was not at its beginning."""
    clock = WatchedClock()
    bench = Bench(MemoryStore(clock), clock)
    stage = bench.build()
    schedule = stage._desk.schedule
    slow = queue_of("slow", 1, None)
    later = queue_of("later", 2, START + timedelta(seconds=1))
    begun: list[str] = []

    def begin(lane: KeyQueue, item: Job) -> None:
        del item
        begun.append(lane.key)
        if lane is slow:
            clock.move(seconds=2)
            schedule.put(later)  # as an article that arrives for a site whose gap has just ended

    monkeypatch.setattr(stage._policy, "begin", begin)
    schedule.put(slow)
    stage._serve()
    assert begun == ["slow", "later"]


def test_a_queue_whose_time_a_clock_set_back_takes_away_waits_again() -> None:
    """The clock is set back between the look at it and the release of what was due by it."""
    clock = WatchedClock(START)
    schedule = Schedule[KeyQueue](clock, lambda _: None)
    lane = queue_of("later", 1, START + timedelta(seconds=1))
    schedule.put(lane)
    schedule.wind(START + timedelta(seconds=2))
    assert not schedule
    assert lane.timer == START + timedelta(seconds=1)
    clock.move(seconds=1)
    schedule.wind(clock.now())
    assert schedule.take() is lane
