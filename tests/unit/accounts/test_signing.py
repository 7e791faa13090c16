"""Sign-in, sessions and passwords, through the console as a browser sees it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_network
from typing import Literal

import pytest
from argon2 import PasswordHasher

from pantau.adapters.passwords import LANES, MEMORY_KIB, ROUNDS, Argon2Passwords
from pantau.console.identity import COOKIE, cookie_of
from pantau.errors import UsageError
from pantau.usecases.accounts.passwords import LEAST, MOST, normalised, require_password
from pantau.usecases.accounts.throttle import (
    ADDRESS_FAILURES,
    KEYS,
    NAME_FAILURES,
    TOTAL_FAILURES,
    WINDOW,
    SignInThrottle,
)
from pantau_schemas.topics import SESSIONS
from tests.apis import ApiReply
from tests.support import START
from tests.unit.accounts.conftest import PASSWORD, House, build_house

PROXIES = (ip_network("127.0.0.0/8"),)
NEW = "tujuh bukit hijau 9"


def sign_in(house: House, name: str, password: str, back: str = "") -> ApiReply:
    return house.ask(None, "POST", "/sign-in", {"name": name, "password": password, "back": back})


def signed_in(house: House, name: str) -> bool:
    return house.ask(name, "GET", "/account").status == 200


def test_a_sign_in_sets_a_cookie_that_only_this_site_gets_over_https(house: House) -> None:
    house.join("ani", "editor")
    reply = sign_in(house, "ani", PASSWORD, "/feeds?match=x")
    assert reply.status == 303
    assert reply.headers["location"] == "/sign-in/done?back=%2Ffeeds%3Fmatch%3Dx"
    cookie = reply.headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == COOKIE == "__Host-pantau"
    parts = {one.strip().lower() for one in rest.split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax", "path=/", "max-age=1209600"} <= parts
    house.secrets["ani"] = rest.partition(";")[0]
    assert house.ask("ani", "GET", "/sign-in/done?back=/feeds").headers["location"] == "/feeds"
    shown = house.ask("ani", "GET", "/account")
    assert shown.status == 200
    assert shown.headers["cache-control"] == "no-store"
    stored = house.store.log.table(SESSIONS.name).snapshot().values
    assert all(house.secrets["ani"] not in f"{key}{value!r}" for key, value in stored.items())


@pytest.mark.parametrize(
    ("referer", "led_to"),
    [
        ("http://127.0.0.1:8480/feeds/add?url=x", "/sign-in?back=%2Ffeeds%2Fadd%3Furl%3Dx&over=1"),
        ("http://evil.example/feeds/add", "/sign-in?over=1"),
        ("http://127.0.0.1:8480//evil.example", "/sign-in?over=1"),
        ("http://127.0.0.1:8480/mute/secret", "/sign-in?over=1"),
        ("http://127.0.0.1:8480/sign-in", "/sign-in?over=1"),
        ("http://[", "/sign-in?over=1"),
        ("", "/sign-in?over=1"),
    ],
)
def test_a_form_sent_after_the_session_leads_to_the_sign_in_and_back_to_the_form(
    house: House, referer: str, led_to: str
) -> None:
    reply = house.ask(None, "POST", "/feeds/add", {"url": "kabar.example"}, referer=referer)
    assert reply.status == 303
    assert reply.headers["location"] == led_to
    assert b"was not saved" in house.ask(None, "GET", led_to).content


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_a_sign_in_leads_to_no_other_site(house: House, back: str) -> None:
    house.join("ani", "editor")
    reply = sign_in(house, "ani", PASSWORD, back)
    assert reply.headers["location"] == "/sign-in/done?back=%2F"
    for path in ("/sign-in/done", "/sign-in"):
        shown = house.ask("ani", "GET", f"{path}?back={back}")
        assert "evil.example" not in shown.headers.get("location", "")
        assert 'value="/"' in shown.content.decode() or shown.status == 303


def test_a_browser_that_keeps_no_cookie_is_told_so(house: House) -> None:
    assert "HTTPS" in house.ask(None, "GET", "/sign-in/done?back=/").content.decode()


def test_nothing_says_which_accounts_exist(house: House) -> None:
    house.join("ani", "editor")
    house.join("cici", "admin")
    house.join("beni", "editor")
    beni = house.accounts.directory.find("beni")
    house.accounts.directory.change(beni, disabled=True)
    answers = {
        re.sub(r'value="[a-z]*"', "", sign_in(house, name, given).content.decode())
        for name, given in (("ani", "salah salah 12"), ("nobody", "salah salah 12"),
                            ("beni", PASSWORD), ("", ""))
    }  # fmt: skip
    assert len(answers) == 1
    assert "The name or the password is wrong" in answers.pop()
    assert {one.actor for one in house.accounts.audit.newest(9)} == {"ani", "beni", "?"}


class CountingHasher(PasswordHasher):
    """Counts how many passwords are compared."""

    compared = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 (as in argon2)
        self.compared += 1
        return super().verify(hash, password)


def test_a_name_that_no_account_has_costs_as_much_as_a_wrong_password() -> None:
    passwords = Argon2Passwords(memory_kib=8, rounds=1)
    passwords._argon2 = hasher = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    stored = passwords.hash(PASSWORD)
    for given, against, is_right in (
        (PASSWORD, stored, True),
        ("salah", stored, False),
        (PASSWORD, None, False),
    ):
        before = hasher.compared
        assert passwords.verify(against, given) is is_right
        assert hasher.compared == before + 1
    assert passwords.verify("no hash", PASSWORD) is False


def test_passwords_are_hashed_by_argon2id_with_the_parameters_of_the_program() -> None:
    stored = Argon2Passwords().hash(PASSWORD)
    assert stored.startswith(f"$argon2id$v=19$m={MEMORY_KIB},t={ROUNDS},p={LANES}$")
    assert stored != Argon2Passwords().hash(PASSWORD)


@pytest.mark.parametrize(
    "password",
    ["", "pendek", "x" * LEAST, "abab" * 9, "kata sandi ani1 rahasia", "a1b2" * (MOST // 4) + "z"],
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(UsageError):
        require_password(password, "ani1")


def test_a_password_is_the_same_from_every_keyboard(house: House) -> None:
    composed, apart = "caf\u00e9 di tepi kota", "cafe\u0301 di tepi kota"
    assert normalised(composed) == normalised(apart)
    account = house.accounts.directory.add("ani", "editor", (), composed)
    assert house.accounts.directory.is_right(account, apart)


def test_a_session_ends_by_time_sign_out_and_its_account(house: House) -> None:
    house.join("cici", "admin")
    ani = house.join("ani", "editor")
    other = house.accounts.sessions.begin(ani, "192.0.2.2")
    assert signed_in(house, "ani")
    reply = house.ask("ani", "POST", "/sign-out", {})
    assert reply.headers["location"] == "/sign-in"
    assert "Max-Age=0" in reply.headers["set-cookie"]
    assert not signed_in(house, "ani")
    house.secrets["ani"] = other
    assert signed_in(house, "ani")
    house.accounts.directory.change(ani, disabled=True)
    assert not signed_in(house, "ani")
    house.accounts.directory.change(ani, disabled=False)
    assert signed_in(house, "ani")
    days = house.settings.console.session_days
    house.clock.move(minutes=int(days * 24 * 60) - 1)
    assert signed_in(house, "ani")
    house.clock.move(minutes=2)
    assert not signed_in(house, "ani")
    house.secrets["ani"] = house.accounts.sessions.begin(ani, "")
    house.accounts.directory.remove(ani)
    assert not signed_in(house, "ani")


def test_a_new_password_ends_all_other_sessions(house: House) -> None:
    ani = house.join("ani", "editor")
    other = house.accounts.sessions.begin(ani, "192.0.2.2")
    form = {"current": PASSWORD, "new": NEW, "again": NEW}
    for wrong, status in (({"current": "salah"}, 400), ({"again": "x"}, 400), ({"new": "x", "again":
            "x"}, 400)):  # fmt: skip
        reply = house.ask("ani", "POST", "/account/password", form | wrong)
        assert (reply.status, "set-cookie" in reply.headers) == (status, False)
        assert '<p><a href="/account">' in reply.content.decode(), "it leads back to the form"
        assert signed_in(house, "ani")
    reply = house.ask("ani", "POST", "/account/password", form)
    assert reply.status == 303
    assert not signed_in(house, "ani")
    house.secrets["ani"] = other
    assert not signed_in(house, "ani")
    house.secrets["ani"] = cookie_of(reply.headers["set-cookie"].partition(";")[0])
    assert signed_in(house, "ani")
    assert sign_in(house, "ani", PASSWORD).status == 403
    assert sign_in(house, "ani", NEW).status == 303


@pytest.mark.parametrize("name", ["ani", "nobody"])
def test_failures_of_a_name_are_slowed_down_whether_it_exists_or_not(
    house: House, name: str
) -> None:
    house.join("ani", "editor")
    for _ in range(NAME_FAILURES):
        assert sign_in(house, name, "salah salah 12").status == 403
    reply = sign_in(house, name, PASSWORD)
    assert reply.status == 429
    assert int(reply.headers["retry-after"]) == WINDOW.total_seconds()
    house.clock.move(minutes=16)
    assert sign_in(house, "ani", PASSWORD).status == 303


def test_addresses_are_slowed_down_and_others_go_on() -> None:
    throttle = SignInThrottle(lambda address: address)
    for place in range(ADDRESS_FAILURES):
        assert throttle.begin(f"n{place}", "192.0.2.1", START) == 0
    assert throttle.begin("ani", "192.0.2.1", START) > 0
    assert throttle.begin("ani", "192.0.2.2", START) == 0
    assert throttle.begin("ani", "192.0.2.1", START + WINDOW) == 0


def test_what_succeeded_does_not_count_and_memory_is_bounded() -> None:
    throttle = SignInThrottle(lambda address: address)
    for _ in range(10 * ADDRESS_FAILURES):
        assert throttle.begin("ani", "192.0.2.1", START) == 0
        throttle.succeeded("ani", "192.0.2.1")
    for place in range(KEYS + 100):
        throttle.begin(f"n{place}", f"a{place}", START + timedelta(seconds=place))
    kept = (throttle._pairs, throttle._names, throttle._networks)
    assert [len(one.known) for one in kept] == [KEYS] * 3


def test_failures_of_other_names_make_nobody_forget_those_of_one() -> None:
    throttle = SignInThrottle(lambda address: address)
    for place in range(TOTAL_FAILURES):
        assert throttle.begin("ani", f"a{place}", START) == 0
    later = START + timedelta(minutes=1)
    for place in range(KEYS + 100):
        throttle.begin(f"n{place}", f"b{place}", later)
    assert throttle.begin("ani", "c", later) > 0
    over = later + WINDOW
    throttle.begin("budi", "c", over)
    assert "ani" not in throttle._names.known  # it counts no longer, and so makes room


def test_failures_elsewhere_keep_nobody_out_where_they_signed_in_before() -> None:
    throttle = SignInThrottle(lambda address: address)
    for place in range(TOTAL_FAILURES):
        assert throttle.begin("ani", f"198.51.100.{place}", START) == 0
    assert throttle.begin("ani", "203.0.113.9", START) > 0
    home = "192.0.2.1"
    for _ in range(NAME_FAILURES):
        assert throttle.begin("ani", home, START, lambda: (home,)) == 0
    assert throttle.begin("ani", home, START, lambda: (home,)) > 0
    assert throttle.begin("budi", "203.0.113.9", START) == 0
    throttle.forgive("ani", START)
    assert throttle.begin("ani", "203.0.113.9", START) == 0
    assert throttle.begin("ani", home, START) == 0


def test_whoever_guesses_a_password_elsewhere_locks_nobody_out(house: House) -> None:
    house.join("ani", "editor")
    proxied = build_house(
        house.store,
        house.settings.model_copy(
            update={"console": house.settings.console.model_copy(update={"proxies": PROXIES})}
        ),
        house.clock,
    )

    def from_address(address: str, password: str) -> int:
        form = {"name": "ani", "password": password}
        return proxied.ask(None, "POST", "/sign-in", form, None, x_forwarded_for=address).status

    assert from_address("192.0.2.1", PASSWORD) == 303
    for _ in range(NAME_FAILURES):
        assert from_address("198.51.100.1", "salah salah 12") == 403
    assert from_address("198.51.100.1", PASSWORD) == 429
    assert from_address("192.0.2.1", PASSWORD) == 303
    assert from_address("192.0.2.7", PASSWORD) == 303  # and from where Ani has never been
    for place in range(TOTAL_FAILURES):
        from_address(f"203.0.113.{place}", "salah salah 12")
    assert from_address("192.0.2.77", PASSWORD) == 429
    assert from_address("192.0.2.1", PASSWORD) == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
    ],
)
def test_a_page_of_another_site_signs_nobody_in(
    house: House, headers: Mapping[str, str], status: int
) -> None:
    house.join("ani", "editor")
    form = {"name": "ani", "password": PASSWORD}
    assert house.ask(None, "POST", "/sign-in", form, None, **headers).status == status


def test_the_page_that_was_asked_for_follows_the_sign_in(house: House) -> None:
    reply = house.ask(None, "GET", "/feeds?match=x")
    assert reply.headers["location"] == "/sign-in?back=%2Ffeeds%3Fmatch%3Dx"
    assert house.ask(None, "GET", "/").headers["location"] == "/sign-in"
    assert house.ask(None, "POST", "/feeds/add", {}).headers["location"] == "/sign-in?over=1"
    for path in ("/alerts.json", "/api/v1/alerts", "/events", "/mcp"):
        reply = house.ask(None, "GET", path)
        assert (reply.status, "www-authenticate" in reply.headers) == (401, True)
