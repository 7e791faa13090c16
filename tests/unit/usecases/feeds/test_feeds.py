"""Watching feeds, lists of them, and what owners do with them, over a store in memory."""

import asyncio
from collections.abc import Mapping

import pytest

from pantau.bootstrap import build_reader
from pantau.errors import UsageError
from pantau.feeds.discovery.discover import FoundFeed
from pantau.feeds.document import ParsedFeed
from pantau.feeds.formats.opml import OpmlFeed, OpmlList, read_opml
from pantau.poller.decision.outcome import status_problem
from pantau.ports import Store
from pantau.problems import problem
from pantau.usecases.feeds.adding import (
    Added,
    NotWatched,
    SeveralFeeds,
    Watching,
    add_feed,
    add_unseen,
    check_addresses,
)
from pantau.usecases.feeds.feed_list import FeedFields, FeedList, remove, set_paused
from pantau.usecases.feeds.inspection import Inspection
from pantau.usecases.feeds.opml_lists import MAX_BYTES, export_list, plan_import, read_list
from pantau_schemas.events.feed import FeedStatus
from tests.support import START, FixedClock

RSS, PAGE = "https://kabar.example/rss", "https://kabar.example/"
DOCUMENT = ParsedFeed("rss20", "Kabar", None, None, ())
NOTHING = problem("documents.page-no-feed")


@pytest.fixture
def feed_list(store: Store, clock: FixedClock) -> FeedList:
    return FeedList(store.log, clock)


def add(
    feed_list: FeedList, there: Mapping[str, Inspection], url: str, **fields: str | int
) -> Added:
    async def look(address: str) -> Inspection:
        return there[address]

    given: FeedFields = {**fields}  # type: ignore[typeddict-item]  # the tests' own fields
    return asyncio.run(add_feed(feed_list, look, url, given))


def page(*urls: str) -> Inspection:
    found = tuple(FoundFeed(url, None, "application/rss+xml") for url in urls)
    return Inspection(PAGE, problem=NOTHING, candidates=found)


def test_a_feed_is_watched_under_its_own_title(feed_list: FeedList) -> None:
    done = add(feed_list, {RSS: Inspection(RSS, DOCUMENT)}, RSS)
    assert isinstance(done, Watching)
    assert (done.outcome, done.feed.title, done.page) == ("added", "Kabar", None)
    assert [one.feed for one in feed_list.all()] == [done.feed]


def test_a_feed_that_is_known_keeps_what_is_not_given(feed_list: FeedList) -> None:
    there = {RSS: Inspection(RSS, DOCUMENT)}
    add(feed_list, there, RSS, title="Meja", interval_seconds=60)
    again = add(feed_list, there, RSS)
    assert isinstance(again, Watching)
    assert (again.outcome, again.feed.title, again.feed.interval_seconds) == (
        "unchanged", "Meja", 60,
    )  # fmt: skip
    changed = add(feed_list, there, RSS, source="kabar")
    assert isinstance(changed, Watching)
    assert (changed.outcome, changed.feed.title, changed.feed.source) == (
        "changed", "Meja", "kabar",
    )  # fmt: skip


def test_of_a_page_the_only_feed_is_watched(feed_list: FeedList) -> None:
    done = add(feed_list, {PAGE: page(RSS), RSS: Inspection(RSS, DOCUMENT)}, PAGE)
    assert isinstance(done, Watching)
    assert (done.feed.url, done.page) == (RSS, PAGE)


def test_of_a_page_the_feed_of_its_news_is_watched(feed_list: FeedList) -> None:
    comments = "https://kabar.example/comments/feed/"
    there = {PAGE: page(comments, RSS), RSS: Inspection(RSS, DOCUMENT)}
    done = add(feed_list, there, PAGE)
    assert isinstance(done, Watching)
    assert (done.feed.url, done.page) == (RSS, PAGE)


def test_of_several_a_person_has_to_choose(feed_list: FeedList) -> None:
    done = add(feed_list, {PAGE: page(RSS, RSS + "2")}, PAGE)
    assert isinstance(done, SeveralFeeds)
    assert [one.url for one in done.candidates] == [RSS, RSS + "2"]
    assert feed_list.all() == []


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (Inspection(RSS, problem=NOTHING), "feeds.page-without-feed"),
        (Inspection(RSS, problem=status_problem(404)), "fetch.status"),
        (
            Inspection(RSS, problem=problem("fetch.not-allowed", what="a private address")),
            "fetch.not-allowed-here",
        ),
        (Inspection(RSS), "feeds.nothing-there"),
    ],
)
def test_what_gives_no_feed_is_not_watched(
    feed_list: FeedList, found: Inspection, code: str
) -> None:
    done = add(feed_list, {RSS: found}, RSS)
    assert isinstance(done, NotWatched)
    assert (done.url, done.problem.code) == (RSS, code)
    assert feed_list.all() == []


def test_an_address_can_be_taken_as_it_is(feed_list: FeedList) -> None:
    done = add_unseen(feed_list, RSS, {"title": "Meja"})
    assert (done.outcome, done.document, done.feed.title) == ("added", None, "Meja")


@pytest.mark.parametrize(
    ("urls", "fields", "code"),
    [
        (["ftp://kabar.example/rss"], {}, "feeds.never"),
        (["https://kabar.example:22/rss"], {}, "feeds.never"),
        ([RSS, PAGE], {"title": "Meja"}, "feeds.one-title"),
    ],
)
def test_what_can_never_be_watched_is_refused_before_a_look(
    feed_list: FeedList, urls: list[str], fields: FeedFields, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        check_addresses(feed_list, urls, fields)
    assert caught.value.problem is not None
    assert caught.value.problem.code == code


def test_a_feed_found_elsewhere_is_named_with_where_the_person_looked(feed_list: FeedList) -> None:
    there = {"kabar.example/@meja": Inspection(RSS, DOCUMENT), RSS: Inspection(RSS, DOCUMENT)}
    done = add(feed_list, there, "kabar.example/@meja")
    assert isinstance(done, Watching)
    assert (done.led_from, done.page) == ("kabar.example/@meja", None)
    again = add(feed_list, there, RSS)
    assert isinstance(again, Watching)
    assert again.led_from is None


def test_pausing_and_removing_are_all_or_nothing(feed_list: FeedList) -> None:
    add_unseen(feed_list, RSS, {})
    with pytest.raises(UsageError) as caught:
        set_paused(feed_list, [RSS, "nosuch"], paused=True)
    assert caught.value.problem == problem("feeds.missing", named="nosuch")
    with pytest.raises(UsageError) as caught:
        remove(feed_list, [RSS, "nosuch"])
    assert caught.value.problem == problem("feeds.missing", named="nosuch")
    (one,) = feed_list.all()
    assert (one.status, one.next_poll) == (FeedStatus.NEW.value, None)
    set_paused(feed_list, [RSS], paused=True)
    assert feed_list.find(RSS).status == "paused"
    remove(feed_list, [RSS])
    assert feed_list.all() == []


def test_a_list_is_planned_before_anything_is_saved(feed_list: FeedList) -> None:
    add_unseen(feed_list, RSS, {})
    listed = OpmlList(
        (
            OpmlFeed(RSS),
            OpmlFeed("https://b.example/rss", "B", "Kota"),
            OpmlFeed("ftp://c.example"),
        ),
        ("mended",),
    )
    plan = plan_import(feed_list, listed)
    assert ([one.url for one in plan.new], plan.known) == (["https://b.example/rss"], 1)
    assert [one.code for one in plan.refused] == ["feeds.never"]
    assert plan.warnings == ("mended",)
    assert len(feed_list.all()) == 1
    for batch in plan.batches():
        feed_list.save(batch)
    exported = export_list(feed_list, START)
    assert exported.count == 2
    assert {(one.url, one.folder) for one in read_opml(exported.body).feeds} == {
        (RSS, None), ("https://b.example/rss", "Kota"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        (b"%PDF-1.7", "feeds.no-list", "list.opml: a PDF file, no OPML; expected an OPML file"),
        (b"<rss/>", "feeds.no-list", "no OPML: its root element is <rss>"),
        (b" " * (MAX_BYTES + 1), "feeds.list-too-long", "more than 100,000,000 bytes"),
    ],
)
def test_what_is_no_list_is_refused_with_what_it_is(body: bytes, code: str, text: str) -> None:
    reader = build_reader()
    try:
        with pytest.raises(UsageError) as caught:
            read_list(reader, body, "list.opml")
    finally:
        reader.close()
    assert caught.value.problem is not None
    assert caught.value.problem.code == code
    assert text in str(caught.value)
    assert "umpan" in caught.value.text("id") or "OPML" in caught.value.text("id")


def test_a_feed_is_found_by_its_whole_title_before_the_start_of_an_id(
    feed_list: FeedList,
) -> None:
    first = feed_list.draft("https://kabar.example/a", title="Kabar Desa")
    id_like = feed_list.draft("https://kabar.example/b", title=first.feed_id[:8].upper())
    feed_list.save([first, id_like])
    assert feed_list.find(" kabar desa").feed == first
    assert feed_list.find(first.feed_id[:8]).feed == id_like
    assert feed_list.find(first.feed_id[:9]).feed == first
    feed_list.save([feed_list.draft("https://kabar.example/c", title="Kabar Desa")])
    with pytest.raises(UsageError) as caught:
        feed_list.find("Kabar Desa")
    assert caught.value.problem is not None
    assert caught.value.problem.code == "feeds.several"
