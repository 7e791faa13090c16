"""A data folder of a former version.

It opens, what it holds is found and decoded, and work goes on in it.

`tests/data/stores/layout-1.db.gz` was written by the version before stories, dates and quotations:
a subscription, three articles that went through every stage, and one that waits.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.bootstrap import build_workers, open_store
from pantau.ports import Filters, SearchRequest, Store
from pantau.query import parse
from pantau.query.ast import MatchAll
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import Settings
from pantau.usecases.maintenance.replay import Replay, run_replay
from pantau.usecases.search.by_story import search_by_story
from pantau.usecases.stories.lookup import read_merges
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import ALERTS, ARTICLES_ENRICHED, STORY_MEMBERS, STORY_MERGES
from tests.extracting import pass_on
from tests.support import FixedClock

FORMER = Path(__file__).parent.parent / "data" / "stores" / "layout-1.db.gz"
TITLES = ["Banjir Demak 2", "Banjir Demak 1", "Banjir Demak 0"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path)
    settings.database.write_bytes(gzip.decompress(FORMER.read_bytes()))
    return settings


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings, FixedClock())
    yield store
    store.close()


def titles(store: Store, query: str) -> list[str]:
    return [hit.article.title for hit in store.index.search(SearchRequest(parse(query))).hits]


def test_what_it_holds_is_found(store: Store) -> None:
    assert titles(store, "surut AND people:Arya*") == TITLES
    assert titles(store, "source:warta.example") == TITLES[1:2]
    assert titles(store, "_exists_:story_id") == []
    page = search_by_story(store.index, SearchRequest(parse("banjir")), read_merges(store.log))
    assert [(one.article.title, one.story_id, one.more) for one in page.stories] == [
        (title, None, 0) for title in TITLES
    ]
    assert [
        one.title for one in store.index.outlines(MatchAll(), Filters(), 10, titles=True)
    ] == TITLES


def test_its_events_are_read_with_what_they_lack_left_empty(store: Store) -> None:
    events = store.log.table(ARTICLES_ENRICHED.name).snapshot().values.values()
    articles = [decode(EnrichedArticle, value) for value in events if value]
    assert len(articles) == 3
    assert {(one.story_id, one.fingerprint, one.dates, one.quotations) for one in articles} == {
        (None, None, (), ())
    }
    assert {part.kind for one in articles for part in one.boilerplate} == {"notice"}
    alerts = store.log.table(ALERTS.name).snapshot().values.values()
    assert {decode(Alert, value).article.story_id for value in alerts if value} == {None}
    for topic in (STORY_MEMBERS, STORY_MERGES):
        assert store.log.table(topic.name).snapshot().values == {}


def test_work_goes_on_and_nothing_alerts_twice(settings: Settings, store: Store) -> None:
    workers = build_workers(store, FixedClock(), settings)
    assert pass_on(store, FixedClock()) == 1
    run_until_idle(workers)
    assert titles(store, "banjir") == ["Banjir Demak menanti", *TITLES]
    assert store.log.table(ALERTS.name).count() == 4
    assert (
        run_replay(Replay("r", enrich=True, alert=True), store.log, FixedClock(), lambda *_: None)
        == 4
    )
    run_until_idle(workers)
    assert titles(store, "banjir AND people:Arya*") == ["Banjir Demak menanti", *TITLES]
    assert store.log.table(ALERTS.name).count() == 4
    for worker in workers:
        worker.close()
