"""The nearest of known words, and when none is suggested."""

from difflib import SequenceMatcher

import pytest

from pantau.common.text.nearest import nearest

KNOWN = ("Banjir", "Gempa bumi", "Kebakaran hutan", "KPK")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Banjr", "Banjir"),
        ("banjir", "Banjir"),
        (" gempa bumy ", "Gempa bumi"),
        ("kebakaran", "Kebakaran hutan"),
        ("tsunami", None),
        ("x", None),
        ("", None),
        ("banjir" * 100, None),
    ],
)
def test_a_mistyped_word_has_the_nearest_known_one(word: str, meant: str | None) -> None:
    assert nearest(word, KNOWN) == meant


def test_only_so_many_words_are_compared_and_no_long_ones() -> None:
    assert nearest("banjr", ("x" * 5_000, "banjir")) == "banjir"
    many = (*(f"w{number:06}" for number in range(5_000)), "banjir")
    assert nearest("banjr", many) is None
    assert nearest("banjr", many[-1_000:]) == "banjir"


def test_of_names_with_the_same_letters_few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[float] = []
    ratio = SequenceMatcher.ratio

    def counted(matcher: SequenceMatcher[str]) -> float:
        compared.append(ratio(matcher))
        return compared[-1]

    monkeypatch.setattr(SequenceMatcher, "ratio", counted)
    alike = [f"{'ab' * 40}{number:04}" for number in range(1_000)]
    assert nearest(f"{'ab' * 40}0500", alike) == alike[500]
    assert len(compared) < 100
