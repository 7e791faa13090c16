"""Every command on the poorest terminal: 40 columns, ASCII, no colour.

A command that is not listed here fails the test, so none is forgotten.
"""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pantau.bootstrap import open_store
from pantau.cli import pantau as root
from pantau.cli import run
from pantau.commands.cli import printing
from pantau.notifier.plan import plan_deliveries
from pantau.settings import load_settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.alert import DeliveryStatus
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.events.subscription import FileChannel, WebhookChannel
from pantau_schemas.ids import alert_id, digest_id
from pantau_schemas.topics import (
    ALERTS,
    DEAD_LETTERS,
    DELIVERIES,
    FEED_STATE,
    FEEDS,
    SUBSCRIPTIONS,
)
from tests.support import START, enriched, subscription
from tests.unit.notifier.support import SECRET, alert

WIDTH = 40
TITLE = "Banjir “besar” di Demak – warga Désa 地震 mengungsi… · hari ini juga, sejak pagi buta"
ARTICLE = digest_id("a")
ALERT = alert_id("banjir", digest_id("a"))
LETTER = digest_id("letter")
FEED = digest_id("feed")
ITEM = f"<title>{TITLE}</title>"
RSS = f"<rss version='2.0'><channel>{ITEM}<item>{ITEM}</item></channel></rss>"

CALLS: dict[str, tuple[str, ...]] = {
    "accounts add": ("sari", "--role", "admin", "--password-file", "sandi.txt"),
    "accounts audit": (),
    "accounts end-sessions": ("sari",),
    "accounts edit": ("sari", "--role", "reader"),
    "accounts give": ("Banjir", "--to", "sari"),
    "accounts list": (),
    "accounts password": ("sari", "--password-file", "sandi.txt"),
    "accounts remove": ("sari",),
    "accounts unlock": ("sari",),
    "accounts tokens add": ("sari", "--name", "papan"),
    "accounts tokens list": (),
    "accounts tokens revoke": ("pantau_Xk3v",),
    "alerts": (),
    "backup": ("copy.tar", "--plain"),
    "channels list": (),
    "channels payload": ("https://desk.example/hook", "2"),
    "channels resume": ("https://desk.example/hook",),
    "channels schema": (),
    "channels secret": ("https://desk.example/hook",),
    "completion install": ("bash",),
    "completion show": ("bash",),
    "dead-letters discard": (LETTER,),
    "dead-letters list": (),
    "dead-letters retry": (LETTER,),
    "dead-letters show": (LETTER,),
    "enrich": ("--articles", "articles.jsonl"),
    "enrich-stored": (),
    "entities": ("Siti Rahma",),
    "feeds add": ("file:///etc/passwd",),
    "feeds edit": (FEED, "--title", TITLE),
    "feeds export": (),
    "feeds import": ("feeds.opml",),
    "feeds list": (),
    "feeds parse": ("feed.xml",),
    "feeds pause": (FEED,),
    "feeds poll": (FEED,),
    "feeds remove": (FEED,),
    "feeds resume": (FEED,),
    "feeds test": ("http://127.0.0.1:9/feed",),
    "forget": ("https://kabar.example/a", "--yes"),
    "inbox done": (ALERT,),
    "inbox list": (),
    "inbox mute": (ALERT,),
    "inbox reopen": (ALERT,),
    "inbox see": (ALERT,),
    "inbox star": (ALERT,),
    "index rebuild": (),
    "lists add": ("menteri", "Désa “Jaya”", "Siti Rahma"),
    "lists edit": ("menteri", "--add", "x"),
    "lists export": ("menteri",),
    "lists import": ("menteri", "articles.jsonl"),
    "lists list": (),
    "lists remove": ("menteri",),
    "lists show": ("menteri",),
    "local status": (),
    "match": ("--subscriptions", "subscriptions.jsonl", "--articles", "articles.jsonl"),
    "query check": ("banjir AND OR",),
    "query explain": ("banjir OR gempa~ AND NOT “longsor",),
    "query test": ("banjir", "--articles", "articles.jsonl"),
    "query tokens": ("Désa “Karangtengah” 地震",),
    "query why": (ARTICLE, "Banjir"),
    "replay": ("--since", "2026-03-01"),
    "report": ("--subscription", "Banjir", "--date", "2026-03-02"),
    "reports list": (),
    "reports remove": ("5hq2kq3x",),
    "reports schedule": ("--subscription", "Banjir", "--to", "webhook:https://desa.example/in"),
    "restore": ("missing.tar",),
    "search": ("banjir",),
    "show": (ARTICLE,),
    "status": (),
    "stories": ("--since", "2026-03-01"),
    "subscribe": ("gempa AND “Jum’at”", "--to", "file:alerts.jsonl", "--yes"),
    "subscriptions copy": ("Banjir", "Banjir – lagi"),
    "subscriptions edit": ("Banjir", "--name", TITLE),
    "subscriptions export": ("--csv",),
    "subscriptions feed": ("Banjir",),
    "subscriptions import": ("subscriptions.jsonl",),
    "subscriptions list": (),
    "subscriptions mute": ("Banjir", "--until-growth"),
    "subscriptions pause": ("Banjir",),
    "subscriptions remove": ("Banjir", "--yes"),
    "subscriptions resume": ("Banjir",),
    "subscriptions show": ("Banjir",),
    "subscriptions preview": ("Banjir",),
    "subscriptions template": ("Banjir",),
    "subscriptions test": ("Banjir",),
    "subscriptions unmute": ("Banjir",),
}
NOT_CALLED = {
    "run": "runs until it is stopped; its lines are those of `status`, and of the log",
    "demo": "needs half a minute; tests/e2e runs it",
    "mcp": "speaks a protocol on its output; tests/unit/api drives it",
    "setup": "needs Kafka and Elasticsearch",
    "service": "needs Kafka and Elasticsearch",
    "local up": "starts servers",
    "local down": "ends servers",
}
DATA = {
    *("channels schema", "completion show", "enrich", "feeds export", "feeds parse", "match"),
    "subscriptions export",
}
"""Commands that print for programs: JSON in ASCII, and CSV and XML in UTF-8."""


def names(group: click.Command = root, *above: str) -> Iterator[str]:
    if not isinstance(group, click.Group):
        yield " ".join(above)
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if not command.hidden:
            yield from names(command, *above, name)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with something of everything, all of it with odd characters."""
    folder = tmp_path_factory.mktemp("narrow") / "data"
    store = open_store(load_settings(folder))
    try:
        article = enriched("a", title=TITLE, text=f"{TITLE}. " * 9, people=("Siti Rahma",))
        store.index.put([article])
        store.index.refresh()
        channels = (
            WebhookChannel.model_validate({"url": "https://desk.example/hook", "secret": SECRET}),
            FileChannel(path=str(folder / "alerts – x.jsonl")),
        )
        one = subscription("banjir", "banjir AND “Demak”", channels=channels, tags=("désa",))
        fired = alert("banjir", "a", problem=None)
        planned = [
            each.model_copy(
                update={"status": DeliveryStatus.FAILED, "attempts": 3, "problem": TITLE}
            )
            for each in plan_deliveries(fired, one, START)
        ]
        feed = Feed(feed_id=FEED, url="https://kabar.example/rss", title=TITLE, added=START)
        state = FeedState(feed_id=FEED, status=FeedStatus.ERROR, problem=TITLE, last_polled=START)
        letter = DeadLetter.model_validate(
            {
                "dead_letter_id": LETTER,
                "stage": "enricher",
                "topic": "articles",
                "offset": 1,
                "key": "k",
                "value": b"{}",
                "error": "ValueError",
                "reason": TITLE,
                "detail": f"Traceback\n  {TITLE}",
                "failed_at": START,
            }
        )
        events = [
            (one, SUBSCRIPTIONS), (fired, ALERTS), (feed, FEEDS), (state, FEED_STATE),
            (letter, DEAD_LETTERS), *((each, DELIVERIES) for each in planned),
        ]  # fmt: skip
        store.log.append(
            record_for(event, topic, source="test", time=START, partition_key="kabar.example")
            if topic is FEEDS
            else record_for(event, topic, source="test", time=START)
            for event, topic in events
        )
    finally:
        store.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy, as the working folder, with the files that commands read."""
    data = tmp_path / "data"
    shutil.copytree(made, data)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PANTAU_DATA", str(data))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    article = {"title": TITLE, "text": TITLE, "url": "https://kabar.example/x", "id": "x"}
    Path("articles.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    wanted = {"id": "gempa", "query": "banjir", "name": TITLE}
    Path("subscriptions.jsonl").write_text(json.dumps(wanted) + "\n", encoding="utf-8")
    Path("sandi.txt").write_text("kuda laut biru 7\n", encoding="utf-8")
    Path("feed.xml").write_text(RSS, encoding="utf-8")
    Path("feeds.opml").write_text("<opml><body/></opml>", encoding="utf-8")
    return data


def test_every_command_is_listed() -> None:
    assert set(names()) == CALLS.keys() | NOT_CALLED.keys()
    assert not CALLS.keys() & NOT_CALLED.keys()


def poor() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict", write_through=True)


def written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("name", CALLS)
def test_a_command_prints_what_the_terminal_can_show(
    name: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, err = poor(), poor()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        code = run(["--lang", lang, *name.split(), *CALLS[name]])
    shown = written(err) if name in DATA else written(out) + written(err)
    assert code in {0, 1, 2, 3}, shown
    assert "Traceback (most recent" not in shown
    assert "cli.bug" not in shown
    assert "PANTAU_TRACEBACK" not in shown, shown
    assert shown.isascii()
    assert "\x1b" not in shown
    assert name in DATA or shown.strip(), "it says something"
    for line in shown.splitlines():
        assert len(line) <= WIDTH + SLACK or unbreakable(line), (len(line), line)


SLACK = 4
"""Columns that the replacement of an ellipsis and its like may add to a line that was wrapped."""


def unbreakable(line: str) -> bool:
    """Return whether a line is long for a word that is, a value beside its label, or columns."""
    return "  " in line.strip() or any(len(word) > WIDTH - 24 for word in line.split())


@pytest.mark.parametrize("name", [*CALLS, *NOT_CALLED])
def test_help_is_in_ascii_and_in_the_width(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """click prints it by itself, as UTF-8 whatever the terminal."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    out = poor()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        assert run([*name.split(), "--help"]) == 0
    assert written(out).isascii()


def test_a_real_process_under_the_poorest_locale(folder: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "ascii",
        "LANG": "C",
        "PANTAU_DATA": str(folder),
        "COLUMNS": str(WIDTH),
    }
    done = subprocess.run(
        [sys.executable, "-m", "pantau.cli", "alerts"],
        env=environment,
        capture_output=True,
        check=True,
        timeout=240,
    )
    assert done.stdout.isascii()
    assert done.stderr == b""


def test_text_in_a_pipe_is_not_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    out = poor()
    monkeypatch.setattr(sys, "stdout", out)
    printing.prepare_streams()
    printing.put("word " * 100)
    assert written(out) == "word " * 100 + "\n"


def test_lone_surrogates_are_no_error_in_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    printing.prepare_streams()
    printing.put("é \ud800")
    assert written(out) == "é ?\n"
