"""The nearest of known words, and when none is suggested."""

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
