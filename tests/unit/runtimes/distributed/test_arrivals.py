"""Records that were fetched for a stage: how it takes them, and which of them are done."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from faust.types import TP, Message
from hypothesis import given
from hypothesis import strategies as st

from pantau.runtimes.distributed.arrivals import Arrivals
from pantau.runtimes.distributed.faust_config import build_app
from pantau.runtimes.distributed.faust_consumer import AtLeastOnceConsumer, use
from pantau.settings import KafkaSettings

TOPIC = "articles"


def message(offset: int, size: int = 10, *, partition: int = 0, generation: int = 1) -> Message:
    return Message(
        *(TOPIC, partition, offset, 1_000.0 + offset, 0, None, b"k", b"x" * size, None),
        tp=TP(TOPIC, partition),
        generation_id=generation,
    )


def offsets(batch: list[Message]) -> list[int]:
    return [one.offset for one in batch]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(1, 10))
def test_batches_hold_all_records_in_order_within_both_limits(sizes: list[int], most: int) -> None:
    async def drain() -> list[list[Message]]:
        arrivals: Arrivals[Message] = Arrivals()
        for offset, size in enumerate(sizes):
            arrivals.put(message(offset, size))
        found = []
        while batch := await arrivals.take(most, 60, 0.0):
            found.append(batch)
        return found

    batches = asyncio.run(drain())
    assert [one for batch in batches for one in offsets(batch)] == list(range(len(sizes)))
    for batch in batches:
        assert len(batch) <= most
        assert sum(len(one.value or b"") for one in batch) <= 60


def test_a_record_larger_than_a_batch_is_taken_alone() -> None:
    async def drain() -> list[list[int]]:
        arrivals: Arrivals[Message] = Arrivals()
        for offset, size in enumerate((10, 500, 10)):
            arrivals.put(message(offset, size))
        return [offsets(await arrivals.take(10, 100, 0.0)) for _ in range(3)]

    assert asyncio.run(drain()) == [[0], [1], [2]]


def test_it_waits_for_the_first_record() -> None:
    async def wait() -> list[int]:
        arrivals: Arrivals[Message] = Arrivals()
        waiting = asyncio.create_task(arrivals.take(10, 100, None))
        await asyncio.sleep(0)
        assert not waiting.done()
        arrivals.put(message(3))
        return offsets(await waiting)

    assert asyncio.run(wait()) == [3]


def test_what_was_dropped_is_not_taken() -> None:
    async def drop() -> list[Message]:
        arrivals: Arrivals[Message] = Arrivals()
        arrivals.put(message(0))
        arrivals.clear()
        return await arrivals.take(10, 100, 0.0)

    assert asyncio.run(drop()) == []


def consuming(work: Callable[[AtLeastOnceConsumer], Awaitable[None]]) -> None:
    """Run a coroutine with a consumer of generation 1, which no broker answers."""

    async def run() -> None:
        app = build_app("stage", KafkaSettings(servers=("localhost:9092",)), 10)
        use(app)
        app.consumer_generation_id = 1
        consumer = cast("AtLeastOnceConsumer", app.consumer)
        try:
            await work(consumer)
        finally:
            cast("Any", consumer)._thread.thread_loop.close()

    asyncio.run(run())


def test_the_next_position_is_after_the_last_record_that_is_done() -> None:
    async def work(consumer: AtLeastOnceConsumer) -> None:
        taken: list[Message] = []
        consumer.deliver = taken.append
        read = [message(one) for one in range(5)] + [message(9, partition=1)]
        for one in read:
            consumer._take(one)
        assert taken == read
        assert consumer.waiting_bytes() == 60
        consumer.done(read[:3])
        assert consumer.waiting_bytes() == 30
        assert consumer.oldest_seconds(1_013.0) == 10.0
        assert consumer._new_offset(TP(TOPIC, 0)) == 3
        assert consumer._new_offset(TP(TOPIC, 1)) is None
        consumer.done(read[3:])
        assert consumer._new_offset(TP(TOPIC, 0)) == 5
        assert consumer._new_offset(TP(TOPIC, 1)) == 10
        assert consumer.waiting_bytes() == 0

    consuming(work)


def test_records_of_an_earlier_assignment_are_never_done() -> None:
    async def work(consumer: AtLeastOnceConsumer) -> None:
        before = message(7)
        consumer._take(before)
        consumer.app.consumer_generation_id = 2
        consumer.done([before])
        assert consumer._new_offset(TP(TOPIC, 0)) is None

    consuming(work)


def test_an_assignment_forgets_what_was_read_before() -> None:
    async def work(consumer: AtLeastOnceConsumer) -> None:
        consumer._take(message(7))
        consumer.app.consumer_generation_id = 2
        await consumer.on_partitions_assigned(set(), 2)
        assert consumer.waiting_bytes() == 0
        assert consumer.oldest_seconds(5_000.0) == 0.0

    consuming(work)
