"""Feeds and subscriptions that this version cannot read are named, and can be removed."""

import pytest

from pantau.errors import UsageError
from pantau.feeds.formats.opml import OpmlFeed, OpmlList
from pantau.ports import PARTITION_HEADER, Record, Store
from pantau.settings import Settings
from pantau.usecases.feeds import feed_list as feeds
from pantau.usecases.feeds.adding import add_unseen
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.feeds.opml_lists import export_list, plan_import
from pantau.usecases.subscriptions import repository as subscriptions
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe
from pantau_schemas.ids import feed_id
from pantau_schemas.links.canonical import normalise_feed_url
from pantau_schemas.topics import FEEDS, SUBSCRIPTIONS
from tests.support import START, FixedClock

RSS, OTHER = "https://kabar.example/rss", "https://lain.example/rss"
UNREADABLE = (
    b"",
    b"\xff\x00",
    b"not json",
    b"null",
    b"[1]",
    b"[" * 100_000,
    b"{}",
    b'{"schema_version": 1}',
    b'{"schema_version": 99, "url": "https://lain.example/rss"}',
    b'{"schema_version": 99, "url": 5}',
)


@pytest.mark.parametrize("value", UNREADABLE)
def test_a_feed_that_cannot_be_read(value: bytes, store: Store, clock: FixedClock) -> None:
    book = FeedList(store.log, clock)
    add_unseen(book, RSS, {})
    store.log.append([Record(FEEDS.name, "odd", value)])
    assert [one.feed.url for one in book.all()] == [RSS]
    (odd,) = book.unreadable()
    assert (odd.key, odd.size) == ("odd", len(value))
    assert odd.reason
    assert export_list(book, START).count == 1
    with pytest.raises(UsageError) as caught:
        book.find("odd")
    assert caught.value.problem is not None
    assert caught.value.problem.code == "feeds.unreadable"
    removed, unreadable = feeds.remove(book, ["odd"])
    assert (removed, [one.key for one in unreadable]) == ((), ["odd"])
    assert book.unreadable() == []
    assert len(book.all()) == 1


def test_a_feed_of_a_newer_version_is_not_replaced_by_an_import(
    store: Store, clock: FixedClock
) -> None:
    book = FeedList(store.log, clock)
    key = feed_id(normalise_feed_url(OTHER))
    store.log.append([Record(FEEDS.name, key, b'{"schema_version": 99}')])
    plan = plan_import(book, OpmlList((OpmlFeed(OTHER),)))
    assert (plan.new, plan.known) == ((), 1)


def test_its_tombstones_go_to_each_place_where_it_may_be(store: Store, clock: FixedClock) -> None:
    value = b'{"schema_version": 99, "url": "https://lain.example/rss"}'
    store.log.append([Record(FEEDS.name, "odd", value)])
    feeds.remove(FeedList(store.log, clock), ["odd"])
    places = [
        one.record.headers.get(PARTITION_HEADER)
        for one in store.log.consumer([FEEDS.name], None).poll(10)
    ]
    assert places[-2:] in ([None, "lain.example"], ["lain.example"])


@pytest.mark.parametrize("value", UNREADABLE)
def test_a_subscription_that_cannot_be_read(
    value: bytes, store: Store, settings: Settings, clock: FixedClock
) -> None:
    registry = SubscriptionRepository(store.log, clock)
    subscribe(
        NewSubscription("banjir", targets=("terminal",), subscription_id="banjir"),
        registry,
        settings,
        clock,
    )
    store.log.append([Record(SUBSCRIPTIONS.name, "odd", value)])
    assert [one.subscription.subscription_id for one in registry.listed()] == ["banjir"]
    assert [one.key for one in registry.unreadable()] == ["odd"]
    with pytest.raises(UsageError) as caught:
        registry.find("odd")
    assert caught.value.problem is not None
    assert caught.value.problem.code == "subscriptions.unreadable"
    _, unreadable = subscriptions.remove(registry, ["odd"])
    assert [one.key for one in unreadable] == ["odd"]
    assert registry.unreadable() == []
    assert len(registry.listed()) == 1
