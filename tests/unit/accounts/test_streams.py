"""Which alerts a stream shows, for as long as it lasts; and who comes by a secret address."""

import asyncio
from collections.abc import Callable

import pytest
from starlette.requests import Request

from pantau.api.identity import NO_ACCOUNT, PERSON, alerts_shown_to, parts_of, person_of
from pantau.console.access import BY_SECRET, client_address
from pantau.console.guard import Message, Scope
from pantau.console.identity import COOKIE, PersonFinder
from pantau.settings import ConsoleSettings
from pantau.usecases.accounts.person import Person
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.alert import Alert
from tests.support import subscription
from tests.unit.accounts.conftest import House
from tests.unit.notifier.support import alert


def asked_by(person: Person | None) -> Request:
    return Request({"type": "http", "path": "/events", "headers": [], "state": {PERSON: person}})


def shown_to(house: House, name: str) -> Callable[[Alert], bool]:
    person = house.accounts.by_cookie(house.secrets[name], "192.0.2.1")
    return alerts_shown_to(asked_by(person), house.parts)


def test_a_stream_shows_what_its_person_sees_while_the_session_holds(house: House) -> None:
    house.join("cici", "admin")
    ani = house.join("ani", "reader", "kebun")
    house.join("budi", "editor")
    owned = subscription("a", "x").model_copy(update={"owner": "team:kebun"})
    SubscriptionRepository(house.store.log, house.clock).save(owned)
    one, other = alert("a", "artikel"), alert("gone", "artikel")
    shows = shown_to(house, "ani")
    assert (shows(one), shows(other)) == (True, False)
    assert not shown_to(house, "budi")(one)
    assert not shown_to(house, "cici")(one)
    assert not alerts_shown_to(asked_by(None), house.parts)(one)
    house.accounts.directory.change(ani, teams=("lain",))
    assert not shows(one)
    house.accounts.directory.change(ani, teams=("kebun",))
    assert shows(one)
    house.ask("ani", "POST", "/sign-out", {})
    assert not shows(one)


def state_of(house: House, path: str, *headers: tuple[bytes, bytes]) -> dict[str, object]:
    """Return the state that a request has behind the middleware."""
    seen: list[Scope] = []

    async def app(scope: Scope, receive: object, send: object) -> None:
        del receive, send
        seen.append(scope)

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def ignore(message: Message) -> None:
        del message

    finder = PersonFinder(app, house.accounts, ConsoleSettings(accounts=True))
    scope: Scope = {
        "type": "http", "method": "GET", "path": path, "query_string": b"",
        "headers": list(headers), "client": ("192.0.2.1", 1),
    }  # fmt: skip
    asyncio.run(finder(scope, nothing, ignore))
    return dict(seen[0]["state"]) if seen else {}


@pytest.mark.parametrize("beginning", BY_SECRET)
def test_a_secret_address_is_answered_without_an_account(house: House, beginning: str) -> None:
    house.join("ani", "editor")
    cookie = (b"cookie", f"{COOKIE}={house.secrets['ani']}".encode())
    state = state_of(house, f"{beginning}x", cookie)
    assert (state[PERSON], state[NO_ACCOUNT]) == (None, True)
    request = Request({"type": "http", "path": beginning, "headers": [], "state": state})
    assert parts_of(request, house.parts) is house.parts
    assert person_of(request) is None


def test_no_client_marks_its_own_request(house: House) -> None:
    for headers in ((b"no-account", b"1"), (b"person", b"ani"), (b"state", b"no-account")):
        assert state_of(house, "/feeds", headers) == {}
    with pytest.raises(RuntimeError):
        parts_of(asked_by(None), house.parts)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "evil, <b>", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"),
        ("127.0.0.1", "10.1.2.3, 127.0.0.1", "10.1.2.3"),
        ("", "203.0.113.9", ""),
        ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::ffff:192.0.2.1", "203.0.113.9", "192.0.2.1"),
    ],
)
def test_where_a_request_came_from_only_known_proxies_say(
    peer: str, forwarded: str, expected: str
) -> None:
    proxies = ConsoleSettings.model_validate({"proxies": ["127.0.0.1/32", "10.0.0.0/8"]}).proxies
    assert client_address(peer, forwarded, proxies) == expected
