"""`pantau report`: a day on the terminal, as a file, and for programs."""

import csv
import io
import json
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.settings import load_settings
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from tests.support import START, enriched, subscription
from tests.unit.commands.conftest import Run

DAY = f"{START:%Y-%m-%d}"
WORDS = "Dapur umum sudah dibuka."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with two articles of a day, in which one person is quoted."""
    folder = tmp_path / "data"
    clock = SystemClock()
    store = open_store(load_settings(folder))
    rina = {"type": "person", "name": "Rina Wulandari", "roles": ("Bupati",), "mentions": ()}
    quote = {"field": "text", "start": 1, "end": 1 + len(WORDS), "speaker": "Rina Wulandari"}
    store.index.put(
        enriched(
            name,
            title=f"=Banjir di {name}",
            text=f'"{WORDS}" kata Rina.',
            source=f"{name}.example",
            first_seen=START,
            story_id="cerita",
            entities=(rina,),
            quotations=(quote,),
        )
        for name in ("demak", "kudus")
    )
    registry = SubscriptionRepository(store.log, clock)
    registry.save(
        subscription("banjir", "title:banjir", tags=("bencana",)),
        subscription("gempa", "gempa", tags=("bencana",)),
    )
    store.close()
    (folder / "pantau.toml").write_text('time_zone = "UTC"\n', "utf-8")
    return folder


def test_a_day_is_told_by_story_with_who_is_quoted(pantau: Run) -> None:
    code, out, err = pantau("report", "--tag", "bencana", "--date", DAY, columns=200)
    assert (code, err) == (0, "")
    assert "2 articles in 1 story from 2 sources, 1 speaker quoted. Usually 0 a day" in out
    assert "  Banjir: 2 articles, usually 0" in out
    assert "  Gempa: 0 articles, usually 0" in out
    assert out.count(f"    “{WORDS}”") == 1
    assert "Rina Wulandari (Bupati)" in out
    _, out, _ = pantau("--lang", "id", "report", "--subscription", "Gempa", "--date", "kemarin")
    assert "Tidak ada artikel" in out


def test_it_is_a_file_a_table_and_lines(pantau: Run, tmp_path: Path) -> None:
    file = tmp_path / "kliping.html"
    day = ("--subscription", "Banjir", "--date", DAY)
    _, out, _ = pantau("report", *day, "--html", str(file), columns=200)
    assert out == f"Report written to {file}.\n"
    assert "<h2>=Banjir di " in file.read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(pantau("report", *day, "--csv")[1])))
    assert [one["title"] for one in rows] == ["'=Banjir di demak", "'=Banjir di kudus"]
    assert rows[0]["quotations"] == f"Rina Wulandari (Bupati): {WORDS}"
    lines = [json.loads(one) for one in pantau("report", *day, "--json")[1].splitlines()]
    assert [one["subscriptions"] for one in lines] == [["Banjir"], ["Banjir"]]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "one subscription or one tag"),
        (("--tag", "bencana", "--subscription", "Banjir"), "one subscription or one tag"),
        (("--tag", "nihil"), "no subscription has the tag"),
        (("--tag", "bencana", "--date", "besok"), "is no day of a report"),
        (("--tag", "bencana", "--csv", "--json"), "give one of them"),
        (("--tag", "bencana", "--html", "none/x.html"), "none/x.html"),
    ],
)
def test_what_cannot_be_reported_is_said(
    pantau: Run, arguments: tuple[str, ...], reason: str
) -> None:
    code, out, err = pantau("report", *arguments, columns=200)
    assert (code, out) == (2, "")
    assert reason in err
