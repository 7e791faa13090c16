"""Who is answered: the host that is asked for, the origin of a change, the size of a form."""

import asyncio
from itertools import count

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from pantau.console.access import comes_from_own_page, is_loopback, refused_address
from pantau.console.guard import BODY_LIMIT, DRAINED, Guard, Message, Receive, Scope, Send
from pantau.observe.asked_host import AskedHost
from pantau.settings import ConsoleSettings
from tests.consoles import Client

OWN = "http://127.0.0.1:8480"
POLL = "/feeds/nothing/poll"


def host_of(client: Client) -> str:
    return client.address.removeprefix("http://")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8480",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "",
        "[",
        "127.0.0.1:80:80",
        "127.0.0.1@evil.example",
    ],
)
def test_another_host_is_not_answered(client: Client, host: str) -> None:
    for path in ("/", "/search.json?q=banjir", "/static/console.css"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status in {400, 421}
        assert b"banjir" not in answer.content.lower()
    assert client.post(POLL, headers={"Host": host}).status in {400, 421}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8480", "[::1]:8480", "pantau.localhost"])
def test_this_machine_is_answered(client: Client, host: str) -> None:
    assert client.get("/pipeline", headers={"Host": host}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "OWN"},
        {"Sec-Fetch-Site": "same-origin, cross-site"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://[evil"},
        {"Origin": "OWN.evil.example"},
    ],
    ids=str,
)
def test_another_site_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    sent = {name: value.replace("OWN", client.address) for name, value in headers.items()}
    for path in ("/subscriptions/banjir/remove", "/feeds/add", "/subscriptions/new", POLL):
        assert client.post(path, {"q": "x", "url": "x"}, headers=sent).status == 403
    assert client.get("/subscriptions/banjir").status == 200


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "OWN"}, {}],
    ids=str,
)
def test_its_own_forms_are_answered(client: Client, headers: dict[str, str]) -> None:
    sent = {name: value.replace("OWN", client.address) for name, value in headers.items()}
    assert client.post(POLL, headers=sent).status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECTX"])
def test_no_other_method_is_answered(client: Client, method: str) -> None:
    assert client.ask(method, "/subscriptions/banjir", {}).status == 405


def test_a_page_is_changed_by_forms_alone(client: Client) -> None:
    for path in ("/subscriptions/banjir/pause", "/feeds/x/poll"):
        assert client.get(path).status == 404


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"]
)
def test_other_bodies_than_forms_are_refused(client: Client, kind: str) -> None:
    assert client.post("/feeds/add", {"url": "x"}, headers={"Content-Type": kind}).status == 415


def test_a_large_form_is_refused(client: Client) -> None:
    assert client.post("/feeds/add", {"url": "x" * BODY_LIMIT}).status == 413


def test_the_body_of_a_get_is_not_read() -> None:
    read = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        read.append(await Request(scope, receive).body())
        await PlainTextResponse("")(scope, receive, send)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * BODY_LIMIT, "more_body": False}

    async def send(message: Message) -> None:
        del message

    hosts = AskedHost(bound="127.0.0.1", allowed=())
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"127.0.0.1")]}
    asyncio.run(Guard(app, hosts)(scope, receive, send))
    assert read == [b""]


@pytest.mark.parametrize(
    ("headers", "parts"),
    [([], DRAINED // BODY_LIMIT + 1), ([(b"expect", b"100-continue")], 0)],
)
def test_the_rest_of_a_refused_body_is_read_within_bounds(
    headers: list[tuple[bytes, bytes]], parts: int
) -> None:
    read, sent = count(), []

    async def receive() -> Message:
        next(read)
        return {"type": "http.request", "body": b"x" * BODY_LIMIT, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message.get("status"))

    hosts = AskedHost(bound="127.0.0.1", allowed=())
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    asyncio.run(Guard(PlainTextResponse(""), hosts)(scope, receive, send))
    assert sent[0] == 421
    assert next(read) == parts


def test_a_form_has_as_many_values_as_a_page_needs(client: Client) -> None:
    form = {f"n{place}": "x" for place in range(100)}
    assert client.post("/feeds/add", form).status == 400


def test_a_page_waits_for_no_body(client: Client) -> None:
    sent = {"Content-Length": str(1 << 40)}  # which never comes
    assert client.ask("GET", "/pipeline", sent).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "same-origin, cross-site"])
@pytest.mark.parametrize(
    ("mode", "dest"),
    [
        ("no-cors", "image"),
        ("no-cors", "script"),
        ("cors", "empty"),
        ("navigate", "iframe"),
        ("navigate", "object"),
        ("", ""),
    ],
)
def test_no_page_is_a_part_of_another_sites(
    client: Client, site: str, mode: str, dest: str
) -> None:
    sent = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    for path in ("/search?q=banjir", "/search.json?q=banjir", "/static/console.css"):
        answer = client.get(path, headers=sent)
        assert answer.status == 403
        assert b"banjir" not in answer.content.lower()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
def test_a_link_to_a_page_is_followed(client: Client, site: str) -> None:
    sent = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.get("/search?q=banjir", headers=sent).status == 200


@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({"host": "10.0.0.5:8480", "origin": "http://10.0.0.5:8480"}, True),
        ({"host": "PANTAU.lan", "origin": "https://pantau.lan"}, True),
        ({"host": "10.0.0.5:8480", "origin": "http://10.0.0.5"}, False),
        ({"host": "", "origin": "null"}, False),
        ({"origin": "http://"}, False),
    ],
)
def test_the_origin_decides_where_a_browser_says_nothing_else(
    headers: dict[str, str], *, is_own: bool
) -> None:
    assert comes_from_own_page(headers) is is_own


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "pantau.example", "fe80::1"])
def test_an_address_of_the_network_needs_a_setting(host: str) -> None:
    refused = refused_address(ConsoleSettings(host=host))
    assert refused is not None
    assert "nobody has to sign in" in refused.text("en")
    assert refused_address(ConsoleSettings(host=host, accounts=True)) is None
    assert "console.allow_unprotected" in refused.text("id")
    assert refused_address(ConsoleSettings(host=host, allow_unprotected=True)) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.1.2.3"])
def test_this_machine_needs_none(host: str) -> None:
    assert is_loopback(host)
    assert refused_address(ConsoleSettings(host=host)) is None
