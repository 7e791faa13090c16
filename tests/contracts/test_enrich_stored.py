"""Stored articles are enriched again, on every index, without alerts, resuming where it ended."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.dictionaries.dictionary import Dictionary, DictionaryEntry
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.ports import Filters, SearchRequest, Store
from pantau.query import parse
from pantau.usecases.entities.look_up import look_up
from pantau.usecases.maintenance import enrich_stored as usecase
from pantau.usecases.maintenance.enrich_stored import Enriched, enrich_stored
from pantau_schemas.events.article import EnrichedArticle
from tests.support import START, enriched

ALL = Filters()


class Note:
    """A journal in memory."""

    def __init__(self) -> None:
        self.note = b""

    def read(self) -> bytes:
        return self.note

    def write(self, note: bytes) -> None:
        self.note = note

    def close(self) -> None:
        pass


class PowerCutError(Exception):
    """Ends a run in the middle."""


@pytest.fixture(scope="module")
def enricher() -> Enricher:
    return build_enricher("rules")


def stored(count: int) -> Sequence[EnrichedArticle]:
    return [
        enriched(
            f"a{number}",
            text="Ketua KPK Bambang Wirawan tiba di Jabar.",
            first_seen=START + timedelta(minutes=number),
            story_id="story1",
            fingerprint="b1:x",
            people=("Lama",),
        )
        for number in range(count)
    ]


def found(store: Store, query: str) -> list[str]:
    page = store.index.search(SearchRequest(parse(query), ALL, limit=100))
    return [hit.article.article_id for hit in page.hits]


def nothing(done: Enriched) -> None:
    del done


def cut_off(store: Store, enricher: Enricher, filters: Filters, read: int) -> Note:
    """Return the note of a run that a power cut ended when it had read so many articles."""
    note = Note()

    def cut(done: Enriched) -> None:
        if done.read == read:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        enrich_stored(store.index, enricher, note, filters, cut)
    return note


def test_history_is_found_by_the_new_names(store: Store, enricher: Enricher) -> None:
    articles = stored(3)
    store.index.put(articles)
    store.index.refresh()
    assert found(store, 'entity_ids:"org:kpk"') == []
    done = enrich_stored(store.index, enricher, Note(), ALL, nothing)
    assert (done.read, done.enriched, done.refused, done.resumed) == (3, 3, [], False)
    wanted = [one.article_id for one in reversed(articles)]
    assert found(store, 'organizations:"Komisi Pemberantasan Korupsi"') == wanted
    assert found(store, 'places:"Jawa Barat" AND entity_ids:"org:kpk"') == wanted
    kept = store.index.get(articles[0].article_id)
    assert kept is not None
    assert (kept.story_id, kept.fingerprint) == ("story1", "b1:x")
    assert kept.enricher_version == enricher.version
    again = enrich_stored(store.index, enricher, Note(), ALL, nothing)
    assert (again.read, again.enriched) == (3, 0)


def test_an_interrupted_run_continues(
    store: Store, enricher: Enricher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usecase, "BATCH", 2)
    store.index.put(stored(7))
    store.index.refresh()
    note = cut_off(store, enricher, ALL, 4)
    done = enrich_stored(store.index, enricher, note, ALL, nothing)
    assert done.resumed
    assert done.read < 7
    store.index.refresh()
    assert len(found(store, 'entity_ids:"org:kpk"')) == 7
    assert note.note == b""


def test_a_time_span_up_to_now_continues_though_its_beginning_moves(
    store: Store, enricher: Enricher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usecase, "BATCH", 2)
    store.index.put(stored(9))
    store.index.refresh()
    note = cut_off(store, enricher, Filters(since=START), 4)
    later = START + timedelta(minutes=2)
    done = enrich_stored(store.index, enricher, note, Filters(since=later), nothing)
    assert done.resumed
    assert 0 < done.read < 7
    store.index.refresh()
    assert len(found(store, 'entity_ids:"org:kpk"')) == 7


def test_another_end_begins_anew(
    store: Store, enricher: Enricher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usecase, "BATCH", 2)
    store.index.put(stored(5))
    store.index.refresh()
    note = cut_off(store, enricher, Filters(until=START + timedelta(minutes=3)), 2)
    done = enrich_stored(store.index, enricher, note, ALL, nothing)
    assert (done.resumed, done.read) == (False, 5)
    store.index.refresh()
    assert len(found(store, 'entity_ids:"org:kpk"')) == 5


def test_a_changed_dictionary_is_another_enricher(store: Store) -> None:
    store.index.put(stored(2))
    store.index.refresh()
    plain = build_enricher("rules")
    enrich_stored(store.index, plain, Note(), ALL, nothing)
    entry = DictionaryEntry(name="Bambang Wirawan", type="person", id="desk:17")
    changed = build_enricher("rules", dictionary=Dictionary([entry]))
    assert changed.version != plain.version
    done = enrich_stored(store.index, changed, Note(), ALL, nothing)
    assert done.enriched == 2
    assert len(found(store, 'entity_ids:"desk:17"')) == 2
    gone = enrich_stored(store.index, plain, Note(), ALL, nothing)
    assert gone.enriched == 2
    assert found(store, 'entity_ids:"desk:17"') == []


def test_a_newer_revision_stays(store: Store, enricher: Enricher) -> None:
    (old,) = stored(1)
    newer = old.model_copy(update={"revision": 2, "title": "Lebih baru"})

    def revise(done: Enriched) -> None:
        del done
        store.index.put([newer])
        store.index.put([old])

    store.index.put([old])
    store.index.refresh()
    enrich_stored(store.index, enricher, Note(), ALL, revise)
    kept = store.index.get(old.article_id)
    assert kept is not None
    assert kept.title == "Lebih baru"


def test_what_is_known_of_a_name(store: Store, enricher: Enricher) -> None:
    store.index.put(stored(2))
    store.index.refresh()
    enrich_stored(store.index, enricher, Note(), ALL, nothing)
    known, own = load_gazetteer(), Dictionary()

    def ask(name: str, **later: float) -> list[tuple[str | None, str, int, int, int]]:
        moment = START + timedelta(hours=1, **later)
        listed = look_up(name, known, own, store.index, moment)
        return [
            (one.thing.id, one.thing.name, one.articles, one.last_7_days, one.last_30_days)
            for one in listed
        ]

    assert ask("kpk") == [("org:kpk", "KPK", 2, 2, 2)]
    long = "Komisi Pemberantasan Korupsi"
    assert ask(long, days=10) == [("org:kpk", "KPK", 2, 0, 2)]
    assert ask(f"{long} RI", days=40) == [("org:kpk", "KPK", 2, 0, 0)]
    assert ask("PT Bank Central Asia Tbk") == [("org:bca", "BCA", 0, 0, 0)]
    assert ask("Polres Garut") == [("org:polres-garut", "Polres Garut", 0, 0, 0)]
    assert ask("bambang wirawan") == [(None, "Bambang Wirawan", 2, 2, 2)]
    assert ask("jabar") == [("id:32", "Jawa Barat", 2, 2, 2)]
    assert ask("Nama Tak Dikenal") == []
