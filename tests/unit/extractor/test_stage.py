"""The stage from records to records, over the memory store, with a clock that tests set."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.adapters.processes.reader import ProcessReader, ReadLimits
from pantau.errors import RetryError
from pantau.extractor.stage import Extractor
from pantau.extractor.tables import ExtractorTables
from pantau.observe.signals import NO_SIGNALS, Signals, TraceSpan
from pantau.ports import FetchError, FetchResponse
from pantau.settings import ExtractSettings
from pantau.stream.envelope import record_for, removal_of
from pantau_schemas.codec import current_version, decode
from pantau_schemas.events.article import Article, FullArticle
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.site import Site
from pantau_schemas.topics import ARTICLES, ARTICLES_FULL, DEAD_LETTERS, FEEDS, SITES
from tests.extracting import Web, build
from tests.keyed import rested
from tests.keyed import settled as stage_settled
from tests.support import SOON, START, FixedClock, article
from tests.unit.extractor.pages_made import body, page

URL = "https://kabar.example/banjir"
SUMMARY = "Hujan deras mengguyur kawasan hulu sejak Minggu malam..."


class _Spans:
    """A tracer that keeps its spans."""

    on = True

    def __init__(self) -> None:
        self.spans: list[TraceSpan] = []

    def step(self, step: TraceSpan) -> None:
        self.spans.append(step)


@dataclass
class Desk:
    """A store, a web, and the stage over both."""

    settings: ExtractSettings = field(default_factory=ExtractSettings)
    web: Web = field(default_factory=Web)
    clock: FixedClock = field(default_factory=FixedClock)
    gap_seconds: float = 0.0
    signals: Signals = NO_SIGNALS

    def __post_init__(self) -> None:
        self.store = MemoryStore(self.clock)

    def give(self, name: str = "one", **fields: Any) -> Article:
        given = {"url": URL, "text": SUMMARY, "first_seen": self.clock.now(), **fields}
        made = article(name, **given)
        self.store.log.append([record_for(made, ARTICLES, source="poller", time=self.clock.now())])
        return made

    def feed(self, **fields: Any) -> None:
        made = Feed(
            schema_version=current_version(Feed),  # type: ignore[arg-type]  # the version is the literal
            feed_id="feed",
            url="https://kabar.example/rss",
            added=START,
            **fields,
        )
        self.store.log.append([record_for(made, FEEDS, source="cli", time=START)])

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Extractor]:
        reader = ProcessReader(limits=ReadLimits(small=10**9))
        extractor = build(
            self.store,
            self.clock,
            self.web,
            self.settings,
            gap_seconds=self.gap_seconds,
            reader=reader,
            signals=self.signals,
        )
        stop = asyncio.Event()
        task = asyncio.create_task(extractor.run(stop))
        try:
            yield extractor
        finally:
            stop.set()
            async with asyncio.timeout(SOON):
                await task

    def run(self) -> None:
        """Run until every article went on."""

        async def until_idle() -> None:
            async with self.running() as extractor:
                await settled(extractor)

        asyncio.run(until_idle())

    def written(self) -> list[FullArticle]:
        """Return the present event of each article."""
        values = self.store.log.table(ARTICLES_FULL.name).snapshot().values.values()
        return [decode(FullArticle, value) for value in values if value is not None]

    @property
    def one(self) -> FullArticle:
        (found,) = self.written()
        return found

    def lag(self) -> int:
        consumer = self.store.log.consumer([ARTICLES.name], "extractor")
        try:
            return consumer.lag()
        finally:
            consumer.close()


async def settled(extractor: Extractor) -> None:
    """Wait until the extractor has nothing to do but wait for a time."""
    await stage_settled(extractor.stage)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_summary_gets_the_text_of_its_page(desk: Desk) -> None:
    desk.web.pages[URL] = page(body(word="jembatan"), canonical=URL + "-kecamatan")
    desk.give()
    desk.run()
    assert desk.one.text == body(word="jembatan")
    assert (desk.one.text_from, desk.one.revision, desk.one.feed_revision) == ("page", 1, 1)
    assert desk.one.same_as == (URL + "-kecamatan",)
    assert desk.lag() == 0


def test_a_whole_text_passes_without_a_request(desk: Desk) -> None:
    desk.give(text=body(20))
    desk.run()
    assert (desk.one.text, desk.one.text_from) == (body(20), "feed")
    assert desk.web.asked == []


@pytest.mark.parametrize(
    ("mode", "text", "asked"),
    [("always", body(20), True), ("never", SUMMARY, False), ("auto", SUMMARY, True)],
)
def test_a_feed_says_whether_pages_are_fetched(
    desk: Desk, mode: str, text: str, *, asked: bool
) -> None:
    desk.feed(full_text=mode)
    desk.give(text=text, feed_id="feed")
    desk.run()
    assert (URL in desk.web.asked) is asked


@pytest.mark.parametrize(
    "fields", [{"historical": True}, {"first_seen": START - timedelta(days=2)}]
)
def test_old_articles_are_left_alone(desk: Desk, fields: dict[str, Any]) -> None:
    desk.give(**fields)
    desk.run()
    assert (desk.web.asked, desk.one.text) == ([], SUMMARY)


@pytest.mark.parametrize(
    "answer",
    [
        404,
        410,
        500,
        403,
        FetchError("timeout", "slow"),
        FetchError("refused", "private"),
        ValueError("unforeseen"),
        "<html><body></body></html>",
        "",
        FetchResponse(URL, 200, {"content-type": "application/pdf"}, b"%PDF"),
    ],
)
def test_whatever_a_page_does_the_summary_goes_on_at_once(desk: Desk, answer: Any) -> None:
    desk.web.pages[URL] = answer
    desk.give()
    desk.run()
    assert (desk.one.text, desk.one.text_from, desk.one.revision) == (SUMMARY, "feed", 1)
    assert desk.store.log.consumer([DEAD_LETTERS.name], None).poll(10) == []


def test_robots_txt_is_obeyed_and_its_declarations_are_kept(desk: Desk) -> None:
    desk.web.pages["https://kabar.example/robots.txt"] = (
        "License: https://kabar.example/lisensi.xml\n"
        "User-agent: *\nDisallow: /banjir\nContent-Usage: train-ai=n\n"
    )
    desk.web.pages[URL] = page(body())
    desk.web.pages["https://kabar.example/gempa"] = page(body())
    desk.give()
    desk.give("two", url="https://kabar.example/gempa")
    desk.run()
    texts = {one.url: one.text_from for one in desk.written()}
    assert texts == {URL: "feed", "https://kabar.example/gempa": "page"}
    assert URL not in desk.web.asked
    assert desk.web.asked.count("https://kabar.example/robots.txt") == 1
    value = desk.store.log.table(SITES.name).get("kabar.example")
    site = decode(Site, value or b"")
    assert site.licenses == ("https://kabar.example/lisensi.xml",)
    assert site.content_usage == ("train-ai=n",)


def test_an_article_does_not_wait_longer_for_its_page_and_the_text_comes_as_a_revision(
    desk: Desk,
) -> None:
    desk.web.pages[URL] = page(body(word="jembatan"))

    async def run() -> None:
        desk.web.gate = asyncio.Event()
        desk.give()
        async with desk.running() as extractor:
            await woken(extractor, lambda: URL in desk.web.asked)
            assert desk.written() == []
            desk.clock.moment += timedelta(seconds=21)
            await woken(extractor, desk.written)
            assert (desk.one.text, desk.one.revision) == (SUMMARY, 1)
            assert desk.lag() == 1
            desk.web.gate.set()
            await settled(extractor)

    asyncio.run(run())
    assert (desk.one.text, desk.one.revision) == (body(word="jembatan"), 2)
    assert (desk.one.feed_revision, desk.one.text_from, desk.lag()) == (1, "page", 0)


async def woken(extractor: Extractor, condition: Any) -> None:
    async with asyncio.timeout(SOON):
        while not condition():
            extractor.stage._wake.set()
            await asyncio.sleep(0.002)


def test_a_page_that_fails_is_tried_again_after_its_summary_went_on(desk: Desk) -> None:
    async def run() -> None:
        desk.web.pages[URL] = 503
        desk.give()
        async with desk.running() as extractor:
            await woken(extractor, desk.written)
            assert desk.one.revision == 1
            desk.web.pages[URL] = page(body())
            desk.clock.moment += timedelta(minutes=2)
            await woken(extractor, lambda: desk.one.revision == 2)

    asyncio.run(run())
    assert (desk.one.text, desk.lag()) == (body(), 0)


def test_no_article_waits_behind_a_page_of_a_site_that_does_not_answer(desk: Desk) -> None:
    for at in range(3):
        desk.web.pages[f"{URL}/{at}"] = 503
        desk.give(str(at), url=f"{URL}/{at}")
    desk.run()  # the clock stands still
    assert [one.text_from for one in desk.written()] == ["feed"] * 3
    assert len([one for one in desk.web.asked if "robots" not in one]) < 3


def test_the_trace_of_a_summary_is_whole_while_its_page_is_tried_again(desk: Desk) -> None:
    tracer = _Spans()
    desk.signals = Signals(tracer=tracer)

    async def run() -> None:
        desk.web.pages[URL] = 503
        desk.give()
        async with desk.running() as extractor:
            await woken(extractor, lambda: bool(tracer.spans))
            assert desk.lag() == 1  # its page is still wanted

    asyncio.run(run())
    consumer = desk.store.log.consumer([ARTICLES_FULL.name], "enricher")
    (written,) = consumer.poll(10)
    consumer.close()
    assert [one.traceparent for one in tracer.spans] == [written.record.headers["traceparent"]]


def test_it_is_given_up_after_a_while(desk: Desk) -> None:
    async def run() -> None:
        desk.web.pages[URL] = FetchError("unreachable", "down")
        desk.give()
        async with desk.running() as extractor:
            for _ in range(20):
                await settled(extractor)
                desk.clock.moment += timedelta(minutes=3)

    asyncio.run(run())
    assert (desk.one.text, desk.lag()) == (SUMMARY, 0)
    assert desk.web.asked.count("https://kabar.example/robots.txt") + desk.web.asked.count(URL) >= 2
    assert desk.web.asked.count(URL) <= 4


def test_a_restart_fetches_what_was_not_there_and_repeats_nothing(desk: Desk) -> None:
    desk.web.pages[URL] = 503
    desk.give()
    desk.run()
    assert (desk.one.revision, desk.lag()) == (1, 1)
    desk.web.pages[URL] = page(body())
    desk.run()
    assert (desk.one.revision, desk.one.text, desk.lag()) == (2, body(), 0)
    asked = len(desk.web.asked)
    desk.run()
    assert len(desk.web.asked) == asked


def test_a_newer_revision_takes_the_place_of_one_that_waits(desk: Desk) -> None:
    async def run() -> None:
        desk.web.gate = asyncio.Event()
        desk.web.pages[URL] = page(body())
        desk.give()
        async with desk.running() as extractor:
            await woken(extractor, lambda: URL in desk.web.asked)
            desk.give(revision=2, title="Banjir Surut")
            await woken(extractor, desk.written)
            assert (desk.one.title, desk.one.text) == ("Judul", SUMMARY) or desk.one.revision == 1
            desk.web.gate.set()
            await settled(extractor)

    asyncio.run(run())
    assert (desk.one.title, desk.one.text) == ("Banjir Surut", body())
    assert (desk.one.feed_revision, desk.lag()) == (2, 0)
    assert desk.one.revision >= 2


def test_the_pages_text_stays_while_a_revision_is_fetched_or_fails(desk: Desk) -> None:
    desk.web.pages[URL] = page(body())
    desk.give()
    desk.run()
    desk.web.pages[URL] = 404
    desk.give(revision=2, title="Banjir Surut")
    desk.run()
    assert (desk.one.title, desk.one.text, desk.one.text_from) == ("Banjir Surut", body(), "page")
    assert (desk.one.revision, desk.one.feed_revision) == (2, 2)


def test_revisions_of_the_feed_rise_above_those_of_late_pages(desk: Desk) -> None:
    desk.web.pages[URL] = 503
    desk.give()
    desk.run()
    desk.web.pages[URL] = page(body())
    desk.run()
    assert desk.one.revision == 2
    desk.give(revision=2, text=body(30))
    desk.run()
    assert (desk.one.revision, desk.one.feed_revision, desk.one.text) == (3, 2, body(30))


def test_a_change_after_what_went_out_expired_is_newer_than_a_late_page(desk: Desk) -> None:
    desk.web.pages[URL] = 503
    given = desk.give()
    desk.run()
    desk.web.pages[URL] = page(body())
    desk.run()
    assert desk.one.revision == 2
    removal = removal_of(ARTICLES_FULL, given.article_id, partition_key="kabar.example")
    desk.store.log.append([removal])
    desk.give(revision=2, text=body(30))
    desk.run()
    assert (desk.one.revision, desk.one.text) == (3, body(30))


def test_a_stub_behind_a_paywall_keeps_the_summary_and_says_so(desk: Desk) -> None:
    wall = "<div class=paywall>Untuk melanjutkan membaca, silakan berlangganan.</div>"
    desk.web.pages[URL] = page(body(2), extra=wall)
    desk.give()
    desk.run()
    assert (desk.one.text, desk.one.text_from) == (SUMMARY, "stub")


def test_a_domain_is_asked_with_gaps_and_only_so_often(desk: Desk) -> None:
    desk.gap_seconds = 10.0
    desk.settings = ExtractSettings(pages_per_hour=3)
    for at in range(5):
        desk.web.pages[f"{URL}/{at}"] = page(body())
        desk.give(str(at), url=f"{URL}/{at}")

    async def run() -> None:
        async with desk.running() as extractor:
            times = []
            for _ in range(40):
                count = len(desk.web.asked)
                await rested(extractor.stage)
                pages = [one for one in desk.web.asked[count:] if "robots" not in one]
                times += [desk.clock.now()] * len(pages)
                desk.clock.moment += timedelta(seconds=5)
            assert len(times) == 3
            assert all(b - a >= timedelta(seconds=10) for a, b in itertools.pairwise(times))

    asyncio.run(run())
    assert len(desk.written()) == 5
    assert sorted(one.text_from for one in desk.written()) == ["feed"] * 2 + ["page"] * 3


def test_the_feeds_of_a_domain_take_turns_and_what_comes_too_late_goes_on_at_once(
    desk: Desk,
) -> None:
    desk.gap_seconds = 1.0
    desk.settings = ExtractSettings(wait_seconds=20.0)
    for at in range(40):
        desk.web.pages[f"{URL}/{at}"] = page(body())
        desk.give(str(at), url=f"{URL}/{at}", feed_id="flood")
    desk.web.pages[f"{URL}/other"] = page(body())
    desk.give("other", url=f"{URL}/other", feed_id="quiet")

    async def run() -> None:
        async with desk.running() as extractor:
            await rested(extractor.stage)
            assert len(desk.written()) == 40 - 21  # the turns of these come after 20 seconds
            for _ in range(4):
                desk.clock.moment += timedelta(seconds=1)
                await rested(extractor.stage)
            pages = [one for one in desk.web.asked if "robots" not in one]
            assert f"{URL}/other" in pages[:3]

    asyncio.run(run())


def test_of_too_many_that_wait_the_oldest_go_on(desk: Desk) -> None:
    desk.settings = ExtractSettings(waiting_per_domain=3, wait_seconds=10_000)

    async def run() -> None:
        desk.web.gate = asyncio.Event()
        for at in range(10):
            desk.give(str(at), url=f"{URL}/{at}")
        async with desk.running() as extractor:
            await woken(extractor, lambda: len(desk.written()) >= 7)
            desk.web.gate.set()

    asyncio.run(run())
    assert len(desk.written()) == 10


def test_a_batch_whose_feed_cannot_be_looked_up_comes_again_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table fails at the second of three articles: none is lost, none goes on twice."""
    look_up, asked = ExtractorTables.feed, itertools.count()

    def fails_once(tables: ExtractorTables, about: Article) -> Feed | None:
        if next(asked) == 1:
            raise RetryError("the brokers do not answer")
        return look_up(tables, about)

    monkeypatch.setattr(ExtractorTables, "feed", fails_once)
    monkeypatch.setattr("pantau.keyed.stage.LOG_PAUSE_SECONDS", 0.0)
    text = body(word="jembatan")
    for name in ("one", "two", "three"):
        desk.give(name, url=f"{URL}/{name}", text=text)
    desk.run()
    written = desk.store.log.consumer([ARTICLES_FULL.name], None).poll(10)
    assert [decode(FullArticle, one.record.value or b"").url for one in written] == [
        f"{URL}/{name}" for name in ("one", "two", "three")
    ]
    assert desk.lag() == 0


def test_articles_go_on_once_a_clock_that_was_ahead_is_right(desk: Desk) -> None:
    """The gap of the site and the wait for its page end by the right clock, not in a year."""
    desk.gap_seconds = 10.0
    desk.clock.move(days=400)
    for name in ("one", "two", "three"):
        desk.web.pages[f"{URL}-{name}"] = page(body(word=name))
        desk.give(name, url=f"{URL}-{name}")

    async def set_back() -> None:
        async with desk.running() as extractor:
            await rested(extractor.stage)
            assert len(desk.written()) == 1
            desk.clock.move(days=-400)
            await rested(extractor.stage)
            assert len(desk.written()) == 3
            for _ in range(2):
                desk.clock.move(seconds=10)
                await rested(extractor.stage)
            assert {one.text_from for one in desk.written()} == {"page"}

    asyncio.run(set_back())
