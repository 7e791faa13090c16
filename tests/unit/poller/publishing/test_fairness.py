"""A feed that floods: others wait behind little of it, and nothing is lost or repeated."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from pantau.errors import RejectError, StopError
from pantau.poller.service import Poller
from pantau.settings import PollSettings
from pantau_schemas.events.feed import Feed, FeedStatus
from tests.unit.poller.identity.newsstand import Entry, Newsstand
from tests.unit.poller.polling import running, until

GOOD = "https://kabar.example/rss"
FLOOD = "https://banjir.example/rss"


def entries(number: int, *, start: int = 0, text: str = "Air mulai surut.") -> list[Entry]:
    return [
        Entry(f"https://banjir.example/{n}", f"Banjir {n}", text)
        for n in reversed(range(start, start + number))
    ]


def news(number: int) -> list[Entry]:
    return [Entry(f"https://kabar.example/{n}", f"Kabar {n}") for n in reversed(range(number))]


class SlowStage:
    """A stage that only works on request; the backlog is the rest."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.at: Newsstand | None = None
        self.consumer: Any = None
        self.most = 0
        self.stuck = False

    def follow(self, at: Newsstand) -> None:
        self.consumer = at.store.log.consumer(["articles"], "stage")
        self.work()

    def work(self) -> None:
        while done := self.consumer.poll(1_000):
            self.consumer.finish(done)

    def backlog(self) -> int:
        with self.lock:
            waiting = int(self.consumer.lag())
            self.most = max(self.most, waiting)
            if not self.stuck:
                self.work()
            return waiting


def settings(**changes: Any) -> PollSettings:
    return PollSettings(
        **{
            "per_host": 20,
            "domain_gap_seconds": 0.0,
            "articles_per_day": 20_000,
            "backlog_bytes": 0,
            **changes,
        }
    )


def test_a_good_feed_stands_behind_one_piece_of_a_flood_of_9990_items() -> None:
    async def run() -> None:
        stage = SlowStage()
        at = Newsstand(settings(backlog_bytes=120_000), stage.backlog)
        stage.follow(at)
        flood, good = at.add(FLOOD, *entries(5)), at.add(GOOD, *news(3))
        for feed in (flood, good):
            await at.poll(feed)
        stage.work()
        at.add(FLOOD, *entries(9_990))
        at.pass_time(hours=2)
        at.new_poller()
        async with running(at.poller):
            await until(lambda: at.state(flood).day_articles > 200)
            stage.stuck = True  # from here on the stages do nothing
            at.add(GOOD, *news(4), title="a feed that is edited is polled at once")
            await until(lambda: at.state(good).articles == 4)
            before = stage.consumer.lag()
            stage.stuck = False
            while (seen := at.state(flood).day_articles) < 9_990:  # however slow the machine is
                await until(lambda seen=seen: at.state(flood).day_articles > seen)
            await until(lambda: at.state(flood).articles == 9_990)
        assert before <= 2 * at.settings.piece_articles + 1
        assert stage.most <= 2 * at.settings.piece_articles + 1
        published = [one.title for one in at.articles(flood)]
        assert published == [f"Banjir {n}" for n in range(9_990)]
        assert (at.state(flood).waiting, at.state(flood).day_articles) == (0, 9_990)

    asyncio.run(run())


def test_floods_go_in_turns() -> None:
    async def run() -> None:
        stage = SlowStage()
        at = Newsstand(settings(piece_articles=10), stage.backlog)
        stage.follow(at)
        stage.stuck = True
        feeds = []
        for name in "abc":
            host = f"https://{name}.example"
            feeds.append(
                at.add(f"{host}/rss", *(Entry(f"{host}/{n}", f"{name} {n}") for n in range(60)))
            )
        async with running(at.poller):
            await until(lambda: all(at.poller.waits(feed.feed_id) for feed in feeds))
            stage.stuck = False
            await until(lambda: len(at.articles()) == 180)
        names = [one.title[0] for one in at.articles()][::10]
        assert [sorted(names[place : place + 3]) for place in range(0, 18, 3)] == [
            ["a", "b", "c"]
        ] * 6

    asyncio.run(run())


def test_one_round_writes_all_at_once_and_in_pieces() -> None:
    async def run() -> None:
        at = Newsstand(settings(piece_articles=10))
        flood = at.add(FLOOD, *entries(95))
        report = await at.poller.poll_once(all_feeds=True)
        assert (report.polled, report.new, report.ok) == (1, 95, 1)
        assert [one.title for one in at.articles()] == [f"Banjir {n}" for n in range(95)]
        assert all(one.historical for one in at.articles())
        assert at.state(flood).content_hash is not None
        assert (await at.poller.poll_once(all_feeds=True)).not_modified == 1

    asyncio.run(run())


def test_a_poller_that_ends_in_the_middle_loses_and_doubles_nothing() -> None:
    async def run() -> None:
        at = Newsstand(settings(piece_articles=10), lambda: 1_000)
        flood = at.add(FLOOD, *entries(35))
        await at.poll(flood, paced=True)
        assert len(at.articles()) == 10
        assert len(at.memory(flood).seen) == 10
        assert at.state(flood).waiting == 25
        at.new_poller()
        at.add(FLOOD, *entries(40))
        await at.poll(flood)
        assert at.validators == [None, None]
        assert [one.title for one in at.articles()] == [f"Banjir {n}" for n in range(40)]
        assert {one.revision for one in at.articles()} == {1}
        assert [one.title for one in at.articles() if not one.historical] == [
            f"Banjir {n}" for n in range(35, 40)
        ]
        assert (at.state(flood).waiting, at.state(flood).articles) == (0, 40)

    asyncio.run(run())


def _remove(at: Newsstand, feed: Feed) -> None:
    from pantau.usecases.feeds.feed_list import FeedList  # noqa: PLC0415 (here alone)

    FeedList(at.store.log, at).remove([feed])


def _pause(at: Newsstand, feed: Feed) -> None:
    at.add(feed.url, *entries(95), paused=True)


@pytest.mark.parametrize("change", [_remove, _pause])
def test_what_waits_of_a_removed_or_paused_feed_is_dropped(
    change: Callable[[Newsstand, Feed], None],
) -> None:
    async def run() -> None:
        stage = SlowStage()
        at = Newsstand(settings(piece_articles=10), stage.backlog)
        stage.follow(at)
        stage.stuck = True
        flood = at.add(FLOOD, *entries(95))
        async with running(at.poller):
            await until(lambda: at.poller.waits(flood.feed_id))
            change(at, flood)
            await until(lambda: not at.poller.waits(flood.feed_id))
            stage.stuck = False
        assert len(at.articles()) < 95

    asyncio.run(run())


def test_while_articles_wait_their_feed_is_not_polled_and_then_it_is_again() -> None:
    async def run() -> None:
        stage = SlowStage()
        quick = {
            "min_interval_seconds": 1,
            "default_interval_seconds": 1,
            "max_interval_seconds": 1,
        }
        at = Newsstand(settings(piece_articles=10, **quick), stage.backlog)
        stage.follow(at)
        stage.stuck = True
        flood = at.add(FLOOD, *entries(45))
        async with running(at.poller):
            await until(lambda: at.poller.waits(flood.feed_id))
            at.pass_time(hours=1)
            looked = stage.consumer.lag()
            at.add(
                GOOD, *news(1)
            )  # as many looks as a new feed's poll takes, and nothing more of the flood
            await until(lambda: len(at.articles()) > looked)
            assert len(at.validators) == 2
            stage.stuck = False
            await until(lambda: len(at.articles()) == 46)
            at.documents[FLOOD] = at.documents[FLOOD].replace(b"Banjir 7<", b"Banjir tujuh<")
            at.pass_time(hours=1)
            await until(lambda: len(at.articles()) == 47)

    asyncio.run(run())


def test_of_too_much_that_waits_the_largest_is_read_again_later() -> None:
    async def run() -> None:
        at = Newsstand(settings(piece_articles=10, waiting_bytes=60_000), lambda: 1_000)
        large = at.add(FLOOD, *entries(60))
        await at.poll(large, paced=True)
        assert not at.poller.waits(large.feed_id)
        small = at.add(GOOD, *news(20))
        await at.poll(small, paced=True)
        assert at.poller.waits(small.feed_id)
        for _ in range(5):
            await at.poll(large, paced=True)
        assert [one.title for one in at.articles(large)] == [f"Banjir {n}" for n in range(60)]

    asyncio.run(run())


def test_what_had_to_go_for_lack_of_room_is_polled_again() -> None:
    async def run() -> None:
        stage = SlowStage()
        at = Newsstand(settings(piece_articles=10, waiting_bytes=150_000), stage.backlog)
        stage.follow(at)
        stage.stuck = True
        large = at.add(FLOOD, *entries(60))
        async with running(at.poller):
            await until(lambda: at.poller.waits(large.feed_id))
            small = at.add(GOOD, *news(50))
            await until(lambda: at.poller.waits(small.feed_id))
            assert not at.poller.waits(large.feed_id)
            stage.stuck = False
            await until(lambda: len(at.articles(small)) == 50)
            at.pass_time(hours=2)
            await until(lambda: len(at.articles(large)) == 60)

    asyncio.run(run())


def test_a_piece_that_the_log_refuses_becomes_the_feeds_problem_and_stays_new() -> None:
    async def run() -> None:
        at = Newsstand(settings(piece_articles=10))
        flood = at.add(FLOOD, *entries(25))
        append, refuse = at.store.log.append, True

        def careful(records: Any) -> None:
            given = list(records)
            if refuse and any(b"Banjir 15" in (one.value or b"") for one in given):
                raise RejectError("articles: an article is too large")
            append(given)

        at.store.log.append = careful  # type: ignore[method-assign]  # a log that refuses
        await at.poll(flood)
        state = at.state(flood)
        assert (state.status, state.content_hash) == (FeedStatus.ERROR, None)
        assert "an article is too large" in (state.problem or "")
        assert len(at.memory(flood).seen) == 10
        refuse = False
        await at.poll(flood)
        assert [one.title for one in at.articles()] == [f"Banjir {n}" for n in range(25)]
        assert at.state(flood).status is FeedStatus.OK

    asyncio.run(run())


def test_a_log_that_breaks_while_pieces_go_out_ends_the_loop() -> None:
    async def run() -> None:
        at = Newsstand(settings(piece_articles=10), lambda: 0)
        at.add(FLOOD, *entries(95))
        append = at.store.log.append

        def broken(records: Any) -> None:
            given = list(records)
            if any(b"Banjir 50" in (one.value or b"") for one in given):
                raise StopError("disk is gone")
            append(given)

        at.store.log.append = broken  # type: ignore[method-assign]  # a disk that goes
        with pytest.raises(StopError, match="disk is gone"):
            await at.poller.run(asyncio.Event())

    asyncio.run(run())


def test_a_day_is_counted_over_the_feeds_of_a_domain_with_what_waits() -> None:
    async def run() -> None:
        at = Newsstand(settings(piece_articles=10, articles_per_day=20), lambda: 1_000)
        feeds = [
            at.add(
                f"https://{name}.banjir-contoh.com/rss",
                *(Entry(f"https://{name}.banjir-contoh.com/{n}", f"{name} {n}") for n in range(30)),
            )
            for name in "abcdef"
        ]
        for feed in feeds:
            await at.poll(feed, paced=True)
        assert [at.state(feed).waiting for feed in feeds] == [20, 20, 20, 20, 28, 28]
        assert [len(at.articles(feed)) for feed in feeds] == [10, 10, 10, 10, 2, 2]
        assert at.poller.health()["limited"] == 2

    asyncio.run(run())


def test_a_state_of_our_own_is_not_taken_for_another_pollers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It may be read from the log after the next state was decided, before it is written."""

    async def run() -> None:
        at = Newsstand(settings(piece_articles=10), lambda: 0)
        flood = at.add(FLOOD, *entries(95))
        dropped: list[str] = []
        drop = Poller.drop

        def noted(self: Poller, feed_id: str) -> None:
            dropped.append(feed_id)
            drop(self, feed_id)

        monkeypatch.setattr(Poller, "drop", noted)
        monkeypatch.setattr("pantau.poller.round.LOOK_SECONDS", 0.0)
        async with running(at.poller):
            await until(lambda: len(at.articles()) == 95)
        assert dropped == [flood.feed_id] * 2  # found in the log, and polled

    asyncio.run(run())
