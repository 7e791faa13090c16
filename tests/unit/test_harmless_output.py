"""Text from outside on its way to a terminal or a log.

No escape sequence, no markup, no line of its own.
"""

import io
import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from rich.console import Console

from pantau import cli
from pantau.adapters.terminal.screen import moment_text
from pantau.commands.cli.logs import HarmlessFormatter, set_up_logging
from pantau.commands.news.search import print_hit
from pantau.errors import UsageError
from pantau.ports import Hit
from pantau.query import parse
from pantau_schemas.events.article import EnrichedArticle

EVIL = "a\x1b]0;owned\x07\x9b31m\u202eb\nERROR forged"


def _logged(message: str, *arguments: object, error: Exception | None = None) -> str:
    record = logging.LogRecord("pantau", logging.WARNING, "x.py", 1, message, arguments, None)
    if error is not None:
        record.exc_info = (type(error), error, None)
    return HarmlessFormatter("%(levelname)s %(message)s").format(record)


def test_a_logged_message_stays_on_its_line() -> None:
    line = _logged("%s: %s", "feed", EVIL)
    assert line.startswith("WARNING feed: a ")
    assert "forged" in line
    assert all(one.isprintable() for one in line)


def test_a_log_on_a_terminal_reads_no_markup(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    own = logging.getLogger("pantau").level
    try:
        set_up_logging("INFO")
        logging.getLogger("pantau.test").warning(
            "%s", f"[bold]x[/bold] [link=https://e.example]y[/] :bomb: {EVIL}"
        )
    finally:
        root.handlers[:], root.level = before, level
        logging.getLogger("pantau").setLevel(own)
    shown = capsys.readouterr().err
    assert "[bold]x[/bold] [link=https://e.example]y[/] :bomb: a ]0;owned" in shown
    assert all(one.isprintable() or one == "\n" for one in shown)
    first, *wrapped = shown.rstrip().split("\n")
    assert first[:1].isdigit()
    assert all(
        line.startswith("    ") for line in wrapped
    )  # none can be taken for a message of its own


def test_a_logged_message_has_a_length() -> None:
    assert len(_logged("%s", "x" * 1_000_000)) < 3_000


def test_a_logged_traceback_has_lines_but_no_sequences() -> None:
    text = _logged("failed", error=ValueError(EVIL))
    assert "ValueError" in text
    assert all(one.isprintable() or one == "\n" for one in text)


@pytest.mark.parametrize("error", [UsageError(EVIL), RuntimeError(EVIL)])
def test_errors_shown_carry_no_sequences(
    error: Exception, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli.pantau, "main", fail)
    assert cli.run([]) in {1, 2}
    shown = capsys.readouterr().err
    assert "owned" in shown
    assert all(one.isprintable() or one == "\n" for one in shown)


def test_a_title_is_no_markup() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    article = EnrichedArticle(
        schema_version=7,
        article_id="a",
        title="[/nothing] [link=https://evil.example]Bank[/link]",
        first_seen=now,
        enricher_version="x",
    )
    out = io.StringIO()
    print_hit(Console(file=out, width=200), Hit(article, ()), parse("bank"))
    assert "[/nothing] [link=https://evil.example]Bank[/link]" in out.getvalue()


@pytest.fixture(params=["Asia/Jakarta", "America/New_York"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize(
    "moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)]
)
def test_the_ends_of_the_calendar_can_be_shown(moment: datetime) -> None:
    assert moment_text(moment).startswith(("0001-01-01", "9999-12-31"))
