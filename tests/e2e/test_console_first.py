"""`pantau run` says where its pages are before anything else that it does."""

from pathlib import Path

from tests.e2e.program import Running, command

SILENT = "http://127.0.0.1:1023/rss"
"""Nobody listens at the port: the first poll fails at once, and says so."""


def test_the_address_of_the_pages_comes_before_what_the_first_polls_say(tmp_path: Path) -> None:
    command(tmp_path, "feeds", "add", SILENT, "--no-check")
    running = Running(tmp_path, PANTAU_CONSOLE__ENABLED="true", PANTAU_CONSOLE__PORT="0")
    try:
        running.wait_for(lambda: any(SILENT in one for one in running.log))
    finally:
        running.kill()
    log = running.log
    address = next(place for place, one in enumerate(log) if "console: http://" in one)
    poll = next(place for place, one in enumerate(log) if SILENT in one)
    assert "(open it in a browser)" in log[address]
    assert address < poll, "\n".join(log)
