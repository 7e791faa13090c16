"""Administration of people through the console, REST and the throttle of sign-ins."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import pantau
from pantau.api.mount import PREFIX
from pantau.api.routes import ROUTES
from pantau.console.addresses import ACCOUNT_CHANGES, ACCOUNT_LISTS, ACCOUNT_PAGES
from pantau.mcp_server.tools import WITHOUT_TOOL, tools
from pantau.operations.base.operation import Call
from pantau.operations.catalogue import OPERATIONS
from pantau.usecases.accounts.owned_topics import AUDITED
from pantau.usecases.accounts.passwords import new_password, require_password
from pantau.usecases.accounts.people.listing import person_named
from pantau.usecases.accounts.person import ForbiddenError
from pantau.usecases.accounts.throttle import (
    NAME_FAILURES,
    TOTAL_FAILURES,
    WINDOW,
    SignInThrottle,
)
from pantau.usecases.accounts.words import ACTIONS
from pantau_schemas.events.people.account import Role
from pantau_schemas.topics import ACCOUNTS, SIGN_INS
from tests.apis import ApiReply
from tests.support import START
from tests.unit.accounts.conftest import PASSWORD, House

PEOPLE = "/admin/accounts"
API = f"{PREFIX}/accounts"


PROGRAM = Path(pantau.__file__).parent


@pytest.fixture
def staffed(house: House) -> House:
    """Return a house with an administrator, an editor and a reader."""
    house.join("cici", "admin")
    house.join("ani", "editor", "kebun")
    house.join("dedi", "reader")
    return house


def post(house: House, path: str, by: str = "cici", **form: str) -> ApiReply:
    return house.ask(by, "POST", path, form)


def sign_in(house: House, name: str, password: str) -> ApiReply:
    return house.ask(None, "POST", "/sign-in", {"name": name, "password": password})


def lock(house: House, name: str) -> None:
    for _ in range(NAME_FAILURES):
        assert sign_in(house, name, "salah salah 12").status == 403


def shown_password(reply: ApiReply) -> str:
    found = re.search(r'<code class="query">([a-z0-9-]+)</code>', reply.content.decode())
    assert found is not None
    return found[1]


def actions(house: House, most: int = 1) -> list[tuple[str, str, str]]:
    return [(one.actor, one.action, one.subject) for one in house.accounts.audit.newest(most)]


def test_a_person_is_added_and_their_first_password_is_shown_this_once(staffed: House) -> None:
    reply = post(staffed, PEOPLE, name="beni", role="reader", teams="kebun, melati")
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
    password = shown_password(reply)
    assert actions(staffed) == [("cici", "accounts.added", "beni (reader)")]
    beni = staffed.accounts.directory.find("beni")
    assert (beni.role, beni.teams) == ("reader", ("kebun", "melati"))
    for path in (PEOPLE, f"{PEOPLE}.json", f"{PEOPLE}.csv", f"{PEOPLE}/beni", "/admin/audit"):
        shown = staffed.ask("cici", "GET", path).content.decode()
        assert "beni" in shown
        assert password not in shown
    for topic in (ACCOUNTS, SIGN_INS):
        stored = staffed.store.log.table(topic.name).snapshot().values.values()
        assert not any(password.encode() in (one or b"") for one in stored)
    assert sign_in(staffed, "beni", password).status == 303


def test_whoever_has_a_first_password_is_led_to_where_they_choose_their_own(
    staffed: House,
) -> None:
    password = shown_password(post(staffed, PEOPLE, name="beni"))
    staffed.secrets["beni"] = staffed.accounts.sign_in("beni", password, "192.0.2.9")
    assert staffed.ask("beni", "GET", "/sign-in/done?back=/feeds").headers["location"] == "/account"
    assert "Choose your own" in staffed.ask("beni", "GET", "/account").content.decode()
    assert person_named(staffed.accounts, "beni").has_first_password
    assert "▲ first password" in staffed.ask("cici", "GET", PEOPLE).content.decode()
    staffed.accounts.directory.set_password(
        staffed.accounts.directory.find("beni"), "tujuh bukit hijau 9"
    )
    staffed.secrets["beni"] = staffed.accounts.sign_in("beni", "tujuh bukit hijau 9", "")
    assert staffed.ask("beni", "GET", "/sign-in/done?back=/feeds").headers["location"] == "/feeds"
    assert "Choose your own" not in staffed.ask("beni", "GET", "/account").content.decode()


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"name": "Ani!"}, "expected 1 to 40 small letters"),
        ({"name": "ani"}, "There is an account ani already"),
        ({"name": ""}, "expected 1 to 40 small letters"),
        ({"name": "beni", "role": "owner"}, "expected the role admin, editor or reader"),
        ({"name": "beni", "teams": "Tim Besar"}, "expected 1 to 40 small letters"),
        ({"name": "beni", "teams": ",".join(f"t{n}" for n in range(21))}, "at most 20 teams"),
    ],
)
def test_what_is_wrong_with_a_new_person_stands_beside_the_form(
    staffed: House, form: dict[str, str], told: str
) -> None:
    before = len(staffed.accounts.directory.all())
    reply = post(staffed, PEOPLE, **form)
    text = reply.content.decode()
    assert (reply.status, told in text) == (400, True)
    assert f'value="{form["name"]}"' in text
    assert len(staffed.accounts.directory.all()) == before


def test_role_and_teams_change_and_the_last_administrator_stays(staffed: House) -> None:
    reply = post(staffed, f"{PEOPLE}/ani", role="reader", teams="melati kebun;melati")
    assert reply.headers["location"] == f"{PEOPLE}/ani?done=people.changed"
    ani = staffed.accounts.directory.find("ani")
    assert (ani.role, ani.teams) == ("reader", ("melati", "kebun"))
    assert actions(staffed)[0][:2] == ("cici", "accounts.changed")
    for path, form in (("/cici", {"role": "editor"}), ("/cici/disable", {})):
        reply = post(staffed, PEOPLE + path, **form)
        assert reply.status == 400
        assert "Cici is the last administrator" in reply.content.decode()
    assert post(staffed, f"{PEOPLE}/nobody", role="reader").status == 404
    assert staffed.ask("cici", "GET", f"{PEOPLE}/nobody").status == 404


def test_a_person_is_kept_out_let_in_and_signed_out(staffed: House) -> None:
    post(staffed, f"{PEOPLE}/ani/disable")
    assert staffed.ask("ani", "GET", "/account").status == 303
    assert "disabled" in staffed.ask("cici", "GET", PEOPLE).content.decode()
    post(staffed, f"{PEOPLE}/ani/enable")
    assert staffed.ask("ani", "GET", "/account").status == 200
    other = staffed.accounts.sessions.begin(staffed.accounts.directory.find("ani"), "192.0.2.3")
    assert person_named(staffed.accounts, "ani").sessions == 2
    post(staffed, f"{PEOPLE}/ani/end-sessions")
    for secret in (staffed.secrets["ani"], other):
        staffed.secrets["ani"] = secret
        assert staffed.ask("ani", "GET", "/account").status == 303
    assert staffed.ask("dedi", "GET", "/account").status == 200
    assert actions(staffed, 3) == [
        ("cici", "accounts.sessions-ended", "ani (2)"),
        ("cici", "accounts.changed", "ani (editor) kebun"),
        ("cici", "accounts.changed", "ani (editor) kebun disabled"),
    ]
    assert sign_in(staffed, "ani", PASSWORD).status == 303


def test_a_locked_name_is_shown_and_unlocked(staffed: House) -> None:
    lock(staffed, "ani")
    assert sign_in(staffed, "ani", PASSWORD).status == 429
    found = person_named(staffed.accounts, "ani")
    assert found.locked_until == staffed.clock.now() + WINDOW
    assert found.last_sign_in is not None
    page = staffed.ask("cici", "GET", f"{PEOPLE}/ani").content.decode()
    assert f"{PEOPLE}/ani/unlock" in page
    reply = post(staffed, f"{PEOPLE}/ani/unlock")
    assert reply.headers["location"] == f"{PEOPLE}/ani?done=people.now-unlocked"
    assert actions(staffed) == [("cici", "accounts.unlocked", "ani")]
    assert person_named(staffed.accounts, "ani").locked_until is None
    assert sign_in(staffed, "ani", PASSWORD).status == 303
    staffed.clock.move(minutes=1)
    lock(staffed, "ani")
    assert sign_in(staffed, "ani", PASSWORD).status == 429


def test_a_lock_ends_by_itself_and_a_right_password_ends_its_failures(staffed: House) -> None:
    lock(staffed, "ani")
    staffed.clock.move(minutes=16)
    assert person_named(staffed.accounts, "ani").locked_until is None
    assert sign_in(staffed, "ani", PASSWORD).status == 303
    assert person_named(staffed.accounts, "ani").last_sign_in == staffed.clock.now()


def test_an_unlock_forgives_a_name_and_no_address() -> None:
    throttle = SignInThrottle(lambda address: address)
    for step in range(TOTAL_FAILURES):
        assert throttle.begin("ani", f"a{step}", START + timedelta(seconds=step)) == 0
    now = START + timedelta(seconds=TOTAL_FAILURES)
    assert throttle.begin("ani", "b", now) > 0
    throttle.forgive("ani", START + timedelta(seconds=3))
    assert throttle.locked_until("ani", "b") is None
    for step in range(4):
        assert throttle.begin("ani", f"c{step}", now) == 0
    assert throttle.begin("ani", "b", now) > 0
    assert throttle.begin("beni", "a1", now) == 0


def test_an_unlock_forgives_what_failed_at_one_network() -> None:
    throttle = SignInThrottle(lambda address: address)
    for _ in range(NAME_FAILURES):
        assert throttle.begin("ani", "a", START) == 0
    assert throttle.locked_until("ani", "a") == START + WINDOW
    assert throttle.locked_until("ani", "b") is None
    throttle.forgive("ani", START)
    assert throttle.begin("ani", "a", START) == 0


def test_a_password_is_reset_and_ends_sessions(staffed: House) -> None:
    lock(staffed, "ani")
    password = shown_password(post(staffed, f"{PEOPLE}/ani/password"))
    assert staffed.ask("ani", "GET", "/account").status == 303
    assert sign_in(staffed, "ani", PASSWORD).status == 403
    assert sign_in(staffed, "ani", password).status == 303
    assert person_named(staffed.accounts, "ani").has_first_password


def admin_requests() -> Iterator[tuple[str, str]]:
    for path, _ in (*ACCOUNT_LISTS, *ACCOUNT_PAGES, *ACCOUNT_CHANGES):
        if path.startswith("/admin/"):
            is_change = path in {one for one, _ in ACCOUNT_CHANGES}
            yield "POST" if is_change else "GET", path.replace("{name}", "ani")
    for path, _ in ACCOUNT_LISTS:
        yield "GET", f"{path}.json"
        yield "GET", f"{path}.csv"
    yield "GET", PEOPLE
    for route in ROUTES:
        if route.path.startswith("/accounts"):
            yield route.method, PREFIX + route.path.replace("{id}", "ani")


@pytest.mark.parametrize("name", ["ani", "dedi"])
def test_editors_and_readers_are_refused_everywhere(staffed: House, name: str) -> None:
    before = staffed.accounts.directory.all()
    asked = list(admin_requests())
    assert len(asked) > 20
    for method, path in asked:
        if path.startswith(PREFIX):
            body = b'{"name": "beni"}' if path == API and method == "POST" else b"{}"
            reply = staffed.ask(name, method, path, body=body if method != "GET" else None)
        else:
            form = {"name": "beni", "role": "admin"} if method == "POST" else None
            reply = staffed.ask(name, method, path, form)
        assert reply.status == 403, f"{method} {path}"
    assert staffed.accounts.directory.all() == before
    assert PEOPLE not in staffed.ask(name, "GET", "/account").content.decode()


def token_of(house: House, name: str, role: Role) -> dict[str, str]:
    account = house.accounts.directory.find(name)
    assert account.role == role
    _, secret = house.accounts.tokens.add(account, "x", ["admin"], 1)
    return {"authorization": f"Bearer {secret}", "content-type": "application/json"}


def call(house: House, method: str, path: str, given: object = None, **headers: str) -> ApiReply:
    body = None if given is None else json.dumps(given).encode()
    return house.ask(None, method, API + path, None, body, **headers)


def test_programs_keep_people_by_rest(staffed: House) -> None:
    headers = token_of(staffed, "cici", "admin")
    made = call(staffed, "POST", "", {"name": "beni", "teams": ["kebun"]}, **headers)
    assert made.status == 201
    added = json.loads(made.content)
    assert sign_in(staffed, "beni", added["password"]).status == 303
    listed = json.loads(call(staffed, "GET", "", **headers).content)["items"]
    assert [one["name"] for one in listed] == ["ani", "beni", "cici", "dedi"]
    assert "password" not in listed[0]
    changed = call(staffed, "PATCH", "/beni", {"role": "reader", "teams": []}, **headers)
    assert (changed.status, json.loads(changed.content)["role"]) == (200, "reader")
    stale = {**headers, "if-match": f'"{added["version"]}"'}
    assert call(staffed, "PATCH", "/beni", {"disabled": True}, **stale).status == 412
    lock(staffed, "beni")
    assert json.loads(call(staffed, "GET", "/beni", **headers).content)["locked_until"]
    unlocked = call(staffed, "POST", "/beni/unlock", **headers)
    assert json.loads(unlocked.content)["locked_until"] is None
    ended = call(staffed, "POST", "/beni/end-sessions", **headers)
    assert json.loads(ended.content)["sessions"] == 0
    reset = json.loads(call(staffed, "POST", "/beni/password", **headers).content)
    assert sign_in(staffed, "beni", reset["password"]).status == 303
    own = [one[1] for one in actions(staffed, 20) if one[0] == "cici"]
    assert own[0] == "accounts.password-set"
    assert {one.via for one in staffed.accounts.audit.newest(20) if one.actor == "cici"} == {
        "token"
    }


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("POST", "", {"name": "beni", "role": "admin"}),
        ("PATCH", "/ani", {"role": "admin"}),
        ("PATCH", "/cici", {"teams": ["melati"]}),
        ("PATCH", "/edo", {"disabled": True}),
        ("POST", "/edo/password", {}),
        ("POST", "/cici/password", {}),
        ("POST", "/edo/unlock", None),
        ("POST", "/cici/unlock", None),
        ("POST", "/edo/end-sessions", None),
        ("POST", "/cici/end-sessions", None),
    ],
)
def test_a_token_makes_changes_and_lets_in_no_administrator(
    staffed: House, method: str, path: str, given: object
) -> None:
    staffed.join("edo", "admin")
    lock(staffed, "edo")
    before = staffed.accounts.directory.all()
    reply = call(staffed, method, path, given, **token_of(staffed, "cici", "admin"))
    assert (reply.status, json.loads(reply.content)["code"]) == (403, "people.by-token")
    assert staffed.accounts.directory.all() == before
    edo = person_named(staffed.accounts, "edo")
    assert (edo.sessions, edo.locked_until is None) == (1, False)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("change_account", {"id": "ani", "role": "admin"}),
        ("change_account", {"id": "cici", "disabled": False}),
        ("unlock_account", {"id": "cici"}),
        ("end_sessions", {"id": "cici"}),
    ],
)
def test_no_language_model_at_the_machine_makes_or_changes_an_administrator(
    staffed: House, name: str, given: dict[str, object]
) -> None:
    operation = OPERATIONS[name]
    before = staffed.accounts.directory.all()
    with pytest.raises(ForbiddenError):
        operation.run(Call(staffed.parts, "en"), operation.takes.model_validate(given))
    assert staffed.accounts.directory.all() == before


def test_people_are_listed_in_pages_and_read_again_only_if_they_changed(staffed: House) -> None:
    headers = token_of(staffed, "cici", "admin")
    first = json.loads(call(staffed, "GET", "?limit=2", **headers).content)
    second = json.loads(call(staffed, "GET", f"?cursor={first['cursor']}", **headers).content)
    assert [[one["name"] for one in page["items"]] for page in (first, second)] == [
        ["ani", "cici"],
        ["dedi"],
    ]
    assert second["cursor"] is None
    for path in ("", "/dedi"):
        etag = call(staffed, "GET", path, **headers).headers["etag"]
        known = {**headers, "if-none-match": etag}
        assert call(staffed, "GET", path, **known).status == 304
        call(staffed, "PATCH", "/dedi", {"teams": [f"kebun{len(path)}"]}, **headers)
        assert call(staffed, "GET", path, **known).status == 200


def test_no_language_model_is_shown_a_password() -> None:
    assert {one.name for one in tools()} & set(WITHOUT_TOOL) == set()
    assert [one.name for one in tools() if '"password"' in json.dumps(one.output_schema)] == []


def test_passwords_that_are_made_are_taken_and_differ() -> None:
    made = {new_password("ani") for _ in range(50)}
    assert len(made) == 50
    for one in made:
        require_password(one, "ani")
        assert re.fullmatch(r"[a-km-z2-9]{4}(-[a-km-z2-9]{4}){3}", one)


def test_the_audit_log_speaks_the_language_of_the_page(staffed: House) -> None:
    post(staffed, f"{PEOPLE}/ani/password")
    sign_in(staffed, "ani", "salah salah 12")
    for lang, words in (("en", ("password replaced", "sign-in refused", "console")),
                        ("id", ("kata sandi diganti", "masuk ditolak", "konsol"))):  # fmt: skip
        reply = staffed.ask("cici", "GET", "/admin/audit", accept_language=lang)
        page = reply.content.decode()
        assert [one for one in words if one not in page] == []
    rows = staffed.ask("cici", "GET", "/admin/audit.json").json()["items"]
    assert {"accounts.password-set", "sign-in.refused"} <= {one["action"] for one in rows}


def test_every_action_of_the_audit_log_has_words() -> None:
    written = {f"{topic}.{verb}" for topic in AUDITED for verb in ("added", "changed", "removed")}
    for file in (
        *(PROGRAM / "usecases/accounts").rglob("*.py"),
        PROGRAM / "console/pages/account.py",
    ):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and name_of(call) in {"_note", "entry", "entry_by"}:
                given = (*call.args, *(one.value for one in call.keywords))
                texts = (str(one.value) for one in given if isinstance(one, ast.Constant))
                written |= {one for one in texts if re.fullmatch(r"[a-z-]+\.[a-z-]+", one)}
    assert {"accounts.added", "sign-in.refused", "tokens.revoked", "accounts.linked"} <= written
    assert written == set(ACTIONS)


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))
