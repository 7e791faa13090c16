"""The minute and the magnitude of a quake, and when two reports contradict each other."""

import pytest

from pantau.stories.features import features
from pantau.stories.grouping import Ended, GroupedArticle, Grouping
from pantau.stories.quakes import contradict, facts
from pantau.stories.words import read_words

HOUR = 3_600_000


def of(title: str, text: str = "") -> set[int]:
    return set(facts(read_words(title, text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gempa M 5,4 di Tual", "gempa bermagnitudo 5,4 terjadi"),
        ("Gempa M5,4 di Tual", "a magnitude 5.4 earthquake"),
        ("Gempa 5,4 SR di Tual", "5.4 magnitude quake"),
        ("pukul 04.17 WIB", "at 4:17 a.m."),
        ("pukul 04.17 WIB", "terjadi 06:17 WIT"),
        ("pukul 4.17", "at 21:17 GMT"),
    ],
)
def test_one_fact_in_other_forms(one: str, other: str) -> None:
    assert of(one) == of(other)
    assert len(of(one)) == 2  # that there is such a fact, and its value


@pytest.mark.parametrize(
    "text",
    [
        "kedalaman 12,5 kilometer dan 8,4 Lintang Selatan",
        "Senin (12/05/2026)",
        "rugi 04.17 miliar",
        "1,2 dan 3,4",
        "",
    ],
)
def test_other_numbers_are_no_facts(text: str) -> None:
    assert of("", text) == set()


def test_a_list_of_quakes_has_no_facts() -> None:
    text = ", ".join(f"gempa {at},{at} pukul 0{at}.1{at} WIB" for at in range(1, 7))
    assert of("", text) == set()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("M 5,4 pukul 04.17 WIB", "M 5,4 pukul 04.17 WIB", False),
        ("M 5,4 pukul 04.17 WIB", "M 5,1 pukul 05.17 WITA", False),  # corrected
        ("M 5,4 pukul 04.17 WIB", "M 5,4 pukul 05.31 WIB", True),
        ("M 5,4 pukul 04.17 WIB", "M 5,1", True),
        ("M 5,4 pukul 04.17 WIB", "M 5,4", False),
        ("M 5,4", "M 5,1 dari semula 5,4", False),
        ("M 5,4 pukul 04.17 WIB", "rumah retak", False),
        ("rumah retak", "warga panik", False),
    ],
)
def test_the_minute_decides_and_else_the_magnitude(one: str, other: str, expected: bool) -> None:
    first, second = of(one), of(other)
    assert contradict(first.__contains__, second.__contains__) is expected
    assert contradict(second.__contains__, first.__contains__) is expected


def quake(magnitude: str, time: str) -> str:
    text = (
        f"Gempa magnitudo {magnitude} mengguncang Wairoto pukul {time} WIT. Pusat gempa di laut, "
        "kedalaman 12 kilometer. BMKG menyatakan tidak berpotensi tsunami. Getaran terasa."
    )
    return features(read_words(f"Gempa M {magnitude} Guncang Wairoto", text))


def test_damage_after_two_quakes_does_not_merge_them() -> None:
    grouping = Grouping(72 * HOUR, 1_000)
    for at, made in enumerate((quake("4,3", "02.11"), quake("5,6", "03.24"))):
        placed = grouping.place(str(at), at, at, made, f"s-{at}")
        assert placed.member.story_id == f"s-{at}"
        grouping.add(placed.member)
    damage = features(
        read_words("Rumah di Wairoto Rusak akibat Gempa", "Rumah warga Wairoto rusak usai gempa.")
    )
    placed = grouping.place("damage", 9, 9, damage, "s-damage")
    assert placed.member.story_id in {"s-0", "s-1"}
    assert placed.merges == ()


def test_two_processes_that_saw_two_quakes_do_not_merge_them() -> None:
    for second, expected in (("5,6", ()), ("4,3", (Ended("s-1", "s-0", 0),))):
        grouping = Grouping(72 * HOUR, 1_000)
        time = "02.11" if second == "4,3" else "03.24"
        for at, made in enumerate((quake("4,3", "02.11"), quake(second, time))):
            grouping.add(GroupedArticle(str(at), f"s-{at}", at, at, at, made))
        assert grouping.doubles("1") == expected
