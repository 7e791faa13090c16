"""Promises that hold for every article and every engine."""

import string
from collections.abc import Sequence
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.budget import UNLIMITED
from pantau.enricher.enricher import Enricher as Wired
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.warming import SAMPLED, SAMPLES
from pantau.errors import ColdError, UsageError
from tests.unit.enricher.conftest import article

WORDS = st.sampled_from(
    [
        "Ketua",
        "KPK",
        "Boy",
        "Rafli",
        "Amar",
        "Dr.",
        "di",
        "Bali",
        "(KPK)",
        "(SBY)",
        "PT",
        "Corp",
        "dan",
        "of",
        "kata",
        "U.S.",
        "New",
        "York",
        "Editor :",
        "Baca juga:",
        "\n",
        "-",
        "😀",
        "É",
        "İ",
        "<X.Y>",
        "desa",
        "I",
        "Made",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=40).map(" ".join),
    st.text(alphabet=string.printable + "éßİ“”\u0000\u200e\U0001f600", max_size=200),
)


@pytest.fixture(scope="module")
def shared_enricher() -> Enricher:
    return build_enricher()


@settings(max_examples=300, deadline=None)
@given(title=TEXTS, text=TEXTS)
def test_promises(shared_enricher: Enricher, title: str, text: str) -> None:
    given_article = article(title, text)
    found = shared_enricher.enrich(given_article)
    assert (found.title, found.text) == (title, text)
    fields = {"title": title, "text": text}
    spans = sorted((m.field, m.start, m.end) for one in found.entities for m in one.mentions)
    for (field, _, end), (next_field, start, _) in pairwise(spans):
        assert field != next_field or end <= start
    assert all(0 <= start < end <= len(fields[field]) for field, start, end in spans)
    for one in found.entities:
        order = [(m.field != "title", m.start) for m in one.mentions]
        assert one.mentions
        assert order == sorted(order)
    ranges = [(span.start, span.end) for span in found.boilerplate]
    assert not any(
        f == "text" and s < high and low < e for f, s, e in spans for low, high in ranges
    )
    assert shared_enricher.enrich(given_article) == found


def test_all_given_fields_are_carried(enricher: Enricher) -> None:
    given_article = article(
        "Harga naik",
        "Harga beras naik.",
        url="https://example.org/a",
        author="Ani",
        tags=["pasar"],
        revision=3,
        historical=True,
    )
    found = enricher.enrich(given_article).model_dump()
    kept = given_article.model_dump(exclude={"lang", "schema_version"})
    assert {name: found[name] for name in kept} == kept


def test_lists_of_names_come_from_the_entities(enricher: Enricher) -> None:
    found = enricher.enrich(article("", "Ketua KPK Bambang Wirawan tiba di Bali dan di Thailand."))
    assert found.people == ("Bambang Wirawan",)
    assert found.organizations[:2] == ("KPK", "Komisi Pemberantasan Korupsi")
    assert found.places[:2] == ("Bali", "Thailand")
    assert found.entity_ids == ("org:kpk", "id:51", "iso:TH")
    assert found.place_codes == ("ID", "TH")
    assert found.roles == ("Ketua KPK",)


def test_an_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"'magic'.*rules"):
        build_enricher("magic")


class Sloppy:
    """An engine that returns overlapping spans with titles and degrees, like a model."""

    version = "sloppy-1"

    def find(self, passage: Passage) -> list[Mention]:
        wanted = ("Ketua KPK Dr Ani Wijaya, MH", "Ani Wijaya", "Demak")
        kinds = ("person", "person", "place")
        return [
            Mention(passage.text.index(name), passage.text.index(name) + len(name), kind)  # type: ignore[arg-type]
            for name, kind in zip(wanted, kinds, strict=True)
            if name in passage.text
        ]


class Unasked:
    def classify(self, text: str, at_home: Sequence[str] = ()) -> str:
        del at_home
        raise AssertionError(text)


def test_what_follows_an_engine_does_not_depend_on_it() -> None:
    enricher = Wired(Sloppy(), Unasked(), load_gazetteer())
    found = enricher.enrich(
        article("Ani ke Demak", "Kata Ketua KPK Dr Ani Wijaya, MH di Demak. Ani pulang.", lang="id")
    )
    assert found.enricher_version == "sloppy-1"
    assert found.people == ("Ani Wijaya", "Ani")
    assert len(found.entities[0].mentions) == 3


def test_no_engine_names_anybody_in_boilerplate() -> None:
    enricher = Wired(Sloppy(), Unasked(), load_gazetteer())
    assert enricher.enrich(article("", "Air surut.\nEditor: Ani Wijaya", lang="id")).people == ()


@pytest.mark.parametrize("lang", SAMPLES)
def test_the_sample_of_a_language_runs_every_part(shared_enricher: Enricher, lang: str) -> None:
    title, text = SAMPLES[lang]
    found = shared_enricher.find(title, text, reference=SAMPLED)
    assert found["lang"] == lang
    for part in ("people", "organizations", "places", "roles", "dates", "quotations"):
        assert found[part], part
    assert found["boilerplate"]
    assert not found["cut"]


def test_a_language_is_loaded_apart_from_its_first_text() -> None:
    enricher = build_enricher()
    enricher.load_apart()
    articles = [article(title, text) for title, text in SAMPLES.values()]
    enricher.warm()  # nothing was missed
    for one in articles:
        with pytest.raises(ColdError, match="is not loaded yet"):
            enricher.prepare([one])
        with pytest.raises(ColdError):
            enricher.enrich(one)
        enricher.warm()
        enricher.prepare([one])
        assert enricher.enrich(one).people


def test_articles_are_enriched_alike_whether_they_were_prepared(
    shared_enricher: Enricher,
) -> None:
    texts = [
        "Ketua KPK Bambang Wirawan tiba di Bali.\n\nBaca juga: Gempa di Jepang\n\nIa pulang.",
        "",
        "Siti Aminah hadir",
        "Wali Kota Surabaya",
        "Siti Aminah hadir",  # the same again
        "Presiden Joko Widodo ke Jakarta. " * 400,  # too long to be read with others
        "\n",
        "The minister met Mary Smith of Acme Corp in Jakarta, and she said that it was time.",
        "Mary Smith was in the town with the others when it began.",
    ]
    articles = [article(f"Judul {number}", text) for number, text in enumerate(texts)]
    alone = [shared_enricher.enrich(one) for one in articles]
    shared_enricher.prepare(articles)
    assert [shared_enricher.enrich(one) for one in articles] == alone
    shared_enricher.prepare([])
    assert [shared_enricher.enrich(one) for one in reversed(articles)] == alone[::-1]


class Noting:
    """An engine that notes what it is asked for, as prepared or to find."""

    version = "noting-1"

    def __init__(self) -> None:
        self.prepared: list[Passage] = []
        self.found: list[Passage] = []

    def prepare(self, passages: Sequence[Passage]) -> None:
        self.prepared += passages

    def find(self, passage: Passage) -> list[Mention]:
        self.found += [] if passage.headline else [passage]
        return []


def test_the_engine_prepares_what_it_is_asked_for_then() -> None:
    engine = Noting()
    enricher = Wired(engine, build_enricher("rules")._languages, load_gazetteer())
    articles = [
        article("Banjir di Demak", "Air surut, kata petugas di posko.\nBaca juga: Gempa di Bima"),
        article("Floods", "The water was as high as the houses, and the people had to leave them."),
        article("Hujan", "It was said that it would rain there all day.", lang="id"),
    ]
    enricher.prepare(articles)
    for one in articles:
        enricher.enrich(one)
    assert [one._replace(budget=UNLIMITED) for one in engine.found] == engine.prepared
    assert [one.lang for one in engine.prepared] == ["id", "en", "id"]


def test_articles_that_take_long_are_not_all_prepared() -> None:
    """Once the time of one article is over, the others wait for their own."""
    looks = count()
    engine = Noting()
    languages = build_enricher("rules")._languages
    enricher = Wired(
        engine, languages, load_gazetteer(), seconds=1, clock=lambda: float(next(looks))
    )
    slow = article("Banjir", "Air surut, kata petugas di posko itu.\n" * 200, lang="id")
    quick = article("Hujan", "Hujan turun di hulu.", lang="id")
    enricher.prepare([quick, *[slow] * 7])
    assert [one.text for one in engine.prepared] == [quick.text]
    assert next(looks) < 7
