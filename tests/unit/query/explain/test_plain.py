"""Queries in plain words: what is said is what is matched."""

from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given

from pantau.query import parse
from pantau.query.explain.plain import Group, Part, depth, describer, read, shape
from pantau.query.explain.plain_notes import notes
from pantau.query.explain.plain_words import WORDS, DescriptionLanguage
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau_schemas.fields import FIELDS
from tests.unit.query.conftest import documents, own_queries, queries

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)

SENTENCES = [
    ("banjir", 'Articles with the word "banjir" in the title or text.'),
    ("banjir demak", 'Articles with the word "banjir" or "demak" in the title or text.'),
    ("banjir AND demak", 'Articles with the words "banjir" and "demak" in the title or text.'),
    (
        '"Boy Rafli Amar" AND UNOCT',
        'Articles with the phrase "boy rafli amar" and the word "unoct" in the title or text.',
    ),
    (
        "title:gempa AND quotes:gempa",
        'Articles with the word "gempa" in the title and the word "gempa" in the quotes.',
    ),
    (
        "a AND NOT title:b",
        'Articles with the word "a" in the title or text, but without the word "b" in the title.',
    ),
    ("NOT bola", 'All articles except those with the word "bola" in the title or text.'),
    ("NOT (NOT bola)", 'Articles with the word "bola" in the title or text.'),
    ("*:*", "All articles."),
    ("nosuch:x", "No article: there is no field nosuch."),
    ("...", "No article: nothing in the query can be searched."),
    (
        '"a b"~3',
        (
            'Articles with the words "a b" near each other (3 moves by one word at most) in the title '
            "or text."
        ),
    ),
    ("title:banj*", 'Articles with a word that begins with "banj" in the title.'),
    ("organizations:B*", 'Articles with an organisation that begins with "B".'),
    (
        "banjri~",
        'Articles with a word like "banjri" (at most 2 letters different) in the title or text.',
    ),
    (
        "banj~",
        'Articles with a word like "banj" (at most one letter different) in the title or text.',
    ),
    ("ab~", 'Articles with the word "ab" in the title or text.'),
    ("title:/ab+/", "Articles with a word that the regular expression /ab+/ matches in the title."),
    ("title:[a TO d}", 'Articles with a word that sorts from "a" to before "d" in the title.'),
    ("title:>a", 'Articles with a word that sorts after "a" in the title.'),
    ("lang:id", 'Articles with the language "id".'),
    ('people:"Boy Rafli Amar"', 'Articles with the person "Boy Rafli Amar".'),
    ("_exists_:roles OR _exists_:people", "Articles with any content in the roles or any person."),
    ("published:2020-03-27", "Articles with a publication date on 2020-03-27 UTC."),
    ("published:>2020-03-27", "Articles with a publication date from 2020-03-28 00:00 UTC on."),
    (
        r"published:<=2020-03-27T10\:30",
        "Articles with a publication date before 2020-03-27 10:31 UTC.",
    ),
    (
        "first_seen:[now-7d TO now]",
        (
            "Articles with a first-seen date from 2026-11-16 07:00 UTC (now-7d) to 2026-11-23 07:00 "
            "UTC (now)."
        ),
    ),
]


@pytest.mark.parametrize(("query", "said"), SENTENCES)
def test_a_flat_query_is_a_sentence(query: str, said: str) -> None:
    assert read(parse(query), "en", NOW).text == said


@pytest.mark.parametrize(
    ("query", "said", "indonesian"),
    [
        (
            "banjir AND NOT foo:bar",
            "without what no article has (there is no field foo).",
            "tanpa sesuatu yang tidak ada di artikel mana pun (tidak ada kolom foo).",
        ),
        ("banjir OR *:*", "All articles.", "Semua artikel."),
        (
            "banjir AND NOT *:*",
            "No article: the query excludes every article.",
            "Tidak ada artikel: kueri mengecualikan semua artikel.",
        ),
        (
            "NOT (a OR *:*)",
            "No article: the query excludes every article.",
            "Tidak ada artikel: kueri mengecualikan semua artikel.",
        ),
    ],
)
def test_what_excludes_nothing_or_everything_is_said_so(
    query: str, said: str, indonesian: str
) -> None:
    parsed = parse(query)
    assert read(parsed, "en", NOW).text.endswith(said)
    assert read(parsed, "id", NOW).text.endswith(indonesian)


def test_indonesian() -> None:
    said = read(
        parse('"banjir bandang" AND (title:demak OR people:Ganjar*) AND NOT bola'), "id", NOW
    ).text
    assert said.split("\n") == [
        "Artikel dengan semua yang berikut:",
        '  - frasa "banjir bandang" di judul atau isi',
        "  - salah satu dari yang berikut:",
        '      - kata "demak" di judul',
        '      - tokoh yang diawali "Ganjar"',
        '  - tanpa kata "bola" di judul atau isi',
    ]


def test_levels_are_indented_and_the_tree_is_given_to_programs() -> None:
    told = read(parse("(a AND (b OR (c AND NOT d))) -e -f"), "en", NOW)
    assert told.text.split("\n") == [
        "Articles with all of these:",
        '  - the word "a" in the title or text',
        "  - any one of these:",
        '      - the word "b" in the title or text',
        "      - all of these:",
        '          - the word "c" in the title or text',
        '          - without the word "d" in the title or text',
        "  - none of these:",
        '      - the word "e" in the title or text',
        '      - the word "f" in the title or text',
    ]
    assert isinstance(told.tree, dict)
    assert told.tree["all"][0] == {
        "clause": 'the word "a" in the title or text',
        "start": 1,
        "end": 2,
    }
    assert [list(one) for one in told.tree["all"]] == [["clause", "start", "end"], ["any"]]


def test_many_clauses_are_a_list() -> None:
    told = read(parse(" OR ".join(f'"banjir {number}"' for number in range(9))), "en", NOW).text
    assert told.startswith('Articles with any one of these:\n  - the phrase "banjir 0"')


def test_days_are_those_of_the_zone() -> None:
    query = parse(
        r"published:2020-03-27 OR first_seen:<2020-03-27T10\:00", time_zone="Asia/Jakarta"
    )
    told = read(query, "en", NOW, "Asia/Jakarta").text
    assert "on 2020-03-27 Asia/Jakarta" in told
    assert "a first-seen date before 2020-03-27 10:00 Asia/Jakarta" in told


PECULIAR = [
    ("banjir demak", "side by side"),
    ('banjir "kab demak"', "side by side"),
    ("title:(a b)", "side by side"),
    ("a OR b", None),
    ("a || b", None),
    ("title:a OR title:b", None),
    ("a AND b", None),
    ("anak-anak", "cut into several words"),
    ('"anak-anak"', None),
    ("a AND b OR c", '"c" changes nothing'),
    ("a OR NOT b", "OR NOT means AND NOT"),
    ("a OR -b", "OR NOT means AND NOT"),
    ('"a OR NOT b"', None),
    ("NOT a", "every other article is found"),
    ('people:"Boy Rafli"', "capitals and all"),
    ("first_seen:>now-1d", "now is 2026-11-23 07:00 UTC"),
]


@pytest.mark.parametrize(("query", "told"), PECULIAR)
def test_what_is_peculiar_is_told(query: str, told: str | None) -> None:
    found = notes(parse(query), query, "lucene", describer("en", NOW))
    assert len(found) == (told is not None)
    assert told is None or told in found[0]
    assert len(notes(parse(query), query, "lucene", describer("id", NOW))) == len(found)


def test_kql() -> None:
    query = "title: banjir bandang or not people: Boy*"
    tree = parse(query, "kql")
    assert "any one of these" in read(tree, "en", NOW).text
    assert len(notes(tree, query, "kql", describer("en", NOW))) == 1


OWN = [
    ("a NEAR/3 b", ('the word "a" near the word "b" (at most 3 words between them) in the title or '
                   'text')),
    ("a NEAR/1 b", ('the word "a" near the word "b" (at most one word between them) in the title '
                   'or text')),
    ("a NEAR/0 b", 'the word "a" right beside the word "b" in the title or text'),
    ("title:a ONEAR/0 b", 'the word "a" right before the word "b" in the title'),
    ('(a OR b) ONEAR/2 "c d"', ('the word "a" or "b" before the phrase "c d" (at most 2 words '
                               'between them) in the title or text')),
    ("ATLEAST/2 roles:(a OR b*)", ('the word "a" or a word that begins with "b" (at least 2 times) '
                                  'in the roles')),
    ("ATLEAST/1 a", 'the word "a" in the title or text'),
    ('="KPK"', 'the word "KPK" (capitals and all) in the title or text'),
    ('title:="Bank Indonesia"', 'the words "Bank Indonesia" (capitals and all) in the title'),
    ('people:="Boy Rafli"', 'the person "Boy Rafli"'),
]  # fmt: skip


@pytest.mark.parametrize(("query", "said"), OWN)
def test_what_only_the_language_pantau_has(query: str, said: str) -> None:
    assert read(parse(query, "pantau"), "en", NOW).text == f"Articles with {said}."


def test_what_only_the_language_pantau_has_in_indonesian() -> None:
    query = 'gempa ONEAR/5 tsunami AND NOT ATLEAST/2 ="BMKG"'
    assert read(parse(query, "pantau"), "id", NOW).text == (
        'Artikel dengan kata "gempa" sebelum kata "tsunami" (paling banyak 5 kata di antaranya) '
        "di judul atau isi, "
        'tetapi tanpa kata "BMKG" (huruf besar-kecil persis begitu) (sedikitnya 2 kali) di judul '
        "atau isi."
    )


@given(own_queries)
def test_every_query_of_the_language_pantau_can_be_told(text: str) -> None:
    query = parse(text, "pantau")
    for tongue in get_args(DescriptionLanguage):
        assert "{" not in read(query, tongue, NOW).text
        notes(query, text, "pantau", describer(tongue, NOW))


def test_both_languages_say_the_same_things() -> None:
    english, indonesian = WORDS["en"], WORDS["id"]
    assert set(WORDS) == set(get_args(DescriptionLanguage))
    assert english.templates.keys() == indonesian.templates.keys()
    for words in (english, indonesian):
        assert words.fields.keys() == FIELDS.keys()


def _accepts(part: Part, document: Document) -> bool:
    if not isinstance(part, Group):
        return accepts(part, document)
    met = [_accepts(one, document) for one in part.parts]
    wanted = all(met) if part.kind == "all" else any(met)
    return wanted and not any(_accepts(one, document) for one in part.none)


@given(queries, documents)
def test_the_shape_means_what_the_query_means(text: str, document: Document) -> None:
    query = parse(text)
    assert _accepts(shape(query), document) == accepts(query, document)


@given(queries)
def test_every_query_can_be_told(text: str) -> None:
    query = parse(text)
    for tongue in get_args(DescriptionLanguage):
        told = read(query, tongue, NOW).text
        assert told
        assert "{" not in told
        assert ("\n" in told) or depth(shape(query)) < 2
        notes(query, text, "lucene", describer(tongue, NOW))
