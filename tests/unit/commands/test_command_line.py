"""The command line as people use it: pipes, narrow terminals, mistakes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pantau.bootstrap import open_store
from pantau.cli import pantau as root
from pantau.commands.cli.lazy import OTHER_NAMES
from pantau.commands.cli.logs import FewAtOnce
from pantau.commands.cli.texts.status import store_status_text
from pantau.common.time.clock import SystemClock
from pantau.settings import load_settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.topics import FEED_STATE, FEEDS
from tests.support import START, enriched

from .conftest import Run

PROBLEM = (
    "404 Not Found: there is no feed at this address; look for its new one on the site and add that"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with three articles and two feeds, one of them broken."""
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    with_text = [
        enriched(
            f"a{number}",
            title=f"Banjir · {number}",
            text="Banjir di Demak. " * 30,
            people=("Siti Rahma",),
        )
        for number in range(3)
    ]
    store.index.put(with_text)
    store.index.refresh()
    records = []
    for name, problem in (("baik", None), ("rusak", PROBLEM)):
        feed = Feed(
            schema_version=3,
            feed_id=name,
            url=f"https://{name}.example/rss",
            title=name,
            added=START,
        )
        status = FeedStatus.ERROR if problem else FeedStatus.OK
        state = FeedState(
            schema_version=3, feed_id=name, status=status, problem=problem, last_polled=START
        )
        records += [record_for(feed, FEEDS, source="test", time=START, partition_key="example.org")]
        records += [record_for(state, FEED_STATE, source="test", time=START)]
    store.log.append(records)
    store.close()
    return folder


def program(data: Path, *arguments: str, **given: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PANTAU_DATA": str(data), **given}
    return subprocess.Popen(
        [sys.executable, "-m", "pantau.cli", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def commands(
    group: click.Command = root, *names: str
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(group, click.Group):
        yield names, group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from commands(command, *names, name)


@pytest.mark.parametrize(
    ("names", "command"),
    list(commands()),
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_every_command_has_help_and_an_example_that_can_be_read(
    names: tuple[str, ...], command: click.Command
) -> None:
    assert command.help
    assert command.help.split("\n")[0].endswith(".")
    assert command.epilog
    examples = [line for line in command.epilog.split("\n") if line.startswith("  ")]
    assert any(f"pantau {' '.join(names)}" in line for line in examples)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize(
    "command", [["feeds", "list"], ["search", "banjir"], ["search", "people:Siti*"]]
)
@pytest.mark.parametrize("columns", [60, 80])
def test_no_line_is_wider_than_the_terminal(pantau: Run, command: list[str], columns: int) -> None:
    code, out, err = pantau(*command, columns=columns)
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= columns
    assert not any(line.endswith(" ") for line in out.splitlines())


def test_in_a_pipe_nothing_is_wrapped_and_nothing_coloured(pantau: Run) -> None:
    _, out, _ = pantau("feeds", "list")
    assert any(line.strip() == PROBLEM for line in out.splitlines())
    _, out, _ = pantau("search", "Demak", "--limit", "1")
    assert "\x1b" not in out
    lines = out.splitlines()
    assert lines[0].startswith("Banjir · ")
    assert [line[:2] for line in lines[1:4]] == ["  "] * 3
    assert "\n  https://kabar.example/a" in out


def test_a_hit_without_matched_words_shows_its_lead(pantau: Run) -> None:
    _, out, _ = pantau("search", 'people:"Siti Rahma"', "--limit", "1")
    assert "  Banjir di Demak. Banjir" in out


@pytest.mark.parametrize("command", [["search", "banjir"], ["feeds", "list"], ["feeds", "export"]])
def test_a_reader_that_goes_is_no_failure(data: Path, command: list[str]) -> None:
    with program(data, *command) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert (running.wait(60), running.stderr.read()) == (0, b"")


def test_a_full_disk_is_told_in_one_line(data: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pantau.cli", "search", "banjir", "--data", str(data)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"Error: output: No space left on device\n")


def test_a_terminal_that_knows_ascii_only(data: Path) -> None:
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with program(data, "search", "banjir", "--limit", "1", **narrow) as running:
        out, err = running.communicate(timeout=240)
    assert (running.returncode, err) == (0, b"")
    assert out.startswith(b"*Banjir* - ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["feeds", "lst"], "Did you mean list?"),
        (["serach", "x"], "Did you mean search?"),
        (["langganan"], "Did you mean subscriptions?"),
        (["subscriptions", "hapus", "x"], "Did you mean remove?"),
        (["dead-letters", "delete", "x"], "Did you mean discard?"),
        (["explain", "banjir"], "Did you mean query explain?"),
        (["jelaskan", "banjir"], "Did you mean query explain?"),
        (["poll"], "Did you mean feeds poll?"),
        (["subscriptions", "backtest", "x"], "Did you mean preview?"),
        (["search", " "], "the query is empty"),
        (["subscribe", ""], "the query is empty"),
        (
            ["search", "x", "--since", "kapan"],
            "'--since': 'kapan' is no moment; give a time ago such as 7d",
        ),
        (["search", "x", "--since", "1h", "--until", "2d"], "--until is not later than --since"),
        (["alerts", "--since", "kapan"], "'--since'"),
        (["replay", "--since", "1h", "--until", "2h"], "--until is not later"),
        (["feeds", "test", "./none.xml"], "there is no such file"),
        (["search", "x", "--language", "lucen"], "'auto'. Did you mean lucene?"),
        (["search", "x", "--language", "zzz"], "'auto'."),
        (
            ["subscriptions", "edit", "Banjir", "gempa"],
            "A query stands behind --query, in quotes: pantau subscriptions edit ... --query",
        ),
        (["feeds", "pause", "baik", "--no-such", "x"], "No such option: --no-such"),
        (["feeds", "pause", "https://bak.example/rss"], "mean 'https://baik.example/rss'?"),
        (["subscribe", "x", "--to", "mail:desk@example.org"], "try email:desk@example.org"),
        (["subscribe", "x", "--to", "hook:https://x.example"], "try webhook:https://x.example"),
    ],
)
def test_a_mistake_is_told_with_the_fix(pantau: Run, arguments: list[str], told: str) -> None:
    code, out, err = pantau(*arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_other_names_lead_to_commands_and_are_none_themselves() -> None:
    there = {name for names, _ in commands() for name in names}
    assert {one for names in OTHER_NAMES.values() for one in names} <= there
    assert not set(OTHER_NAMES) & there


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('[smtp]\nport = "abc"', "smtp.port: expected a whole number"),
        ("smtp = 3", "smtp: expected a section of settings"),
        ('[smtp]\nsecurity = "ssl"', "smtp.security: expected one of none, starttls, tls"),
    ],
)
def test_a_wrong_setting_of_the_mail_server_is_a_warning_where_no_mail_is_sent(
    pantau: Run, data: Path, written: str, told: str
) -> None:
    (data / "pantau.toml").write_text(written, encoding="utf-8")
    code, _, err = pantau("feeds", "list")
    assert code == 0
    assert told in err


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('log_levle = "INFO"', "log_levle: there is no such setting; did you mean log_level?"),
        ('[fetch]\nallow_networks = "127.0.0.0/8"', "fetch.allow_networks: expected a list"),
        ("[notify]\nburst = 0", "notify.burst: expected at least 1"),
        ("[fetch]\ntimeout_seconds = 0", "fetch.timeout_seconds: expected a number above 0"),
        ('[notify]\nunlimited = ["sms"]', "notify.unlimited.0: expected one of webhook, email"),
        (
            "[fetch]\ntimeout = 3",
            "fetch.timeout: there is no such setting; did you mean timeout_seconds?",
        ),
        (
            '[smtp]\ntls = "none"',
            "smtp.tls: there is no such setting; there are: host, port, username, password",
        ),
        ("xyzzy = 1", "xyzzy: there is no such setting\n"),
        (
            '[fetch]\nallow_networks = ["here"]',
            "fetch.allow_networks: 'here' does not appear to be",
        ),
        ("a = [", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_told_with_the_fix(
    pantau: Run, data: Path, written: str, told: str
) -> None:
    (data / "pantau.toml").write_text(written, encoding="utf-8")
    code, out, err = pantau("feeds", "list")
    assert (code, out) == (2, "")
    assert told in err


def test_a_variable_that_is_no_json(pantau: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_FETCH__ALLOW_NETWORKS", "127.0.0.1")
    code, _, err = pantau("feeds", "list")
    assert code == 2
    assert "lists are given as JSON" in err


def test_how_things_stand_sums_up_the_problems(data: Path) -> None:
    store = open_store(load_settings(data))
    try:
        told = store_status_text(store, lambda: 1).splitlines()
    finally:
        store.close()
    assert told == [
        "2 feeds, 3 articles, 0 subscriptions, 0 alerts; 1 record to process",
        "1 feed has a problem: 404 Not Found; see `pantau feeds list --problems`",
    ]


def test_few_warnings_at_once() -> None:
    import logging  # noqa: PLC0415 (only here)

    few = FewAtOnce(most=2, seconds=60)

    def passed(created: float, level: int = logging.WARNING) -> str | None:
        record = logging.LogRecord("x", level, "x", 1, "%s: gone", ("feed",), None)
        record.created = created
        return record.getMessage() if few.filter(record) else None

    now = SystemClock().now().timestamp()
    told = [passed(now + number) for number in range(5)]
    assert told[:2] == ["feed: gone"] * 2
    assert "more feeds have problems" in (told[2] or "")
    assert told[3:] == [None, None]
    assert passed(now + 5, logging.INFO) == "feed: gone"
    assert passed(now + 61) == "feed: gone"
