"""Every kind of diagnosis has examples, and its repair removes it and nothing else."""

import pytest

from pantau.query import QueryError, parse
from pantau.query.diagnosis.catalogue import TEXTS
from pantau.query.diagnosis.diagnosis import Diagnosis, applied
from pantau.query.diagnosis.engine import diagnose, whole_repair
from pantau_schemas.events.subscription import QueryLanguage
from tests.unit.query.diagnosis.examples import EXAMPLES as OF_PEOPLE
from tests.unit.query.diagnosis.examples import Example
from tests.unit.query.diagnosis.examples_disguised import DISGUISED
from tests.unit.query.diagnosis.examples_elsewhere import ELSEWHERE
from tests.unit.query.diagnosis.examples_mistakes import MISTAKES
from tests.unit.query.diagnosis.examples_programs import LEFT_ALONE, PROGRAMS

EXAMPLES = (*OF_PEOPLE, *ELSEWHERE, *MISTAKES, *DISGUISED, *PROGRAMS)

OF_WHOLE_TEXTS = {
    "percent_encoding",
    "doubled_quotes",
    "wrapped_query",
    "line_list",
    "question_mark",
}
"""Kinds that concern the text as a whole, and not within another query."""
REPAIRED = [one for one in EXAMPLES if one.end is not None]


def _of_code(query: str, one: Example) -> Diagnosis:
    (found,) = [given for given in diagnose(query, one.language) if given.code == one.code]
    return found


def test_every_kind_has_an_example() -> None:
    looked_up = {"feed_title"}  # among the feeds of a store: tests of spellings
    assert {one.code for one in EXAMPLES} | looked_up == set(TEXTS)


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.query)
def test_what_is_found_and_how_it_ends(one: Example) -> None:
    found = _of_code(one.query, one)
    assert 0 <= found.start <= found.end <= len(one.query)
    assert found.text("en") != found.text("id")
    ended = whole_repair(one.query, one.language)
    assert ended == (None if one.end is None else (one.end, one.end_language or one.language))


@pytest.mark.parametrize("query", LEFT_ALONE)
def test_what_a_query_may_well_mean_is_left_alone(query: str) -> None:
    assert not {one.suggestion for one in diagnose(query, "lucene")} - {None}


def test_an_exact_phrase_of_the_own_language_is_no_formula() -> None:
    assert not diagnose('="KPK AND Co"', "pantau")


@pytest.mark.parametrize("query", ["(bukan empat mata)", "title:(bukan empat mata)"])
def test_a_name_in_parentheses_that_begins_with_a_negation_is_one(query: str) -> None:
    assert "foreign_operator" not in {one.code for one in diagnose(query, "lucene")}


def test_a_remark_alone_is_not_taken_away() -> None:
    assert "markup" not in {one.code for one in diagnose("<<<rob>>>", "kql")}


@pytest.mark.parametrize("one", REPAIRED, ids=lambda one: one.query)
def test_a_repair_is_made_of_edits_and_removes_the_problem(one: Example) -> None:
    found = _of_code(one.query, one)
    assert found.suggestion is not None
    assert applied(one.query, found.edits) == found.suggestion
    parse(found.suggestion, found.language)
    left = diagnose(found.suggestion, found.language)
    assert found.code not in {given.code for given in left}


@pytest.mark.parametrize(
    "one",
    [one for one in REPAIRED if one.language != "kql" and one.code not in OF_WHOLE_TEXTS],
    ids=lambda one: one.query,
)
def test_a_repair_changes_nothing_else_in_the_tree(one: Example) -> None:
    """The rest of a query stays: it is repaired to what its repaired part makes of it."""
    if "allin" in one.query:
        return  # holds up to the end of the query
    frame = '"air laut" AND (people:"Budi Santoso" OR ({}))'
    ended = whole_repair(frame.format(one.query), one.language)
    assert ended is not None
    expected = parse(frame.format(one.end), one.end_language or one.language)
    assert parse(ended[0], ended[1]) == expected


@pytest.mark.parametrize("code", ["side_by_side", "foreign_operator", "reduplication"])
def test_all_places_of_a_kind_are_one_diagnosis(code: str) -> None:
    texts = {
        "side_by_side": " ".join(f"a{number}" for number in range(100)),
        "foreign_operator": " or ".join(f"a{number}" for number in range(100)),
        "reduplication": " OR ".join("anak-anak" for _ in range(99)),
    }
    found = diagnose(texts[code], "lucene")
    assert [(one.code, one.count) for one in found] == [(code, 99)]
    assert found[0].suggestion is not None
    assert diagnose(found[0].suggestion, "lucene") == []
    assert "98" in found[0].message


@pytest.mark.parametrize(
    "query",
    [
        "rob OR banjir\n-Tegal OR Kudus", '["rob", "NOT Tegal"]', "('rob', '-Tegal')",
        '["rob AND NOT Tegal", "banjir"]', "-rob XOR banjir",
    ],
)  # fmt: skip
def test_no_repair_loses_a_negation(query: str) -> None:
    """No line, item or side of an operator that is left out becomes one that is looked for."""
    assert not {"line_list", "idle_operator"} & {one.code for one in diagnose(query, "lucene")}
    assert not any("AND NOT (" in (one.suggestion or "") for one in diagnose(query, "lucene"))


def test_not_at_the_beginning_of_square_brackets_stays_a_not() -> None:
    ended = whole_repair("[bukan gladi dan rob] atau Tegal", "lucene")
    assert ended == ("(NOT gladi AND rob) OR Tegal", "lucene")


def test_a_refusal_names_the_diagnosis_and_the_language_of_its_repair() -> None:
    with pytest.raises(QueryError) as error:
        parse("banjir w/5 Solo")
    assert error.value.code == "foreign_proximity"
    assert (error.value.suggestion, error.value.language) == ("banjir NEAR/5 Solo", "pantau")
    assert "(--language pantau)" in str(error.value)


QUIET = """
"banjir rob" AND (Demak OR Kudus) NOT latihan
banjir AND -latihan
+banjir +(Demak Kudus) -latihan
"banjir rob"~3 OR tanggul~1 OR title:rob^2
people:"Siti Rahma" AND lang:id AND place_codes:(ID OR MY)
url:"https://a.example/b?x=1"
published:{2026-09-01 TO *]
published:(2026-09-01 OR 2026-09-03)
published:[2026-09-01T00:00:00Z TO 2026-09-30T23:59:59Z]
"siapa bupati?" OR "Menteri: harga; R&D, 5/2021"
"dan" AND "NEAR" AND "w/5"
Tidak AND Bukan
C++ OR O'Neil OR Jum’at
NOT latihan
/ban.?jir/ OR ban?ir OR tang*
Yahoo! AND "10%" AND 50%
url:"https://a.example/search?q=rob" AND "Query: banjir"
"a, b, c" AND "air laut; rob; KPK"
title:(banjir OR rob) AND "a = b"
tahap2 AND formula2 AND chapter2 AND covid2 AND mp3 AND G20 AND SMAN2 AND "anak2" AND tags:anak2
caf\\u00e9 AND "anak\\nbaru"
🌊 OR rob
title:🌊 AND "🌊 rob"
"ROB AND BANJIR" OR "sejak 1 Januari 2026" OR "3 hari terakhir"
sejak AND 2026 AND dengan AND tahun
people:(Siti Rahma) OR people:"H.B. Jassin" OR people:"Siti, A."
source:*.kabar.example AND korups?
published:[2026-09-01 TO 2026-09-30}
banjir AND near AND caps
ben\u200bcana AND 👩\u200d🚒
\u0391\u03b8\u03ae\u03bd\u03b1 AND \u041c\u043e\u0441\u043a\u0432\u0430
𝐛𝐚𝐧𝐣𝐢𝐫 AND Demak
bukan AND banjir AND "w/o"
"""


@pytest.mark.parametrize("query", QUIET.strip().splitlines())
def test_nothing_is_said_of_what_is_meant(query: str) -> None:
    assert [one.code for one in diagnose(query, "lucene")] == []


@pytest.mark.parametrize(
    "query",
    [
        "title: banjir and (lang: id or lang: en)",
        'published >= "2026-09-01" and not latihan',
        'people: "Siti Rahma" or tags: *',
    ],
)
def test_nothing_is_said_of_kql_that_is_meant(query: str) -> None:
    assert [one.code for one in diagnose(query, "kql")] == []


@pytest.mark.parametrize("date", ["2026-0?-01", "2026-00-*", "00/2026", "0/0/2026", "2026-13*"])
@pytest.mark.parametrize("language", ["lucene", "kql", "pantau"])
def test_months_that_do_not_exist_are_not_repaired(date: str, language: QueryLanguage) -> None:
    assert whole_repair(f"published:{date}", language) is None


@pytest.mark.parametrize(
    "query",
    ["banjir AND kota (Demak)", "title:banjir", '"title=banjir"', "rasio 3=3", '"<b>"',
     "Bupati=baik",
     'tags:"Apa kabar?"', "places:DKI", "places:BALI", "source:kabar.example", 'people:"Siti, A."',
     '"Selasa, 1 September 2026"', "published:[2026-09-01 TO 2026-09-30]",
     "published:>=2026-09-01"],
)  # fmt: skip
def test_what_only_looks_alike_is_left_alone(query: str) -> None:
    codes = {one.code for one in diagnose(query, "lucene")}
    assert not codes & {"foreign_field", "html_tag", "value_form", "written_date", "kql_comparison",
                        "quoted_wildcard", "foreign_operator"}  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), [("rob\\nAND Solo", '" "'), ("robâ€‹ Solo", '""')])
def test_what_cannot_be_seen_is_shown_in_quotes_in_every_language(text: str, meant: str) -> None:
    found = next(one for one in diagnose(text, "lucene") if one.code == "escaped_character")
    assert found.params["meant"] == meant


@pytest.mark.parametrize("query", ["Bukan Main AND film", "(Bukan Main) OR film"])
def test_a_name_that_begins_with_a_word_for_not_excludes_nothing(query: str) -> None:
    assert "foreign_operator" not in {one.code for one in diagnose(query, "lucene")}
