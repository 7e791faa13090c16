"""One timer ends whatever takes too long, and only that."""

import asyncio

import pytest

from pantau.adapters.http.expiry import Expiries, TimeLimit

SHORT = 0.01
LONG = 3_600.0


def test_items_expire_in_the_order_in_which_they_came_unless_removed() -> None:
    async def work() -> None:
        ended: list[str] = []
        last = asyncio.Event()

        def expired(item: str) -> None:
            ended.append(item)
            if item == "d":
                last.set()

        items = Expiries[str](SHORT, expired)
        for one in "abcd":
            items.add(one)
        items.remove("b")
        assert list(items) == ["a", "c", "d"]
        await last.wait()
        assert ended == ["a", "c", "d"]
        assert len(items) == 0
        items.remove("a")  # of one that expired
        last.clear()
        items.add("d")  # the timer begins again
        await last.wait()
        assert ended == ["a", "c", "d", "d"]

    asyncio.run(work())


def test_an_item_that_expires_may_be_replaced() -> None:
    async def work() -> None:
        done = asyncio.Event()

        def expired(item: int) -> None:
            if item < 3:
                items.add(item + 1)
            else:
                done.set()

        items = Expiries[int](SHORT, expired)
        items.add(0)
        await done.wait()
        assert not len(items)

    asyncio.run(work())


def test_no_timer_is_left_of_an_event_loop_that_ended() -> None:
    ended = asyncio.Event()
    items = Expiries[str](SHORT, lambda _: ended.set())

    async def come_and_go() -> None:
        items.add("a")
        items.remove("a")

    async def stay() -> None:
        items.add("b")
        await ended.wait()

    asyncio.run(come_and_go())
    asyncio.run(stay())
    assert ended.is_set()


def test_work_that_takes_too_long_is_cancelled() -> None:
    async def work() -> None:
        cancelled = []

        async def hang() -> None:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(True)
                raise

        limit = TimeLimit(SHORT)
        with pytest.raises(TimeoutError):
            await limit.bound(hang())
        assert cancelled
        several = await asyncio.gather(
            *(limit.bound(hang()) for _ in range(3)), return_exceptions=True
        )
        assert [type(one) for one in several] == [TimeoutError] * 3

    asyncio.run(work())


def test_work_in_time_returns_its_result_and_its_error() -> None:
    async def work() -> None:
        async def give() -> int:
            return 7

        async def fail() -> None:
            raise KeyError

        limit = TimeLimit(LONG)
        assert await limit.bound(give()) == 7
        with pytest.raises(KeyError):
            await limit.bound(fail())

    asyncio.run(work())


def test_a_cancelled_task_is_not_taken_for_one_that_was_late() -> None:
    async def work() -> None:
        task = asyncio.create_task(TimeLimit(LONG).bound(asyncio.Event().wait()))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(work())
