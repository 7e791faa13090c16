"""`pantau run` in two processes.

Whichever ends, and however, nothing is lost and nobody is left over.
"""

import json
import os
import random
import signal
import time
from pathlib import Path

from tests.e2e.program import LIMIT_SECONDS, Running, command
from tests.e2e.servers import Document as Served
from tests.e2e.servers import Site, rss, serve
from tests.e2e.test_kill import QUERIES, check, expected, is_over, load

ARTICLES = 600
FEEDS = 5
KILLS = 8
TWO = {"PANTAU_PIPELINE__PROCESSES": "2"}
EVERY_SECOND = {
    "PANTAU_POLL__MIN_INTERVAL_SECONDS": "1",
    "PANTAU_POLL__DEFAULT_INTERVAL_SECONDS": "1",
    "PANTAU_POLL__MAX_INTERVAL_SECONDS": "1",
    "PANTAU_POLL__PER_HOST": "4",
}


def gone(pid: int) -> bool:
    """Return whether a process has ended and was collected."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def wait_until_ended(pid: int) -> None:
    """Wait for the end of a process whose parent is gone.

    Who collects it then is the machine's affair.
    """
    deadline = time.monotonic() + LIMIT_SECONDS
    stat = Path(f"/proc/{pid}/stat")
    while not gone(pid) and not (stat.exists() and ") Z " in stat.read_text(encoding="ascii")):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.02)


def started(data: Path, **settings: str) -> tuple[Running, int]:
    """Start it; return it with its child."""
    running = Running(data, **{**TWO, **settings})
    running.wait_for(lambda: bool(running.children()))
    return running, running.children()[-1]


def test_a_child_that_is_killed_again_and_again_loses_nothing(
    shared_data: Path, tmp_path: Path
) -> None:
    items = load(shared_data)[:ARTICLES]
    chance = random.Random(8)
    site = Site({f"/{number}.xml": Served(rss([])) for number in range(FEEDS)})
    with serve(site):
        command(
            tmp_path, "feeds", "add", "--no-check", *(site.url(f"/{n}.xml") for n in range(FEEDS))
        )
        for name, query in QUERIES.items():
            hook = f"webhook:{site.url(f'/hook/{name}')}"
            command(tmp_path, "subscribe", query, "--id", name, "--to", hook)
        running, child = started(tmp_path, **EVERY_SECOND)
        running.wait_for(site.were_read)
        for wave in range(KILLS):
            published = items[: ARTICLES * (wave + 1) // KILLS]
            for number in range(FEEDS):
                site.documents[f"/{number}.xml"] = Served(rss(published[number::FEEDS]))
            given = sum(site.bodies.values())
            running.wait_for(lambda: sum(site.bodies.values()) > given, every=0.005)  # noqa: B023 (called here)
            time.sleep(chance.uniform(0.0, 0.5))  # the moment of the kill, not a wait for anything
            count = len(running.children())
            os.kill(child, signal.SIGKILL)
            running.wait_for(lambda: len(running.children()) > count)  # noqa: B023 (called here)
            child = running.children()[-1]
        due = expected(items)
        running.wait_for(
            lambda: len({headers["webhook-id"] for headers, _ in site.posts}) >= len(due)
        )
        running.wait_for(lambda: is_over(tmp_path, ARTICLES, len(due)), every=0.5)
        assert all(gone(one) for one in running.children()[:-1]), "ended, and not collected"
        assert running.stop() == 0
        assert gone(child)
    check(tmp_path, site, items, due)
    ids = [headers["webhook-id"] for headers, _ in site.posts]
    assert len(ids) == len(set(ids)), "the dispatcher was not killed, and sent something twice"


def test_ctrl_c_and_sigterm_stop_both_in_order(tmp_path: Path) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        running, child = started(tmp_path)
        os.kill(child, name)  # as a supervisor does that tells every process
        assert running.stop(name) == 0
        assert gone(child)
        assert "killed" not in "".join(running.log)
        assert len(running.children()) == 1


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    running, child = started(tmp_path)
    running.kill()
    wait_until_ended(child)


def test_nobody_else_gets_the_folder_while_a_child_is_started_again(tmp_path: Path) -> None:
    running, child = started(tmp_path)
    os.kill(child, signal.SIGKILL)
    refused = command(tmp_path, "run", "--once", check=False)
    assert refused.returncode == 2
    assert "already watched" in refused.stderr
    running.wait_for(lambda: len(running.children()) == 2)
    assert running.stop() == 0


def test_what_a_child_cannot_go_on_with_ends_the_program_and_is_said(tmp_path: Path) -> None:
    running, child = started(tmp_path)
    (tmp_path / "pantau.toml").write_text("[pipeline]\nbatches = 3\n", encoding="utf-8")
    os.kill(child, signal.SIGKILL)
    assert running.ended() == 1
    (told,) = [
        line for line in running.log if line.startswith("Error:") and "pipeline.batches" in line
    ]
    assert told.startswith("Error: settings")
    assert "did you mean batch?" in told
    assert "Traceback" not in "".join(running.log)


def test_one_process_is_enough_where_it_is_asked_for(tmp_path: Path) -> None:
    with serve(Site({"/feed.xml": Served(rss([]))})) as site:
        command(tmp_path, "feeds", "add", "--no-check", site.url("/feed.xml"))
        hook = f"webhook:{site.url('/hook')}"
        command(tmp_path, "subscribe", "banjir", "--id", "flood", "--to", hook)
        running = Running(tmp_path, PANTAU_PIPELINE__PROCESSES="1", **EVERY_SECOND)
        running.wait_for(lambda: sum(site.unchanged.values()) > 0)
        site.documents["/feed.xml"] = Served(
            rss([("https://kabar.example/1", "Banjir", "Banjir di Demak.")])
        )
        running.wait_for(lambda: len(site.posts) == 1)
        assert json.loads(site.posts[0][1])["data"]["subscription"]["id"] == "flood"
        assert running.children() == []
        assert running.stop() == 0
