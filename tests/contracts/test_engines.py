"""The contract of every engine (`pantau.enricher.ner.engine`), however it finds names."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pantau.enricher import build_enricher
from pantau.enricher.build import ENGINES, at_home, build_engine
from pantau.enricher.edition import edition
from pantau.enricher.ner.engine import Engine, Mention, Passage
from pantau.errors import UsageError
from pantau.settings import EnrichSettings, SpacySettings
from pantau_schemas.events.article import EntityType
from tests.growth.measure import unit
from tests.pipelines import save_pipeline

NEWS = (
    "Jakarta - Ketua Badan Siber Nusantara (BSN) Budi Santoso tiba di Surabaya, Jumat (9/9/2022).\n"
    "Menurut Budi Santoso, kantor di Bandung dibuka oleh Siti Rahma dan Presiden Joko Widodo.\n"
    "Foto: Dewi Lestari/Kantor Berita Contoh\n"
    "The United Nations said John Smith would visit London and Washington on Monday."
)
QUICK = 30.0  # seconds of processor time; a quadratic engine needs minutes


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_pipeline(tmp_path_factory.mktemp("spacy") / "berita")


Make = Callable[[str], Engine]


@pytest.fixture(scope="session")
def make(pipeline: Path) -> Make:
    needs: Mapping[str, EnrichSettings] = {
        "spacy": EnrichSettings(spacy=SpacySettings(model=str(pipeline)))
    }

    def build(name: str) -> Engine:
        return build_engine(needs.get(name, EnrichSettings()).model_copy(update={"engine": name}))

    return build


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, make: Make) -> Engine:
    return make(request.param)


def check(found: list[Mention], passage: Passage) -> None:
    for one in found:
        assert 0 <= one.start < one.end <= len(passage.text)
        assert one.type in get_args(EntityType)
        assert not passage.text[one.start].isspace()
        assert not passage.text[one.end - 1].isspace()
        assert all(one.end <= start or one.start >= end for start, end in passage.skip)
    assert all(one.end <= after.start for one, after in pairwise(found))


def names(engine: Engine, text: str, lang: str = "id") -> list[str]:
    return [text[one.start : one.end] for one in engine.find(Passage(text, lang))]


def test_it_finds_names(engine: Engine) -> None:
    found = names(engine, NEWS)
    assert "Budi Santoso" in found
    assert "Surabaya" in found
    check(engine.find(Passage(NEWS, "id")), Passage(NEWS, "id"))


@pytest.mark.parametrize("lang", ["id", "en", "ms", "jv", "und", "zh"])
@pytest.mark.parametrize("headline", [False, True])
def test_any_language_and_a_headline(engine: Engine, lang: str, headline: bool) -> None:
    passage = Passage(NEWS, lang, headline=headline)
    check(engine.find(passage), passage)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "\0", "\ud800", "()", "a", "A", "🇮🇩"])
def test_hardly_a_text(engine: Engine, text: str) -> None:
    passage = Passage(text, "id")
    check(engine.find(passage), passage)


def test_what_is_skipped_is_not_touched(engine: Engine) -> None:
    start = NEWS.index("Budi Santoso tiba")
    passage = Passage(NEWS, "id", ((0, 7), (start + 2, start + 8)))
    found = engine.find(passage)
    check(found, passage)
    assert any(NEWS[one.start : one.end] == "Surabaya" for one in found)


def test_nothing_is_found_where_all_is_skipped(engine: Engine) -> None:
    assert engine.find(Passage(NEWS, "id", ((0, len(NEWS)),))) == []


def test_a_name_is_not_found_across_what_is_skipped(engine: Engine) -> None:
    text = "Kata Budi (iklan) Santoso di Surabaya."
    passage = Passage(text, "id", ((text.index("("), text.index(")") + 1),))
    check(engine.find(passage), passage)


def test_the_same_again_and_from_an_engine_built_anew(engine: Engine, make: Make) -> None:
    passage = Passage(NEWS, "id")
    first = engine.find(passage)
    engine.find(Passage("Yang lain: Siti Rahma di Medan.", "id"))
    assert engine.find(passage) == first
    other = next(one for name in ENGINES if type(one := make(name)) is type(engine))
    assert other.find(passage) == first
    assert other.version == engine.version


def test_the_version_says_which_engine_it_is(engine: Engine) -> None:
    assert engine.version.split("-")[0] in ENGINES
    assert engine.version.isascii()
    assert " " not in engine.version


def test_several_threads_get_what_one_gets(engine: Engine) -> None:
    passages = [
        Passage(f"{NEWS}\nNomor {number}: Budi Santoso di Medan.", "id") for number in range(8)
    ]
    alone = [engine.find(one) for one in passages]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(engine.find, passages * 3)) == alone * 3


def test_lone_surrogates_move_nothing(engine: Engine) -> None:
    text = "\ud800 Kata Budi Santoso di Surabaya \udfff."
    found = engine.find(Passage(text, "id"))
    check(found, Passage(text, "id"))
    assert "Surabaya" in [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    "piece",
    [
        "Budi ",
        "Budi Santoso di Surabaya. ",
        "A",
        "A.",
        "(",
        "Ketua ",
        "Budi-",
        "x\n",
        "\ud800",
        "'s",
        "($ ",
    ],
)
def test_length_costs_no_more_than_length(engine: Engine, piece: str) -> None:
    text = (piece * (50_000 // len(piece) + 1))[:50_000]
    passage = Passage(text, "id")
    start = time.thread_time()
    check(engine.find(passage), passage)
    assert time.thread_time() - start < QUICK * unit()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    text=st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "Budi",
                    "Santoso",
                    "Ketua",
                    "PT",
                    "di",
                    "Jakarta",
                    "KPK",
                    "(",
                    ")",
                    ",",
                    ".",
                    "\n",
                    "U.S.",
                ]
            ),
            st.text(max_size=8),
        ),
        max_size=30,
    ).map(" ".join),
    cuts=st.lists(st.integers(0, 200), max_size=6),
    headline=st.booleans(),
)
def test_whatever_the_text(engine: Engine, text: str, cuts: list[int], headline: bool) -> None:
    ends = sorted({cut for cut in cuts if cut <= len(text)})
    skip = tuple(zip(ends[::2], ends[1::2], strict=False))
    passage = Passage(text, "id", skip, headline)
    check(engine.find(passage), passage)


def test_an_enricher_takes_it(engine: Engine, pipeline: Path) -> None:
    name = engine.version.split("-")[0]
    enricher = build_enricher(name, EnrichSettings(spacy=SpacySettings(model=str(pipeline))))
    assert enricher.version == f"{engine.version}+e:{edition()}"
    entities = enricher.entities("Budi Santoso Tiba", NEWS, "id")
    person = next(one for one in entities if one.name == "Budi Santoso")
    assert person.prominence == "title"


class TestSpacy:
    """Effects that only the settings of spaCy have."""

    def test_a_pipeline_for_each_language(self, tmp_path: Path) -> None:
        save_pipeline(tmp_path / "inggris", people=("John Smith",))
        save_pipeline(tmp_path / "indonesia", people=("Budi Santoso",))
        paths = EnrichSettings(
            engine="spacy", spacy=SpacySettings(models={"en": "inggris", "id": "indonesia"})
        )
        engine = build_engine(at_home(paths, tmp_path))
        assert names(engine, "Budi Santoso, John Smith", "id") == ["Budi Santoso"]
        assert names(engine, "Budi Santoso, John Smith", "en") == ["John Smith"]
        assert names(engine, "Budi Santoso, John Smith", "fr") == []
        assert "en:xx_inggris-1.0.0,id:xx_indonesia-1.0.0" in engine.version

    def test_labels_that_name_nobody_are_left_out(self, tmp_path: Path) -> None:
        save_pipeline(tmp_path / "p", extra=(("NORP", "Muslim"), ("DATE", "Jumat")))
        engine = build_engine(
            EnrichSettings(engine="spacy", spacy=SpacySettings(model=str(tmp_path / "p")))
        )
        assert names(engine, "Pada Jumat Muslim di Surabaya") == ["Surabaya"]

    def test_a_name_is_found_beyond_the_first_piece(self, make: Make) -> None:
        text = "kata " * 9_000 + "Budi Santoso"
        (only,) = make("spacy").find(Passage(text, "id"))
        assert (only.start, only.end) == (45_000, 45_012)

    def test_no_pipeline_is_wrong_usage(self) -> None:
        with pytest.raises(UsageError, match=r"enrich\.spacy\.model"):
            build_engine(EnrichSettings(engine="spacy"))

    def test_a_pipeline_that_is_not_there_is_wrong_usage(self) -> None:
        with pytest.raises(UsageError, match=r"no pipeline 'nowhere'.*name of an installed one"):
            build_engine(EnrichSettings(engine="spacy", spacy=SpacySettings(model="nowhere")))

    def test_a_pipeline_that_finds_no_names_is_wrong_usage(self, tmp_path: Path) -> None:
        import spacy  # noqa: PLC0415 (heavy: only here)

        spacy.blank("xx").to_disk(tmp_path / "blank")
        with pytest.raises(UsageError, match="finds no names"):
            build_engine(
                EnrichSettings(engine="spacy", spacy=SpacySettings(model=str(tmp_path / "blank")))
            )

    def test_without_spacy_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pantau.enricher.ner.spacy.find_spec", lambda _: None)
        with pytest.raises(UsageError, match=r"pip install 'pantau\[spacy\]'"):
            build_engine(EnrichSettings(engine="spacy", spacy=SpacySettings(model="x")))
