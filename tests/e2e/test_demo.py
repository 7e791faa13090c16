"""The demonstration ends by itself and shows real results of the pipeline."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pantau.demo.newsroom import load_newsroom
from tests.docs.pages import DOCS, rows
from tests.e2e.program import command

TOURED = Path(__file__).with_name("toured.py")


def tour() -> Iterator[tuple[str, str]]:
    """Yield each function that the tour names, with its file."""
    for cells in rows(DOCS / "explanation" / "tour.md"):
        yield cells[1].strip("`"), cells[0].strip("`")


def test_it_alerts_searches_and_ends_and_takes_the_tour(tmp_path: Path) -> None:
    program = ("-P", str(TOURED), str(tmp_path / "called"))
    done = command(tmp_path, "demo", "--keep", str(tmp_path / "kept"), program=program)
    called = [one.split() for one in (tmp_path / "called").read_text("utf-8").splitlines()]
    made = {(file, part) for file, name in called for part in (name, name.partition(".")[0])}
    # The demonstration is a command of its own, beside `run`.
    assert {*tour()} - made == {("commands/programs/run.py", "run")}
    shown = " ".join(done.stdout.split())
    newsroom = load_newsroom()
    due = sum(len(watcher.expect) for watcher in newsroom.watchers)
    assert f"{due} alerts, exactly those that were due" in shown
    assert "The webhook got 1 message, and found the signature right." in shown
    assert "1 page of them had the words that an alert is due to" in shown
    assert "*Balai Jembatan Nusantara*" in shown
    assert "kata Kepala BTBN Letjen TNI (Purn) Dr *Arya Wirasena*, MM di Demak." in shown
    assert f"3 of {len(newsroom.stories)} articles match." in shown
    assert "… and 2 more: kabarnusantara.example, lintas.example" in shown
    found = command(tmp_path / "kept", "search", "*:*", "--limit", "1").stdout
    assert f"{len(newsroom.stories)} of {len(newsroom.stories)} articles match" in found
    with sqlite3.connect(tmp_path / "kept" / "pantau.db") as store:
        (alerts,) = store.execute("SELECT count(*) FROM records WHERE topic = 'alerts'").fetchone()
    store.close()
    assert alerts == due
    # Its newsroom is gone: no feed of what was kept is in trouble.
    assert "its feeds are paused" in shown
    feeds = json.loads(command(tmp_path / "kept", "feeds", "list", "--json").stdout.splitlines()[0])
    assert feeds["status"] == "paused"


def test_the_newsroom_has_what_the_demonstration_shows() -> None:
    newsroom = load_newsroom()
    assert len(newsroom.stories) >= 12
    slugs = {story.slug for story in newsroom.stories}
    assert all(slug in slugs for watcher in newsroom.watchers for slug in watcher.expect)
    assert {feed.format for feed in newsroom.feeds} == {"rss", "atom", "json"}
