"""Known places and organisations: ids, countries, coordinates, and names that mean several."""

import subprocess
import sys
from itertools import pairwise

import pytest

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.lexicon.gazetteer import GazetteerPlace, load_gazetteer
from pantau.enricher.linking.toponyms import locate
from pantau_schemas.events.article import Entity
from tests.growth.measure import unit
from tests.unit.enricher.conftest import article


@pytest.fixture(scope="module")
def enricher() -> Enricher:
    return build_enricher("convolutional")


def entity(enricher: Enricher, text: str, name: str, lang: str = "id") -> Entity:
    found = enricher.enrich(article("", text, lang=lang)).entities
    return next(one for one in found if name in one.surfaces)


@pytest.mark.parametrize(
    ("names", "lang", "expected"),
    [
        (["georgia"], "id", "iso:GE"),
        (["georgia"], "en", "iso:GE"),
        (["georgia", "rusia", "amerika serikat"], "id", "iso:GE"),
        (["georgia", "atlanta"], "en", "iso:US-GA"),
        (["georgia", "texas", "alabama"], "en", "iso:US-GA"),
        (["washington"], "en", "geonames:4140963"),
        (["washington", "amerika serikat"], "id", "geonames:4140963"),
        (["new york"], "en", "geonames:5128581"),
        (["santiago"], "id", "geonames:3871336"),
        (["santiago", "filipina"], "id", "geonames:1687801"),
        (["banjar"], "id", "id:32.79"),
        (["banjar", "kalimantan selatan"], "id", "id:63.03"),
        (["banjar", "ciamis"], "id", "id:32.79"),
        (["kabupaten banjar"], "id", "id:63.03"),
        (["bima"], "id", "id:52.72"),
        (["kabupaten bima"], "id", "id:52.06"),
        (["batu"], "id", "id:35.79"),
        (["palu"], "id", "id:72.71"),
        (["solo"], "id", "id:33.72"),
        (["depok"], "id", "id:32.76"),
        (["bandung"], "en", "id:32.73"),
        (["bandung"], "id", "id:32.73"),
        (["kab. bandung"], "id", "id:32.04"),
        (["jambi"], "id", "id:15"),
        (["kota jambi"], "id", "id:15.71"),
        (["jakarta"], "id", "id:31"),
        (["jaksel"], "id", "id:31.74"),
        (["tanjung sari", "sumedang"], "en", "id:32.11.11"),
        (["tanjung sari", "sumedang"], "id", "id:32.11.11"),
        (["kecamatan tanjung sari", "kabupaten bogor"], "id", "id:32.01.36"),
        (["tanjung sari", "south lampung"], "en", "id:18.01.22"),
        (["pakem", "sleman"], "en", "id:34.04.16"),
        (["central lombok"], "en", "id:52.02"),
        (["turki"], "id", "iso:TR"),
        (["türkiye"], "en", "iso:TR"),
        (["jordan"], "en", "iso:JO"),
        (["yordania"], "id", "iso:JO"),
        (["chad"], "en", "iso:TD"),
        (["moskow"], "id", "geonames:524901"),
        (["london"], "en", "geonames:2643743"),
        (["korsel"], "id", "iso:KR"),
        (["barcelona"], "id", "geonames:3128760"),
        (["selangor"], "ms", "iso:MY-10"),
        (["west java"], "en", "id:32"),
        (["papua barat daya"], "id", "id:96"),
        (["cebu"], "id", "geonames:1717512"),
        (["st petersburg"], "id", "geonames:498817"),
        (["makao"], "id", "iso:MO"),
        (["burkina"], "id", "iso:BF"),
    ],
)
def test_what_a_name_means(names: list[str], lang: str, expected: str) -> None:
    assert locate(names, lang, load_gazetteer())[names[0]].id == expected


def test_what_is_not_known_is_left_out() -> None:
    assert locate(["negeri antah berantah"], "id", load_gazetteer()) == {}


@pytest.mark.parametrize("around", ["yogyakarta", "indonesia", "malaysia"])
def test_a_village_in_english_news_needs_a_regency_around_it(around: str) -> None:
    assert "pakem" not in locate(["pakem", around], "en", load_gazetteer())


def test_a_place_is_known_by_id_country_and_coordinates(enricher: Enricher) -> None:
    found = entity(enricher, "Banjir melanda Surabaya sejak pagi.", "Surabaya")
    assert (found.id, found.country) == ("id:35.78", "ID")
    assert found.latitude == pytest.approx(-7.25, abs=0.1)
    assert found.longitude == pytest.approx(112.75, abs=0.1)


def test_names_of_one_place_are_one_entity(enricher: Enricher) -> None:
    result = enricher.enrich(
        article(
            "",
            "Utusan dari AS tiba di DKI Jakarta. Amerika Serikat membuka kantor di Jakarta.",
            lang="id",
        )
    )
    assert result.places[:2] == ("Amerika Serikat", "DKI Jakarta")
    assert {"AS", "United States", "Jakarta"} <= set(result.places)
    assert result.place_codes == ("US", "ID")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Bupati Kab. Malang hadir.", "Kab. Malang", "id:35.07"),
        ("Kota Bandung dan Kab. Bandung banjir.", "Kab. Bandung", "id:32.04"),
        ("Warga Kec. Cisitu, Kab. Sumedang, mengungsi.", "Kec. Cisitu", "id:32.11.05"),
    ],
)
def test_an_abbreviated_head_with_a_dot_belongs_to_the_name(
    enricher: Enricher, text: str, name: str, expected: str
) -> None:
    assert entity(enricher, text, name).id == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Gubernur Georgia, negara bagian AS, hadir.", "Georgia", "iso:US-GA"),
        ("Polisi di negara bagian Georgia menahan dua orang.", "Georgia", "iso:US-GA"),
        ("Api melanda Washington, negara bagian di Amerika Serikat.", "Washington", "iso:US-WA"),
        ("Presiden Georgia, negara tetangga Rusia, hadir.", "Georgia", "iso:GE"),
    ],
)
def test_what_an_article_calls_a_state_is_one(
    enricher: Enricher, text: str, name: str, expected: str
) -> None:
    assert entity(enricher, text, name).id == expected


def test_place_codes_follow_what_is_meant(enricher: Enricher) -> None:
    text = "The governor of Georgia spoke in Atlanta on Monday."
    assert enricher.enrich(article("", text, lang="en")).place_codes == ("US",)
    text = "The president of Georgia spoke in Tbilisi on Monday."
    assert enricher.enrich(article("", text, lang="en")).place_codes == ("GE",)


def test_a_part_of_the_world_has_an_id_of_our_own(enricher: Enricher) -> None:
    found = entity(enricher, "Negara di Asia Tenggara dan di Jawa bertemu.", "Asia Tenggara")
    assert (found.id, found.country, found.latitude) == ("region:southeast-asia", None, None)
    java = entity(enricher, "Negara di Asia Tenggara dan di Jawa bertemu.", "Jawa")
    assert (java.id, java.country) == ("region:java", "ID")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Batu besar menimpa rumah warga.", "Batu"),
        ("Hakim mengetuk palu, warga melempar batu, penyanyi tampil solo.", "a"),
        ("Pemeran utamanya Denzel Washington.", "Washington"),
        ("Warga menonton Michael Jordan bermain basket.", "Jordan"),
        ("Gol dicetak Santiago Ramirez.", "Santiago"),
    ],
)
def test_common_words_and_people_are_no_places(enricher: Enricher, text: str, word: str) -> None:
    found = enricher.enrich(article("", text, lang="id"))
    assert all(word not in one for one in found.places)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Penyidik KPK memeriksa saksi.", "KPK", "org:kpk"),
        (
            "Ia dipanggil oleh Komisi Pemberantasan Korupsi.",
            "Komisi Pemberantasan Korupsi",
            "org:kpk",
        ),
        (
            "Ia berpidato di depan Dewan Keamanan PBB.",
            "Dewan Keamanan PBB",
            "org:un-security-council",
        ),
        ("Laga Persib melawan Persija ditunda.", "Persija", "org:persija"),
        ("Kementerian Kesehatan membagikan masker.", "Kementerian Kesehatan", "org:kemenkes"),
    ],
)
def test_known_organisations_have_ids(
    enricher: Enricher, text: str, name: str, expected: str
) -> None:
    assert entity(enricher, text, name).id == expected


def test_a_short_form_that_the_article_explains_otherwise_has_no_id(enricher: Enricher) -> None:
    text = "Ketua Komunitas Pecinta Kucing (KPK) berbicara. KPK didirikan di Depok."
    found = entity(enricher, text, "KPK")
    assert found.id is None
    assert found.long_name == "Komunitas Pecinta Kucing"


def test_every_id_is_of_one_place_and_lies_where_it_can() -> None:
    gazetteer = load_gazetteer()
    by_id: dict[str, GazetteerPlace] = {}
    for name in gazetteer.names:
        for place in gazetteer.places(name):
            if place.id is not None:
                assert by_id.setdefault(place.id, place) == place
                assert (place.latitude is None) == (place.longitude is None)
    assert len([one for one in by_id if one.startswith("id:")]) == 38 + 514
    home = [one for one in by_id.values() if one.country == "ID" and one.latitude is not None]
    assert all(
        -11.1 < (one.latitude or 0) < 6.1 and 95 < (one.longitude or 0) < 141.1 for one in home
    )
    assert all(one.latitude is not None for key, one in by_id.items() if key.startswith("id:"))


def test_names_in_the_list_of_organisations_stand_once() -> None:
    gazetteer = load_gazetteer()
    known = sorted(
        (name, one.id) for name, one in gazetteer.names.items() if one.type == "organization"
    )
    assert len(known) > 1_500
    assert all(one[0] != after[0] for one, after in pairwise(known))


def test_all_lists_are_loaded_quickly_and_into_little_memory() -> None:
    script = (
        "import resource, time; import pantau.enricher.build; from pantau.enricher.lexicon.words "
        "import word_flags; word_flags();"
        "size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; start = time.process_time();"
        "from pantau.enricher.lexicon.gazetteer import load_gazetteer; load_gazetteer();"
        "print(time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - "
        "size) / 1024)"
    )
    out = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    seconds, mebibytes = map(float, out.split())
    assert seconds < 2 * unit()  # 0.1 here
    assert mebibytes < 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pertemuan digelar di Santiago, Kuba.", "geonames:3536729"),
        ("Pertemuan digelar di Santiago, Chili.", "geonames:3871336"),
    ],
)
def test_a_city_has_the_name_of_its_country_in_its_own(
    enricher: Enricher, text: str, expected: str
) -> None:
    assert entity(enricher, text, "Santiago").id == expected
