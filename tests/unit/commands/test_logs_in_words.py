"""The log of `pantau run` at a terminal, in the language of who reads it."""

import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from pantau.commands.cli.logs import POLLERS, set_up_logging
from pantau.common.stored_problems import to_data
from pantau.poller.telemetry import log_status
from pantau.problems import problem
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus

ADDED = datetime(2026, 3, 2, tzinfo=UTC)


class Terminal(io.StringIO):
    """Standard error of a person who looks at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """Put back how logs are written."""
    root, own = logging.getLogger(), logging.getLogger("pantau")
    before = root.handlers[:], root.level, own.level
    yield
    root.handlers[:], root.level = before[0], before[1]
    own.setLevel(before[2])
    for name in POLLERS:
        logging.getLogger(name).filters.clear()


def open_terminal(patch: pytest.MonkeyPatch, lang: str) -> Terminal:
    """Write logs to a terminal without colours from now on."""
    shown = Terminal()
    patch.setattr("sys.stderr", shown)
    patch.setenv("TERM", "dumb")
    patch.setenv("PANTAU_LANG", lang)
    set_up_logging("INFO")
    return shown


def fail(number: int) -> None:
    """Log that a feed cannot be read any more."""
    feed = Feed(feed_id=f"f{number}", url=f"https://a{number}.example/rss", added=ADDED)
    gone = problem("fetch.no-such-host", host=f"a{number}.example")
    before = FeedState(feed_id=feed.feed_id, status=FeedStatus.OK)
    after = before.model_copy(
        update={
            "status": FeedStatus.ERROR,
            "problem": str(gone),
            "reason": to_data(gone),
        }
    )
    log_status(feed, before, after)


@pytest.mark.parametrize(
    ("lang", "news", "fault"),
    [
        (
            "id",
            "https://a.example/rss: 12 artikel baru atau berubah; 3 lagi menunggu",
            "https://a1.example/rss: a1.example: tidak ada host itu; periksa ejaannya",
        ),
        (
            "en",
            "https://a.example/rss: 12 new or changed articles; 3 more wait",
            "https://a1.example/rss: a1.example: there is no such host; check the spelling",
        ),
    ],
)
def test_lines_of_the_log_are_in_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, lang: str, news: str, fault: str
) -> None:
    terminal = open_terminal(monkeypatch, lang)
    log = logging.getLogger("pantau.poller.telemetry")
    log.info("%s: %d new or changed %s%s", "https://a.example/rss", 12, "articles", "; 3 more wait")
    fail(1)
    log.warning("a text of %d words of another program", 7)
    shown = " ".join(terminal.getvalue().split())
    assert f"INFO {news} WARNING {fault} WARNING a text of 7 words of another program" in shown


def test_a_network_that_is_down_does_not_fill_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch, "id")
    for number in range(50):
        fail(number)
    shown = " ".join(terminal.getvalue().split())
    assert shown.count("WARNING") == 6
    assert shown.endswith("`pantau feeds list --problems` menampilkan semuanya")
