"""Quotations and their speakers.

Passages of our own, each with its quotations marked.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher.quotations.find import find_quotations, may_quote
from pantau.enricher.quotations.marks import find_quoted
from pantau.enricher.quotations.named import Named
from pantau_schemas.events.article import EntityType
from tests.cost import assert_linear, repeated

PASSAGES = Path(__file__).parents[3] / "data" / "enricher" / "quotations.txt"
LINES = [line for line in PASSAGES.read_text("utf-8").splitlines() if not line.startswith("#")]
MARKED = re.compile(r"\[(?P<speaker>[^|~\]\[]+)(?P<kind>[|~])(?P<words>[^\]]+)\]")
KINDS = {"|": "direct", "~": "indirect"}
ROSTER: dict[str, tuple[str, EntityType]] = {
    "Ani Wijaya": ("Ani Wijaya", "person"),
    "Ani": ("Ani Wijaya", "person"),
    "Budi Santoso": ("Budi Santoso", "person"),
    "Budi": ("Budi Santoso", "person"),
    "Jane Roe": ("Jane Roe", "person"),
    "John Smith": ("John Smith", "person"),
    "BKPT": ("BKPT", "organization"),
    "Contoso": ("Contoso", "organization"),
}
ROLES = {"Ani Wijaya": ("Kapolres Demak",), "Jane Roe": ("Finance Minister",)}
NAMES = re.compile("|".join(sorted(ROSTER, key=len, reverse=True)))


def named_in(text: str) -> list[Named]:
    return [Named(*found.span(), *ROSTER[found.group()]) for found in NAMES.finditer(text)]


def read(line: str) -> tuple[str, list[tuple[str, str | None, str]]]:
    """Return a passage without its marks, and its quotations with their speakers."""
    expected = [
        (
            found["words"],
            None if found["speaker"] == "-" else found["speaker"],
            KINDS[found["kind"]],
        )
        for found in MARKED.finditer(line)
    ]
    return MARKED.sub(lambda found: found["words"], line).replace("\\n", "\n"), expected


@pytest.mark.parametrize("line", LINES)
def test_passages(line: str) -> None:
    text, expected = read(line)
    roles = {name: held for name, held in ROLES.items() if name in text}
    found = find_quotations(text, named_in(text), roles)
    assert [(text[one.start : one.end], one.speaker, one.kind) for one in found] == expected


def test_there_are_enough_passages() -> None:
    assert len(LINES) >= 60


def test_boilerplate_says_nothing() -> None:
    text = 'Tonton "Kami siap menang," kata Ani Wijaya'
    assert find_quotations(text, named_in(text), {}, [(0, len(text))]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("'Kami tak akan pindah,' kata Ani Wijaya.", ["Kami tak akan pindah,"]),
        ("‘Yang penting anak sekolah,’ tutur Ani Wijaya.", ["Yang penting anak sekolah,"]),
        ("Ia naik 'ojek,' lalu Ani Wijaya pulang.", []),
        ("'Kami siap', kata Ani Wijaya.", ["Kami siap"]),
        ("'kami siap' kata Ani Wijaya.", ["kami siap"]),
        ("''Kami siap,'' kata Ani Wijaya.", ["Kami siap,"]),
        ("`Kami siap,` kata Ani Wijaya.", ["Kami siap,"]),
        ("Ani Wijaya berkata, 'jalan Jum'at ini ditutup.'", ["jalan Jum'at ini ditutup."]),
        ("Ani Wijaya: 'Kami siap pindah'", ["Kami siap pindah"]),
        ("Ia menyebut 'mafia tanah' di Demak.", []),
        ("Lagu 'Hujan Pagi,' karya Ani Wijaya, diputar.", []),
        ("Angkatan '98 dan '99 bertemu, kata Ani Wijaya.", []),
        ("Jum'at kemarin, ma'af, kata Ani Wijaya.", []),
    ],
)
def test_single_marks_are_read_where_they_can_be_no_apostrophes(
    text: str, words: list[str]
) -> None:
    found = find_quotations(text, named_in(text), {})
    assert [text[one.start : one.end] for one in found] == words
    assert all(one.speaker == "Ani Wijaya" for one in found)


def test_without_marks_there_is_nothing_to_look_for() -> None:
    assert not may_quote("Air surut kemarin")
    assert may_quote("“Air")
    assert may_quote("Ani menyebut bahwa air surut")


@given(st.text(alphabet="\"“”„«» .,\nAnikatBd‘’'`bahwMenurut\ud800", max_size=200))
def test_whatever_the_text_spans_are_in_order_and_hold_words(text: str) -> None:
    for found in (find_quoted(text), find_quotations(text, named_in(text), ROLES)):
        ends = [0, *(edge for one in found for edge in (one.start, one.end))]
        assert ends == sorted(ends)
        assert all(text[one.start : one.end] == text[one.start : one.end].strip() for one in found)


@pytest.mark.parametrize(
    "piece",
    ['"', '" ', '"a" ', '"a\n', "“", '"Kami siap," kata ', '"Kami siap," kata Ani Wijaya. ',
        'Ani mengatakan, "a b c." ', "«»"],
)  # fmt: skip
def test_hostile_texts_take_linear_time(piece: str) -> None:
    assert_linear(
        lambda text: find_quotations(text, named_in(text), ROLES), repeated(piece), 12_500
    )


def test_double_and_single_marks_side_by_side_take_linear_time() -> None:
    piece = "\"Saya datang, kata dia.\" 'Kami pun datang.' "
    assert len(find_quoted(piece * 3)) == 6
    assert_linear(find_quoted, repeated(piece), 20_000)


@pytest.mark.parametrize(
    ("text", "names", "speakers"),
    [
        ('"We won," U.S. Attorney Jane Roe said.', ["Jane Roe"], ["Jane Roe"]),
        ('"It hurts us," Acme Group president Said Hakim said.', ["Said Hakim"], ["Said Hakim"]),
        (
            'Jane Roe told them that "ideas cannot be banned". John Doe said it was over.',
            ["Jane Roe", "John Doe"],
            ["Jane Roe"],
        ),
        (
            '"There is no plan B," said Jane Roe of Acme. "There never was."',
            ["Jane Roe"],
            ["Jane Roe", "Jane Roe"],
        ),
        (
            'Ann Doe called it "a book that breathes". Jane Roe won. She is 39. "I am," she said.',
            ["Ann Doe", "Jane Roe"],
            ["Ann Doe", "Jane Roe"],
        ),
    ],
)
def test_speakers_in_english(text: str, names: list[str], speakers: list[str]) -> None:
    named = sorted(
        Named(found.start(), found.end(), name, "person")
        for name in names
        for found in re.finditer(name, text)
    )
    assert [one.speaker for one in find_quotations(text, named, {})] == speakers
