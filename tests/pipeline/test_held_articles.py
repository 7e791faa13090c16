"""Articles that wait outlive their feed's document and the program, on every store."""

import asyncio
from typing import Any

import pytest

from pantau.settings import PollSettings
from pantau_schemas.topics import HELD_ARTICLES
from tests.pipeline.conftest import Bench
from tests.unit.poller.identity.newsstand import Entry, Newsstand

SITE = "https://banjir.example"


def entries(first: int, last: int) -> tuple[Entry, ...]:
    return tuple(Entry(f"{SITE}/{n}", f"Banjir {n}") for n in reversed(range(first, last)))


@pytest.mark.parametrize("bench", ["sqlite", "kafka"], indirect=True)
def test_a_restart_loses_none_of_them(bench: Bench) -> None:
    async def run() -> None:
        limits: dict[str, Any] = {"articles_per_day": 5, "piece_articles": 2}
        at = Newsstand(PollSettings(per_host=20, domain_gap_seconds=0.0, **limits))
        await at.poller.close()
        at.store = bench.store  # type: ignore[assignment]  # another store
        at.new_poller()
        feed = at.add(f"{SITE}/rss", *entries(0, 9))
        await at.poll(feed)
        at.store.log.catch_up()
        assert at.store.log.table(HELD_ARTICLES.name).count() == 4
        await at.poller.close()

        at.new_poller()
        at.add(f"{SITE}/rss", *entries(20, 21))
        at.pass_time(days=1)
        await at.poll(feed)
        await at.poller.close()
        bench.store.log.catch_up()
        titles = [one.title for one in at.articles()]
        assert sorted(titles) == sorted(f"Banjir {n}" for n in (*range(9), 20))
        assert at.store.log.table(HELD_ARTICLES.name).count() == 0

    asyncio.run(run())
