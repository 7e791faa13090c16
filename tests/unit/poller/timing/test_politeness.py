"""The poller's manners over days: what publishers ask for, moves, validators, silence."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from pantau.poller.timing.queue import PollQueue
from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau.settings import PollSettings
from pantau_schemas.events.feed import Feed, FeedStatus
from tests.unit.poller.identity.newsstand import Entry, Newsstand, document

Answer = Callable[[FetchRequest], FetchResponse]
SITE = "https://kabar.example"
RSS = f"{SITE}/rss"
NEW_RSS = "https://baru.example/rss"
ITEMS = [Entry(f"{SITE}/{n}", f"Kabar {n}") for n in range(200)]


@dataclass
class Web(Newsstand):
    """A newsstand whose servers answer as a test says."""

    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    async def get(self, request: FetchRequest) -> FetchResponse:
        self.requests.append(request.url)
        self.validators.append(request.etag)
        return self.answers[request.url](request)

    def serve(self, url: str, status: int = 200, body: bytes = b"", **headers: str) -> None:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[url] = lambda request: FetchResponse(request.url, status, given, body)

    def move(self, url: str, target: str, body: bytes) -> None:
        self.answers[url] = lambda _: FetchResponse(target, 200, {}, body, target)

    async def once(self, *, later: float = 0.0, all_feeds: bool = False) -> int:
        """Advance the clock, then do what `run --once` does in a process of its own."""
        self.pass_time(hours=later)
        report = await self.new_poller().poll_once(all_feeds=all_feeds)
        return report.polled


def wait_of(web: Web, feed: Feed) -> timedelta:
    state = web.state(feed)
    assert state.next_poll is not None
    assert state.last_polled is not None
    return state.next_poll - state.last_polled


def settings(**changes: Any) -> PollSettings:
    return PollSettings(**{"per_host": 20, "domain_gap_seconds": 0.0, **changes})


# -- one round keeps to the schedule
# --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "headers", "hours"),
    [
        (410, {}, 24),
        (429, {"retry_after": "3600"}, 1),
        (429, {"retry_after": "86400"}, 24),
        (429, {"retry_after": "999999999999"}, 24),
        (503, {"retry_after": "Wed, 04 Mar 2026 05:00:00 GMT"}, 5),
        (200, {"cache_control": "max-age=7200"}, 2),
        (200, {"cache_control": "public, max-age=7200, s-maxage=1", "age": "3600"}, 1),
        (200, {"expires": "Wed, 04 Mar 2026 03:00:00 GMT"}, 3),
        (
            200,
            {
                "date": "Wed, 04 Mar 2026 10:00:00 GMT",
                "expires": "Wed, 04 Mar 2026 12:00:00 GMT",
            },
            2,
        ),
        (200, {"cache_control": "max-age=31536000"}, 24),
    ],
)
def test_a_wait_that_was_asked_for_outlives_the_process(
    status: int, headers: Mapping[str, str], hours: float
) -> None:
    async def run() -> None:
        web = Web(settings())
        web.add(RSS)
        web.serve(RSS, status, document(ITEMS[0]), **dict(headers))
        assert await web.once() == 1
        assert await web.once(later=hours * 0.98) == 0
        assert await web.once(all_feeds=True) == 1
        assert await web.once(later=hours * 1.02) == 1
        assert len(web.requests) == 3

    asyncio.run(run())


@pytest.mark.parametrize(
    "headers",
    [
        {"retry_after": "besok"},
        {"retry_after": "-5"},
        {"retry_after": "1e3"},
        {"retry_after": "Wed, 04 Mar 1990 05:00:00 GMT"},
        {},
    ],
)
def test_a_nonsensical_retry_after_is_the_usual_pause(headers: Mapping[str, str]) -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        web.serve(RSS, 429, b"", **headers)
        await web.once()
        assert timedelta(seconds=270) <= wait_of(web, feed) <= timedelta(seconds=330)

    asyncio.run(run())


@pytest.mark.parametrize(
    "headers",
    [
        {"cache_control": "no-cache, max-age=7200"},
        {"cache_control": "no-store"},
        {"expires": "0"},
        {"expires": "-1"},
        {"expires": "Wed, 04 Mar 1990 05:00:00 GMT"},
        {"cache_control": "max-age=0", "expires": "Thu, 05 Mar 2026 05:00:00 GMT"},
        {"cache_control": "max-age=besok"},
    ],
)
def test_headers_that_ask_for_no_wait(headers: Mapping[str, str]) -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        web.serve(RSS, 200, document(ITEMS[0]), **headers)
        await web.once()
        assert wait_of(web, feed) <= timedelta(seconds=330)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("asks", "hours"),
    [
        ("<ttl>720</ttl>", 12),
        ("<ttl>99999</ttl>", 24),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 24),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            6,
        ),
        ("<skipHours><hour>0</hour><hour>1</hour><hour>2</hour></skipHours>", 3),
        ("<skipDays><day>Wednesday</day></skipDays>", 24),
    ],
)
def test_a_document_that_asks_for_a_wait(asks: str, hours: float) -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        body = document(ITEMS[0]).replace(
            b"<rss version='2.0'>",
            b"<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>",
        )
        web.serve(RSS, 200, body.replace(b"<item>", asks.encode() + b"<item>", 1))
        await web.once()
        assert wait_of(web, feed) == timedelta(hours=hours)

    asyncio.run(run())


def test_a_feed_with_the_interval_of_the_cron_job_misses_no_run() -> None:
    async def run() -> None:
        web = Web(settings(min_interval_seconds=900, max_interval_seconds=900))
        web.add(RSS)
        web.serve(RSS, 200, document(ITEMS[0]))
        assert [await web.once(later=0.25) for _ in range(8)] == [1] * 8

    asyncio.run(run())


# -- a domain
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_the_whole_domain_waits(status: int) -> None:
    async def run() -> None:
        web = Web(settings(per_host=1))
        urls = [f"https://{name}.example.com/rss" for name in ("a", "b", "c")]
        for url in [*urls, NEW_RSS]:
            web.add(url, interval_seconds=600)
            web.serve(url, status, retry_after="7200")
        web.serve(NEW_RSS, 200, document(ITEMS[0]))
        assert await web.once() == 2
        assert set(web.requests) >= {NEW_RSS}
        assert len(web.requests) == 2
        for url in urls:
            web.serve(url, 200, document(ITEMS[0]))
        assert await web.once(later=1.9) == 1  # the other domain alone
        assert await web.once(later=0.2) == 4

    asyncio.run(run())


def test_feeds_of_a_shared_domain_wait_each_by_itself() -> None:
    async def run() -> None:
        web = Web(settings(per_host=1, shared_domains=("example.com",)))
        urls = [f"https://{name}.example.com/rss" for name in ("a", "b", "c")]
        for url in urls:
            web.add(url)
            web.serve(url, 429, retry_after="7200")
        assert await web.once() == 3

    asyncio.run(run())


def test_between_two_polls_of_a_domain_lies_the_gap() -> None:
    queue = PollQueue(per_domain=5, gap=2.0, shared=["bridge.example"])
    for n in range(3):
        queue.put(f"a{n}", "kabar.example", 0.0)
        queue.put(f"b{n}", "bridge.example", 0.0)
    queue.put("c", "lain.example", 0.0)
    first = [queue.take(10.0) for _ in range(6)]
    assert sorted(one for one in first if one) == ["a0", "b0", "b1", "b2", "c"]
    queue.done("a0")
    assert queue.take(11.9) is None
    assert queue.waiting
    assert queue.next_due() == 12.0
    assert queue.take(12.0) == "a1"
    queue.rest("kabar.example", 20.0)
    assert queue.take(19.0) is None
    assert queue.take(20.0) == "a2"
    assert not queue.waiting


# -- moves
# ---------------------------------------------------------------------------------------------


def test_a_permanent_redirect_is_kept_after_it_held_for_days() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        web.move(RSS, NEW_RSS, document(*ITEMS[:5]))
        web.serve(NEW_RSS, 200, document(*ITEMS[:6]))
        for _ in range(3):
            await web.once(all_feeds=True)
            assert (web.state(feed).moved_to, web.state(feed).moving_to) == (None, NEW_RSS)
            web.pass_time(days=1)
        await web.once(all_feeds=True)
        assert web.state(feed).moved_to == NEW_RSS
        await web.once(all_feeds=True)
        assert web.requests == [RSS] * 4 + [NEW_RSS]
        web.serve(NEW_RSS, 404)
        await web.once(all_feeds=True)
        await web.once(all_feeds=True)
        assert web.requests[-2:] == [NEW_RSS, RSS]

    asyncio.run(run())


def test_a_redirect_that_goes_away_again_is_forgotten() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        for day in range(8):
            if day % 2:
                web.move(RSS, NEW_RSS, document(*ITEMS[:5]))
            else:
                web.serve(RSS, 200, document(*ITEMS[:5]))
            await web.once(all_feeds=True)
            web.pass_time(days=2)
        assert web.state(feed).moved_to is None

    asyncio.run(run())


def test_a_redirect_to_another_feed_is_a_warning_and_never_kept() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        web.serve(RSS, 200, document(*ITEMS[:5]))
        await web.once(all_feeds=True)
        for day in range(6):
            parked = Entry(f"https://parkir.example/{day}", f"Domain dijual {day}")
            web.move(RSS, NEW_RSS, document(parked))
            await web.once(later=24, all_feeds=True)
            state = web.state(feed)
            assert state.moved_to is None
            assert state.status is FeedStatus.WARNING
            assert "another feed" in (state.problem or "")

    asyncio.run(run())


def test_a_redirect_to_a_page_is_an_error_and_never_kept() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        web.move(RSS, "https://parkir.example/", b"<!doctype html><html><title>x</title></html>")
        for _ in range(8):
            await web.once(later=24, all_feeds=True)
            assert (web.state(feed).moved_to, web.state(feed).moving_to) == (None, None)
        assert set(web.requests) == {RSS}

    asyncio.run(run())


def test_a_feed_with_a_login_never_moves_to_another_origin() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS, access={"username": "meja", "password": "rahasia"})
        web.move(RSS, NEW_RSS, document(*ITEMS[:5]))
        for _ in range(6):
            await web.once(later=24, all_feeds=True)
        assert web.state(feed).moved_to is None
        assert set(web.requests) == {RSS}

    asyncio.run(run())


# -- validators
# ----------------------------------------------------------------------------------------


def test_a_server_that_answers_304_for_ever_is_found_out() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        body = [document(*ITEMS[:5])]

        def answer(request: FetchRequest) -> FetchResponse:
            if request.etag is not None:
                return FetchResponse(request.url, 304, {}, b"")
            return FetchResponse(request.url, 200, {"etag": '"tetap"'}, body[0])

        web.answers[RSS] = answer
        await web.once(all_feeds=True)
        body[0] = document(*ITEMS[1:7])
        for _ in range(9):
            await web.once(later=24, all_feeds=True)
        assert web.report.new == 0
        assert {one.title for one in web.articles(feed)} >= {"Kabar 5", "Kabar 6"}
        assert web.state(feed).distrusted
        await web.once(later=1, all_feeds=True)
        assert web.validators[-1] is None

    asyncio.run(run())


def test_a_feed_that_did_not_change_keeps_its_validators() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        body = document(*ITEMS[:5])

        def answer(request: FetchRequest) -> FetchResponse:
            if request.etag is not None:
                return FetchResponse(request.url, 304, {}, b"")
            return FetchResponse(request.url, 200, {"etag": '"satu"'}, body)

        web.answers[RSS] = answer
        for _ in range(30):
            await web.once(later=24, all_feeds=True)
        assert not web.state(feed).distrusted
        assert web.validators.count(None) == 4  # the first, and one every nine days

    asyncio.run(run())


# -- what people see
# -------------------------------------------------------------------------------


def test_a_document_of_new_items_alone_means_that_some_were_missed() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        web.serve(RSS, 200, document(*ITEMS[:20]))
        await web.once(all_feeds=True)
        assert web.state(feed).status is FeedStatus.OK
        web.serve(RSS, 200, document(*ITEMS[50:70]))
        await web.once(later=2, all_feeds=True)
        state = web.state(feed)
        assert state.status is FeedStatus.WARNING
        assert "all 20 items were new" in (state.problem or "")
        assert wait_of(web, feed) <= timedelta(seconds=140)
        web.serve(RSS, 200, document(*ITEMS[52:72]))
        await web.once(later=25, all_feeds=True)
        assert web.state(feed).status is FeedStatus.OK

    asyncio.run(run())


def test_a_feed_that_always_lists_its_newest_item_misses_nothing_by_that() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        for n in range(5):
            web.serve(RSS, 200, document(ITEMS[n]))
            await web.once(later=1, all_feeds=True)
            assert web.state(feed).status is FeedStatus.OK

    asyncio.run(run())


def test_a_feed_that_falls_silent_is_a_warning_until_it_speaks() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS)
        for n in range(30):
            web.serve(RSS, 200, document(*ITEMS[n : n + 5]))
            await web.once(later=2, all_feeds=True)
        for _ in range(2):
            await web.once(later=24, all_feeds=True)
            assert web.state(feed).status is FeedStatus.OK
        await web.once(later=48, all_feeds=True)
        assert "silent for 4 days" in (web.state(feed).problem or "")
        assert "every 2 hours" in (web.state(feed).problem or "")
        web.serve(RSS, 200, document(*ITEMS[31:36]))
        await web.once(later=1, all_feeds=True)
        assert web.state(feed).status is FeedStatus.OK

    asyncio.run(run())


# -- the options of a feed
# -------------------------------------------------------------------------------


def test_the_encoding_of_a_feed_overrides_what_it_says() -> None:
    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS, access={"encoding": "koi8-r"})
        body = document(Entry(f"{SITE}/1", "Наводнение"))
        web.serve(RSS, 200, body.decode().encode("koi8-r"), content_type="text/xml; charset=utf-8")
        await web.once()
        assert [one.title for one in web.articles(feed)] == ["Наводнение"]

    asyncio.run(run())


def test_the_access_of_a_feed_reaches_the_fetcher() -> None:
    seen: list[object] = []

    async def run() -> None:
        web = Web(settings())
        feed = web.add(RSS, access={"user_agent": "Meja/1.0"})

        def answer(request: FetchRequest) -> FetchResponse:
            seen.append(request.access)
            raise FetchError("unreachable", "no connection")

        web.answers[RSS] = answer
        await web.once()
        assert seen == [feed.access]
        assert web.state(feed).status is FeedStatus.ERROR

    asyncio.run(run())


def test_dates_of_a_first_document_set_the_first_fitted_interval() -> None:
    async def run() -> None:
        web = Web(settings())
        busy, calm = web.add(RSS), web.add(NEW_RSS)
        for url, hours in ((RSS, 0.1), (NEW_RSS, 8.0)):
            dated = [
                Entry(
                    one.link,
                    one.title,
                    date=format_datetime(web.now_is - timedelta(hours=n * hours)),
                )
                for n, one in enumerate(ITEMS[:20])
            ]
            web.serve(url, 200, document(*dated))
        for _ in range(2):
            await web.once(later=0.1, all_feeds=True)
        assert wait_of(web, busy) < timedelta(minutes=10)
        assert wait_of(web, calm) > timedelta(minutes=30)

    asyncio.run(run())
