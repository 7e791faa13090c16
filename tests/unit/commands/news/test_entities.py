"""`pantau entities` and `pantau enrich-stored`, on stored articles of an older enricher."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.settings import load_settings
from tests.support import enriched
from tests.unit.commands.conftest import Run

TEXTS = (
    # text, days ago
    ("Ketua KPK Bambang Wirawan tiba di Jabar.", 1),
    ("Komisi Pemberantasan Korupsi menahan bupati itu.", 10),
    ("KPK memeriksa saksi.", 100),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with articles that another enricher understood, which found no names."""
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    now = SystemClock().now()
    store.index.put(
        enriched(f"a{days}", text=text, first_seen=now - timedelta(days=days))
        for text, days in TEXTS
    )
    store.close()
    (folder / "pantau.toml").write_text('[enrich]\nengine = "rules"\n', "utf-8")
    return folder


def test_the_history_is_known_once_it_is_enriched_again(pantau: Run) -> None:
    code, out, err = pantau("entities", "Bambang Wirawan")
    assert (code, err) == (0, "")
    assert "Nothing is known" in out
    code, out, err = pantau("enrich-stored")
    assert (code, err) == (0, "")
    assert "3 articles read, 3 of them enriched" in out
    assert "3 articles read, 0 of them enriched" in pantau("enrich-stored")[1]
    code, out, err = pantau("entities", "bambang wirawan", columns=200)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Bambang Wirawan  (person)",
        "  named in 1 article, 1 of them in the last 7 days, 1 in the last 30 days",
    ]


def test_a_run_without_a_terminal_says_now_and_then_how_far_it_is(
    pantau: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pantau.commands.upkeep.enrich_stored.TOLD_EVERY", 2)
    assert pantau("enrich-stored", "--since", "30d")[2] == "2 articles read so far\n"


@pytest.mark.parametrize("name", ["", " ", "\t", "-", "()", "PT"])
def test_a_name_without_a_word_means_nothing(pantau: Run, name: str) -> None:
    code, out, err = pantau("entities", "--", name)
    assert (code, err) == (0, "")
    assert "Nothing is known" in out


def test_a_known_name_in_both_languages_and_for_programs(pantau: Run) -> None:
    pantau("enrich-stored")
    out = pantau("entities", "komisi pemberantasan korupsi", columns=200)[1]
    assert out.splitlines()[0] == "KPK  (organisation, org:kpk, ID)"
    assert "named in 3 articles, 1 of them in the last 7 days, 2 in the last 30 days" in out
    out = pantau("--lang", "id", "entities", "KPK", columns=200)[1]
    assert out.splitlines()[0] == "KPK  (organisasi, org:kpk, ID)"
    assert "disebut dalam 3 artikel, 1 di antaranya dalam 7 hari terakhir" in out
    (line,) = pantau("entities", "kpk", "--json")[1].splitlines()
    found = json.loads(line)
    assert "Komisi Pemberantasan Korupsi" in found.pop("aliases")
    assert found == {
        "type": "organization",
        "id": "org:kpk",
        "name": "KPK",
        "country": "ID",
        "articles": 3,
        "last_7_days": 1,
        "last_30_days": 2,
        "at_least": False,
    }


def test_a_part_of_a_name_is_enough_and_the_news_are_listed(pantau: Run) -> None:
    pantau("enrich-stored")
    out = pantau("entities", "wira", columns=200)[1]
    assert out.splitlines()[0] == "Bambang Wirawan  (person)"
    assert "Nothing is known" in pantau("entities", "irawan")[1]
    assert "Nothing is known" in pantau("entities", "wira", "--type", "place")[1]
    listed = pantau("entities", "--type", "organization", columns=200)[1]
    assert "KPK" in listed
    assert "Bambang" not in listed
    assert "Counted in the newest 3 articles." in listed
    found = [json.loads(line) for line in pantau("entities", "--json")[1].splitlines()]
    assert (found[0]["id"], found[0]["articles"]) == ("org:kpk", 3)


def test_without_names_the_list_says_so(pantau: Run) -> None:
    assert "No article names anybody yet." in pantau("entities")[1]
