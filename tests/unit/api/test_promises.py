"""Promises that hold for every route of the REST interface, by rules over the routes.

Lists have cursors, readings have ETags, changes can depend on the version that was read or be sent
again, and whatever fails is a problem of RFC 9457 in the status that the document names.
"""

import re
from typing import Any, Final
from urllib.parse import quote, urlencode

import pytest

from pantau.api.openapi import build_document
from pantau.api.openapi_parts import EVENTS
from pantau.api.problems import MEDIA_TYPE
from pantau.api.routes import ROUTES, ApiRoute
from pantau.operations.subscription_models import SubscriptionEntry
from pantau.settings import ConsoleSettings
from pantau_schemas.ids import alert_id, digest_id
from tests.apis import ApiClient, api_client
from tests.unit.api.conftest import Newsroom

DOCUMENT: Final = build_document()
ARTICLE: Final = digest_id("demak-1")
READ: Final = tuple(one for one in ROUTES if one.method == "GET")
EVERYWHERE: Final = tuple(one for one in READ if not one.path.startswith("/accounts"))
"""Readings that need no accounts; `tests/unit/accounts/test_people.py` has the others."""
CHANGED: Final = tuple(one for one in ROUTES if one.operation.effect != "reads")
IDS: Final = {
    "/articles/{id}": ARTICLE,
    "/articles/{id}/reasons": ARTICLE,
    "/alerts/{id}": alert_id("banjir", ARTICLE),
    "/subscriptions/{id}": "banjir",
    "/subscriptions/{id}/template": "banjir",
    "/feeds/{id}": "Kabar Nusantara",
    "/lists/{id}": "sungai",
    "/entities/{type}/{id}": "Demak",
    "/reports/{date}": "today",
}
QUERIES: Final = {
    "/search": {"query": "banjir"},
    "/articles/{id}/reasons": {"subscription": "surat"},
    "/reports/{date}": {"subscription": "banjir"},
    "/reports/{date}/file": {"subscription": "banjir", "form": "html"},
}


def name_of(route: ApiRoute) -> str:
    return route.operation.name


def path_of(client: ApiClient, route: ApiRoute) -> str:
    """Return the path of a reading of something that exists."""
    if route.path == "/lists/{id}":
        client.send("PATCH", "/lists/sungai", {"add": ["Wulan"]})
    if route.path == "/stories/{id}":
        (story, *_) = client.get("/stories", {"sources": 2}).json()["items"]
        return f"/stories/{story['story_id']}"
    path = route.path.replace("{type}", "place")
    return path.replace("{id}", quote(IDS.get(route.path, ""))).replace("{date}", "today")


def described(route: ApiRoute) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][route.path][route.method.lower()]
    return found


def headers_of(route: ApiRoute) -> set[str]:
    return {one["name"] for one in described(route)["parameters"] if one["in"] == "header"}


@pytest.mark.parametrize("route", READ, ids=name_of)
def test_every_list_has_pages(route: ApiRoute) -> None:
    answer = route.operation.returns.model_fields
    if "items" in answer:
        assert "cursor" in answer, "a list without a cursor"
        assert {"cursor", "limit"} <= set(route.other_fields)
    else:
        assert "cursor" not in answer


@pytest.mark.parametrize("route", EVERYWHERE, ids=name_of)
def test_every_reading_is_answered_again_only_if_it_changed(
    client: ApiClient, route: ApiRoute
) -> None:
    path, query = path_of(client, route), QUERIES.get(route.path, ())
    first = client.get(path, query)
    assert first.status == 200, first.content
    assert "If-None-Match" in headers_of(route)
    etag = first.headers["etag"]
    for known in (etag, f'W/{etag}, "x"', "*"):
        again = client.get(path, query, if_none_match=known)
        assert (again.status, again.content) == (304, b""), path
        assert again.headers["etag"] == etag
    other = client.get(path, query, if_none_match='"x"')
    assert (other.status, other.headers["etag"]) == (200, etag)
    asked = f"{path}?{urlencode(query)}"
    assert client.ask("HEAD", asked, headers={"if_none_match": etag}).status == 304


@pytest.mark.parametrize("route", CHANGED, ids=name_of)
def test_every_change_of_what_can_be_read_can_depend_on_its_version(route: ApiRoute) -> None:
    readings = {one.path: one for one in READ}
    is_of_one = route.method in {"PATCH", "DELETE"} and route.path in readings
    assert route.is_conditional == is_of_one
    assert ("If-Match" in headers_of(route)) == is_of_one
    if is_of_one:
        assert "version" in readings[route.path].operation.returns.model_fields


@pytest.mark.parametrize("route", CHANGED, ids=name_of)
def test_every_change_by_post_can_be_sent_again(route: ApiRoute) -> None:
    assert route.takes_key == (route.method == "POST")
    assert ("Idempotency-Key" in headers_of(route)) == route.takes_key
    # Others have the same effect when they are sent again, or depend on a version.
    assert route.takes_key or route.operation.is_repeatable or route.is_conditional


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_every_route_names_its_problems(route: ApiRoute) -> None:
    responses = described(route)["responses"]
    assert {"400", "401", "403", "404", "429", "503", "default"} <= set(responses)
    for status, one in responses.items():
        if status[0] in "45d":
            name = one["$ref"].rpartition("/")[2]
            assert list(DOCUMENT["components"]["responses"][name]["content"]) == [MEDIA_TYPE]


@pytest.mark.parametrize("path", sorted({one.path for one in ROUTES} | {"/openapi.json"}))
def test_every_path_names_its_methods_where_another_is_asked_for(
    client: ApiClient, path: str
) -> None:
    known = {one.method for one in ROUTES if one.path == path} or {"GET"}
    shown = path.replace("{type}", "place").replace("{id}", "x").replace("{date}", "today")
    for method in ("PUT", "TRACE", "OPTIONS", "CONNECT", "PROPFIND"):
        answer = client.ask(method, shown)
        assert (answer.status, answer.headers["content-type"]) == (405, MEDIA_TYPE)
        assert answer.json()["code"] == "api.no-method"
        allowed = set(answer.headers["allow"].split(", "))
        assert allowed == known | ({"HEAD"} if "GET" in known else set())


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_every_route_counts_for_the_rate(newsroom: Newsroom, route: ApiRoute) -> None:
    store, settings, clock = newsroom
    console = ConsoleSettings(requests_per_minute=1)
    client = api_client(store, settings.model_copy(update={"console": console}), clock)
    assert client.get("/openapi.json").status == 200
    path = route.path.replace("{type}", "place").replace("{id}", "x")
    refused = client.ask(route.method, path)
    assert (refused.status, refused.json()["code"]) == (429, "api.too-many")
    assert refused.headers["retry-after"] == "60"


@pytest.mark.parametrize("path", ["/feeds/a%0Ab", "/a%0A", "/feeds/%0A/poll", "/articles/%0a%0a"])
def test_a_path_with_a_line_break_is_answered_as_any_other(client: ApiClient, path: str) -> None:
    plain = re.sub("%0a", "-", path, flags=re.IGNORECASE)
    for method in ("GET", "POST"):
        answer, usual = client.ask(method, path), client.ask(method, plain)
        assert answer.headers["content-type"] == MEDIA_TYPE
        assert (answer.status, answer.json()["code"]) == (usual.status, usual.json()["code"])
        assert answer.status in {404, 405}


def test_a_version_is_that_of_what_people_set_and_an_etag_that_of_the_answer(
    client: ApiClient,
) -> None:
    assert "version" in SubscriptionEntry.model_fields
    client.send("PATCH", "/lists/danau", {"add": ["Toba"]})
    first = client.get("/lists/danau")
    version = first.json()["version"]
    assert first.headers["etag"].startswith(f'"{version}.')
    second = client.send("PATCH", "/lists/danau", {"add": ["Poso"]}, if_match=f'"{version}"')
    assert second.status == 200
    for method, body in (("PATCH", {"add": ["Maninjau"]}), ("DELETE", None)):
        late = client.send(method, "/lists/danau", body, if_match=first.headers["etag"])
        assert (late.status, late.json()["code"]) == (412, "api.changed-meanwhile")
    new = client.send("PATCH", "/lists/kawah", {"add": ["Ijen"]}, if_match='"x"')
    assert new.status == 412
    for name in ("danau", "sungai"):
        client.send("DELETE", f"/lists/{name}")


def test_the_stream_is_described() -> None:
    described = DOCUMENT["paths"][EVENTS]["get"]["responses"]
    assert list(described["200"]["content"]) == ["text/event-stream"]
