"""A poller whose clock was ahead and was set back: feeds are due by the right one."""

import asyncio
from pathlib import Path

import pytest

from tests.support import FixedClock
from tests.unit.adapters.http.loopback import Answer, loopback, reply
from tests.unit.poller.polling import desk, rss, running, until

REFUSED = reply(b"", status="429 Too Many Requests", Retry_After="3600")


@pytest.mark.parametrize("first", [reply(rss("Satu")), REFUSED], ids=["read", "refused"])
def test_a_feed_that_was_polled_in_the_future_is_due_now(tmp_path: Path, first: Answer) -> None:
    async def run() -> None:
        clock = FixedClock()
        clock.move(days=400)
        async with loopback({"/rss": first}) as site:
            async with desk(tmp_path, clock=clock, poll={"domain_gap_seconds": 1.0}) as at:
                feed = at.add(site.url("/rss"))
                assert (await at.poller.poll_once()).polled == 1
            clock.move(days=-400)
            site.routes["/rss"] = reply(rss("Satu", "Dua"))
            async with desk(tmp_path, clock=clock, poll={"domain_gap_seconds": 1.0}) as at:
                assert (await at.poller.poll_once()).polled == 1
                assert "Dua" in {one.title for one in at.articles()}
                state = at.state(feed)
                assert state is not None
                assert state.last_polled == clock.now()
                assert (await at.poller.poll_once()).polled == 0

    asyncio.run(run())


def test_a_running_poller_sees_that_its_clock_is_set_back(tmp_path: Path) -> None:
    async def run() -> None:
        clock = FixedClock()
        clock.move(days=400)
        async with (
            loopback({"/rss": reply(rss("Satu"))}) as site,
            desk(tmp_path, clock=clock, poll={"domain_gap_seconds": 1.0}) as at,
            running(at.poller),
        ):
            at.add(site.url("/rss"))
            await until(lambda: len(at.articles()) == 1)
            site.routes["/rss"] = reply(rss("Satu", "Dua"))
            clock.move(days=-400)
            await until(lambda: len(at.articles()) == 2)

    asyncio.run(run())
