"""Killed at any moment, the program loses nothing and repeats nothing that it can help."""

import json
import random
import time
from contextlib import closing
from pathlib import Path

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.ports import Store
from pantau.query import parse
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text.document import Document
from pantau.settings import Settings
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, Delivery, DeliveryStatus
from tests.e2e.program import Running, command
from tests.e2e.servers import Document as Served
from tests.e2e.servers import Site, rss, serve

ARTICLES = 2_000
FEEDS = 10
KILLS = 20
QUERIES = {
    "kpk": "KPK AND (tersangka OR korupsi)",
    "jokowi": '"Joko Widodo" OR Jokowi',
    "oil": "(oil OR crude) AND NOT opec",
    "bank": '"interest rate*" OR "central bank"',
    "bola": "title:(liga OR gol) OR timnas",
}

Item = tuple[str, str, str]


def load(shared_data: Path) -> list[Item]:
    """Return (link, title, text); each article a link of its own.

    The sample's copies are left out: the same title and text in one feed is the same article.
    """
    with (shared_data / "news" / "sample.jsonl").open(encoding="utf-8") as file:
        numbered = [(number, json.loads(line)) for number, line in enumerate(file)]
    found: dict[tuple[str, str], Item] = {}
    for number, one in (*numbered[0::3], *numbered[1::3]):
        text = one["title"], one["text"]
        if len(found) < ARTICLES and text not in found:
            found[text] = (f"https://kabar.example/{number}", *text)
    return list(found.values())


def expected(items: list[Item]) -> set[tuple[str, str]]:
    """Evaluate every query on every published article."""
    queries = {name: parse(text) for name, text in QUERIES.items()}
    return {
        (name, link)
        for link, title, text in items
        for name, query in queries.items()
        if evaluate(query, Document.from_fields({"title": title, "text": text})) is not None
    }


def test_killed_twenty_times_while_two_thousand_articles_flow(
    shared_data: Path, tmp_path: Path
) -> None:
    items = load(shared_data)
    assert len(items) == ARTICLES
    chance = random.Random(20)
    site = Site({f"/{number}.xml": Served(rss([])) for number in range(FEEDS)})
    with serve(site):
        command(
            tmp_path, "feeds", "add", "--no-check", *(site.url(f"/{n}.xml") for n in range(FEEDS))
        )
        for name, query in QUERIES.items():
            command(
                tmp_path,
                "subscribe",
                query,
                "--id",
                name,
                "--to",
                f"webhook:{site.url(f'/hook/{name}')}",
            )
        settings = {
            "PANTAU_POLL__MIN_INTERVAL_SECONDS": "1",
            "PANTAU_POLL__DEFAULT_INTERVAL_SECONDS": "1",
            "PANTAU_POLL__MAX_INTERVAL_SECONDS": "1",
            "PANTAU_POLL__PER_HOST": "4",
        }
        running = Running(tmp_path, **settings)
        running.wait_for(site.were_read)
        for wave in range(KILLS):
            published = items[: ARTICLES * (wave + 1) // KILLS]
            for number in range(FEEDS):
                site.documents[f"/{number}.xml"] = Served(rss(published[number::FEEDS]))
            if (
                wave % 4
            ):  # most often just after the first of the new articles came in, else wherever it is
                given = sum(site.bodies.values())
                running.wait_for(lambda: sum(site.bodies.values()) > given, every=0.005)  # noqa: B023 (called here)
                time.sleep(
                    chance.uniform(0.0, 0.5)
                )  # the moment of the kill, not a wait for anything
            else:
                time.sleep(chance.uniform(0.0, 1.6))  # as above
            running.kill()
            running = Running(tmp_path, **settings)
        due = expected(items)
        running.wait_for(
            lambda: len({headers["webhook-id"] for headers, _ in site.posts}) >= len(due)
        )
        running.wait_for(lambda: is_over(tmp_path, ARTICLES, len(due)), every=0.5)
        assert running.stop() == 0
    check(tmp_path, site, items, due)


def is_over(data: Path, articles: int, due: int) -> bool:
    """Return whether all articles are in the index, and all deliveries noted.

    Articles that match nothing may come last; a message is at its receiver before that is noted.
    """
    with closing(open_store(Settings(data=data), SystemClock())) as store:
        return store.index.count() == articles and delivered(store) == due


def delivered(store: Store) -> int:
    """Return the number of deliveries that arrived."""
    found = store.log.table("deliveries").snapshot().values.values()
    states = [decode(Delivery, value).status for value in found if value]
    return states.count(DeliveryStatus.DELIVERED)


def check(data: Path, site: Site, items: list[Item], due: set[tuple[str, str]]) -> None:
    store = open_store(Settings(data=data), SystemClock())
    try:
        assert store.index.count() == len(items)
        articles = store.log.table("articles.enriched").snapshot().values
        assert len(articles) == len(items)
        values = [
            decode(Alert, value)
            for value in store.log.table("alerts").snapshot().values.values()
            if value
        ]
        assert {(one.subscription_id, one.article.url) for one in values} == due
        assert len(values) == len(due)
        deliveries = [
            decode(Delivery, value)
            for value in store.log.table("deliveries").snapshot().values.values()
            if value
        ]
        assert {one.status for one in deliveries} == {DeliveryStatus.DELIVERED}
        assert len(deliveries) == len(due)
        assert store.log.consumer(["dead-letters"], "test").poll(10) == []
    finally:
        store.close()
    said: dict[str, set[tuple[str, str]]] = {}
    for headers, body in site.posts:
        told = json.loads(body)["data"]
        said.setdefault(headers["webhook-id"], set()).add(
            (told["subscription"]["id"], told["article"]["url"])
        )
    assert all(len(about) == 1 for about in said.values()), "one id, two alerts"
    assert len(said) == len(due), "one alert, two ids"
    assert {next(iter(about)) for about in said.values()} == due


def test_the_expectation_is_not_empty(shared_data: Path) -> None:
    due = expected(load(shared_data)[:300])
    assert {name for name, _ in due} == set(QUERIES)
