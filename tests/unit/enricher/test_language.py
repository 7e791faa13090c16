from collections.abc import Sequence

import pytest

from pantau.enricher import Enricher
from pantau.enricher.language import detect_language
from tests.unit.enricher.conftest import article


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Banjir rendam tiga desa di Demak", "Ratusan warga mengungsi karena air belum surut.", "id"),
        ("Harga cabai naik lagi", "", "id"),
        ("Floods hit three villages", "Hundreds of people have left their homes.", "en"),
        ("Central bank keeps rates unchanged", "", "en"),
        ("Polis tahan dua lelaki", "Mereka ditahan kerana disyaki mencuri wang tunai sebuah syarikat.", "ms"),
        ("Inondations en Bretagne", "Des centaines de personnes ont quitté leur maison hier soir.", "fr"),
        ("Überschwemmung", "Hunderte Menschen haben gestern ihre Häuser verlassen.", "de"),
        ("洪水袭击三个村庄", "数百人离开家园。", "zh"),
    ],
)
def test_language_is_told(enricher: Enricher, title: str, text: str, language: str) -> None:
    assert enricher.language(title, text) == language


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Gempa Ambon", "id"),
        ("Oil prices fall", "en"),
        ("Rupiah melemah", "id"),
        ("Krieg an der Grenze", "de"),
        ("Le ministre démissionne", "fr"),
        ("Правительство", "ru"),
    ],
)
def test_a_few_words_are_of_a_language_at_home_unless_another_leads_clearly(
    enricher: Enricher, title: str, language: str
) -> None:
    assert enricher.language(title, "") == language


def test_of_a_few_words_the_declared_language_is_at_home_too(enricher: Enricher) -> None:
    assert enricher.language("BTBX", "", "de-DE") == "de"


@pytest.mark.parametrize("text", ["", " \n", "12.345", "!?", "—"])
def test_nothing_to_tell_is_undecided(enricher: Enricher, text: str) -> None:
    assert enricher.language("", text) == "und"


def test_a_given_language_is_kept(enricher: Enricher) -> None:
    assert (
        enricher.enrich(article("Floods", "The river is high and the road is closed.", lang="jv")).lang
        == "jv"
    )


class Unasked:
    def classify(self, text: str, at_home: Sequence[str] = ()) -> str:
        raise AssertionError(text, at_home)


class Malay:
    def classify(self, text: str, at_home: Sequence[str] = ()) -> str:
        del text, at_home
        return "ms"


def test_clear_stop_words_need_no_model() -> None:
    text = "Warga di desa itu sudah pulang karena air tidak naik lagi."
    assert detect_language("Banjir surut", text, None, Unasked()) == "id"


@pytest.mark.parametrize(("hint", "language"), [(None, "id"), ("id-ID", "id"), ("ms", "ms"), ("en", "id")])
def test_the_feed_decides_between_malay_and_indonesian_when_words_hardly_do(
    hint: str | None, language: str
) -> None:
    assert detect_language("Kemalangan jalan", "", hint, Malay()) == language


def test_a_wrong_hint_changes_nothing_else(enricher: Enricher) -> None:
    found = enricher.enrich(
        article("Floods hit", "The river is high and the road is closed.", feed_language="id")
    )
    assert found.lang == "en"
