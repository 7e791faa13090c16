"""How things stand, and the problems of feeds by kind, over a store in memory."""

import pytest

from pantau.commands.cli.texts.status import status_text, store_status_text
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
        "4 feeds with problems (2 404 Not Found, 1 limited, ...): `pantau feeds list --problems`",
    ]


@pytest.mark.parametrize(("feeds", "offline"), [(1, False), (2, True)])
def test_that_no_feed_at_all_can_be_read_is_said(feeds: int, offline: bool) -> None:
    found = StoreStatus(feeds, feeds, feeds, 0, 0, 0)
    assert ("connected to the internet" in status_text(found)) == offline


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
        ("x" * 500, "x" * KIND_LIMIT),
        ("", ""),
    ],
)
def test_what_was_stored_as_a_sentence_has_a_kind_too(told: str, kind: str) -> None:
    assert str(kind_of(state("f", FeedStatus.WARNING, told))) == kind
