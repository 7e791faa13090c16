"""No request makes the event loop wait for the store: whoever reads it does so in a thread.

All readers share one loop. While it waits for a lock or a slow disk, nobody gets anything.
"""

import asyncio
import json
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest

from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.api.mount import PREFIX
from pantau.api.routes import ROUTES
from pantau.console.addresses import ACCOUNT_LISTS, ACCOUNT_PAGES, FEEDS, LISTS, PAGES
from pantau.console.identity import COOKIE
from pantau.operations.catalogue import OPERATIONS
from tests.consoles import Client, serving
from tests.unit.accounts.conftest import PASSWORD, House

KNOWN = {"{type}": "place", "{date}": "today", "{name}": "x.atom", "{token}": "x", "{lang}": "en"}


class Waits:
    """The places where the loop waited for the store."""

    def __init__(self) -> None:
        self.places: list[str] = []
        self._real: Callable[[SqliteDatabase], sqlite3.Connection] = vars(SqliteDatabase)[
            "connection"
        ].fget

    def connection(self, database: SqliteDatabase) -> sqlite3.Connection:
        """Return the connection of a thread; note whoever asks for it in a loop."""
        if asyncio._get_running_loop() is not None:
            self.places.append("".join(traceback.format_stack(limit=12)))
        return self._real(database)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    found = Waits()
    monkeypatch.setattr(SqliteDatabase, "connection", property(found.connection))
    return found


@pytest.fixture
def served(newsroom: House, waits: Waits) -> Iterator[Client]:
    own = newsroom.settings.console.model_copy(update={"mcp": True})
    settings = newsroom.settings.model_copy(update={"console": own})
    with serving(replace(newsroom.parts, settings=settings)) as address:
        yield Client(address)
    assert waits.places == []


def path_of(route: str) -> str:
    """Return an address of a route; whether it has anything is no matter here."""
    for name, value in KNOWN.items():
        route = route.replace(name, value)
    return quote(route.replace("{id:path}", "Demak").replace("{id}", "banjir"), safe="/")


def test_what_waits_in_the_loop_is_noticed(newsroom: House, waits: Waits) -> None:
    async def read() -> int:
        return newsroom.store.log.table("alerts").version()

    newsroom.store.log.table("alerts").version()
    assert waits.places == []
    asyncio.run(read())
    assert len(waits.places) == 1


def test_no_page_makes_the_loop_wait(newsroom: House, served: Client) -> None:
    headers = {"Cookie": f"{COOKIE}={newsroom.secrets['cici']}"}
    paths = [path for path, _ in (*PAGES, *ACCOUNT_PAGES)]
    for path, _ in (*LISTS, *ACCOUNT_LISTS):
        paths += [path, f"{path}.json", f"{path}.csv"]
    paths += [f"{path}.atom" for path in FEEDS]
    for path in paths:
        assert served.get(path_of(path), headers=headers).status < 500, path
    for path in ("/sign-in", "/nowhere", "/language/en", "/a%0Ab"):
        assert served.get(path, headers=headers).status < 500
        assert served.get(path).status < 500
    assert served.post("/sign-in", {"name": "ani", "password": PASSWORD}).status == 303
    assert served.post("/feeds/add", {"url": "mati.example"}, headers).status < 500


def test_no_request_of_a_program_makes_the_loop_wait(newsroom: House, served: Client) -> None:
    admin = newsroom.accounts.directory.find("cici")
    _, token = newsroom.accounts.tokens.add(admin, "loop", ("read", "write", "admin"), None)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for route in ROUTES:
        path = PREFIX + path_of(route.path)
        if route.method != "GET":  # nothing is changed: other tests have the same newsroom
            path = path.replace("banjir", "nothing")
        query = "?query=banjir" if route.path == "/search" else ""
        answer = served.ask(route.method, path + query, headers, b"{}")
        assert answer.status < 500, path
    assert served.get(f"{PREFIX}/openapi.json", headers=headers).status == 200
    assert served.get(f"{PREFIX}/nowhere").status == 401
    _stream(served, headers)
    for name in OPERATIONS:
        _call(served, headers, name)


def _stream(served: Client, headers: dict[str, str]) -> None:
    """Listen until the first event."""
    with closing(HTTPConnection(urlsplit(served.address).netloc, timeout=60)) as connection:
        connection.request("GET", f"{PREFIX}/events", headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200
        while not answer.readline().startswith(b"event: "):
            pass


def _call(served: Client, headers: dict[str, str], name: str) -> None:
    sent = {**headers, "Accept": "application/json, text/event-stream"}
    params = {"name": name, "arguments": {"id": "banjir"}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    assert served.ask("POST", "/mcp", sent, json.dumps(message).encode()).status < 500
