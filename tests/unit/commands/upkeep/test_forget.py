"""`pantau forget` as people call it: counts, questions, the proof, mistakes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pantau.adapters.compression.values import pack
from pantau.adapters.files.raw_search import search_folder
from pantau.bootstrap import open_store
from pantau.settings import load_settings
from pantau.stream.envelope import record_for
from pantau.usecases.takedown import forgetting
from pantau_schemas.ids import article_id
from pantau_schemas.topics import ARTICLES_ENRICHED
from tests.support import START, enriched
from tests.unit.commands.conftest import Run

URL = "https://kabar.example/2026/nama-seseorang"
GONE = article_id(link=URL)
TITLE = "Nama seseorang disebut dalam perkara lama"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(forgetting, "PAUSE_SECONDS", 0.0)  # no stage runs beside
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    one = enriched("one", title=TITLE, text="banjir").model_copy(
        update={"article_id": GONE, "url": URL}
    )
    other = enriched("other", title="Artikel lain yang tetap ada", text="banjir", source="lain.id")
    store.log.append(
        record_for(each, ARTICLES_ENRICHED, source="test", time=START) for each in (one, other)
    )
    store.index.put([one, other])
    store.close()
    return folder


def test_it_counts_first_and_removes_nothing_without_a_yes(pantau: Run) -> None:
    code, shown, _ = pantau("forget", URL, "--dry-run")
    assert code == 0
    assert "2 records" in shown
    assert "articles.enriched" in shown
    code, _, said = pantau("forget", URL)
    assert (code, "Nothing was removed" in said) == (1, True)
    code, shown, _ = pantau("forget", URL, "--verify")
    assert (code, "Still there" in shown, "pantau.db" in shown) == (1, True, True)


def test_it_removes_and_proves(pantau: Run, data: Path) -> None:
    code, shown, _ = pantau("forget", URL, "--yes")
    assert code == 0, shown
    assert "Nothing of it was found" in shown
    assert search_folder(data, [TITLE.encode()]) == []
    code, shown, _ = pantau("forget", URL, "--verify", "--json")
    assert (code, json.loads(shown)["left"], json.loads(shown)["files"]) == (0, {}, {})
    code, shown, _ = pantau("search", "banjir")
    assert (TITLE in shown, "Artikel lain" in shown) == (False, True)
    code, shown, _ = pantau("forget", GONE, "--yes")  # again, by its id: harmless
    assert code == 0


def test_a_copy_of_ones_own_is_named(pantau: Run, data: Path) -> None:
    export = data / "export.jsonl"
    export.write_text(json.dumps({"title": TITLE}), encoding="utf-8")
    code, shown, _ = pantau("forget", URL, "--yes")
    assert code == 1
    assert str(export) in shown.replace("\n", "")


@pytest.mark.parametrize("form", [bytes, pack], ids=["plain", "packed"])
def test_a_later_proof_looks_for_the_address_in_files(
    pantau: Run, data: Path, form: Callable[[bytes], bytes]
) -> None:
    assert pantau("forget", URL, "--yes")[0] == 0
    value = json.dumps({"url": URL, "text": "banjir rob di pesisir " * 20}).encode()
    (data / "copy.db").write_bytes(b"\0\1" * 50 + form(value) + b"\0")
    code, shown, _ = pantau("forget", URL, "--verify", "--json")
    assert code == 1
    assert [Path(one).name for one in json.loads(shown)["files"]] == ["copy.db"]


@pytest.mark.parametrize("wrong", ["ftp://kabar.example/x", "", "  "])
def test_what_cannot_be_meant_is_said(wrong: str, pantau: Run) -> None:
    code, _, said = pantau("forget", wrong, "--yes")
    assert code == 2
    assert said


def test_json_has_the_counts(pantau: Run) -> None:
    code, shown, _ = pantau("forget", "kabar.example", "--dry-run", "--json")
    assert code == 0
    assert json.loads(shown) == {"articles": 1, "found": {"articles.enriched": 1, "index": 1}}
