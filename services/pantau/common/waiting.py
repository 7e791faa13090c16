"""Waiting in an event loop."""

import asyncio


async def wait_until_set(event: asyncio.Event, seconds: float | None) -> bool:
    """Wait for an event, at most so long; tells whether it came. None waits without limit.

    Not `asyncio.wait_for`: on Python 3.11 it swallows a cancellation that comes together with the
    event.
    """
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
