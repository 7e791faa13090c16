"""Wakes a keyed stage: on appended records, and on shutdown."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from pantau.errors import RetryError
from pantau.ports import Log, Watch

_LOOK_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 1.0


@contextlib.asynccontextmanager
async def woken_by_log(
    log: Log, wake: asyncio.Event, name: str
) -> AsyncIterator[asyncio.Task[None]]:
    """Wake a loop at every append. The wait has a thread of its own, which others cannot occupy.

    The task only ends with an error.
    """
    watch = log.watch()
    with ThreadPoolExecutor(1, f"{name}-watch") as thread:
        watcher = asyncio.create_task(_follow(watch, wake, thread))
        watcher.add_done_callback(lambda _: wake.set())
        try:
            yield watcher
        finally:
            watcher.cancel()
            watch.wake()
            await asyncio.gather(watcher, return_exceptions=True)
            # The thread may still be waiting: this runs after that.
            await asyncio.get_running_loop().run_in_executor(thread, watch.close)


async def _follow(watch: Watch, wake: asyncio.Event, thread: ThreadPoolExecutor) -> None:
    loop = asyncio.get_running_loop()
    while True:
        try:
            if await loop.run_in_executor(thread, watch.wait, _LOOK_SECONDS):
                wake.set()
        except RetryError:
            await asyncio.sleep(_PAUSE_SECONDS)


@contextlib.asynccontextmanager
async def woken_by(stop: asyncio.Event, wake: asyncio.Event) -> AsyncIterator[None]:
    """Wake a loop on shutdown."""

    async def follow() -> None:
        await stop.wait()
        wake.set()

    watcher = asyncio.create_task(follow())
    try:
        yield
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)
