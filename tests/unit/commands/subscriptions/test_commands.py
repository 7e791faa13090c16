import base64
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pantau.bootstrap import open_store
from pantau.cli import run
from pantau.settings import load_settings
from pantau.stream.envelope import record_for
from pantau_schemas.codec import decode
from pantau_schemas.events.subscription import Subscription, SubscriptionState
from pantau_schemas.ids import query_digest
from pantau_schemas.topics import SUBSCRIPTION_STATE, SUBSCRIPTIONS
from tests.support import START
from tests.unit.notifier.support import TITLE, Board

Run = Callable[..., tuple[int, str, str]]
URL = "https://hook.example/in"


@pytest.fixture
def pantau(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run the command line over a data folder of its own: exit code, output, errors."""
    monkeypatch.setenv("COLUMNS", "1000")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments, "--data", str(tmp_path / "data")])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


def saved(tmp_path: Path) -> list[Subscription]:
    store = open_store(load_settings(tmp_path / "data"))
    try:
        values = store.log.table(SUBSCRIPTIONS.name).snapshot().values.values()
        return [decode(Subscription, value or b"") for value in values]
    finally:
        store.close()


def lines(text: str) -> list[dict[str, Any]]:
    assert text.isascii()
    return [json.loads(line) for line in text.splitlines()]


def test_a_subscription_is_saved_and_its_secret_shown_once(pantau: Run, tmp_path: Path) -> None:
    code, out, err = pantau(
        "subscribe", "banjir AND Demak", "--to", f"webhook:{URL}", "--to", "terminal"
    )
    assert (code, err) == (0, "")
    (one,) = saved(tmp_path)
    assert (one.name, one.query, one.language) == ("banjir AND Demak", "banjir AND Demak", "lucene")
    assert [channel.kind for channel in one.channels] == ["webhook", "terminal"]
    secret = one.channels[0].secret.get_secret_value()  # type: ignore[union-attr]  # a webhook
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) == 32
    assert out.count(secret) == 1
    for arguments in (
        ["list"],
        ["list", "--json"],
        ["show", one.subscription_id],
        ["show", one.name, "--json"],
    ):
        code, out, err = pantau("subscriptions", *arguments)
        assert code == 0
        assert secret not in out + err
        assert secret.removeprefix("whsec_") not in out + err
        assert URL in out


def test_json_prints_what_was_saved_with_the_new_secret_only(pantau: Run, tmp_path: Path) -> None:
    _, out, _ = pantau(
        "subscribe",
        "banjir",
        "--to",
        f"webhook:{URL}",
        "--json",
        "--name",
        "Banjir é",
        "--id",
        "b1",
    )
    (printed,) = lines(out)
    (one,) = saved(tmp_path)
    assert printed == json.loads(one.model_dump_json(exclude_none=True))
    assert printed["channels"][0]["secret"].startswith("whsec_")
    assert printed["name"] == "Banjir é"
    given = "whsec_" + base64.b64encode(b"k" * 24).decode()
    _, out, err = pantau(
        "subscribe", "gempa", "--to", f"webhook:{URL}", "--secret", given, "--json"
    )
    assert lines(out)[0]["channels"][0]["secret"] == "whsec_***"
    assert given not in out + err
    assert saved(tmp_path)[1].channels[0].secret.get_secret_value() == given  # type: ignore[union-attr]  # a webhook


def test_all_options_arrive(pantau: Run, tmp_path: Path) -> None:
    pantau(
        "subscribe", "title:gempa AND NOT lang:en", "--language", "pantau", "--time-zone",
        "Asia/Jakarta", "--include-historical", "--id", "gempa-1", "--name", "Gempa", "--to",
        f"file:{tmp_path}/g.jsonl",
    )  # fmt: skip
    (one,) = saved(tmp_path)
    assert (one.subscription_id, one.name, one.language) == ("gempa-1", "Gempa", "pantau")
    assert (one.time_zone, one.include_historical) == ("Asia/Jakarta", True)
    assert one.channels[0].target == f"{tmp_path}/g.jsonl"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["banjir AND (Demak"], ["character 18", "banjir AND (Demak)"]),
        (["banjir", "--time-zone", "Mars/Olympus"], ["Mars/Olympus"]),
        (["banjir", "--to", "email:desk@example.org"], ["smtp", "host", "PANTAU_SMTP__HOST"]),
        (["banjir", "--to", "email:desk"], ["expected one such as desk@example.org"]),
        (["banjir", "--to", "http://x.example/hook"], ["webhook:http://x.example/hook"]),
        (["banjir", "--to", "desk@example.org"], ["smtp", "host", "PANTAU_SMTP__HOST"]),
        (["banjir", "--to", "pigeon:home"], ["webhook:https://example.org/hook, email:"]),
        (["banjir", "--to", "webhook:ftp://x.example"], ["only http and https"]),
        (["banjir", "--to", "webhook:https://u:p@x.example"], ["a password would show"]),
        (["banjir", "--to", "webhook:https://x.example/a b"], ["no spaces"]),
        (["banjir", "--to", "webhook:"], ["expected an address"]),
        (
            ["banjir", "--to", f"webhook:{URL}", "--secret", "hunter2"],
            ["whsec_ followed by 24 to 64 bytes"],
        ),
        (["banjir", "--to", "file:"], ["expected the name of a file"]),
        (["banjir", "--to", "file:/"], ["is a folder"]),
        (["banjir", "--to", "file:/no/such/folder/a.jsonl"], ["does not exist; create it first"]),
        (["banjir", "--to", "terminal:1"], ["takes no address"]),
        (["banjir", "--id", "a b"], ["subscription_id"]),
    ],
)
def test_what_is_wrong_is_refused_with_the_fix_and_not_saved(
    pantau: Run, tmp_path: Path, arguments: list[str], told: list[str]
) -> None:
    code, out, err = pantau("subscribe", *arguments)
    assert (code, out) == (2, "")
    for text in told:
        assert text in err
    assert "Traceback" not in err
    assert "hunter2" not in err
    assert saved(tmp_path) == []


def test_email_with_a_mail_server(
    pantau: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_SMTP__HOST", "mail.example.org")
    code, _, _ = pantau("subscribe", "banjir", "--to", "email:desk@example.org")
    assert code == 0
    assert saved(tmp_path)[0].channels[0].target == "desk@example.org"


@pytest.mark.parametrize(
    "target",
    [
        "desk@example.org",
        "Desk <desk@example.org>",
        '"Desk, News" <desk@example.org>',
        "<desk@example.org>",
    ],
)
def test_a_mailbox_with_a_name_is_its_address(
    pantau: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.setenv("PANTAU_SMTP__HOST", "127.0.0.1")
    code, _, err = pantau("subscribe", "banjir", "--to", f"email:{target}")
    assert (code, err) == (0, "")
    assert saved(tmp_path)[0].channels[0].target == "desk@example.org"


def test_doubtful_settings_of_the_mail_server_are_said_when_a_channel_is_saved(
    pantau: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_SMTP__HOST", "mail.example.org")
    monkeypatch.setenv("PANTAU_SMTP__USERNAME", "pantau")
    monkeypatch.setenv("PANTAU_SMTP__PORT", "465")
    code, _, err = pantau("subscribe", "banjir", "--to", "email:desk@example.org")
    assert code == 0
    for named in (
        "smtp.password is not set",
        'smtp.security = "tls"',
        "smtp.sender is pantau@localhost",
    ):
        assert named in err
    assert pantau("subscribe", "gempa", "--to", "terminal")[2] == ""
    assert len(saved(tmp_path)) == 2


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SENDER", "Pantau <pantau@", "smtp.sender: "),
        ("SENDER", "Pantau, Desk <pantau@example.org>", "in double quotes"),
        ("HOST", "smtp://mail.example.org", "smtp.host: expected a name"),
        ("HOST", "mail.example.org:587", "the port is smtp.port"),
        ("PORT", "0", "smtp.port: "),
        ("PORT", "65536", "smtp.port: "),
        ("SECURITY", "ssl", "expected one of none, starttls, tls"),
    ],
)
def test_wrong_settings_of_the_mail_server_are_refused_where_mail_is_asked_for(
    pantau: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv("PANTAU_SMTP__HOST", "127.0.0.1")
    monkeypatch.setenv(f"PANTAU_SMTP__{name}", value)
    code, _, err = pantau("subscribe", "banjir", "--to", "email:desk@example.org")
    assert code == 2
    assert told in err
    assert "pantau.toml" in err
    assert pantau("subscriptions", "list")[0] == 0
    assert pantau("subscribe", "banjir", "--to", "terminal")[0] == 0


def test_other_wrong_settings_are_refused_when_they_are_read(
    pantau: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_POLL__MIN_INTERVAL_SECONDS", "often")
    monkeypatch.setenv("PANTAU_SMTP__PORT", "0")
    code, out, err = pantau("subscriptions", "list")
    assert (code, out) == (2, "")
    assert "poll.min_interval_seconds: " in err
    assert "smtp.port: " in err


def test_files_that_will_not_be_written_are_refused(pantau: Run, tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    for name, told in (
        (tmp_path / "link", "a link, which is not followed"),
        ("/dev/null", "no regular file"),
    ):
        code, _, err = pantau("subscribe", "banjir", "--to", f"file:{name}")
        assert code == 2
        assert told in err
    assert saved(tmp_path) == []


GIVEN = "whsec_" + base64.b64encode(b"k" * 32).decode()


def test_the_secret_comes_from_where_others_do_not_see_it(
    pantau: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{GIVEN}\n")
    ways = [["--secret-file", str(file)], ["--secret-file", "-"], ["--secret", "-"], []]
    for number, options in enumerate(ways):
        monkeypatch.setattr("sys.stdin", io.StringIO(f" {GIVEN}\n"))
        if not options:
            monkeypatch.setenv("PANTAU_WEBHOOK_SECRET", GIVEN)
        code, out, err = pantau(
            "subscribe", f"tahap{number}", "--to", f"webhook:{URL}", "--id", f"s{number}", *options
        )
        assert (code, err) == (0, "")
        assert GIVEN not in out
    secrets = [one.channels[0].secret.get_secret_value() for one in saved(tmp_path)]  # type: ignore[union-attr]  # webhooks
    assert secrets == [GIVEN] * len(ways)


def test_a_secret_on_the_command_line_is_used_with_a_warning(pantau: Run, tmp_path: Path) -> None:
    code, _, err = pantau("subscribe", "gempa", "--to", f"webhook:{URL}", "--secret", GIVEN)
    assert code == 0
    assert "--secret-file" in err
    assert GIVEN not in err
    assert saved(tmp_path)[0].channels[0].secret.get_secret_value() == GIVEN  # type: ignore[union-attr]  # a webhook


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_a_secret_that_cannot_be_read_is_refused(
    pantau: Run, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    code, _, err = pantau(
        "subscribe", "gempa", "--to", f"webhook:{URL}", "--secret-file", str(file)
    )
    assert code == 2
    assert "--secret-file" in err
    both = ["--secret", GIVEN, "--secret-file", str(file)]
    assert "give one of them" in pantau("subscribe", "gempa", "--to", f"webhook:{URL}", *both)[2]
    assert saved(tmp_path) == []


def test_an_inside_webhook_is_saved_with_a_warning(
    pantau: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = pantau("subscribe", "banjir", "--to", "webhook:http://127.0.0.1:8000/in")
    assert code == 0
    assert "--allow-network 127.0.0.1/32" in err
    monkeypatch.setenv("PANTAU_FETCH__ALLOW_NETWORKS", '["127.0.0.0/8"]')
    assert pantau("subscribe", "gempa", "--to", "webhook:http://localhost:8000/in")[2] == ""


def test_an_id_is_never_overwritten(pantau: Run, tmp_path: Path) -> None:
    pantau("subscribe", "banjir", "--id", "b1")
    code, _, err = pantau("subscribe", "gempa", "--id", "b1")
    assert code == 2
    assert "pantau subscriptions remove b1" in err
    assert [one.query for one in saved(tmp_path)] == ["banjir"]


def test_found_by_id_start_of_id_or_name(pantau: Run, tmp_path: Path) -> None:
    for identifier, name in (("aa11", "Satu"), ("aa22", "Dua"), ("bb", "Dua"), ("aa", "Tiga")):
        pantau("subscribe", "banjir", "--id", identifier, "--name", name, "--yes")
    for reference, found in (("aa", "aa"), ("aa1", "aa11"), ("Satu", "aa11"), ("b", "bb")):
        assert (
            lines(pantau("subscriptions", "show", reference, "--json")[1])[0]["subscription_id"]
            == found
        )
    for reference, told in (
        ("Dua", "aa22 (banjir, "),
        ("a", "3 subscriptions fit"),
        ("zz", "no subscription"),
        ("", "no sub"),
    ):
        code, _, err = pantau("subscriptions", "remove", reference)
        assert code == 2
        assert told in err
    assert len(saved(tmp_path)) == 4


def test_pause_resume_remove(pantau: Run, tmp_path: Path) -> None:
    pantau("subscribe", "banjir", "--id", "b1", "--to", f"webhook:{URL}")
    before = saved(tmp_path)
    assert pantau("subscriptions", "pause", "b1")[1] == "paused: banjir (b1)\n"
    assert "paused" in pantau("subscriptions", "list")[1]
    assert [one.paused for one in saved(tmp_path)] == [True]
    pantau("subscriptions", "resume", "b1")
    assert saved(tmp_path) == before  # the secret included
    pantau("subscribe", "gempa", "--id", "g1")
    assert pantau("subscriptions", "remove", "b1", "g1")[0] == 0
    assert saved(tmp_path) == []
    assert "No subscriptions yet" in pantau("subscriptions", "list")[1]


def test_a_suspended_one_is_shown_with_its_problem_and_resumed(pantau: Run, tmp_path: Path) -> None:
    pantau("subscribe", "banjir", "--id", "mine", "--name", "Banjir")
    suspend(tmp_path)
    _, out, _ = pantau("subscriptions", "list")
    assert "suspended: it costs too much" in out
    assert "1 subscription, 1 suspended" in out
    _, out, _ = pantau("subscriptions", "list", "--json")
    (shown,) = lines(out)
    assert shown["suspended"] == {
        "suspended_since": "2026-03-02T08:00:00.000Z",
        "problem": "it costs too much",
    }
    _, out, _ = pantau("subscriptions", "show", "mine")
    assert "it costs too much" in out
    assert pantau("subscriptions", "resume", "mine")[0] == 0
    _, out, _ = pantau("subscriptions", "list", "--json")
    assert "suspended" not in lines(out)[0]


def test_a_state_goes_with_its_subscription_and_with_its_query(pantau: Run, tmp_path: Path) -> None:
    pantau("subscribe", "gempa", "--id", "mine")
    suspend(tmp_path)  # another query than this one's
    _, out, _ = pantau("subscriptions", "list")
    assert "suspended" not in out
    pantau("subscriptions", "remove", "mine")
    store = open_store(load_settings(tmp_path / "data"))
    assert store.log.table(SUBSCRIPTION_STATE.name).count() == 0
    store.close()


def test_why_one_is_suspended_is_said_in_the_language_of_the_answer(
    pantau: Run, tmp_path: Path
) -> None:
    pantau("subscribe", "banjir", "--id", "mine")
    suspend(tmp_path, "it cost more than is allowed on 3 of the last 100 articles")
    for command in (["list"], ["show", "mine"]):
        _, out, _ = pantau("--lang", "id", "subscriptions", *command)
        assert "biayanya melebihi batas" in out
        _, out, _ = pantau("subscriptions", *command)
        assert "it cost more than is allowed" in out


def suspend(tmp_path: Path, problem: str = "it costs too much") -> None:
    """Suspend the subscription `mine`, if its query is `banjir`, as the alerter does."""
    state = SubscriptionState(
        subscription_id="mine",
        query_digest=query_digest("banjir", "lucene", "UTC"),
        suspended_since=START,
        problem=problem,
        times=1,
    )
    store = open_store(load_settings(tmp_path / "data"))
    store.log.append([record_for(state, SUBSCRIPTION_STATE, source="alerter", time=START)])
    store.close()


def test_nothing_is_removed_if_one_is_not_there(pantau: Run, tmp_path: Path) -> None:
    pantau("subscribe", "banjir", "--id", "b1")
    assert pantau("subscriptions", "remove", "b1", "nope")[0] == 2
    assert len(saved(tmp_path)) == 1


def fill(tmp_path: Path, *articles: str) -> None:
    store = open_store(load_settings(tmp_path / "data"))
    board = Board(store)
    for one in saved(tmp_path):
        for article in articles:
            (delivery_id,) = board.fire(one, article)
            state = board.state(delivery_id)
            if article == "gagal":
                failed = {"status": "failed", "attempts": 3, "problem": "500 \x1b[31mmerah"}
                board.put(type(state).model_validate(state.model_dump() | failed))
    store.close()


def test_alerts_newest_first_with_their_deliveries(pantau: Run, tmp_path: Path) -> None:
    pantau("subscribe", "banjir", "--id", "b1", "--to", "terminal")
    assert "No alerts yet" in pantau("alerts")[1]
    fill(tmp_path, "satu", "gagal", "tiga")
    code, out, err = pantau("alerts")
    assert (code, err) == (0, "")
    assert out.replace("*", "").count(TITLE) == 3
    assert out.count("*Banjir Demak*") == 3  # marked, though there is no colour
    assert "kabar.example" in out
    assert "genangan *banjir* di *Demak*" in out
    assert "pending terminal" in out
    assert "failed terminal (3 tries: 500 [31mmerah)" in out
    assert "\x1b[31m" not in out
    found = lines(pantau("alerts", "--json")[1])
    assert [one["article"]["url"].split("/")[-1].split("?")[0] for one in found] == [
        "tiga",
        "gagal",
        "satu",
    ]
    assert [one["deliveries"][0]["status"] for one in found] == ["pending", "failed", "pending"]
    assert len(lines(pantau("alerts", "--json", "--limit", "2")[1])) == 2


def test_alerts_of_one_subscription_and_of_one_that_is_gone(pantau: Run, tmp_path: Path) -> None:
    pantau("subscribe", "banjir", "--id", "b1", "--name", "Banjir", "--to", "terminal")
    pantau("subscribe", "gempa", "--id", "g1", "--to", "terminal")
    fill(tmp_path, "satu")
    assert {one["subscription_id"] for one in lines(pantau("alerts", "--json")[1])} == {"b1", "g1"}
    pantau("subscriptions", "remove", "b1")
    for reference in ("gempa", "b1"):
        code, out, _ = pantau("alerts", "--json", "--subscription", reference)
        assert code == 0
        (one,) = lines(out)
        assert one["deliveries"][0]["channel"] == "terminal"
    assert pantau("alerts", "--subscription", "nobody")[0] == 2


def test_alerts_since(pantau: Run, tmp_path: Path) -> None:
    pantau("subscribe", "banjir", "--id", "b1", "--to", "terminal")
    fill(tmp_path, "satu")
    assert len(lines(pantau("alerts", "--json", "--since", "2026-03-02T08:00:00Z")[1])) == 1
    assert lines(pantau("alerts", "--json", "--since", "2026-03-02T08:00:01Z")[1]) == []
    assert pantau("alerts", "--since", "kemarin sore")[0] == 2


def test_follow_shows_what_comes(
    pantau: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New alerts come while it waits; the interrupt of Ctrl-C ends it without an error."""
    pantau("subscribe", "banjir", "--id", "b1", "--to", "terminal")
    fill(tmp_path, "satu")
    waits = iter(["dua", None])

    def wait(_watch: object, _seconds: float) -> bool:
        name = next(waits)
        if name is None:
            raise KeyboardInterrupt
        fill(tmp_path, name)
        return True

    monkeypatch.setattr("pantau.adapters.sqlite.log.SqliteWatch.wait", wait)
    code, out, err = pantau("alerts", "--follow", "--json")
    assert (code, err) == (0, "")
    assert [one["article"]["url"].split("?")[0][-4:] for one in lines(out)] == ["satu", "/dua"]


@pytest.mark.parametrize(
    "command", [["subscribe"], ["subscriptions"], ["subscriptions", "remove"], ["alerts"]]
)
def test_help_has_examples(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    assert "pantau " + command[0] in capsys.readouterr().out.split("Example")[1]


def test_rules_are_given_shown_and_muted(pantau: Run, tmp_path: Path) -> None:
    code, out, err = pantau(
        *("subscribe", "banjir", "--name", "Banjir", "--to", "terminal", "--to", "file:a.jsonl"),
        *("--digest", "mingguan:sen@07:00", "--quiet", "22:00-05:30 except spike"),
        *("--min-sources", "3", "--to-timing", "terminal=at once", "--time-zone", "Asia/Jakarta"),
    )
    assert (code, err) == (0, "")
    assert "one a week on Monday at 07:00" in out
    assert "none from 22:00 to 05:30" in out
    assert "terminal, each alert at once" in out
    code, out, _ = pantau("subscriptions", "mute", "Banjir", "--until-growth")
    assert (code, out.startswith("muted until a story grows: Banjir (")) == (0, True)
    _, out, _ = pantau("subscriptions", "mute", "Banjir", "--until", "2030-01-02")
    assert out.startswith("muted until 2030-01-02 00:00")
    _, out, _ = pantau("subscriptions", "mute", "Banjir")
    assert out.startswith("muted until the mute is ended: Banjir (")
    pantau("subscriptions", "mute", "Banjir", "--until-growth")
    _, out, _ = pantau("subscriptions", "list")
    assert "only stories that 3 sources have" in out
    _, out, _ = pantau("subscriptions", "show", "Banjir")
    assert "muted until a story grows" in out
    code, out, _ = pantau("subscriptions", "unmute", "Banjir")
    assert code == 0
    (one,) = saved(tmp_path)
    assert one.rules.mute is None
    assert one.rules.sources == 3


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--collect", "soon"), "collect: soon is not a duration; write a number and a unit"),
        (("--digest", "weekly:xyz"), "digest: xyz is not a day of the week"),
        (("--every", "1h", "--digest", "daily"), "--every and --digest contradict each other"),
        (("--to-timing", "file:b=daily"), "to-timing: file:b does not name exactly one"),
    ],
)
def test_rules_that_cannot_be_read_name_the_fix(
    pantau: Run, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    code, _, err = pantau("subscribe", "banjir", "--to", "terminal", *options)
    assert code == 2
    assert told in err
    assert saved(tmp_path) == []


def test_a_mute_may_be_for_a_time(pantau: Run) -> None:
    pantau("subscribe", "banjir", "--name", "Banjir")
    code, out, _ = pantau("subscriptions", "mute", "Banjir", "--for", "2d")
    assert (code, out.startswith("muted until 20")) == (0, True)
