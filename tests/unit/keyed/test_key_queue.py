"""The queue of one key: order, retries, pauses."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pantau.keyed.queue import Job, KeyQueue, retry_at
from pantau.ports import Received, Record
from tests.support import START

PAUSE = 30.0


def queue_of(number: int, *, strict: bool = True) -> tuple[KeyQueue, list[Job]]:
    queue = KeyQueue("k", lambda _, failures, __: PAUSE if failures > 1 else 0.0, strict=strict)
    jobs = [Job(Received(Record("t", "k", b""), one), one, START) for one in range(number)]
    for one in jobs:
        queue.add(one)
    return queue, jobs


def test_a_strict_queue_waits_for_the_job_that_is_retried() -> None:
    queue, (first, second) = queue_of(2)
    assert queue.pick(START) is first
    retry_at(first, START, 10.0)
    queue.add(first)
    assert queue.pick(START) is None
    assert queue.next_time() == START + timedelta(seconds=10)
    assert queue.pick(START + timedelta(seconds=10)) is first
    assert queue.pick(START + timedelta(seconds=10)) is second
    assert queue.next_time() is None


def test_others_overtake_it_in_a_queue_that_is_not() -> None:
    queue, (first, second) = queue_of(2, strict=False)
    assert queue.pick(START) is first
    retry_at(first, START, 10.0)
    queue.add(first)
    assert queue.pick(START) is second
    assert queue.pick(START) is None


def test_a_paused_key_is_left_alone_until_the_pause_is_over() -> None:
    queue, jobs = queue_of(3)
    for one in jobs[:2]:
        queue.breaker.failed(one.item_id, START)
    assert queue.breaker.down
    assert queue.next_time() == START + timedelta(seconds=PAUSE)
    assert queue.pick(START + timedelta(seconds=PAUSE - 1)) is None
    assert queue.pick(START + timedelta(seconds=PAUSE)) is jobs[0]
    queue.breaker.worked()
    assert queue.pick(START) is jobs[1]


def test_one_job_that_fails_again_and_again_does_not_pause_its_key() -> None:
    queue, jobs = queue_of(1)
    for _ in range(10):
        queue.breaker.failed(jobs[0].item_id, START)
    assert not queue.breaker.down


@given(st.lists(st.sampled_from(["pick", "fail", "gone", "wait"]), max_size=60), st.booleans())
def test_every_job_is_picked_until_it_is_done(steps: list[str], strict: bool) -> None:
    queue, jobs = queue_of(6, strict=strict)
    now = START
    held: list[Job] = []
    done: list[Job] = []
    for step in steps:
        if step == "pick" and not held and (job := queue.pick(now)) is not None:
            assert not job.gone
            assert job not in done
            held.append(job)
        elif step == "fail" and held:
            job = held.pop()
            retry_at(job, now, 5.0)
            queue.add(job)
        elif step == "gone" and held:
            done.append(held.pop())
        else:
            now += timedelta(seconds=2)
    for job in held:
        queue.add(job)
    while (when := queue.next_time()) is not None:
        now = max(now, when)
        left = queue.pick(now)
        assert left is not None
        done.append(left)
    assert sorted(one.arrival for one in done) == [one.arrival for one in jobs]
