"""`pantau run` polls once its console says where it listens, or as soon as it cannot say so."""

import asyncio
from collections.abc import Callable

import pytest

from pantau.commands.programs.run import ConsoleNotices
from pantau.problems import problem

LIMIT_SECONDS = 60.0


async def _forever() -> None:
    await asyncio.Event().wait()


async def _wait(told: Callable[[ConsoleNotices], object], *, ends: bool = False) -> None:
    """Wait for a console, without a limit that could end the wait."""
    notices = ConsoleNotices()
    pages = asyncio.create_task(asyncio.sleep(0) if ends else _forever())
    waiting = asyncio.create_task(notices.first(pages, 10 * LIMIT_SECONDS))
    await asyncio.sleep(0)
    told(notices)
    async with asyncio.timeout(LIMIT_SECONDS):
        await waiting
    pages.cancel()


@pytest.mark.parametrize(
    "told",
    [
        lambda notices: notices(problem("console.listening", address="http://127.0.0.1:1/")),
        lambda notices: notices(problem("console.port-taken", port=1)),
        lambda notices: notices.ended(),
    ],
    ids=["listens", "port-taken", "died"],
)
def test_the_first_poll_waits_for_what_the_console_says(
    told: Callable[[ConsoleNotices], object],
) -> None:
    asyncio.run(_wait(told))


def test_it_does_not_wait_for_a_console_that_was_stopped() -> None:
    asyncio.run(_wait(lambda _: None, ends=True))


def test_it_waits_no_longer_than_its_limit() -> None:
    async def main() -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            await ConsoleNotices().first(asyncio.create_task(_forever()), 0.0)

    asyncio.run(main())
