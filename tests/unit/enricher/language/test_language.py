import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from pantau.enricher import Enricher
from pantau.enricher.language.detect import detect_language
from tests.unit.enricher.conftest import article


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        (
            "Banjir rendam tiga desa di Demak",
            "Ratusan warga mengungsi karena air belum surut.",
            "id",
        ),
        ("Harga cabai naik lagi", "", "id"),
        ("Floods hit three villages", "Hundreds of people have left their homes.", "en"),
        ("Central bank keeps rates unchanged", "", "en"),
        (
            "Polis tahan dua lelaki",
            "Mereka ditahan kerana disyaki mencuri wang tunai sebuah syarikat.",
            "ms",
        ),
        (
            "Inondations en Bretagne",
            "Des centaines de personnes ont quitté leur maison hier soir.",
            "fr",
        ),
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
        enricher.enrich(
            article("Floods", "The river is high and the road is closed.", lang="jv")
        ).lang
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


@pytest.mark.parametrize(
    ("hint", "language"), [(None, "id"), ("id-ID", "id"), ("ms", "ms"), ("en", "id")]
)
def test_the_feed_decides_between_malay_and_indonesian_when_words_hardly_do(
    hint: str | None, language: str
) -> None:
    assert detect_language("Harga beras", "", hint, Malay()) == language


def test_a_wrong_hint_changes_nothing_else(enricher: Enricher) -> None:
    found = enricher.enrich(
        article("Floods hit", "The river is high and the road is closed.", feed_language="id")
    )
    assert found.lang == "en"


DATA = Path(__file__).parents[3] / "data"


def shares(name: str, enricher: Enricher) -> dict[str, float]:
    """Return the share of titles whose language is detected correctly, by language."""
    told: dict[str, list[bool]] = defaultdict(list)
    for line in (DATA / name).read_text("utf-8").splitlines():
        language, _, title = line.partition(" ")
        if language != "#":
            told[language].append(enricher.language(title, "") == language)
    return {language: sum(right) / len(right) for language, right in told.items()}


def test_short_titles_are_told_apart(enricher: Enricher) -> None:
    found = shares("titles_by_language.txt", enricher)
    assert found["id"] >= 0.97  # 0.983 when this was written
    assert found["ms"] >= 0.80  # 0.833
    assert {language for language, share in found.items() if share < 1} <= {"id", "ms"}
    assert len(found) == 15


def test_short_titles_that_no_list_was_made_for(enricher: Enricher) -> None:
    found = shares("titles_by_language_held_out.txt", enricher)
    assert found["id"] >= 0.90  # 0.94 when this was written
    assert found["ms"] >= 0.65  # 0.72; many short titles could be either


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        (
            "Harga rumah naik",
            (
                "Menteri berkata, kerajaan akan menambah peruntukan bagi membantu pembeli rumah "
                "pertama kerana kos semakin tinggi."
            ),
            "ms",
        ),
        (
            "Harga rumah naik",
            (
                "Menteri mengatakan pemerintah akan menambah anggaran untuk membantu pembeli rumah "
                "pertama karena biaya makin tinggi."
            ),
            "id",
        ),
        (
            "Warga desa",
            "Wong tani padha bungah amarga panen padi taun iki apik banget lan regane ora mudhun.",
            "jv",
        ),
        (
            "Warga desa",
            (
                "Jalma nu aya di lembur éta bungah ku sabab hasil panén taun ieu leuwih alus ti "
                "taun "
                "kamari."
            ),
            "su",
        ),
        (
            "Ing Madun Raih Penghargaan",
            "Pengusaha asal Surabaya itu menerima penghargaan dari wali kota.",
            "id",
        ),
    ],
)
def test_languages_of_the_islands(enricher: Enricher, title: str, text: str, language: str) -> None:
    assert enricher.language(title, text) == language


def test_the_language_of_news(enricher: Enricher, shared_data: Path) -> None:
    lines = (shared_data / "news" / "sample.jsonl").read_text("utf-8").splitlines()
    right: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for article_read in map(json.loads, lines[::4]):
        for text in ("", article_read["text"]):
            told = enricher.language(article_read["title"], text)
            right[article_read["lang"], bool(text)].append(told == article_read["lang"])
    share = {key: sum(found) / len(found) for key, found in right.items()}
    assert min(share["id", False], share["en", False]) >= 0.98  # 0.994 and 0.992 of all
    assert min(share["id", True], share["en", True]) >= 0.995  # 1.000
