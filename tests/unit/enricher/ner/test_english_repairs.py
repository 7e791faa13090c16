"""Corrections of what an engine found in English text, for names that no list knows.

Each text has what the engine found in brackets, with its type: [P Adam Harlow]. Beside each kind
stands a near miss, which stays as it was found.
"""

import re
from collections.abc import Callable

import pytest

from pantau.enricher import Enricher
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.corrections.english.repairs import EnglishRepairs
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType
from tests.growth.measure import growth

TYPES: dict[str, EntityType] = {"P": "person", "O": "organization", "L": "place"}
MARKED = re.compile(r"\[([POL]) ([^\]]+)\]")


REPAIRS = EnglishRepairs(load_gazetteer())


def read(marked: str) -> tuple[str, list[Mention]]:
    text, mentions, at = "", [], 0
    for found in MARKED.finditer(marked):
        text += marked[at : found.start()]
        mentions.append(Mention(len(text), len(text) + len(found[2]), TYPES[found[1]]))
        text += found[2]
        at = found.end()
    return text + marked[at:], mentions


def repaired(marked: str) -> list[str]:
    text, mentions = read(marked)
    shown = {kind: letter for letter, kind in TYPES.items()}
    names = REPAIRS.repaired(text, mentions)
    return [f"{shown[one.type]} {text[one.start : one.end]}" for one in names]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # initials
        ("They named A. [P Noel Harlow] as judge.", ["P A. Noel Harlow"]),
        ("It was written by R. E. [P Harlow] in 1990.", ["P R. E. Harlow"]),
        ("The painter W.H.S. [P Harlow] died.", ["P W.H.S. Harlow"]),
        ("V K [P Harlow] said so.", ["P V K Harlow"]),
        ("He returned at 5 p.m. [P Harlow] was late.", ["P Harlow"]),
        ("They preferred plan B. [P Harlow] agreed.", ["P Harlow"]),
        ("P.S. [P Harlow] called.", ["P Harlow"]),
        ("Shares of W.R. [P Harlow] and Co rose.", ["P Harlow"]),
        # words that are not the name's own
        ("It was his [P nephew Harlow] who won.", ["P Harlow"]),
        ("So did [P van Harlow] in May.", ["P van Harlow"]),
        ("[P Adam Harlow of] the union spoke.", ["P Adam Harlow"]),
        ("The Minister of [P Defense Adam Harlow] spoke.", ["P Adam Harlow"]),
        ("A friend of [P Justin Harlow] spoke.", ["P Justin Harlow"]),
        ("[O Northern rite cleric Adam Harlow] spoke.", ["P Adam Harlow"]),
        ("[O Pertamina chairman Adam Harlow] spoke.", ["O Pertamina", "P Adam Harlow"]),
        ("[O Council of chairmen] met.", ["O Council of chairmen"]),
        ("[L As Malden] sent ships west, others stayed.", ["L Malden"]),
        ("They went [L By Malden] at night.", ["L By Malden"]),
        # administrations
        ("The [O Harlow] administration denied it.", ["P Harlow"]),
        ("The [O Harlow Administration] denied it.", ["P Harlow"]),
        ("The [O Federal Harlow Administration] denied it.", ["O Federal Harlow Administration"]),
        ("The [O FDA] administration building burned.", ["O FDA"]),
    ],
)
def test_people(marked: str, expected: list[str]) -> None:
    assert repaired(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # nouns before names
        ("Rivals of the airline [P Karuna Jaya] agreed.", ["O Karuna Jaya"]),
        ("The weekly [L Orvik] wrote so.", ["O Orvik"]),
        ("The weekly [P Orvik] wrote so, and [P Orvik] is read.", ["O Orvik", "O Orvik"]),
        ("The bank [L Jakarta] built is here.", ["L Jakarta"]),
        ("The chairman [P Karuna Jaya] agreed.", ["P Karuna Jaya"]),
        ("The brewer [P Karuna Jaya] agreed.", ["P Karuna Jaya"]),
        # storms
        ("[P Typhoon Maring] hit. [P Maring] moved on.", []),
        ("Tropical storm [P Maring] hit the coast.", []),
        ("The stormy [P Maring] hit back.", ["P Maring"]),
        # last words
        ("Cadets of the [L Malden Naval Academy] left.", ["O Malden Naval Academy"]),
        ("He studied at [L Malden School of Art] there.", ["O Malden School of Art"]),
        ("The [L Soviet Union] fell.", ["L Soviet Union"]),
        ("The [L Western Soviet Union] is dry.", ["L Western Soviet Union"]),
        ("The [L Eastern Front] moved.", ["L Eastern Front"]),
        ("Jets left [O Malden Air] Base on Monday.", ["L Malden Air Base"]),
        ("Jets left [O Malden Air] Base Group on Monday.", ["O Malden Air"]),
        ("It is in [O Malden Oblast] today.", ["L Malden Oblast"]),
        ("The [O Bank of Malden County] closed.", ["O Bank of Malden County"]),
        ("They left the [O West Bank] today.", ["L West Bank"]),
        # no names of this kind
        ("The [L Sunni] heartland is calm.", []),
        ("A [L North Korean] ship sank.", []),
        ("The [O Arab League] met.", ["O Arab League"]),
        # capitals
        ("Critics said [P HANO] was late.", ["O HANO"]),
        ("CRITICS SAID [P HANO] WAS LATE.", ["P HANO"]),
        # lists
        ("In [L Malden], [P Orvik] and [L Tarn] it rained.", ["L Malden", "L Orvik", "L Tarn"]),
        ("In [L Malden] and [P Orvik], and [L Tarn].", ["L Malden", "L Orvik", "L Tarn"]),
        ("In [L Malden] [P Orvik] met [L Tarn].", ["L Malden", "P Orvik", "L Tarn"]),
        (
            "[P Ann Orvik], [O Karuna Jaya], and [P Bo Tarn] came.",
            ["P Ann Orvik", "P Karuna Jaya", "P Bo Tarn"],
        ),
        (
            "[P Orvik], [O Karuna Jaya], and [P Bo Tarn] paid.",
            ["P Orvik", "O Karuna Jaya", "P Bo Tarn"],
        ),
        (
            "[P Ann Orvik], [O Karuna Bank], and [P Bo Tarn] paid.",
            ["P Ann Orvik", "O Karuna Bank", "P Bo Tarn"],
        ),
    ],
)
def test_kinds(marked: str, expected: list[str]) -> None:
    assert repaired(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # called after a place
        ("The [O Reform Party] of [L Malden] won.", ["O Reform Party of Malden"]),
        ("The Greater Reform Party of [L Malden] won.", ["O Greater Reform Party of Malden"]),
        ("The [O Reform Party] in [L Malden] won.", ["O Reform Party", "L Malden"]),
        ("The [O Harlow Corp] of [L Malden] sold it.", ["O Harlow Corp", "L Malden"]),
        ("A party of [L Malden] people came.", ["L Malden"]),
        # brackets
        (
            "[O Harlow Finance] ([L Europe]) Ltd lent it.",
            ["O Harlow Finance (Europe) Ltd"],
        ),
        ("[O Harlow Finance] ([L Europe]) lent it.", ["O Harlow Finance", "L Europe"]),
        # partners
        ("It hired [P Marlow], [O Tate and Co] for it.", ["O Marlow, Tate and Co"]),
        (
            "[O Marlow] and [O Tate Books Inc] said so. The board of [O Marlow] and [P Tate] met.",
            ["O Marlow and Tate Books Inc", "O Marlow and Tate"],
        ),
        ("[O Marlow] and [O Tate Books Inc] agreed.", ["O Marlow", "O Tate Books Inc"]),
        (
            "[P Ivan Marlow] said [P Marlow], [O Tate and Co] paid.",
            ["P Ivan Marlow", "P Marlow", "O Tate and Co"],
        ),
        # one word of a firm's name
        (
            "[O Eastern Harlow Corp] grew. [P Harlow] said so.",
            ["O Eastern Harlow Corp", "O Harlow"],
        ),
        (
            "[O Harlow Motors Inc] grew. [P Adam Harlow] left. [P Harlow] said so.",
            ["O Harlow Motors Inc", "P Adam Harlow", "P Harlow"],
        ),
        # teams
        ("[L Leeds] beat [O Harlow FC] there.", ["O Leeds", "O Harlow FC"]),
        ("[O Harlow FC] host [L Leeds] today.", ["O Harlow FC", "O Leeds"]),
        ("[O Harlow FC] left [L Leeds] today.", ["O Harlow FC", "L Leeds"]),
        ("[L Malaysia] beat [O Harlow FC] there.", ["L Malaysia", "O Harlow FC"]),
        (
            "[O A.B. Harlow Inc] grew. So [P A.B. Harlow] paid, [P Harlow] said.",
            ["O A.B. Harlow Inc", "O A.B. Harlow", "O Harlow"],
        ),
        (
            "[O Karuna Inc] grew. So [P A.B. Harlow] paid, [P Harlow] said.",
            ["O Karuna Inc", "P A.B. Harlow", "P Harlow"],
        ),
        # owners
        ("[O Britain's Harlow Society] met.", ["L Britain", "O Harlow Society"]),
        ("[O Harlow's Orvik Society] met.", ["O Harlow's Orvik Society"]),
    ],
)
def test_bodies(marked: str, expected: list[str]) -> None:
    assert repaired(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # states
        ("They live in Malden, OH today.", ["L Malden", "L OH"]),
        ("They live in [L Malden], MD 21202.", ["L Malden", "L MD"]),
        ("Dr. [P Ann Malden], MD, came.", ["P Ann Malden"]),
        ("Ask Malden, OK?", []),
        # two places, or one
        ("In [L Miramar California] it rained.", ["L Miramar", "L California"]),
        ("In [L Kampung Melayu, East Jakarta], too.", ["L Kampung Melayu", "L East Jakarta"]),
        ("In [L Southern California] it rained.", ["L Southern California"]),
        ("The Hangzhou-based start-up grew.", ["L Hangzhou"]),
        ("The Harlow-based and Swiss-based start-ups grew.", []),
        ("From Da Nang to [P Hai Phong].", ["L Hai Phong"]),
        ("They met in [P Austin] today.", ["L Austin"]),
        ("They met [P Austin] today.", ["P Austin"]),
        # without capitals
        ("i am from kerala and i like vietnam", ["L kerala", "L vietnam"]),
        ("i fly to san francisco", ["L san francisco"]),
        ("i cook turkey in orange sauce", []),
        ("They serve it with kerala spices.", []),
        # addresses
        ("Write to [P Ann.Malden@example.org] today.", []),
        ("Open [P Ann]_resume.doc please.", []),
        ("[P Ann Malden]@SALES wrote.", ["P Ann Malden"]),
    ],
)
def test_spellings(marked: str, expected: list[str]) -> None:
    assert repaired(marked) == expected


def test_short_form_in_brackets_with_blanks(enricher: Enricher) -> None:
    text = "The Malden Housing Authority ( MHOA ) met. Critics say MHOA was late."
    found = {one.name: len(one.mentions) for one in enricher.entities("", text, "en")}
    assert found == {"MHOA": 3}


@pytest.mark.parametrize(
    "one",
    [
        "A. ",
        "[P Ann], ",
        "[P Storm Ann], ",
        "[L Malden], OH ",
        "in san ",
        "of the ",
        "[P Marlow], [O Tate and Co] for ",
        "[P Marlow] and [P Tate] said [P Marlow] and [P Tate] ",
    ],
)
def test_long_texts_take_linear_time(one: str) -> None:
    def work(size: int) -> Callable[[], object]:
        text, mentions = read("i " + one * (size // len(one)))
        return lambda: REPAIRS.repaired(text, mentions)

    grown = growth(work, 16_384)
    assert grown is None or not grown.too_fast
