"""The time limit of one article: cut off at any moment, the partial result is valid."""

import logging
import math
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, get_args

import pytest

from pantau.commands.batch.enrich import enrich_line
from pantau.common.files.batch_articles import BatchArticle
from pantau.enricher import Enricher, build_enricher
from pantau.enricher.budget import DATES, EVERY, FINDING, GROUPING, UNLIMITED, Budget
from pantau.enricher.build import build_engine
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.stage import EnricherStage
from pantau.settings import EnrichSettings
from pantau.stream.handler import Context
from pantau_schemas.events.article import Article, CutPart, EnrichedArticle
from tests.unit.enricher.hostile import SHAPES

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PIECES = (
    "Ketua KPK Siti Rahma berkunjung ke Bali pada 9 Mei 2022.\n"
    '"Kami datang ke sana lagi," kata Siti Rahma, Jumat (9/9/2022).\n'
    "hadir Deputi Bidang Kerja Sama BNPT kemarin. Badan Uji Coba Nasional (BUCN) rapat tahun "
    "2021.\n"
    "Baca juga: Harga beras naik\n(Foto: Ani)\n"
)
TEXT = PIECES * 80


class Clock:
    """Processor time that passes by a second at each look from a certain look on; none before."""

    def __init__(self, stands: float = 0) -> None:
        self.stands = stands
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return max(0.0, self.looks - self.stands)


class Silent:
    """Names no language; the articles here have one."""

    def classify(self, text: str, at_home: object = ()) -> str:
        del at_home
        raise AssertionError(text)


def enricher_of(clock: Clock, seconds: float = 1.0) -> Enricher:
    engine = build_engine(EnrichSettings(engine="rules"))
    return Enricher(engine, Silent(), load_gazetteer(), seconds=seconds, clock=clock)


def article(text: str = TEXT) -> Article:
    return Article(
        schema_version=2, article_id="a", title="KPK ke Bali", text=text, first_seen=NOW, lang="id"
    )


class TestBudget:
    def test_without_a_limit_nothing_is_cut_and_no_clock_is_asked(self) -> None:
        clock = Clock()
        budget = Budget(math.inf, clock)
        assert list(budget.within(FINDING, range(1000))) == list(range(1000))
        assert (clock.looks, budget.cut, UNLIMITED.cut) == (0, (), ())

    def test_items_come_until_the_time_is_up(self) -> None:
        budget = Budget(10.0, Clock())
        found = list(budget.within(FINDING, range(100_000)))
        assert found == list(range(len(found)))
        assert 0 < len(found) < 20 * EVERY
        assert budget.cut == ("names",)

    def test_a_step_that_is_over_stays_so(self) -> None:
        budget = Budget(10.0, Clock())
        assert len(list(budget.within(FINDING, range(100_000)))) < 100_000
        assert list(budget.within(FINDING, [1])) == []
        assert list(budget.within(FINDING, [])) == []

    def test_a_late_step_has_its_own_share(self) -> None:
        times = iter([0.0, 500.0, 500.5, 501.0, 501.5, 502.0])
        budget = Budget(10.0, lambda: next(times))
        kept = list(budget.within(GROUPING, list(range(EVERY * 10))))
        assert len(kept) == 2 * EVERY  # 0.7 s are its own, looked at each half
        assert budget.cut == ("names",)

    def test_time_that_is_left_is_the_next_steps(self) -> None:
        times = iter([0.0, *(9.4 for _ in range(10)), 10.0])
        budget = Budget(10.0, lambda: next(times))
        assert len(list(budget.within(DATES, range(EVERY * 11)))) == EVERY * 10

    def test_dear_items_are_asked_for_one_by_one(self) -> None:
        clock = Clock()
        assert list(Budget(5.0, clock).within(FINDING, range(10), every=1)) == [0, 1]
        assert clock.looks == 4

    def test_small_loops_together_look_as_often_as_a_large_one(self) -> None:
        clock = Clock(stands=math.inf)
        budget = Budget(1.0, clock)
        for _ in range(EVERY):
            assert list(budget.within(DATES, [1])) == [1]
        assert clock.looks == 2  # at the start, and once for them all


class TestEnricher:
    def test_within_its_time_an_article_is_whole(self) -> None:
        whole = enricher_of(Clock(), math.inf).enrich(article())
        assert whole.cut == ()
        assert enricher_of(Clock(stands=math.inf)).enrich(article()) == whole
        assert all(
            (whole.people, whole.places, whole.roles, whole.quotes, whole.dates, whole.boilerplate)
        )

    def test_cut_at_any_moment_what_is_given_is_part_of_the_whole(self) -> None:
        whole = enricher_of(Clock(), math.inf).enrich(article())
        clock = Clock(stands=math.inf)
        enricher_of(clock).enrich(article())
        seen: set[CutPart] = set()
        for moment in range(1, clock.looks):
            found = enricher_of(Clock(stands=moment)).enrich(article())
            seen.update(found.cut)
            check(found, whole)
        assert seen == set(get_args(CutPart))

    def test_what_is_found_until_then_counts(self) -> None:
        found = enricher_of(Clock(stands=8)).enrich(article())
        assert "names" in found.cut
        assert "Siti Rahma" in found.people

    def test_an_engine_that_is_late_still_has_its_names_put_together(self) -> None:
        clock = Clock(stands=math.inf)

        class Slow:
            version = "slow-1"

            def find(self, passage: Passage) -> list[Mention]:
                clock.looks, clock.stands = 1_000, 900  # a hundred times what there is
                at = passage.text.find("Siti Rahma")
                return [Mention(at, at + 10, "person")] if at >= 0 else []

        enricher = Enricher(Slow(), Silent(), load_gazetteer(), seconds=1.0, clock=clock)
        assert enricher.enrich(article(PIECES)).people == ("Siti Rahma",)

    def test_the_network_stops_between_blocks(self) -> None:
        engine = build_engine(EnrichSettings(engine="convolutional"))
        text = SHAPES["people, then their first name"](400_000)
        whole = engine.find(Passage(text, "id"))
        for seconds in (1.0, 8.0):
            some = engine.find(Passage(text, "id", budget=Budget(seconds, Clock())))
            assert len(some) < len(whole)

    def test_the_wired_enricher_has_the_time_of_the_settings(self) -> None:
        text = SHAPES["many people"](50_000)
        settings = EnrichSettings(engine="rules", seconds=1e-6)
        assert build_enricher(settings=settings).enrich(article(text)).cut
        assert (
            build_enricher(settings=EnrichSettings(engine="rules")).enrich(article(text)).cut == ()
        )


def check(found: EnrichedArticle, whole: EnrichedArticle) -> None:
    """Check that what was found is in order and in bounds, and names what the parts cut lack."""
    fields = {"title": found.title, "text": found.text}
    spans = sorted((m.field, m.start, m.end) for one in found.entities for m in one.mentions)
    for (field, _, end), (next_field, start, _) in pairwise(spans):
        assert field != next_field or end <= start
    for one in found.entities:
        assert one.mentions
        for m in one.mentions:
            assert 0 <= m.start < m.end <= len(fields[m.field])
    assert len(found.quotes) == len(found.quotations)
    lacking: dict[CutPart, tuple[Any, Any]] = {
        "boilerplate": (found.boilerplate, whole.boilerplate),
        "quotations": (found.quotes, whole.quotes),
        "dates": (found.dates, whole.dates),
    }
    for part, (some, every) in lacking.items():
        if part not in found.cut and "boilerplate" not in found.cut:
            assert some == every, part
        assert len(some) <= len(every) or "boilerplate" in found.cut


def test_the_stage_tells_that_an_article_was_cut(caplog: pytest.LogCaptureFixture) -> None:
    stage = EnricherStage(enricher_of(Clock(stands=2)))
    with caplog.at_level(logging.WARNING):
        outcome = stage.handle(article(), Context(NOW))
    (event,) = outcome.events
    assert isinstance(event, EnrichedArticle)
    assert outcome.cut == 1
    assert f"a took too long (enrich.seconds); cut off: {', '.join(event.cut)}" in caplog.text


def test_the_stage_tells_nothing_of_others(caplog: pytest.LogCaptureFixture) -> None:
    outcome = EnricherStage(enricher_of(Clock(stands=math.inf))).handle(article(), Context(NOW))
    assert (outcome.cut, caplog.text) == (0, "")


def test_a_line_of_a_file_tells_of_it_only_where_it_was_cut() -> None:
    given = {"id": "a", "cut": ["dates"], "text": TEXT}
    line = BatchArticle("a", {"text": TEXT, "lang": "id"}, given)
    assert enrich_line(enricher_of(Clock(stands=2)), line)["cut"][0] == "boilerplate"
    assert "cut" not in enrich_line(enricher_of(Clock(stands=math.inf)), line)
