"""The index is rebuilt on every backend: nothing is lost, doubled, changed or out of sight."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from pantau.ports import SearchRequest, Store
from pantau.query import parse
from pantau.query.ast import MatchAll
from pantau.settings import KeepSettings
from pantau.stream.envelope import record_for
from pantau.usecases.maintenance.rebuild_index import Rebuilt, Step, rebuild_index
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.redaction import Redaction
from pantau_schemas.ids import redaction_id
from pantau_schemas.topics import ARTICLES_ENRICHED, REDACTIONS
from tests.support import SOON, START, FixedClock, enriched

STORED = 700
"""More than one portion of any backend."""


class PowerCutError(Exception):
    """Ends a rebuild in the middle."""


def made(number: int, *, revision: int = 1, word: str = "lama") -> EnrichedArticle:
    seen = START + timedelta(days=20 * (number % 3), seconds=number)
    return enriched(
        f"a{number}", text=f"banjir {word} {number}", revision=revision, first_seen=seen
    )


def in_log(store: Store, clock: FixedClock, *articles: EnrichedArticle) -> None:
    store.log.append(
        record_for(one, ARTICLES_ENRICHED, source="test", time=clock.now()) for one in articles
    )


def found(store: Store, query: str = "*") -> list[tuple[str, int]]:
    asked = MatchAll() if query == "*" else parse(query)
    page = store.index.search(SearchRequest(asked, limit=5_000))
    return sorted((hit.article.article_id, hit.article.revision) for hit in page.hits)


def rebuilt(
    store: Store, clock: FixedClock, step: Callable[[Step, int, int], None] = lambda *_: None
) -> Rebuilt:
    return rebuild_index(store, KeepSettings(days=365), clock, step)


@pytest.fixture
def filled(store: Store) -> Store:
    store.index.put([made(number) for number in range(STORED)])
    store.index.refresh()
    return store


def test_it_holds_the_same_articles_with_writes_and_searches_going_on(
    filled: Store, clock: FixedClock
) -> None:
    failures: list[object] = []
    over = threading.Event()
    begun = threading.Barrier(3, timeout=SOON)  # both have done something, and it can begin

    def write() -> None:
        number = STORED
        while not over.is_set() and number < STORED + 400:
            filled.index.put([made(number), made(number - STORED, revision=2, word="baru")])
            number += 1
            if number == STORED + 1:
                begun.wait()
        filled.index.remove([made(0).article_id])
        written.append(number)

    def look() -> None:
        """Search all the time, also while the new index takes its place."""
        while not over.is_set():
            number = len(found(filled))
            looks.append(number)
            if number < STORED - 1:
                failures.append(number)
            if len(looks) == 1:
                begun.wait()

    written: list[int] = []
    looks: list[int] = []
    threads = [threading.Thread(target=one) for one in (write, look)]
    for one in threads:
        one.start()
    try:
        begun.wait()
        rebuilt(filled, clock)
    finally:
        over.set()
        for one in threads:
            one.join()
    filled.index.refresh()
    (number,) = written
    new = number - STORED
    wanted = {made(one).article_id: 2 if one < new else 1 for one in range(number)}
    del wanted[made(0).article_id]
    assert looks
    assert failures == []
    assert found(filled) == sorted(wanted.items())
    assert filled.index.count() == len(wanted)
    assert len(found(filled, "banjir AND baru")) == new - 1


def test_an_interrupted_one_goes_on_and_a_second_one_changes_nothing(
    filled: Store, clock: FixedClock
) -> None:
    before = found(filled)

    def cut(step: Step, done: int, total: int) -> None:
        del done, total
        if step == "index":
            raise PowerCutError

    try:
        rebuilt(filled, clock, cut)
    except PowerCutError:
        assert found(filled) == before
    filled.index.put([made(1, revision=5, word="baru")])
    filled.index.remove([made(2).article_id])
    for _ in range(2):
        rebuilt(filled, clock)
        filled.index.refresh()
        assert filled.index.count() == STORED - 1
        assert found(filled, "baru") == [(made(1).article_id, 5)]
    filled.index.put([made(3, revision=2, word="baru"), made(STORED)])
    filled.index.refresh()
    assert len(found(filled)) == STORED
    assert len(found(filled, "baru")) == 2
    removed = filled.index.forget(START + timedelta(days=1))
    assert 0 < removed < STORED
    filled.index.refresh()
    assert filled.index.count() == STORED - removed


def test_what_the_index_lacks_is_taken_from_the_log(store: Store, clock: FixedClock) -> None:
    newer = made(2, revision=3)
    as_enriched_later = made(1).model_copy(update={"enricher_version": "test-2"})
    store.index.put([as_enriched_later, made(2)])
    expired = enriched("old", text="banjir", first_seen=START - timedelta(days=400))
    forgotten = made(4)
    in_log(store, clock, made(1), newer, made(3), forgotten, expired)
    gone = Redaction(redaction_id=redaction_id(forgotten.article_id), forgotten_at=clock.now())
    store.log.append([record_for(gone, REDACTIONS, source="test", time=clock.now())])
    done = rebuilt(store, clock)
    store.index.refresh()
    assert (done.added, done.refused, done.articles) == (2, 0, 3)
    assert found(store) == sorted(
        [(made(1).article_id, 1), (newer.article_id, 3), (made(3).article_id, 1)]
    )
    kept = store.index.get(made(1).article_id)
    assert kept is not None
    assert kept.enricher_version == "test-2"
