"""No route of the console and the API shows or changes what another owner has.

Routes are found by reflection over the application itself, so that a new one is walked too; what a
route cannot be walked with makes the test fail.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from pantau.api.mount import PREFIX
from pantau.api.routes import ROUTES
from pantau.console.access import BY_SECRET
from pantau.console.app import build_app
from pantau.console.guard import UPLOADS
from pantau.console.identity import PUBLIC, is_public
from pantau.usecases.accounts.owned_topics import (
    BELONGING,
    belonging,
    channel_in,
    subscription_in,
)
from pantau_schemas.ids import alert_id, channel_id, digest_id
from pantau_schemas.topics import DEAD_LETTERS, TOPICS
from tests.apis import ApiReply
from tests.unit.accounts.conftest import ADDRESS, MARK, OWN, House

ARTICLE: Final = digest_id("demak-1")
OWN_IDS: Final = (
    f"{OWN}-1",
    OWN,
    alert_id(f"{OWN}-1", ARTICLE),
    channel_id("email", ADDRESS),
    digest_id("letter", MARK),
    ARTICLE,
    f"{OWN}-report",
)
"""Ids of what Ani's team has, and of an article that alerted it: every route gets each of them."""
NAMED: Final[Mapping[str, Sequence[str]]] = {
    "id": OWN_IDS,
    "name": ("console.css",),
    "lang": ("en",),
    "rest": ("nowhere",),
    "type": ("people",),
    "date": ("2026-03-02",),
    "token": OWN_IDS[:2],
    "secret": OWN_IDS[:2],
}
"""Values of parameters of paths."""
FIELDS: Final[Mapping[str, Any]] = {
    "query": "banjir",
    "name": "salinan",
    "url": "https://baru.example/rss",
    "subscription": f"{OWN}-1",
    "confirm": True,
    "template": {"text": "{{ name }}"},
    "add": ["x"],
    "ids": [OWN_IDS[2]],
    "action": "done",
    "state": "done",
    "to": "webhook:https://lain.example/masuk",
    "form": "html",
}
"""Values of members of bodies; those that an operation takes are sent."""
UPLOAD: Final = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.opml"\r\n\r\n'
    b'<opml><body><outline xmlUrl="https://lain.example/rss"/></body></opml>\r\n--x--\r\n'
)
WITHOUT_OWNED: Final[Mapping[str, str]] = {
    "/static/{name}": "files of the program",
    "/language/{lang}": "sets a cookie of the browser",
    "/openapi.json": "describes the interface, whoever asks",
    "/{rest:path}": "answers that there is no such page",
    "/sign-out": "ends the session of whoever asks, and would end the walk",
}
"""Routes that have nothing of an owner, and are not walked; with the reason."""
STREAMS: Final[Mapping[str, str]] = {
    "/events": "a stream without an end; test_streams.py tests its filter",
    f"{PREFIX}/events": "the same stream for programs",
    "/mcp": "a protocol of its own, whose tools are the operations that are walked at /api/v1",
}
"""Routes that are not walked where they exist, since they answer no single request."""
SKIPPED: Final = {*WITHOUT_OWNED, *STREAMS}


@dataclass(frozen=True, slots=True)
class WalkedRoute:
    """A route of the application; `template` is without the prefix of a mount."""

    method: str
    prefix: str
    template: str

    def paths(self) -> Iterator[str]:
        """Yield the paths to ask for. Raises KeyError for a parameter without values."""
        names = re.findall(r"\{(\w+)(?::\w+)?\}", self.template)
        for values in product(*(NAMED[one] for one in names)):
            path = self.prefix + self.template
            for value in values:
                path = re.sub(r"\{[^}]+\}", value, path, count=1)
            yield path


def pages_of(app: Any) -> Starlette:
    """Return the application behind its middleware."""
    while not isinstance(app, Starlette):
        app = app._app
    return app


def walked(routes: Sequence[BaseRoute], prefix: str = "") -> Iterator[WalkedRoute]:
    for one in routes:
        if isinstance(one, Mount):
            yield from walked(one.routes, prefix + one.path)
            continue
        assert isinstance(one, Route), f"{one}: give it a reason, or have it walked"
        for method in sorted((one.methods or set()) - {"HEAD"}):
            yield WalkedRoute(method, prefix, one.path)


def body_of(route: WalkedRoute) -> bytes | None:
    """Return the body of a request of the API that changes something."""
    for one in ROUTES:
        if (one.method, one.path) == (route.method, route.template) and one.has_body:
            takes = {name: FIELDS[name] for name in one.other_fields if name in FIELDS}
            required = [
                name
                for name, field in one.operation.takes.model_fields.items()
                if field.is_required() and name not in one.path_fields
            ]
            assert set(required) <= set(takes), f"{route}: give FIELDS values for {required}"
            return json.dumps(takes).encode()
    return None


def answers(house: House, name: str, methods: frozenset[str]) -> Iterator[tuple[str, ApiReply]]:
    """Yield every answer to a person, with what was asked."""
    routes = list(walked(pages_of(build_app(house.parts)).routes))
    assert len(routes) > 80
    for route in routes:
        if route.method not in methods or route.template in SKIPPED:
            continue
        for path in route.paths():
            asked = f"{route.method} {path}"
            is_api = route.prefix == PREFIX
            if route.method in {"GET", "DELETE"}:
                yield asked, house.ask(name, route.method, path)
                if "{" not in route.template and not is_api:
                    told = f"?q=banjir&subscription={OWN}-1&match={MARK[:4]}"
                    yield asked + told, house.ask(name, "GET", path + told)
            elif is_api:
                yield asked, house.ask(name, route.method, path, body=body_of(route))
            elif path in UPLOADS:
                kind = "multipart/form-data; boundary=x"
                yield asked, house.ask(name, route.method, path, body=UPLOAD, content_type=kind)
            else:
                form = {"q": "banjir", "to": "terminal", "name": "baru", "sure": "1"}
                yield asked, house.ask(name, route.method, path, form)


def leaks(reply: ApiReply) -> bool:
    """Return whether an answer has something of Ani's team. What is asked with never has it."""
    return MARK in reply.content.decode() + "".join(reply.headers.values())


def owned_records(house: House) -> dict[tuple[str, str], bytes]:
    """Return everything stored of Ani's team."""
    found = {}
    for topic in TOPICS:
        if belonging(topic) not in {"subscription", "channel"}:
            continue
        for key, value in house.store.log.table(topic).snapshot().values.items():
            assert value is not None
            theirs = (subscription_in(value) or "").startswith(OWN)
            if theirs or channel_in(value) == channel_id("email", ADDRESS):
                found[topic, key] = value
    return found


def letters(house: House) -> int:
    consumer = house.store.log.consumer([DEAD_LETTERS.name], None)
    return len(consumer.poll(1_000))


def test_a_team_sees_what_it_owns(newsroom: House) -> None:
    seen = {
        asked
        for asked, reply in answers(newsroom, "dedi", frozenset({"GET"}))
        if MARK in reply.content.decode() and reply.status == 200
    }
    expected = {
        "GET /alerts", "GET /alerts.json", "GET /alerts.csv", "GET /subscriptions",
        f"GET /subscriptions/{OWN}-1", f"GET /alerts/{OWN_IDS[2]}", f"GET /articles/{ARTICLE}",
        "GET /pipeline/dead-letters", "GET /api/v1/alerts", "GET /api/v1/channels",
        f"GET /api/v1/subscriptions/{OWN}-1", f"GET /api/v1/alerts/{OWN_IDS[2]}",
        "GET /api/v1/dead-letters", "GET /reports", "GET /api/v1/report-schedules",
    }  # fmt: skip
    assert expected <= seen


@pytest.mark.parametrize("name", ["budi", "cici"])
def test_nobody_else_sees_or_changes_it_by_any_route(newsroom: House, name: str) -> None:
    before, closed = owned_records(newsroom), letters(newsroom)
    assert len(before) > 5
    everything = frozenset({"GET", "POST", "PATCH", "DELETE"})
    broken, leaking = [], []
    for asked, reply in answers(newsroom, name, everything):
        if reply.status >= 500:
            broken.append(asked)
        if leaks(reply):
            leaking.append(asked)
    assert (leaking, broken) == ([], [])
    assert owned_records(newsroom) == before
    assert letters(newsroom) == closed


def test_nobody_reaches_a_route_without_signing_in(newsroom: House) -> None:
    for route in walked(pages_of(build_app(newsroom.parts)).routes):
        path = next(route.paths())
        reply = newsroom.ask(None, route.method, path)
        refused = reply.status == 401 or reply.headers.get("location", "").startswith("/sign-in")
        assert refused or is_public(path), f"{route.method} {path}: {reply.status}"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
@pytest.mark.parametrize("below", ["x", "x/y", "../alerts", "", "x.json", "%2e%2e/alerts"])
def test_below_public_addresses_nobody_gets_anything(
    newsroom: House, method: str, below: str
) -> None:
    for begin in (one for one in (*PUBLIC, *BY_SECRET) if one.endswith("/")):
        reply = newsroom.ask(None, method, begin + below)
        assert reply.status in {303, 404, 405}, f"{method} {begin}{below}: {reply.status}"
        assert not leaks(reply)
    assert newsroom.ask(None, "POST", "/sign-in/done").status == 404
    assert 'href="/account"' in newsroom.ask("budi", "GET", "/nowhere").content.decode()


def test_every_public_address_and_every_route_that_is_left_out_has_a_reason(
    newsroom: House,
) -> None:
    templates = {one.template for one in walked(pages_of(build_app(newsroom.parts)).routes)}
    assert set(WITHOUT_OWNED) <= templates
    for reason in (*PUBLIC.values(), *BY_SECRET.values(), *WITHOUT_OWNED.values()):
        assert len(reason) > 10


def test_every_topic_says_whose_it_is() -> None:
    assert set(BELONGING) <= set(TOPICS)
    assert [one for one in TOPICS if one not in BELONGING and belonging(one) == "closed"] == []
    assert belonging("no-topic") == "closed"


def test_a_reader_changes_nothing(newsroom: House) -> None:
    before = owned_records(newsroom)
    changing = frozenset({"POST", "PATCH", "DELETE"})
    for asked, reply in answers(newsroom, "dedi", changing):
        reads = asked.startswith(("POST /api/v1/queries", "POST /api/v1/subscriptions/preview"))
        own = "/account" in asked or "/sign-in" in asked
        assert reply.status in {403, 404, 400} or reads or own, f"{asked}: {reply.status}"
    assert owned_records(newsroom) == before
