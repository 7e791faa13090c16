"""`pantau subscriptions preview --contents`: what the newest messages say, by each channel."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.settings import load_settings
from tests.support import enriched
from tests.unit.commands.conftest import Run

FORM = 'subject = "!! {{ name }}"\ntext = "{% for one in stories %}* {{ one.title }}{% endfor %}"\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def saved(pantau: Run, data: Path) -> Run:
    """Return the program over three articles, and a subscription with two channels."""
    store = open_store(load_settings(data))
    now = SystemClock().now()
    store.index.put(
        enriched(f"a{day}", title=f"banjir {day}", first_seen=now - timedelta(days=day, hours=1))
        for day in (1, 2, 3)
    )
    store.close()
    to = ("--to", "webhook:https://hooks.example/in", "--webhook-format", "slack")
    words = ("subscribe", "banjir", "--name", "Banjir", "--yes", "--to", "file:x.jsonl", *to)
    assert pantau(*words)[0] == 0
    return pantau


def test_messages_are_shown_in_the_form_of_each_channel(saved: Run, tmp_path: Path) -> None:
    preview = ("subscriptions", "preview", "Banjir")
    assert "to webhook:" not in saved(*preview)[1]
    out = saved(*preview, "--contents", "2")[1]
    assert out.count("to webhook:https://hooks.example/in:\n  [Banjir] banjir ") == 2
    assert "\n  *banjir* 1\n" in out
    assert "*banjir* 3" not in out
    file = tmp_path / "form.toml"
    file.write_text(FORM, encoding="utf-8")
    template = ("subscriptions", "template", "Banjir", str(file), "--channel", "webhook")
    assert saved(*template)[0] == 0
    out = saved(*preview, "--contents", "1")[1]
    assert "to webhook:https://hooks.example/in:\n  !! Banjir\n  * banjir 1\n" in out
    assert out.count("[Banjir] banjir 1") == 1  # the file has the usual form


def test_programs_get_them_too(saved: Run) -> None:
    preview = ("subscriptions", "preview", "Banjir", "--json")
    assert "contents" not in json.loads(saved(*preview)[1])
    told = json.loads(saved(*preview, "--contents", "1", "--digest", "daily@07:00")[1])
    assert {one["message_id"] for one in told["contents"]} == {told["messages"][-1]["message_id"]}
    assert len(told["contents"]) == 2
    assert saved(*preview, "--contents", "0")[0] == 2


def test_a_query_that_is_tried_gets_the_warnings_that_a_search_gives(saved: Run) -> None:
    tried = ("subscriptions", "preview", "--query", "banjir DAN Demak")
    assert "DAN is an ordinary word here; the operator is AND" in saved(*tried)[2]
    code, out, err = saved(*tried, "--json")
    assert code == 0
    assert json.loads(out)
    assert "try: banjir AND Demak" in err
    assert "DAN" not in saved("subscriptions", "preview", "Banjir")[2]
