"""`pantau show`: what is known of one article."""

from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.settings import load_settings
from tests.support import enriched
from tests.unit.commands.conftest import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    store.index.put(
        [
            enriched("stars", title="Ramalan bintang", service="horoscope"),
            enriched("flood", title="Banjir"),
        ]
    )
    store.close()
    return folder


def test_a_service_piece_is_shown_as_such(pantau: Run) -> None:
    _, found, _ = pantau("show", enriched("stars").article_id)
    assert "Service: horoscope" in found
    _, found, _ = pantau("--lang", "id", "show", enriched("stars").article_id)
    assert "Layanan: ramalan bintang" in found


def test_a_report_of_an_event_has_no_kind(pantau: Run) -> None:
    code, found, _ = pantau("show", enriched("flood").article_id)
    assert code == 0
    assert "Service:" not in found
    assert "kind" not in found
