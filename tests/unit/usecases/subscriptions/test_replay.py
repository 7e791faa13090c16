"""Replay for one subscription, and that the preview before saving counts what it alerts."""

import random
from datetime import timedelta

import pytest

from pantau.ports import Record, Store
from pantau.query import parse
from pantau.query.diagnosis.engine import DOUBTFUL
from pantau.stream.envelope import record_for
from pantau.usecases.feeds.concerned import concerned_feeds
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.search.preview import DAYS, Catch, catching, preview
from pantau.usecases.subscriptions.query_doubts import _CODES
from pantau.usecases.subscriptions.replay import plan_replay, run_plan
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.feed import FeedState
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import ALERTS, ARTICLES_ENRICHED, FEED_STATE, SUBSCRIPTIONS
from tests.support import START, FixedClock, enriched, subscription

QUERIES = [
    ("banjir", "lucene"),
    ("banjir AND NOT Demak", "lucene"),
    ("banjir AND lang:id AND source:kabar.example", "lucene"),
    ('title:"banjir besar" or text: gempa', "kql"),
    ("banjir NEAR/3 sawah", "pantau"),
    ("ban*", "lucene"),
    ("first_seen:[now-9d TO now]", "lucene"),
    ("tsunami", "lucene"),
]


def news(count: int = 120) -> list[EnrichedArticle]:
    """Return articles of the last 60 days, each in words of its own."""
    chance = random.Random(7)
    words = ["banjir", "besar", "Demak", "gempa", "sawah", "jalan", "warga", "panen"]
    return [
        enriched(
            f"a{number}",
            title=" ".join(chance.sample(words, 3)),
            text=f"Laporan {number}: " + " ".join(chance.choices(words, k=9)),
            first_seen=START - timedelta(hours=12 * number + 1),
        )
        for number in range(count)
    ]


def stored(store: Store, articles: list[EnrichedArticle]) -> None:
    store.index.put(articles)
    store.index.refresh()
    store.log.append(
        [record_for(one, ARTICLES_ENRICHED, source="test", time=START) for one in articles]
    )


def alerts(store: Store) -> list[Alert]:
    values = store.log.table(ALERTS.name).snapshot().values.values()
    return [decode(Alert, value or b"") for value in values]


def saved(store: Store, query: str, language: str = "lucene", **fields: object) -> Subscription:
    made = subscription("meja", query, language=language, **fields)  # type: ignore[arg-type]  # of the table above
    store.log.append([record_for(made, SUBSCRIPTIONS, source="test", time=START)])
    return made


@pytest.mark.parametrize(("query", "language"), QUERIES)
@pytest.mark.parametrize("days", DAYS)
def test_a_replay_alerts_on_exactly_what_the_preview_counts(
    store: Store, clock: FixedClock, query: str, language: str, days: int
) -> None:
    stored(store, news())
    made = saved(store, query, language)
    read = parse(query, language)  # type: ignore[arg-type]  # of the table above
    shown = preview(read, store, clock)
    assert shown is not None
    (count,) = [one for one in shown.counts if one.days == days]
    assert not count.at_least
    plan = plan_replay(made, store, since=clock.now() - timedelta(days=days))
    assert run_plan(plan, store, clock) == count.number == len(alerts(store))
    assert {one.article.article_id for one in alerts(store)} == set(plan.article_ids)


def test_the_preview_says_which_feeds_were_never_polled(store: Store, clock: FixedClock) -> None:
    shown = preview(parse("banjir"), store, clock)
    assert shown is not None
    assert (shown.watched, shown.waiting) == (0, 0)
    feeds = FeedList(store.log, clock)
    polled, _ = feeds.add("https://kabar.example/rss")
    feeds.add("https://berita.example/rss")
    state = FeedState(schema_version=3, feed_id=polled.feed_id, last_polled=START)
    store.log.append([record_for(state, FEED_STATE, source="test", time=START)])
    for query, waiting in (("banjir", 1), ("banjir AND source:kabar.example", 0)):
        shown = preview(parse(query), store, clock)
        assert shown is not None
        assert (shown.watched, shown.waiting) == (2, waiting)
    assert catching([saved(store, "banjir")], store, clock) == Catch(found=0, waiting=1)


def test_a_replay_touches_no_article_and_alerts_once(store: Store, clock: FixedClock) -> None:
    articles = news(20)
    stored(store, articles)
    made = saved(store, "banjir OR gempa OR panen")
    enriched_before = store.log.table(ARTICLES_ENRICHED.name).version()
    first = plan_replay(made, store)
    assert run_plan(first, store, clock) == len(first.article_ids) > 5
    assert store.log.table(ARTICLES_ENRICHED.name).version() == enriched_before
    assert [store.index.get(one.article_id) for one in articles] == articles
    assert not any(one.article.historical for one in alerts(store))
    again = plan_replay(made, store)
    assert (again.article_ids, again.before) == ((), len(first.article_ids))
    other = saved(store, "banjir OR gempa OR panen").model_copy(update={"subscription_id": "lain"})
    assert len(plan_replay(other, store).article_ids) == len(first.article_ids)


def test_copies_alert_once_and_the_oldest_one_does(store: Store, clock: FixedClock) -> None:
    text = "Banjir merendam sawah warga di Demak sejak pagi"
    pair = [
        enriched(
            name,
            title="Banjir",
            text=text,
            url=f"https://{name}.kabar.example/banjir",
            first_seen=START - timedelta(hours=hours),
        )
        for name, hours in (("m", 1), ("www", 2))
    ]
    stored(store, pair)
    plan = plan_replay(saved(store, "banjir"), store)
    assert (plan.article_ids, plan.copies) == ((pair[1].article_id,), 1)
    run_plan(plan, store, clock)
    assert plan_replay(plan.subscription, store).article_ids == ()


def test_an_article_that_is_gone_is_left_out(store: Store, clock: FixedClock) -> None:
    stored(store, news(4))
    plan = plan_replay(saved(store, "*"), store)
    store.index.forget(START - timedelta(hours=20))
    assert run_plan(plan, store, clock) == 2


def test_memory_of_another_version_does_not_stop_it(store: Store, clock: FixedClock) -> None:
    (one,) = articles = news(1)
    stored(store, articles)
    store.log.append([Record("alerted", one.article_id, b'{"schema_version": 99}')])
    plan = plan_replay(saved(store, "*"), store)
    assert run_plan(plan, store, clock) == 1


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("banjir", {"Kabar", "Berita"}),
        ("banjir AND source:kabar.example", {"Kabar"}),
        ("source:kabar.example OR feed:Berita", {"Kabar", "Berita"}),
        ("source:(berita.example)", {"Berita"}),
        ("source:kabar.example OR banjir", {"Kabar", "Berita"}),
        ("banjir AND NOT source:kabar.example", {"Kabar", "Berita"}),
        ("source:lain.example", {"Kabar", "Berita"}),
    ],
)
def test_the_feeds_that_a_query_is_about(
    store: Store, clock: FixedClock, query: str, titles: set[str]
) -> None:
    book = FeedList(store.log, clock)
    book.save(
        [
            book.draft("https://www.kabar.example/rss", title="Kabar"),
            book.draft("https://berita.example/rss", title="Berita"),
        ]
    )
    assert {one.title for one in concerned_feeds(parse(query), book.all())} == titles


def test_every_doubtful_kind_has_a_question() -> None:
    assert _CODES.keys() == DOUBTFUL
