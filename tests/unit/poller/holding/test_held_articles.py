"""Articles that leave their feed while they wait are published all the same."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pantau.errors import RejectError
from pantau.ports import FetchResponse
from pantau.settings import PollSettings
from pantau.stream.envelope import record_for
from pantau_schemas.codec import decode
from pantau_schemas.events.feed import Feed, FeedStatus
from pantau_schemas.events.polling.held_article import HeldArticle
from pantau_schemas.events.redaction import Redaction
from pantau_schemas.ids import article_id, redaction_id
from pantau_schemas.topics import HELD_ARTICLES, REDACTIONS
from tests.unit.adapters.http.loopback import loopback, reply
from tests.unit.poller.identity.newsstand import START, Entry, Newsstand
from tests.unit.poller.polling import desk, rss

SITE = "https://banjir.example"
FLOOD = f"{SITE}/rss"


def entries(first: int, last: int) -> tuple[Entry, ...]:
    """Return entries as feeds list them: the newest first."""
    return tuple(Entry(f"{SITE}/{n}", f"Banjir {n}") for n in reversed(range(first, last)))


def stand(**changes: Any) -> Newsstand:
    given = {"per_host": 20, "domain_gap_seconds": 0.0, "piece_articles": 10, **changes}
    return Newsstand(PollSettings(**given))


def held(at: Newsstand) -> list[HeldArticle]:
    values = at.store.log.table(HELD_ARTICLES.name).snapshot().values.values()
    return [decode(HeldArticle, one) for one in values if one is not None]


def titles(at: Newsstand, feed: Feed | None = None) -> list[str]:
    return [one.title for one in at.articles(feed)]


def numbers(first: int, last: int) -> list[str]:
    return [f"Banjir {n}" for n in range(first, last)]


async def begun(at: Newsstand) -> Feed:
    """Return a feed that was polled before, so that what it lists now is news."""
    feed = at.add(FLOOD, *entries(0, 1))
    await at.poll(feed)
    at.pass_time(days=1)
    return feed


async def flooded(last: int, *, paced: bool = False, **changes: Any) -> tuple[Newsstand, Feed]:
    """Return a stand, and a feed of it whose latest poll listed entries 1 to before `last`."""
    at = stand(**changes)
    feed = await begun(at)
    at.add(FLOOD, *entries(1, last))
    await at.poll(feed, paced=paced)
    return at, feed


def test_articles_over_the_quota_outlive_their_document_and_the_program() -> None:
    async def run() -> None:
        at, feed = await flooded(31, articles_per_day=10)
        assert titles(at) == ["Banjir 0", *numbers(21, 31)]
        assert len(held(at)) == 20
        at.add(FLOOD, *entries(31, 33))
        for days in range(3):
            at.new_poller()
            at.pass_time(days=1)
            await at.poll(feed)
            state = at.state(feed)
            assert (len(held(at)), state.waiting) == (max(0, 12 - days * 10),) * 2
            assert (state.status is FeedStatus.LIMITED) == bool(state.waiting)
        assert sorted(titles(at), key=lambda one: int(one[7:])) == numbers(0, 33)
        assert [one.historical for one in at.articles()] == [True, *[False] * 32]
        assert {one.revision for one in at.articles()} == {1}

    asyncio.run(run())


def test_a_picture_waits_with_its_article() -> None:
    async def run() -> None:
        at = stand(articles_per_day=1)
        feed = await begun(at)
        image = "https://foto.example/{}.jpg"
        at.add(FLOOD, *(Entry(f"{SITE}/{n}", f"Banjir {n}", image=image.format(n)) for n in (2, 1)))
        await at.poll(feed)
        assert [one.image for one in held(at)] == [image.format(1)]
        at.add(FLOOD)
        at.new_poller()
        at.pass_time(days=1)
        await at.poll(feed)
        assert [one.image for one in at.articles()] == [None, image.format(2), image.format(1)]

    asyncio.run(run())


def test_a_quota_of_many_days_makes_no_article_old() -> None:
    async def run() -> None:
        at = stand(articles_per_day=1)
        feed = await begun(at)
        date = (at.now() - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        at.add(FLOOD, *(Entry(f"{SITE}/{n}", f"Banjir {n}", date=date) for n in range(8)))
        for _ in range(8):
            at.new_poller()
            await at.poll(feed)
            at.pass_time(days=1)
        assert len(at.articles()) == 8
        assert [one.historical for one in at.articles()] == [True, *[False] * 7]

    asyncio.run(run())


def test_a_flood_whose_turn_did_not_come_outlives_its_document_and_the_program() -> None:
    async def run() -> None:
        at, feed = await flooded(36, paced=True)
        assert (len(at.articles()), len(held(at))) == (11, 25)
        at.new_poller()
        at.add(FLOOD, *entries(100, 102))
        await at.poll(feed)
        assert titles(at) == [*numbers(0, 36), *numbers(100, 102)]
        assert held(at) == []
        assert at.state(feed).waiting == 0

    asyncio.run(run())


def test_a_feed_that_fails_publishes_what_it_listed() -> None:
    async def run() -> None:
        at, feed = await flooded(26, paced=True)
        at.new_poller()

        async def gone(request: Any) -> FetchResponse:
            return FetchResponse(request.url, 410, {}, b"")

        at.get = gone  # type: ignore[method-assign]  # the site is gone
        await at.poll(feed)
        assert titles(at) == numbers(0, 26)
        state = at.state(feed)
        assert (state.status, state.waiting, held(at)) == (FeedStatus.ERROR, 0, [])

    asyncio.run(run())


def test_a_failing_feed_keeps_to_its_quota_and_to_its_error() -> None:
    async def run() -> None:
        at, feed = await flooded(36, articles_per_day=10)
        at.documents[FLOOD] = b"gone"
        for waiting in (25, 15, 5, 0):
            state = at.state(feed)
            assert (state.waiting, len(held(at))) == (waiting, waiting)
            at.new_poller()
            at.pass_time(days=1)
            await at.poll(feed)
            assert at.state(feed).status is FeedStatus.ERROR
        assert sorted(titles(at)) == sorted(numbers(0, 36))

    asyncio.run(run())


def test_an_unchanged_document_publishes_what_waits() -> None:
    async def run() -> None:
        at, _ = await flooded(26, paced=True)
        at.new_poller()
        assert (await at.poller.poll_once(all_feeds=True)).new == 15
        assert (titles(at), held(at)) == (numbers(0, 26), [])

    asyncio.run(run())


def test_the_last_wording_of_an_article_that_waits_is_published() -> None:
    async def run() -> None:
        at, feed = await flooded(21, articles_per_day=10)
        at.add(FLOOD, Entry(f"{SITE}/3", "Banjir 3", "Air naik lagi di Demak pada Senin malam."))
        await at.poll(feed)  # nothing more is published today
        at.add(FLOOD)
        at.new_poller()
        at.pass_time(days=1)
        await at.poll(feed)
        (three,) = [one for one in at.articles() if one.title == "Banjir 3"]
        assert (three.text, three.revision) == ("Air naik lagi di Demak pada Senin malam.", 1)
        assert len(at.articles()) == 21

    asyncio.run(run())


def test_an_article_that_waits_under_another_link_is_published_once() -> None:
    async def run() -> None:
        at, feed = await flooded(3, articles_per_day=1)
        at.pass_time(days=1)
        at.add(FLOOD, Entry(f"{SITE}/1?utm_source=rss", "Banjir 1"))
        await at.poll(feed)
        assert (titles(at), held(at)) == (["Banjir 0", "Banjir 2", "Banjir 1"], [])

    asyncio.run(run())


def test_what_was_taken_down_while_it_waited_is_not_published() -> None:
    async def run() -> None:
        at, feed = await flooded(14, articles_per_day=10)
        gone = article_id(link=f"{SITE}/2")
        redaction = Redaction(redaction_id=redaction_id(gone), forgotten_at=START)
        at.store.log.append([record_for(redaction, REDACTIONS, source="test", time=START)])
        at.add(FLOOD)
        at.new_poller()
        at.pass_time(days=1)
        await at.poll(feed)
        assert sorted(titles(at)) == sorted({*numbers(0, 14)} - {"Banjir 2"})

    asyncio.run(run())


def test_nothing_is_held_of_a_feed_that_was_removed() -> None:
    async def run() -> None:
        from pantau.usecases.feeds.feed_list import FeedList  # noqa: PLC0415 (here alone)

        at, feed = await flooded(31, articles_per_day=10)
        FeedList(at.store.log, at).remove([feed])
        at.new_poller()  # it was removed while no poller ran
        await at.poller.look()
        assert held(at) == []

    asyncio.run(run())


def test_the_oldest_is_given_up_with_a_word_when_too_much_waits(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def run() -> None:
        at = stand(articles_per_day=1, held_bytes=200 * 5 * 2_050)  # a feed may hold five
        feed = await begun(at)
        at.add(FLOOD, *entries(1, 5))
        await at.poll(feed)
        assert len(held(at)) == 3
        assert not any("given up" in one for one in caplog.messages)
        at.add(FLOOD, *entries(5, 10))
        at.pass_time(days=1)
        await at.poll(feed)
        assert {one.title for one in held(at)} == {*numbers(5, 9), "Banjir 3"}
        assert any("2 articles that waited" in one for one in caplog.messages)

    asyncio.run(run())


def test_an_article_that_cannot_be_kept_holds_up_no_other() -> None:
    async def run() -> None:
        at = stand(articles_per_day=10)
        feed = await begun(at)
        append = at.store.log.append

        def careful(records: Any) -> None:
            given = list(records)
            if any(one.topic == HELD_ARTICLES.name and one.value for one in given):
                message = "held-articles: too large"
                raise RejectError(message)
            append(given)

        at.store.log.append = careful  # type: ignore[method-assign]  # a log that refuses
        at.add(FLOOD, *entries(1, 14))
        await at.poll(feed)
        assert (len(at.articles()), held(at)) == (11, [])
        at.pass_time(days=1)
        await at.poll(feed)
        assert len(at.articles()) == 14

    asyncio.run(run())


def test_a_restart_of_the_embedded_store_loses_nothing(tmp_path: Path) -> None:
    async def run() -> None:
        limits = {"articles_per_day": 3}
        async with loopback({"/rss": reply(rss(*"ABCDE"))}) as site:
            async with desk(tmp_path, poll=limits) as at:
                feed = at.add(site.url("/rss"))
                await at.poller.poll_once(all_feeds=True)
            site.routes["/rss"] = reply(b"gone", status="404 Not Found")
            async with desk(tmp_path, poll={}) as at:
                await at.poller.poll_once(all_feeds=True)
                assert sorted(one.title for one in at.articles()) == [*"ABCDE"]
                assert at.log.table(HELD_ARTICLES.name).count() == 0
                state = at.state(feed)
                assert state is not None
                assert state.waiting == 0

    asyncio.run(run())
