from collections.abc import Sequence
from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher import Enricher
from pantau.enricher.linking.abbreviations import find_definitions
from pantau.enricher.linking.initials import consumes
from pantau.enricher.linking.nicknames import find_nicknames
from pantau.enricher.ner.engine import Mention


def defined(text: str, *mentions: tuple[str, str]) -> list[tuple[str, str]]:
    found = [
        Mention(text.index(name), text.index(name) + len(name), kind)  # type: ignore[arg-type]
        for name, kind in mentions
    ]
    return [
        (text[one.short.start : one.short.end], text[one.long.start : one.long.end])
        for one in find_definitions(text, found, ())
        if not one.thing
    ]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Ia ketua Badan Uji Coba Nasional (BUCN) itu.", "BUCN", "Badan Uji Coba Nasional"),
        ("kata Badan Uji dan Coba Nasional (BUCN).", "BUCN", "Badan Uji dan Coba Nasional"),
        ("The Office of Trial Runs (OTR) said.", "OTR", "Office of Trial Runs"),
        (
            "Badan Pengawas Pasar Loak (Bapepasloak) menolak.",
            "Bapepasloak",
            "Badan Pengawas Pasar Loak",
        ),
        ("kata BUCN (Badan Uji Coba Nasional) kemarin", "BUCN", "Badan Uji Coba Nasional"),
    ],
)
def test_letters_that_fit_define(text: str, short: str, long: str) -> None:
    assert defined(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "angka kematian ibu (AKI) turun",
        "Ani (45) pulang",
        "Budi (kiri) dan Ani",
        "Kantor Uji (ABC) pindah",
        "()",
        "( )",
    ],
)
def test_what_does_not_fit_defines_nothing(text: str) -> None:
    assert defined(text) == []


def test_a_found_name_needs_no_fitting_letters() -> None:
    text = "Kantor Uji Coba Dunia (WTO2) pindah."
    assert defined(text, ("Kantor Uji Coba Dunia", "organization")) == [
        ("WTO2", "Kantor Uji Coba Dunia")
    ]


def test_nicknames_of_people() -> None:
    text = "Sandiaman Kusuma Negara (Sandi) dan Ani Wijaya (Ketua) datang."
    people = (("Sandiaman Kusuma Negara", "person"), ("Ani Wijaya", "person"))
    assert defined(text, *people) == [("Sandi", "Sandiaman Kusuma Negara")]


@pytest.mark.parametrize(
    ("text", "name", "shorts"),
    [
        ("Badan Komunikasi Pemerintah (Bakom) rapat.", "Badan Komunikasi Pemerintah", ["Bakom"]),
        (
            "Dinas Pekerjaan Umum dan Penataan Ruang (PUPR) rapat.",
            "Dinas Pekerjaan Umum",
            ["PUPR"],
        ),
    ],
)
def test_a_word_in_brackets_must_fit_the_name(text: str, name: str, shorts: list[str]) -> None:
    assert [short for short, _ in defined(text, (name, "organization"))] == shorts


@pytest.mark.parametrize(
    ("text", "organizations"),
    [
        (
            "Badan Komunikasi Pemerintah (Bakom RI) membantah.",
            ["Badan Komunikasi Pemerintah (Bakom RI)"],
        ),
        ("Satgas Uji (DKI) rapat.", ["Satgas Uji"]),
        ("Bea Perolehan Hak atas Tanah dan Bangunan (BPHTB) naik.", []),
    ],
)
def test_brackets_close_after_the_short_form(
    enricher: Enricher, text: str, organizations: list[str]
) -> None:
    entities = enricher.entities("", text, "id")
    assert [
        text[mention.start : mention.end]
        for one in entities
        if one.type == "organization"
        for mention in one.mentions
    ] == organizations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sutarmaji yang akrab disapa Midji hadir.", [("Midji", "Sutarmaji")]),
        ("Sutarmaji, biasa dipanggil Midji, hadir.", [("Midji", "Sutarmaji")]),
        ("Sutarmaji dan Midji hadir.", []),
        ("Sutarmaji yang kini tidak lagi ingin disapa Midji hadir.", []),
    ],
)
def test_what_people_are_called(text: str, found: list[tuple[str, str]]) -> None:
    places = [(text.index(name), len(name)) for name in ("Sutarmaji", "Midji")]
    people = [Mention(start, start + size, "person") for start, size in places]
    assert list(find_nicknames(text, people)) == found


class SlicedText(str):
    """A text that counts how often a part of it is read."""

    __slots__ = ("slices",)

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        self.slices = getattr(self, "slices", 0) + 1
        return super().__getitem__(key)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Rudiman Saptaji", "RS"], [("RS", "Rudiman Saptaji")]),
        (["Haji Rudiman Saptaji", "RS"], [("RS", "Haji Rudiman Saptaji")]),
        (["Rudiman Saptaji", "Rina Sukma", "RS"], []),
        (["Rudiman Saptaji", "SR"], []),
        (["Rudiman", "R"], []),
    ],
)
def test_initials_are_the_only_person_with_them(
    names: list[str], found: list[tuple[str, str]]
) -> None:
    text = ", ".join(names)
    people = [Mention(at, at + len(one), "person") for one in names if (at := text.index(one)) >= 0]
    assert list(find_nicknames(text, people)) == found


def test_full_names_are_read_once_for_all_initials() -> None:
    pair, times = "Rudiman Saptaji, RS, ", 500
    text = SlicedText(pair * times)
    people = [
        Mention(at + start, at + end, "person")
        for at in range(0, len(text), len(pair))
        for start, end in ((0, 15), (17, 19))
    ]
    assert len(list(find_nicknames(text, people))) == times
    assert text.slices <= 5 * len(people)


def test_later_short_forms_belong_to_the_name(enricher: Enricher) -> None:
    text = (
        "Badan Uji Coba Nasional (BUCN) rapat. Warga datang ke BUCN. Lalu Badan Uji Coba Nasional "
        "tutup."
    )
    (entity,) = (
        one for one in enricher.entities("BUCN Rapat", text, "id") if one.type == "organization"
    )
    assert (entity.name, entity.long_name) == ("BUCN", "Badan Uji Coba Nasional")
    fields = {"title": "BUCN Rapat", "text": text}
    assert [(one.field, fields[one.field][one.start : one.end]) for one in entity.mentions] == [
        ("title", "BUCN"),
        ("text", "Badan Uji Coba Nasional (BUCN)"),
        ("text", "BUCN"),
        ("text", "Badan Uji Coba Nasional"),
    ]


def test_marks_that_stand_apart_part_the_short_form_from_the_name(enricher: Enricher) -> None:
    text = (
        "Badan Uji Coba Nasional ( BUCN ) rapat . Menurut Ketua BUCN , Badan Uji Coba Nasional "
        "(BUCN) tutup ."
    )
    (entity,) = (one for one in enricher.entities("", text, "id") if one.type == "organization")
    assert entity.long_name == "Badan Uji Coba Nasional"
    assert [text[one.start : one.end] for one in entity.mentions] == [
        "Badan Uji Coba Nasional",
        "BUCN",
        "BUCN",
        "Badan Uji Coba Nasional (BUCN)",
    ]


def test_the_short_form_of_a_thing_is_no_organisation(enricher: Enricher) -> None:
    text = "Bantuan untuk Keluarga Penerima Beras (KPB) naik. Jumlah KPB bertambah."
    assert enricher.entities("", text, "id") == ()


def _every_way(letters: str, words: Sequence[str], *, longest: int) -> bool:
    """Try every way to take the letters from the words: plain, and exponential."""
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    return any(
        letters.startswith(word[:size]) and _every_way(letters[size:], rest, longest=longest)
        for size in range(1, min(len(word), longest) + 1)
    )


@given(
    letters=st.text("ab", max_size=12),
    words=st.lists(st.text("ab", min_size=1, max_size=8), max_size=5),
    syllables=st.booleans(),
)
def test_all_ways_are_followed(letters: str, words: list[str], syllables: bool) -> None:
    expected = _every_way(letters, words, longest=6 if syllables else 1)
    assert consumes(letters, words, syllables=syllables) == expected


@given(st.lists(st.sampled_from(["ba", "wa", "slu", "bawa", "lu", "b"]), min_size=1, max_size=4))
def test_pieces_of_words_spell(words: list[str]) -> None:
    assert consumes("".join(words), words, syllables=True)
