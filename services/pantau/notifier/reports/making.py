"""A scheduled report is made from the index when it is sent, in a thread: searches take a while."""

import asyncio
from typing import Final

from pantau.errors import RetryError
from pantau.notifier.attempt import AttemptResult, failed
from pantau.notifier.reports.occasions import DueReport
from pantau.ports import ReportMaker, ReportMessage
from pantau.problems import problem

SECONDS: Final = 120.0
"""Longest time that making a report may take."""


async def make(maker: ReportMaker | None, due: DueReport) -> ReportMessage | AttemptResult:
    """Return the message of a report, or why there is none. Never raises, except when cancelled."""
    one = due.occasion
    if maker is None:
        return failed(RetryError(problem("reports.no-maker")), due.channel.kind, SECONDS)
    try:
        async with asyncio.timeout(SECONDS):
            content = await asyncio.to_thread(maker.make, one.schedule, one.since, one.until)
    except Exception as error:  # noqa: BLE001 (a fault of one report must not hit the others)
        return failed(error, due.channel.kind, SECONDS)
    return ReportMessage(due.delivery, content, due.channel)
