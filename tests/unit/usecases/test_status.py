"""How things stand, and the problems of feeds by kind, over a store in memory."""

from dataclasses import replace

import pytest

from pantau.commands.cli.texts.status import status_lines, status_text, store_status_text
from pantau.common.stored_problems import to_data
from pantau.ports import Record, Store
from pantau.problems import problem
from pantau.stream.envelope import record_for
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.status import KIND_LIMIT, StoreStatus, kind_of, read_status
from pantau_schemas.codec import current_version
from pantau_schemas.events.feed import FeedState, FeedStatus
from pantau_schemas.topics import FEED_STATE
from tests.support import START, FixedClock, enriched


def state(feed_id: str, status: FeedStatus, told: str, **fields: int) -> FeedState:
    return FeedState.model_validate(
        {
            "schema_version": current_version(FeedState),
            "feed_id": feed_id,
            "status": status,
            "problem": told,
            **fields,
        }
    )


def test_an_empty_store(store: Store) -> None:
    assert read_status(store) == StoreStatus(0, 0, 0, 0, 0, 0)
    assert store_status_text(store).splitlines() == [
        "0 feeds, 0 articles, 0 subscriptions, 0 alerts",
        "no feeds yet: add one by `pantau feeds add URL`, or run with --starter",
    ]


def test_problems_are_counted_by_kind_and_removed_feeds_are_not(
    store: Store, clock: FixedClock
) -> None:
    book = FeedList(store.log, clock)
    feeds = [book.draft(f"https://{name}.example/rss") for name in "abcdef"]
    book.save(feeds[:5])
    store.index.put([enriched("one")])
    ids = [one.feed_id for one in feeds]
    gone = "404 Not Found: there is no feed at this address"
    for one in (
        state(ids[0], FeedStatus.ERROR, gone, http_status=404),
        state(ids[1], FeedStatus.ERROR, gone, http_status=404),
        state(ids[2], FeedStatus.LIMITED, "limited: 3 of today's articles wait"),
        state(ids[3], FeedStatus.OK, ""),
        state(ids[5], FeedStatus.ERROR, gone, http_status=404),  # its feed is gone
    ):
        store.log.append([record_for(one, FEED_STATE, source="test", time=START)])
    store.log.append([Record(FEED_STATE.name, ids[4], b'{"schema_version": 99}')])
    found = read_status(store)
    assert (found.feeds, found.failing, found.unreadable, found.articles) == (5, 4, 3, 1)
    assert [(str(kind), count) for kind, count in found.kinds] == [
        ("404 Not Found", 2),
        ("limited", 1),
        ("written by another version", 1),
    ]
    assert not found.all_unreadable
    assert status_text(found, waiting=1).splitlines() == [
        "5 feeds, 1 article, 0 subscriptions, 0 alerts; 1 record to process",
        (
            "4 feeds have problems: 404 Not Found (2 feeds), limited (1 feed), "
            "1 feed with other problems; see `pantau feeds list --problems`"
        ),
    ]


@pytest.mark.parametrize(("feeds", "offline"), [(1, False), (2, True)])
def test_that_no_feed_at_all_can_be_read_is_said(feeds: int, offline: bool) -> None:
    found = StoreStatus(feeds, feeds, feeds, 0, 0, 0)
    assert ("connected to the internet" in status_text(found)) == offline
    forbidden = replace(found, kinds=((problem("status.not-allowed"), feeds),))
    assert "connected to the internet" not in status_text(forbidden)


def test_a_code_has_a_kind_in_every_language() -> None:
    host = to_data(problem("fetch.no-such-host", host="a.example"))
    one = FeedState(feed_id="f", status=FeedStatus.ERROR, problem="?", reason=host)
    assert kind_of(one).text("en") == "there is no such host"
    assert kind_of(one).text("id") == "tidak ada host itu"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("a.example: there is no such host; check the spelling", "there is no such host"),
        ("not well-formed XML (line 3); mended", "not well-formed XML"),
        ("x" * 500, "x" * (KIND_LIMIT - 1) + "…"),
        ("", ""),
    ],
)
def test_what_was_stored_as_a_sentence_has_a_kind_too(told: str, kind: str) -> None:
    assert str(kind_of(state("f", FeedStatus.WARNING, told))) == kind


@pytest.mark.parametrize(
    ("told", "english", "indonesian"),
    [
        (
            (
                "all 24 items were new at 2026-03-01T08:00:00.000Z, so others may have been "
                "missed; it is polled again soon"
            ),
            "articles may have been missed",
            "mungkin ada artikel yang terlewat",
        ),
        (
            (
                "silent for 9 days, though it usually has something new every 3 hours; look "
                "whether the site has another feed now"
            ),
            "nothing new for unusually long",
            "tidak ada yang baru lebih lama dari biasanya",
        ),
        ("its encoding is not declared", "its encoding is not declared", "pengodeannya tidak"),
        ("sentence of another version", "sentence of another version", "sentence of another"),
    ],
)
def test_sentences_about_feeds_are_whole_in_both_languages(
    told: str, english: str, indonesian: str
) -> None:
    kind = kind_of(FeedState(feed_id="f", status=FeedStatus.WARNING, problem=told))
    one = StoreStatus(1, 1, 0, 0, 0, 0, kinds=((kind, 1),))
    assert [str(line) for line in status_lines(one)][1] == (
        f"1 feed has a problem: {english}; see `pantau feeds list --problems`"
    )
    shown = [line.text("id") for line in status_lines(one)][1]
    assert shown.startswith(f"1 umpan bermasalah: {indonesian}")
    two = StoreStatus(3, 3, 0, 0, 0, 0, kinds=((kind, 2), (problem("status.limited"), 1)))
    assert [str(line) for line in status_lines(two)][1] == (
        f"3 feeds have problems: {english} (2 feeds), limited (1 feed); "
        "see `pantau feeds list --problems`"
    )
    assert "(2 umpan), dibatasi (1 umpan); lihat" in [x.text("id") for x in status_lines(two)][1]


def test_a_long_kind_ends_with_a_whole_word() -> None:
    long = FeedState(feed_id="f", status=FeedStatus.WARNING, problem="kata " * 100)
    shown = str(kind_of(long))
    assert shown.endswith("kata…")
    assert len(shown) <= KIND_LIMIT + 1


@pytest.mark.parametrize(
    ("articles", "subscriptions", "alerts", "told"),
    [(24, 1, 0, True), (0, 1, 0, False), (24, 0, 0, False), (24, 1, 1, False)],
)
def test_that_first_polls_alert_nobody_is_said_until_there_is_an_alert(
    articles: int, subscriptions: int, alerts: int, told: bool
) -> None:
    found = StoreStatus(1, 0, 0, subscriptions, articles, alerts)
    assert ("alerts nobody" in status_text(found)) == told
