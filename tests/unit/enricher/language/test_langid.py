"""The language model gives the same results as the full one that it was reduced from."""

import random
import unicodedata
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher.language.langid import CLEAR_LEAD, LANGUAGES, Langid

AT_HOME = ("id", "en", "ms")
TEXTS = (
    "Rupiah melemah terhadap dolar Amerika Serikat pada pembukaan perdagangan.",
    "Le ministre a démissionné hier soir, selon la radio.",
    "Правительство объявило о новых мерах.",
    "Die Brücke über den Fluss bleibt bis Freitag gesperrt.",
    "السوق مغلق اليوم",
    "洪水袭击三个村庄，数百人离开家园。",
    "BANJIR MERENDAM TIGA DESA",
    "Cafe\u0301 do Brasil",
    "BTBX",
    "zq",
)


@cache
def whole() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (slow to load)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier


def expected(text: str, at_home: tuple[str, ...]) -> str:
    ranked = whole().rank(text)
    near, score = next(one for one in ranked if one[0] in at_home)
    return str(ranked[0][0] if ranked[0][1] - score > CLEAR_LEAD else near)


def check(text: str) -> None:
    assert Langid().classify(text) == whole().classify(text)[0]
    assert Langid().classify(text, AT_HOME) == expected(text, AT_HOME)


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_many_languages(text: str) -> None:
    check(text)


def test_pieces_and_mixtures() -> None:
    made = random.Random(20)
    for _ in range(300):
        words = " ".join(TEXTS).split()
        check(" ".join(made.choices(words, k=made.randrange(1, 9)))[made.randrange(4) :])


@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["", "i", "\x00", "\ud800", "12"])
def test_little_or_nothing_to_tell_by(text: str) -> None:
    check(text)


def test_letters_in_parts_are_letters() -> None:
    text = "überschwemmung in größeren städten"
    assert Langid().classify(unicodedata.normalize("NFD", text)) == Langid().classify(text) == "de"
