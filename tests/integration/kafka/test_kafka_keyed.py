"""Two members of a keyed stage share its events, and take over from one another."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from pantau.adapters.distributed_store import DistributedStore
from pantau.settings import Settings
from tests.keyed import NAME, SOON, Bench, until
from tests.support import FixedClock

pytestmark = pytest.mark.anyio

KEYS = 12


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def opened(settings: Settings, folder: Path) -> Bench:
    """Open a member with a log of its own, as in a process of its own."""
    clock = FixedClock()
    store = DistributedStore(settings.model_copy(update={"data": folder}), clock)
    bench = Bench(store, clock)
    bench.answer = lambda _: asyncio.sleep(0.002)
    return bench


async def test_events_are_shared_and_taken_over(settings: Settings, tmp_path: Path) -> None:
    desk, first, second = (
        opened(settings, tmp_path / name) for name in ("desk", "first", "second")
    )
    given: list[str] = []

    def give() -> None:
        number = len(given) // KEYS
        names = [f"k{key}/{number}" for key in range(KEYS)]
        given.extend(names)
        desk.give(*names)

    def kept() -> list[str]:
        return [title for titles in desk.kept().values() for title in titles]

    await asyncio.to_thread(give)
    async with AsyncExitStack() as stack:
        leaving = await stack.enter_async_context(AsyncExitStack())
        await leaving.enter_async_context(first.running())
        await until(lambda: set(kept()) == set(given))
        await stack.enter_async_context(second.running())
        async with asyncio.timeout(SOON):
            while not second.pages.begun:
                await asyncio.to_thread(give)
                await asyncio.sleep(0.1)
        await until(lambda: set(kept()) == set(given))
        await leaving.aclose()
        await asyncio.to_thread(give)
        await until(lambda: set(kept()) == set(given))
    # What was under way while its partition went over may be done twice, to the same effect.
    begun = Counter(first.pages.begun) + Counter(second.pages.begun)
    twice = [one for one, times in begun.items() if times > 1]
    assert begun.keys() == set(given)
    assert len(twice) < len(given) / 4
    assert await asyncio.to_thread(desk.letters) == []
    consumer = desk.store.log.consumer(["articles"], NAME)
    assert await asyncio.to_thread(consumer.lag) == 0
    consumer.close()
    for bench in (desk, first, second):
        await asyncio.to_thread(bench.store.close)
