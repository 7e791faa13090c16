"""`pantau status` names the stages that rejected records, whose articles are nowhere to be seen."""

import json
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.errors import RejectError
from pantau.ports import Received, Record
from pantau.settings import load_settings
from pantau.stream.dead_letter import dead_letter
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau_schemas.topics import ARTICLES, DELIVERIES
from tests.support import START
from tests.unit.commands.conftest import Run

REJECTED = (("enricher", ARTICLES.name), ("enricher", ARTICLES.name), ("notifier", DELIVERIES.name))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with two dead letters of the enricher, and one of the notifier."""
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    store.log.append(
        [
            dead_letter(
                stage, Received(Record(topic, f"k{n}", b"{}"), n), RejectError("not JSON"), START
            )
            for n, (stage, topic) in enumerate(REJECTED)
        ]
    )
    store.close()
    return folder


def test_each_stage_that_rejected_records_is_named_with_the_commands(pantau: Run) -> None:
    code, out, err = pantau("status")
    assert (code, err) == (0, "")
    told = [line for line in out.splitlines() if "dead-letters" in line]
    line = (
        "2 records failed in the enricher and went no further: "
        "`pantau dead-letters list --stage enricher` says why, "
        "`pantau dead-letters retry --stage enricher --all` tries again"
    )
    assert told == [line]  # deliveries are counted by their channels
    assert "2 rekaman gagal di enricher" in pantau("--lang", "id", "status")[1]
    assert json.loads(pantau("status", "--json")[1])["dead_letters"] == {
        "enricher": 2,
        "notifier": 1,
    }


def test_nothing_is_said_of_what_a_person_closed(pantau: Run, data: Path) -> None:
    listed = pantau("dead-letters", "list", "--stage", "enricher", "--json")[1].splitlines()
    ids = [json.loads(line)["dead_letter_id"] for line in listed]
    assert pantau("dead-letters", "discard", *ids)[0] == 0
    assert "dead-letters" not in pantau("status")[1]
    store = open_store(load_settings(data))
    assert DeadLetters(store.log, SystemClock()).count_by_stage() == {"notifier": 1}
    store.close()
