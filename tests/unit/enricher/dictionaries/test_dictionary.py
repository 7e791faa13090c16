from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.dictionaries.dictionary import Case, Dictionary, DictionaryEntry
from tests.cost import assert_linear, excess, repeated
from tests.unit.enricher.conftest import article

AGENCY = DictionaryEntry(
    "organization",
    "Badan Siber Contoh",
    "acme:bsc",
    ("BSC", "Badan Siber", "Contoh Cyber Agency"),
    country="ID",
)


def found(
    text: str, *entries: DictionaryEntry, lang: str = "id", skip: Sequence[tuple[int, int]] = ()
) -> list[str]:
    return [
        text[hit.mention.start : hit.mention.end]
        for hit in Dictionary(entries).find(text, lang, skip)
    ]


def named(name: str, case: Case = "auto", languages: tuple[str, ...] = ()) -> DictionaryEntry:
    return DictionaryEntry("organization", name, case=case, languages=languages)


@pytest.mark.parametrize(
    ("name", "case", "text", "expected"),
    [
        ("BSC", "auto", "BSC dan Bsc dan bsc", ["BSC"]),
        ("BSC", "any", "BSC dan Bsc dan bsc", ["BSC", "Bsc", "bsc"]),
        ("Rumah Aman", "auto", "RUMAH AMAN, Rumah aman, rumah aman", ["RUMAH AMAN", "Rumah aman"]),
        ("Rumah Aman", "exact", "RUMAH AMAN, Rumah aman, Rumah Aman", ["Rumah Aman"]),
        ("bitcoin", "auto", "Bitcoin, BITCOIN, bitcoin", ["Bitcoin", "BITCOIN", "bitcoin"]),
        ("7Up", "auto", "7Up dan 7UP", ["7Up", "7UP"]),
    ],
)
def test_case(name: str, case: Case, text: str, expected: list[str]) -> None:
    assert found(text, named(name, case)) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Badan Siber", "Badan  Siber\nContoh", ["Badan  Siber"]),
        ("PDI-P", "PDI–P dan PDI P", ["PDI–P"]),
        ("O'Hara", "kata O’Hara", ["O’Hara"]),
        ("PDI", "PDI-P, PDI-nya, (PDI).", ["PDI", "PDI"]),
        ("Jakarta", "Jakarta-Bandung, JakartaRaya, @Jakarta, Jakarta_1", ["Jakarta"]),
        ("Al", "Al-Qaeda dan Al", ["Al"]),
        ("Yahoo!", "Yahoo! Yahoo", ["Yahoo", "Yahoo"]),
        ("A.B. Contoh", "A.B. Contoh dan AB Contoh", ["A.B. Contoh"]),
        ("Contoh", "\ud800Contoh\0 Contoh", ["Contoh", "Contoh"]),
    ],
)
def test_words(name: str, text: str, expected: list[str]) -> None:
    assert found(text, named(name)) == expected


def test_the_longest_wins() -> None:
    entries = [named("Badan Siber"), named("Siber Contoh Raya"), named("Contoh")]
    assert found("Badan Siber Contoh Raya Contoh", *entries) == ["Siber Contoh Raya", "Contoh"]


def test_of_equal_names_the_first_entry_wins() -> None:
    (hit,) = Dictionary(
        [DictionaryEntry("person", "Contoh"), DictionaryEntry("place", "Contoh")]
    ).find("Contoh", "id")
    assert hit.mention.type == "person"


def test_names_are_looked_for_in_their_language() -> None:
    assert found("Contoh", named("Contoh", languages=("en", "ms"))) == []
    assert found("Contoh", named("Contoh", languages=("en", "ms")), lang="ms") == ["Contoh"]


def test_nothing_is_found_in_boilerplate() -> None:
    assert found("BSC dan BSC", AGENCY, skip=[(1, 2)]) == ["BSC"]


@given(
    st.lists(
        st.text(st.sampled_from("AbC. -'ıİ\n"), min_size=1, max_size=6).filter(
            lambda one: any(map(str.isalnum, one))
        )
    ),
    st.text(st.sampled_from("AbC. -'ıİ\n"), max_size=60),
)
def test_whatever_stands_there(names: list[str], text: str) -> None:
    hits = Dictionary([named(name, "any") for name in names]).find(text, "id")
    end = 0
    for hit in hits:
        assert end <= hit.mention.start < hit.mention.end <= len(text)
        end = hit.mention.end


def made(count: int) -> Dictionary:
    """Build a dictionary of that many names.

    A tenth of them begin with one of a few words, like ministries.
    """
    heads = ("Badan", "Kementerian", "Dinas", "Kantor", "Siti", "Muhammad")
    names = (
        f"{heads[number % len(heads)]} Uji{number}"
        if number % 10 == 0
        else f"Nama{number} Uji{number % 977}"
        for number in range(count)
    )
    return Dictionary(
        [DictionaryEntry("organization", name, f"x:{number}") for number, name in enumerate(names)]
    )


def test_an_article_costs_the_same_whatever_the_dictionary_holds() -> None:
    text = (
        "Badan Uji9990 dan Siti Rahma dari Kementerian Contoh di Jakarta bertemu Muhammad Uji5 "
        "kemarin sore. " * 16
    )
    few, many = made(1_000), made(30_000)
    assert many.size == 30_000
    assert [hit.mention for hit in many.find(text, "id")] != []

    def prepare(size: int) -> Callable[[], object]:
        dictionary = few if size == few.size else many

        def find() -> None:
            for _ in range(100):
                dictionary.find(text, "id")

        return find

    # Thirty times the names cost no more than three times the time.
    assert excess(prepare, few.size, times=30, allowed=0.1) < 0.1


@pytest.mark.parametrize("piece", ["Badan ", "Badan-", "BSC-", "B", "Badan Siber ", "BSC-nya "])
def test_length_costs_no_more_than_length(piece: str) -> None:
    dictionary = Dictionary([AGENCY, named("Badan " * 20)])
    assert_linear(lambda text: dictionary.find(text, "id"), repeated(piece), 25_000)


@pytest.fixture(scope="module")
def enricher() -> Enricher:
    people = DictionaryEntry(
        "person", "Siti Contoh Rahma", "p:1", ("Bu Siti", "Dr Rahma"), roles=("Duta Baca",)
    )
    place = DictionaryEntry(
        "place", "Kampung Uji", "x:uji", country="ID", latitude=-6.5, longitude=106.5
    )
    return build_enricher("rules", dictionary=Dictionary([AGENCY, people, place]))


def test_aliases_of_one_entry_are_one_entity_under_its_normal_name(enricher: Enricher) -> None:
    result = enricher.enrich(
        article("BSC Diserang", "Contoh Cyber Agency di Jakarta. Badan Siber diam.")
    )
    agency = next(one for one in result.entities if one.id == "acme:bsc")
    assert (agency.name, agency.type, agency.country) == (
        "Badan Siber Contoh",
        "organization",
        "ID",
    )
    assert agency.surfaces == ("BSC", "Contoh Cyber Agency", "Badan Siber")
    assert result.organizations[0] == "Badan Siber Contoh"
    assert set(result.organizations) >= {"BSC", "Contoh Cyber Agency", *AGENCY.aliases}


def test_a_known_place_of_users_has_its_coordinates(enricher: Enricher) -> None:
    result = enricher.enrich(article("", "Banjir melanda Kampung Uji sejak pagi."))
    place = next(one for one in result.entities if one.id == "x:uji")
    assert (place.country, place.latitude, place.longitude) == ("ID", -6.5, 106.5)
    assert result.place_codes == ("ID",)


def test_a_title_that_belongs_to_an_alias_is_not_taken_off(enricher: Enricher) -> None:
    text = "Kata Dr Rahma, Bu Siti datang."
    result = enricher.enrich(article("", text))
    (person,) = [one for one in result.entities if one.type == "person"]
    assert (person.id, person.name, person.roles) == ("p:1", "Siti Contoh Rahma", ("Duta Baca",))
    assert [text[one.start : one.end] for one in person.mentions] == ["Dr Rahma", "Bu Siti"]


def test_what_an_article_calls_an_entry_leads_to_it(enricher: Enricher) -> None:
    result = enricher.enrich(
        article("", "Kepala Biro Khusus Contoh (BSC) berbicara. Biro Khusus Contoh kecil.")
    )
    assert [one.name for one in result.entities if one.id == "acme:bsc"] == ["Badan Siber Contoh"]
    assert result.organizations[0] == "Badan Siber Contoh"
    assert set(result.organizations) >= {"BSC", "Contoh Cyber Agency", *AGENCY.aliases}


def test_mentions_never_overlap(enricher: Enricher) -> None:
    text = "Ketua Badan Siber Contoh Budi Santoso dan PT BSC Jaya di Kampung Uji Selatan."
    spans = sorted(
        (one.start, one.end)
        for entity in enricher.enrich(article("", text)).entities
        for one in entity.mentions
    )
    assert all(spans[at][1] <= spans[at + 1][0] for at in range(len(spans) - 1))
    assert {"Badan Siber Contoh", "BSC", "Kampung Uji"} <= {text[start:end] for start, end in spans}


def test_the_version_changes_with_the_dictionary() -> None:
    enricher = build_enricher("rules")
    plain = enricher.version
    enricher.use(Dictionary([AGENCY]))
    with_one = enricher.version
    assert with_one.startswith(f"{plain}+d:")
    enricher.use(Dictionary([AGENCY, named("Lain")]))
    assert enricher.version not in {plain, with_one}
    enricher.use(Dictionary([AGENCY]))
    assert enricher.version == with_one
    assert enricher.enrich(article("", "Contoh")).enricher_version == with_one
    enricher.use(Dictionary())
    assert enricher.version == plain


def test_many_entries_of_one_name_cost_as_much_as_one() -> None:
    many = Dictionary(
        [
            DictionaryEntry("person", f"Siti Nama{one}", f"x:{one}", ("Siti",))
            for one in range(5_000)
        ]
    )
    assert many.size == 5_001
    assert len(many._forms["siti"]) == 1
    assert [hit.entry.id for hit in many.find("Siti dan siti datang.", "id")] == ["x:0"]
