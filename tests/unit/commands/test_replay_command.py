"""`pantau replay --subscription`, as people call it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.commands.upkeep.replay import MANY
from pantau.settings import load_settings
from tests.support import enriched

from .conftest import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with thirty articles of the last thirty days, one a day."""
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    now = datetime.now(UTC)
    store.index.put(
        [
            enriched(
                f"a{day}",
                title=f"Banjir {day}",
                text=f"Banjir hari {day} di Demak.",
                first_seen=now - timedelta(days=day, hours=1),
            )
            for day in range(30)
        ]
    )
    store.index.refresh()
    store.close()
    return folder


def test_alerts_are_counted_and_raised_only_when_asked(pantau: Run) -> None:
    pantau("subscribe", "text: banjir and lang: id", "--language", "kql", "--name", "Banjir")
    given = ("replay", "--subscription", "Banjir", "--since", "7d")
    code, out, err = pantau(*given)
    assert (code, err) == (0, "")
    assert out == (
        "Banjir: 7 stored articles match; 7 alerts to raise\n"
        "Nothing was raised: add --alert to raise them.\n"
    )
    assert pantau("alerts", "--json")[1] == ""
    code, out, _ = pantau(*given, "--alert")
    assert (code, out.splitlines()[-1]) == (0, "7 alerts raised; `pantau run` delivers them.")
    assert len(pantau("alerts", "--json", "--limit", "100")[1].splitlines()) == 7
    assert "7 of them alerted it before" in pantau(*given)[1]


def test_many_alerts_are_asked_about(pantau: Run) -> None:
    pantau("subscribe", "banjir", "--name", "Banjir")
    given = ("replay", "--subscription", "Banjir", "--alert")
    code, _, err = pantau(*given)
    assert code == 2
    assert "30 alerts go to its channels at once; add --yes" in err
    assert pantau("alerts", "--json")[1] == ""
    assert MANY < 30
    assert pantau(*given, "--yes")[0] == 0


def test_a_paused_subscription_is_named(pantau: Run) -> None:
    pantau("subscribe", "banjir", "--name", "Banjir")
    pantau("subscriptions", "pause", "Banjir")
    _, _, err = pantau("replay", "--subscription", "Banjir", "--alert", "--since", "2d")
    assert "Banjir is paused or suspended: its alerts wait" in err


@pytest.mark.parametrize("extra", [("--enrich",), ("--query", "gempa")])
def test_what_touches_articles_goes_without_a_subscription(
    pantau: Run, extra: tuple[str, ...]
) -> None:
    code, _, err = pantau("replay", "--subscription", "Banjir", *extra)
    assert code == 2
    assert "--subscription takes its own query" in err


def test_a_replay_takes_a_query_of_any_language(pantau: Run) -> None:
    code, out, _ = pantau("replay", "--query", "text: banjir", "--language", "kql")
    assert (code, out) == (0, "No such articles: nothing to do again.\n")
    assert pantau("replay", "--query", "banjir (", "--language", "pantau")[0] == 2
    code, out, _ = pantau("search", "banjir", "--limit", "1", "--lang", "id")
    assert "artikel cocok" in out
