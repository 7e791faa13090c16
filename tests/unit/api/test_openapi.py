"""The OpenAPI document is sound, and every answer is as it says; none is a 5xx."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pantau.api.mount import PREFIX
from pantau.api.openapi import build_document, document
from pantau.api.openapi_parts import EVENTS
from pantau.api.routes import ROUTES, ApiRoute
from pantau.settings import ConsoleSettings
from pantau_schemas.ids import alert_id, digest_id
from tests.apis import ApiClient, ApiReply, api_client
from tests.consoles import filled
from tests.unit.api.schema_values import WRONG, values

DOCUMENT: Final = build_document()
SCHEMAS: Final[dict[str, Any]] = DOCUMENT["components"]["schemas"]
EXAMPLES: Final = 10
"""Requests of each route in which everything is valid, and as many in which something is not."""
ARTICLE: Final = digest_id("demak-1")
KNOWN: Final = (
    "banjir",
    "surat",
    "xss1",
    ARTICLE,
    alert_id("banjir", ARTICLE),
    "nothing",
    "%",
    "é",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiClient]:
    """Return a client of a store of its own, which the requests may change."""
    store, own, clock = filled(
        tmp_path_factory.mktemp("changed"), ConsoleSettings(requests_per_minute=0)
    )
    yield api_client(store, own, clock)
    store.close()


def operation_of(route: ApiRoute) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][route.path][route.method.lower()]
    return found


def assert_described(route: ApiRoute, answer: ApiReply) -> None:
    """Check the status, the type and the body of an answer against the document."""
    assert answer.status < 500, answer.content
    responses = operation_of(route)["responses"]
    assert str(answer.status) in responses, "a status that is not named"
    described = resolved(responses[str(answer.status)])
    kind = answer.headers["content-type"]
    schema = described["content"][kind]["schema"]
    whole = {**schema, "components": DOCUMENT["components"]}
    Draft202012Validator(whole).validate(answer.json())
    assert {"etag", "retry-after"} & set(answer.headers) == {
        name.lower() for name in described.get("headers", ())
    }


def resolved(response: dict[str, Any]) -> dict[str, Any]:
    """Return a response, or the one that it refers to."""
    name = response.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = DOCUMENT["components"]["responses"][name] if name else response
    return found


def send(client: ApiClient, route: ApiRoute, given: dict[str, Any], body: Any) -> ApiReply:
    path = route.path
    for name in route.path_fields:
        path = path.replace(f"{{{name}}}", quote(given.pop(name), safe=""))
    if not route.has_body:
        shown = {
            name: str(one).lower() if isinstance(one, bool) else one for name, one in given.items()
        }
        asked = f"{path}?{urlencode(shown, doseq=True)}" if shown else path
        return client.ask(route.method, asked)
    return client.send(route.method, path, body)


def parameters(route: ApiRoute) -> st.SearchStrategy[dict[str, Any]]:
    found = [one for one in operation_of(route)["parameters"] if one["in"] != "header"]
    drawn = {
        one["name"]: st.sampled_from(KNOWN)
        if one["in"] == "path" and "enum" not in one["schema"]
        else values(one["schema"], SCHEMAS)
        for one in found
    }
    required = {one["name"] for one in found if one["required"]}
    return st.fixed_dictionaries(
        {name: one for name, one in drawn.items() if name in required},
        optional={name: one for name, one in drawn.items() if name not in required},
    )


def bodies(route: ApiRoute) -> st.SearchStrategy[Any]:
    asked = operation_of(route).get("requestBody")
    if asked is None:
        return st.none()
    return values(asked["content"]["application/json"]["schema"], SCHEMAS)


def by_name(routes: tuple[ApiRoute, ...]) -> list[Any]:
    return [pytest.param(one, id=one.operation.name) for one in routes]


@pytest.mark.parametrize("route", by_name(ROUTES))
def test_what_the_document_allows_is_answered_as_it_says(
    client: ApiClient, route: ApiRoute
) -> None:
    @settings(max_examples=EXAMPLES)
    @given(parameters(route), bodies(route))
    def ask(drawn: dict[str, Any], body: Any) -> None:
        answer = send(client, route, dict(drawn), body)
        assert_described(route, answer)
        # Whether words have a meaning is no matter of a schema; their form is.
        assert answer.status < 300 or answer.json()["code"] != "api.invalid", answer.content

    ask()


@pytest.mark.parametrize("route", by_name(tuple(one for one in ROUTES if one.has_body)))
def test_what_the_document_does_not_allow_is_refused(client: ApiClient, route: ApiRoute) -> None:
    asked = operation_of(route).get("requestBody")
    schema = (
        {"type": "object", "maxProperties": 0}
        if asked is None
        else {**asked["content"]["application/json"]["schema"]}
    )
    validator = Draft202012Validator({**schema, "components": DOCUMENT["components"]})
    names = st.sampled_from([*route.other_fields, "unknown"])

    @settings(max_examples=EXAMPLES)
    @given(bodies(route), names, WRONG)
    def ask(body: Any, name: str, wrong: Any) -> None:
        broken = {**(body or {}), name: wrong}
        answer = send(client, route, dict.fromkeys(route.path_fields, "nothing"), broken)
        assert_described(route, answer)
        if not validator.is_valid(broken):
            assert (answer.status, answer.json()["code"]) == (400, "api.invalid"), broken

    ask()


def test_the_document_is_served_and_complete(client: ApiClient) -> None:
    served = client.get("/openapi.json")
    assert served.content.decode() == document()
    assert served.json() == DOCUMENT
    assert DOCUMENT["openapi"] == "3.1.0"
    assert DOCUMENT["servers"] == [{"url": PREFIX}]
    described = {
        (method.upper(), path) for path, item in DOCUMENT["paths"].items() for method in item
    }
    assert described == {(one.method, one.path) for one in ROUTES} | {("GET", EVENTS)}


def test_schemas_are_schemas_and_every_reference_leads_to_one() -> None:
    for one in SCHEMAS.values():
        Draft202012Validator.check_schema(one)
    responses = DOCUMENT["components"]["responses"]
    named = {f"#/components/schemas/{one}" for one in SCHEMAS}
    named |= {f"#/components/responses/{one}" for one in responses}
    assert set(references(DOCUMENT)) == named, "a dangling reference, or a part without any"


def test_every_operation_and_path_is_described() -> None:
    for route in ROUTES:
        described = operation_of(route)
        assert described["summary"], route
        in_path = [one for one in described["parameters"] if one["in"] == "path"]
        assert tuple(one["name"] for one in in_path) == route.path_fields
        assert all(one["required"] and one["description"] for one in in_path)


def references(value: Any) -> Iterator[str]:
    match value:
        case {"$ref": str() as ref}:
            yield ref
        case dict():
            for one in value.values():
                yield from references(one)
        case list():
            for one in value:
                yield from references(one)
