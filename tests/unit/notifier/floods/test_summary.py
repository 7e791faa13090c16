from datetime import timedelta

import pytest

from pantau.notifier.dispatching.entry import Kept, PendingDelivery, trimmed
from pantau.notifier.floods.summary import (
    FEEDS_NAMED,
    SUBSCRIPTIONS_NAMED,
    TITLE_LIMIT,
    TITLES,
    summarize,
)
from pantau.ports import Received, Record
from pantau_schemas.events.alert import Alert, Delivery
from tests.support import START
from tests.unit.notifier.support import alert, delivery

ORIGIN = Received(Record("deliveries", "k", b""), 1)


def entries(*of: tuple[str, str]) -> tuple[list[PendingDelivery], dict[str, Alert]]:
    """Build deliveries of (feed, subscription), a second apart, and their alerts by id."""
    made, alerts = [], {}
    for number, (feed, subscriber) in enumerate(of):
        about = alert(subscriber, f"a{number}", feed=feed)
        article = about.article.model_copy(
            update={"title": f"Judul {number}", "source": f"{feed}.example"}
        )
        alerts[about.alert_id] = about.model_copy(update={"article": article})
        one = delivery(
            delivery_id=f"d{number}",
            alert_id=about.alert_id,
            subscription_id=subscriber,
            feed_id=feed,
            created=START + timedelta(seconds=number),
            updated=START + timedelta(seconds=number),
        )
        made.append(PendingDelivery(one, number, ORIGIN))
    return made, alerts


def test_counts_names_and_times() -> None:
    made, alerts = entries(*[("flood", "s1")] * 7, *[("good", "s2")] * 2)
    summary = summarize("id", made, {"s1": "Banjir", "s2": "Gempa"}, alerts.get)
    assert (summary.count, summary.since, summary.until) == (9, START, START + timedelta(seconds=8))
    assert [(one.id, one.name, one.count) for one in summary.subscriptions] == [
        ("s1", "Banjir", 7),
        ("s2", "Gempa", 2),
    ]
    assert [(one.id, one.name, one.count) for one in summary.feeds] == [
        ("flood", "flood.example", 7),
        ("good", "good.example", 2),
    ]
    assert summary.lang == "id"


@pytest.mark.parametrize(
    ("zones", "zone"),
    [(("Asia/Jakarta",) * 2, "Asia/Jakarta"), (("Asia/Jakarta", "Asia/Makassar"), "UTC")],
)
def test_the_zone_is_that_of_the_subscriptions_if_they_agree(
    zones: tuple[str, str], zone: str
) -> None:
    made, alerts = entries(("good", "s1"), ("good", "s2"))
    read = {
        one: about.model_copy(update={"time_zone": name})
        for (one, about), name in zip(alerts.items(), zones, strict=True)
    }
    assert summarize("id", made, {}, read.get).time_zone == zone


def test_the_titles_are_a_turn_for_each_feed() -> None:
    made, alerts = entries(*[("flood", "s1")] * 50, ("good", "s1"))
    summary = summarize("id", made, {}, alerts.get)
    assert len(summary.first) == TITLES
    assert summary.first[1].source == "good.example"
    assert [one.title for one in summary.first[:1]] == ["Judul 0"]


def test_only_the_alerts_that_are_shown_are_looked_up() -> None:
    made, alerts = entries(*[(f"feed-{n % 40}", f"s{n % 300}") for n in range(3_000)])
    asked: list[str] = []

    def find(alert_id: str) -> Alert | None:
        asked.append(alert_id)
        return alerts[alert_id]

    summary = summarize("id", made, {}, find)
    assert len(asked) <= TITLES + FEEDS_NAMED
    assert (len(summary.subscriptions), summary.more_subscriptions) == (
        SUBSCRIPTIONS_NAMED,
        300 - SUBSCRIPTIONS_NAMED,
    )
    assert (len(summary.feeds), summary.more_feeds) == (FEEDS_NAMED, 40 - FEEDS_NAMED)


def test_alerts_that_are_no_longer_kept_are_counted_all_the_same() -> None:
    made, _ = entries(*[("flood", "s1")] * 5)
    summary = summarize("id", made, {}, lambda _: None)
    assert (summary.count, summary.first, summary.feeds[0].name, summary.lang) == (
        5,
        (),
        None,
        None,
    )


def test_what_it_says_is_bounded() -> None:
    made, alerts = entries(("flood", "s1"), ("flood", "s1"))
    for one, about in alerts.items():
        article = about.article.model_copy(
            update={
                "title": "x" * 9_000,
                "source": "y" * 9_000,
                "url": "https://x.example/" + "z" * 9_000,
            }
        )
        alerts[one] = about.model_copy(update={"article": article})
    summary = summarize("id", made, {"s1": "n" * 9_000}, alerts.get)
    assert {len(one.title) for one in summary.first} == {TITLE_LIMIT}
    assert {one.url for one in summary.first} == {None}
    assert len(summary.subscriptions[0].name or "") == TITLE_LIMIT
    assert len(repr(summary)) < 10_000


def test_what_is_kept_of_a_delivery_is_all_of_it() -> None:
    assert set(Kept._fields) == set(Delivery.model_fields) - {"schema_version"} | {"unknown"}
    one = delivery(feed_id="f", summary_id="s", attempts=2, problem="p", next_attempt=START)
    assert Kept.of(one).delivery() == one


def test_what_is_kept_of_a_record_is_where_it_stood_and_its_trace() -> None:
    headers = {"ce_id": "x", "traceparent": "t", "tracestate": "s", "pantau_retries": "1"}
    kept = trimmed(Received(Record("deliveries", "k", b"much", headers), 7, 3))
    assert (kept.offset, kept.partition, kept.record.topic, kept.record.value) == (
        7,
        3,
        "deliveries",
        b"",
    )
    assert dict(kept.record.headers) == {
        "traceparent": "t",
        "tracestate": "s",
        "pantau_retries": "1",
    }
