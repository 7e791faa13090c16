"""Waiting in an event loop."""

import asyncio


async def wait_until_set(event: asyncio.Event, seconds: float | None) -> bool:
    """Wait for an event; return whether it was set within the time. None waits forever.

    Not `asyncio.wait_for`: on Python 3.11 it swallows a cancellation that coincides with the event.
    """
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
