"""`pantau accounts` as its users call it."""

import json
import re
from pathlib import Path

import pytest

from tests.unit.commands.conftest import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def add(pantau: Run, tmp_path: Path) -> Run:
    file = tmp_path / "sandi.txt"
    file.write_text("kuda laut biru 7\n", encoding="utf-8")

    def call(*given: str, columns: int | None = None) -> tuple[int, str, str]:
        return pantau("accounts", *given, "--password-file", str(file), columns=columns)

    return call


def test_an_account_is_made_listed_changed_and_removed(pantau: Run, add: Run) -> None:
    code, out, err = add("add", "sari", "--role", "admin")
    assert (code, out) == (0, "Added the account sari (admin).\n")
    assert "console.accounts is off" in err
    assert add("add", "budi", "--team", "bencana")[0] == 0
    code, out, _ = pantau("accounts", "edit", "budi", "--role", "reader", "--disable")
    assert (code, out) == (0, "Changed the account budi.\n")
    listed = [json.loads(one) for one in pantau("accounts", "list", "--json")[1].splitlines()]
    assert [(one["name"], one["role"], one["teams"], one["disabled"]) for one in listed] == [
        ("budi", "reader", ["bencana"], True),
        ("sari", "admin", [], False),
    ]
    assert all("password" not in one for one in listed)
    assert "budi  reader  bencana  disabled" in pantau("accounts", "list")[1]
    assert add("password", "budi")[0] == 0
    assert pantau("accounts", "remove", "budi")[0] == 0
    assert "budi" not in pantau("accounts", "list")[1]
    actions = [
        json.loads(one)["action"] for one in pantau("accounts", "audit", "--json")[1].splitlines()
    ]
    assert actions == [
        "accounts.removed", "accounts.password-set", "accounts.changed", "accounts.added",
        "accounts.added",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("add", "Sari!"), "expected 1 to 40 small letters"),
        (("add", "sari"), "there is an account sari already"),
        (("add", "budi", "--team", "Bencana Alam"), "expected 1 to 40 small letters"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said(
    add: Run, given: tuple[str, ...], told: str
) -> None:
    add("add", "sari", "--role", "admin")
    code, _, err = add(*given)
    assert code == 2
    assert told in err


def test_the_last_administrator_stays(pantau: Run, add: Run) -> None:
    add("add", "sari", "--role", "admin")
    for given in (("edit", "sari", "--role", "editor"), ("edit", "sari", "--disable"),
                  ("remove", "sari")):  # fmt: skip
        code, _, err = pantau("accounts", *given)
        assert code == 2
        assert "sari is the last administrator" in err
    add("add", "budi", "--role", "admin")
    assert pantau("accounts", "remove", "sari")[0] == 0


def test_without_a_terminal_a_password_needs_a_file(pantau: Run) -> None:
    code, _, err = pantau("accounts", "add", "sari")
    assert code == 2
    assert "--password-file" in err


def test_a_token_is_shown_once_and_revoked_by_its_beginning(pantau: Run, add: Run) -> None:
    add("add", "sari", "--role", "editor")
    code, out, _ = pantau("accounts", "tokens", "add", "sari", "--name", "papan")
    secret = out.split()[-1]
    assert (code, secret[:7]) == (0, "pantau_")
    (one,) = map(json.loads, pantau("accounts", "tokens", "list", "--json")[1].splitlines())
    assert (one["account"], one["scopes"], one["prefix"]) == ("sari", ["read"], secret[:11])
    for options in ((), ("--json",), ("--account", "sari")):
        assert secret not in pantau("accounts", "tokens", "list", *options)[1]
    code, _, err = pantau(
        "accounts", "tokens", "add", "sari", "--name", "papan", "--scope", "admin"
    )
    assert code == 2
    assert "beyond the role editor" in err
    assert pantau("accounts", "tokens", "revoke", secret[:11])[0] == 0
    assert "There are no tokens" in pantau("accounts", "tokens", "list")[1]


def test_subscriptions_are_given_to_accounts_and_teams(pantau: Run, add: Run) -> None:
    add("add", "sari", "--role", "admin", "--team", "bencana")
    add("add", "budi")
    pantau("subscribe", "banjir", "--name", "banjir")
    for owner in ("nobody", "team:nobody", ""):
        code, _, err = pantau("accounts", "give", "banjir", "--to", owner)
        assert code == 2
        assert "expected the name of an account" in err
    assert pantau("accounts", "give", "banjir", "--to", "budi")[0] == 0
    code, _, err = pantau("accounts", "remove", "budi")
    assert code == 2
    assert "budi owns 1 subscription" in err
    code, out, _ = pantau("accounts", "remove", "budi", "--to", "team:bencana")
    assert code == 0
    assert "banjir belongs to team:bencana now" in out
    shown = json.loads(pantau("subscriptions", "show", "banjir", "--json")[1])
    assert shown["owner"] == "team:bencana"


def test_scheduled_reports_follow_their_subscription(pantau: Run, add: Run) -> None:
    add("add", "sari", "--role", "admin", "--team", "bencana")
    add("add", "budi")
    pantau("subscribe", "banjir", "--name", "banjir", "--tag", "air")

    def owners() -> list[str | None]:
        listed = pantau("reports", "list", "--json")[1].splitlines()
        return [json.loads(one)["owner"] for one in listed]

    to = ("--to", "webhook:https://kabar.example/in")
    assert pantau("reports", "schedule", "--subscription", "banjir", *to)[0] == 0
    assert owners() == [None]
    assert pantau("accounts", "give", "banjir", "--to", "budi")[0] == 0
    (budi,) = owners()
    assert budi is not None
    assert pantau("accounts", "remove", "budi", "--to", "team:bencana")[0] == 0
    assert owners() == ["team:bencana"]


def test_reports_say_when_they_are_sent_in_words(pantau: Run) -> None:
    pantau("subscribe", "banjir", "--name", "banjir", "--tag", "air")
    to = ("--tag", "air", "--to", "webhook:https://kabar.example/in")
    made = pantau("reports", "schedule", *to, "--when", "monthly:last@18:00", "--zone", "WIB")
    assert "on the last day of the month at 18:00 Asia/Jakarta" in made[1]
    pantau("reports", "schedule", *to, "--when", "weekly:fri@16:00", "--time-zone", "WITA")
    listed = pantau("reports", "list")[1]
    assert "on the last day of the month at 18:00 Asia/Jakarta" in listed
    assert "every Friday at 16:00 Asia/Makassar" in listed
    assert "monthly:31" not in listed
    assert re.search(r"next \d{4}-\d\d-\d\d 18:00 WIB", listed), "in the zone of its time"
    assert re.search(r"next \d{4}-\d\d-\d\d 16:00 WITA", listed)
    assert "setiap Jumat pukul 16.00" in pantau("--lang", "id", "reports", "list")[1]
    help_text = pantau("reports", "schedule", "--help")[1]
    assert "--time-zone ZONE" in help_text
    assert "  --zone" not in help_text


def test_a_first_password_is_made_and_printed_once(pantau: Run, add: Run) -> None:
    add("add", "sari", "--role", "admin")
    code, out, _ = pantau("accounts", "add", "budi", "--generate")
    assert code == 0
    assert "The first password of budi, shown this once:" in out
    first = out.split()[-1]
    code, out, _ = pantau("accounts", "password", "budi", "--generate")
    assert code == 0
    assert first != out.split()[-1]
    for options in ((), ("--json",)):
        listed = pantau("accounts", "list", *options)[1]
        assert first not in listed
        assert out.split()[-1] not in listed
    (budi,) = [
        one
        for one in map(json.loads, pantau("accounts", "list", "--json")[1].splitlines())
        if one["name"] == "budi"
    ]
    assert (budi["has_first_password"], budi["last_sign_in"], budi["sessions"]) == (True, None, 0)
    code, _, err = add("add", "dewi", "--generate")
    assert code == 2
    assert "--generate makes a password, and --password-file reads one" in err


def test_an_operator_unlocks_a_name_and_ends_sessions(pantau: Run, add: Run) -> None:
    add("add", "sari", "--role", "admin")
    assert pantau("accounts", "unlock", "sari")[:2] == (0, "sari may sign in at once.\n")
    assert pantau("accounts", "end-sessions", "sari")[:2] == (0, "Ended 0 sessions of sari.\n")
    for command in ("unlock", "end-sessions"):
        code, _, err = pantau("accounts", command, "nobody")
        assert code == 2
        assert "there is no account nobody" in err
    told = [json.loads(one) for one in pantau("accounts", "audit", "--json")[1].splitlines()]
    assert [(one["action"], one["via"]) for one in told][:2] == [
        ("accounts.sessions-ended", "command line"),
        ("accounts.unlocked", "command line"),
    ]
