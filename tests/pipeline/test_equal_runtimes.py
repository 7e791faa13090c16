"""The same articles and subscriptions through both runtimes.

The same enriched events, alerts and search results.
"""

import asyncio
import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler
from itertools import cycle

import pytest

from pantau.bootstrap import build_workers, open_store
from pantau.common.time.clock import SystemClock
from pantau.ports import Filters, Record, SearchRequest, Store
from pantau.query import parse
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import (
    ElasticSettings,
    ExtractSettings,
    FetchSettings,
    KafkaSettings,
    PollSettings,
    Settings,
)
from pantau.stream.envelope import record_for
from pantau.usecases.stories.lookup import read_merges
from pantau_schemas.base import Event
from pantau_schemas.codec import canonical, decode
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.subscription import TerminalChannel
from pantau_schemas.topics import (
    ALERTS,
    ARTICLES,
    ARTICLES_ENRICHED,
    DELIVERIES,
    SUBSCRIPTIONS,
    Topic,
)
from tests import newsroom
from tests.e2e.program import command
from tests.events import coverage
from tests.extracting import extract_all
from tests.fleet import Fleet, Groups, settings_of, wait_for
from tests.http_server import serving
from tests.support import START, article, subscription

ARTICLES_GIVEN = 2_000
SUMMARIES = 80
NOW = SystemClock().now()
EXTRACT = ExtractSettings(summary_words=0, wait_seconds=600, waiting_per_domain=1_000)
"""Pages are waited for: how soon they are there differs, and with it the number of revisions."""
EVENTS, EACH = 60, 5
"""Events that several sources cover, among the articles; the others are random words."""
SUBSCRIPTIONS_GIVEN = 500
SEARCHES = 200
LIMIT_SECONDS = 240.0
CLOCKS = {"matched_at", "created", "updated"}
"""Fields that say when something was done; everything else must be the same."""
TRIES = {"status", "attempts", "problem", "next_attempt", "summary_id"}
"""How far a delivery is: here, the dispatcher works in one runtime only."""

BAD = (Record("articles", "bad", b'{"schema_version": 99}'), Record("articles", "worse", b"{"))
STAGES = {
    "extractor": "articles",
    "enricher": "articles.full",
    "alerter": "articles.enriched",
    "indexer": "articles.enriched",
    "notifier": "alerts",
}

MORE_SEARCHES = (
    "*:*",
    'people:"Arya Wirasena"',
    "places:Demak AND NOT lang:en",
    "_exists_:published AND title:banjir",
    "published:[2026-02-20 TO 2026-02-25]",
    r"first_seen:>2026-03-02T09\:00\:00Z AND gempa",
    "/nomor1[0-9]{2}/",
    "b?njir OR kebakarn~1",
    '"gempa bumi"~3 AND NOT (kudus OR palu)',
    "revision:2 OR perubahan",
    "source:*example AND listrik",
    "organizations:* AND dinas",
)


def given_articles(site: str) -> list[Article]:
    """Return articles of two sources, some revised, some historical, some with a date."""
    chance = random.Random(9)
    made = []
    events = [
        (f"https://kabar.example/event/{at}", one.title, one.text)
        for at, one in enumerate(coverage(EVENTS, EACH))
    ]
    items = [*newsroom.articles(ARTICLES_GIVEN * 19 // 20 - len(events), words=120), *events]
    random.Random(3).shuffle(items)
    for number, (link, title, text) in enumerate(items):
        # A summary whose page is fetched is seen now. Its story would be the only one left, if the
        # others were of months ago: their window ends by the newest article.
        is_event = "/event/" in link
        start = NOW - timedelta(hours=2) if is_event else START
        fields = {
            "title": title,
            "text": text,
            "url": link,
            "source": ("kabar.example", "news.example")[number % 2],
            "historical": number % 17 == 0,
            "first_seen": start + timedelta(seconds=number * 3),
            "published": start - timedelta(hours=number % (40 if is_event else 400))
            if number % 5
            else None,
        }
        made.append(article(str(number), **fields))  # type: ignore[arg-type]  # fields by name
        if number % 20 == 3 and number % 19 and not is_event:
            made[-1] = _summary_of(made[-1], f"{site}/{number}")
        if number % 19 == 0:
            changed = f"{text} perubahan {chance.choice(newsroom.articles(50))[1]}"
            made.append(article(str(number), revision=2, **fields | {"text": changed}))  # type: ignore[arg-type]  # as above
    return made


def _summary_of(article: Article, page: str) -> Article:
    """Return an article whose feed breaks its text off; the rest is on a page of a real server."""
    words = " ".join(article.text.split()[:15])
    fields = {"text": f"{words} ...", "url": page, "first_seen": NOW, "historical": False}
    return article.model_copy(update=fields)


@cache
def texts_of_pages() -> tuple[newsroom.Item, ...]:
    """Return what pages are made of."""
    return newsroom.articles(400)


class _Site(BaseHTTPRequestHandler):
    """Serves the pages; robots.txt forbids some, some are gone, some are stubs."""

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self._answer(200, "User-agent: *\nDisallow: /*63$\n", "text/plain")
            return
        number = int(self.path[1:])
        words = random.Random(number).sample(texts_of_pages(), 3)
        paragraphs = [" ".join([one[1], f"halaman{number}"]) for one in words]
        text = "".join(f"<p>{one}</p>" for one in paragraphs)
        body = f"<html><body><article><h1>Judul</h1>{text}</article></body></html>"
        self._answer(404 if number % 100 == 43 else 200, body, "text/html; charset=utf-8")

    def _answer(self, status: int, text: str, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(_Site) as address:
        yield address


def given_records(site: str) -> tuple[list[Record], list[Record]]:
    """Return what comes first, and the revisions that come when that is done.

    A compacted log need not keep an article's first revision for those who have not read it when
    the second comes.
    """
    events: list[tuple[Event, Topic]] = [
        (
            subscription(
                name, query, channels=(TerminalChannel(),), include_historical=name[-1] == "3"
            ),
            SUBSCRIPTIONS,
        )
        for name, query in newsroom.queries(SUBSCRIPTIONS_GIVEN).items()
    ]
    articles: list[tuple[Event, Topic]] = [(one, ARTICLES) for one in given_articles(site)]
    records = [
        record_for(event, topic, source="test", time=START) for event, topic in events + articles
    ]
    later = [one for one in records if b'"revision":2' in (one.value or b"")]
    first = [one for one in records if b'"revision":2' not in (one.value or b"")]
    return [*first, *BAD], later


@dataclass(frozen=True)
class Result:
    """The results, clocks aside, in a form that can be compared."""

    enriched: dict[str, bytes]  # but for the story
    stories: dict[str, str]  # by address, of the articles of events; merges followed
    alerts: dict[str, str]
    deliveries: dict[str, str]
    letters: list[str]
    found: dict[str, list[str]]


def searches() -> Iterator[tuple[str, SearchRequest]]:
    filters = cycle(
        (
            Filters(),
            Filters(sources=("kabar.example",)),
            Filters(),
            Filters(historical=False),
            Filters(since=START + timedelta(minutes=20), until=START + timedelta(minutes=70)),
            Filters(entities=("arya wirasena",)),
        )
    )
    queries = [*MORE_SEARCHES, *newsroom.queries(SEARCHES - len(MORE_SEARCHES), seed=77).values()]
    for number, (query, some) in enumerate(zip(queries, filters, strict=False)):
        yield f"{number} {query}", SearchRequest(parse(query), some, limit=5_000)


def collect(store: Store) -> Result:
    store.index.refresh()

    def rows(topic: Topic) -> dict[str, bytes]:
        return {
            key: value
            for key, value in store.log.table(topic.name).snapshot().values.items()
            if value
        }

    found = {}
    for name, request in searches():
        page = store.index.search(request)
        assert page.total == len(page.hits)
        found[name] = [hit.article.article_id for hit in page.hits]
    letters = [
        decode(DeadLetter, one.record.value or b"")
        for one in store.log.consumer(["dead-letters"], None).poll(100)
    ]
    enriched = {
        key: decode(EnrichedArticle, value) for key, value in rows(ARTICLES_ENRICHED).items()
    }
    merges = read_merges(store.log)
    return Result(
        {
            key: canonical(one.model_copy(update={"story_id": None, "story": None}))
            for key, one in enriched.items()
        },
        {
            one.url: merges.resolve(one.story_id or "none")
            for one in enriched.values()
            if one.url is not None and "/event/" in one.url
        },
        {key: _timeless(decode(Alert, value)) for key, value in rows(ALERTS).items()},
        {key: _timeless(decode(Delivery, value)) for key, value in rows(DELIVERIES).items()},
        sorted(f"{one.stage} {one.topic} {one.key} {one.error} {one.reason}" for one in letters),
        found,
    )


def _timeless(event: Event) -> str:
    fields = json.loads(canonical(event))
    for one in (fields, fields.get("article", {})):
        one.pop("story_id", None)  # compared as the articles that share one
        one.pop("story", None)  # who came before differs with the order of partitions
    return json.dumps(
        {name: value for name, value in fields.items() if name not in CLOCKS | TRIES},
        sort_keys=True,
    )


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory, site: str) -> Result:
    settings = Settings(
        data=tmp_path_factory.mktemp("embedded"),
        fetch=FetchSettings.model_validate({"allow_networks": ["127.0.0.0/8"]}),
        poll=PollSettings(domain_gap_seconds=0.0),
        extract=EXTRACT,
    )
    clock = SystemClock()
    store = open_store(settings, clock)
    try:
        workers = build_workers(store, clock, settings)
        for records in given_records(site):
            store.log.append(records)
            asyncio.run(extract_all(store, clock, settings))
            # The dispatcher is left out: both runtimes have the very same one, and it speaks to
            # channels.
            run_until_idle(workers)
        return collect(store)
    finally:
        store.close()


@pytest.fixture(scope="module")
def distributed(
    tmp_path_factory: pytest.TempPathFactory, kafka_address: str, elastic_url: str, site: str
) -> Iterator[Result]:
    folder = tmp_path_factory.mktemp("distributed")
    prefix = f"equal-{uuid.uuid4().hex[:8]}-"
    environment = settings_of(
        kafka_address,
        elastic_url,
        PANTAU_KAFKA__PREFIX=prefix,
        PANTAU_ELASTICSEARCH__PREFIX=prefix,
        PANTAU_KAFKA__PARTITIONS="4",
        PANTAU_POLL__DOMAIN_GAP_SECONDS="0",
        PANTAU_EXTRACT=EXTRACT.model_dump_json(),
    )
    fleet = Fleet(folder, environment, services=tuple(STAGES))
    command(folder / "test", "setup", settings=environment)
    store = open_store(
        Settings(
            data=folder / "test",
            kafka=KafkaSettings(servers=(kafka_address,), prefix=prefix, partitions=4),
            elasticsearch=ElasticSettings(url=elastic_url, prefix=prefix),
        )
    )
    groups = Groups(kafka_address, prefix)
    try:
        fleet.start()
        expected = 0
        for records in given_records(site):
            store.log.append(records)
            expected += sum(one.topic == ARTICLES.name for one in records)
            work_off(fleet, groups, expected - len(BAD))
        result = collect(store)
        assert set(fleet.stop().values()) == {0}
        yield result
    finally:
        fleet.kill()
        groups.close()
        store.close()


def work_off(fleet: Fleet, groups: Groups, enriched: int) -> None:
    """Wait until so many articles are enriched and no stage is behind."""
    wait_for(
        lambda: (
            groups.ends("articles.enriched") >= enriched
            and not any(groups.lag(stage, topic) for stage, topic in STAGES.items())
        ),
        seconds=LIMIT_SECONDS,
        meanwhile=lambda: _alive(fleet),
        progress=lambda: "\n".join("".join([*one.log][-20:]) for one in fleet.members),
    )


def _alive(fleet: Fleet) -> None:
    fleet.watch()
    assert not fleet.own_exits(), fleet.own_exits()


def test_the_input_is_what_it_should_be(embedded: Result) -> None:
    articles = given_articles("http://127.0.0.1")
    summaries = [one for one in articles if one.text.endswith("...")]
    assert (len(articles), len(summaries)) == (ARTICLES_GIVEN, SUMMARIES)
    found = [decode_page(value) for value in embedded.enriched.values()]
    assert 0 < found.count("feed") - (len(found) - SUMMARIES) < SUMMARIES // 2
    assert found.count("page") > SUMMARIES // 2
    assert len(embedded.enriched) == ARTICLES_GIVEN * 19 // 20
    assert len(embedded.alerts) > SUBSCRIPTIONS_GIVEN * 0.9
    assert len(embedded.deliveries) == len(embedded.alerts)
    assert len(embedded.letters) == 2
    assert len(embedded.found) == SEARCHES
    assert sum(bool(ids) for ids in embedded.found.values()) > SEARCHES * 0.8


def test_the_enriched_events_are_the_same(embedded: Result, distributed: Result) -> None:
    assert distributed.enriched.keys() == embedded.enriched.keys()
    assert not [
        (key, name, one[name], other[name])
        for key in embedded.enriched
        for one in [json.loads(distributed.enriched[key])]
        for other in [json.loads(embedded.enriched[key])]
        for name in one
        if one[name] != other[name]
    ]
    assert distributed.enriched == embedded.enriched


def decode_page(value: bytes) -> str:
    return decode(EnrichedArticle, value).text_from


def stories(result: Result) -> list[list[int]]:
    """Return the articles of each story.

    Which of them comes first, and so names it, differs between runtimes.
    """
    found: dict[str, list[int]] = {}
    for url, story in result.stories.items():
        found.setdefault(story, []).append(int(url.rpartition("/")[2]))
    return sorted(sorted(one) for one in found.values())


def test_the_stories_are_the_same(embedded: Result, distributed: Result) -> None:
    wanted = [list(range(event * EACH, (event + 1) * EACH)) for event in range(EVENTS)]
    assert stories(embedded) == wanted
    assert stories(distributed) == wanted


def test_the_alerts_are_the_same(embedded: Result, distributed: Result) -> None:
    assert distributed.alerts == embedded.alerts


def test_the_deliveries_are_the_same(embedded: Result, distributed: Result) -> None:
    assert distributed.deliveries == embedded.deliveries


def test_the_dead_letters_are_the_same(embedded: Result, distributed: Result) -> None:
    assert distributed.letters == embedded.letters


def test_two_hundred_searches_find_the_same_in_the_same_order(
    embedded: Result, distributed: Result
) -> None:
    assert distributed.found == embedded.found
