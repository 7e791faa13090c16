"""Requests that are refused, and how: methods, bodies, fields, versions, repeats, rates."""

import json
import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from starlette.responses import Response

from pantau.api.conditional import IF_MATCH, versions_in
from pantau.api.rate import CLIENTS, RequestRate
from pantau.api.repeats import KEEP, MOST, MOST_BYTES, RepeatedRequests
from pantau.console.guard import BODY_LIMIT
from pantau.errors import UsageError
from pantau.operations.base.faults import MOST_FAULTS
from pantau.settings import ConsoleSettings
from tests.apis import ApiClient, ApiReply, api_client
from tests.consoles import XSS
from tests.support import START
from tests.unit.api.conftest import Newsroom

PROBLEM = "application/problem+json"


def assert_problem(answer: ApiReply, status: int, code: str) -> dict[str, Any]:
    assert answer.status == status, answer.content
    assert answer.headers["content-type"] == PROBLEM
    told: dict[str, Any] = answer.json()
    assert (told["status"], told["code"]) == (status, code)
    assert told["detail"]
    return told


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/articles/nothing", "search.no-article"),
        ("/stories/nothing", "stories.missing"),
        ("/alerts/nothing", "alerts.missing"),
        ("/subscriptions/nothing", "subscriptions.missing"),
        ("/feeds/nothing", "feeds.missing"),
        ("/nothing", "api.no-route"),
        ("/articles/", "api.no-route"),
    ],
)
def test_what_is_not_there_is_named(client: ApiClient, path: str, code: str) -> None:
    assert_problem(client.get(path), 404, code)


def test_problems_are_in_the_language_that_is_asked_for(client: ApiClient) -> None:
    told = client.get("/feeds/nothing", accept_language="id-ID, en;q=0.5").json()
    assert "umpan" in told["detail"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "api.no-json"),
        (b"[1]", "api.no-object"),
        (b'"x"', "api.no-object"),
        (b"\xff", "api.no-json"),
        (b'{"query": "\\ud800"}', "api.no-json"),
        (b"{}", "api.invalid"),
        (b'{"query": ""}', "api.invalid"),
        (b'{"query": 5}', "api.invalid"),
        (b'{"query": "x", "id": "y"}', "api.invalid"),
        (b'{"query": "x", "nmae": "y"}', "api.invalid"),
        (b'{"query": "x", "language": "sql"}', "api.invalid"),
        (b'{"query": "x", "rules": {"hourly": true}}', "api.invalid"),
        (b'{"query": "x", "tags": "y"}', "api.invalid"),
        (b"[" * 10_000, "api.no-json"),
    ],
    ids=lambda value: value[:40] if isinstance(value, bytes) else value,
)
def test_a_body_that_is_not_valid_changes_nothing(
    client: ApiClient, body: bytes, code: str
) -> None:
    before = client.get("/status").json()["subscriptions"]
    assert_problem(client.ask("POST", "/subscriptions", body), 400, code)
    assert client.get("/status").json()["subscriptions"] == before


def test_each_wrong_field_is_named(client: ApiClient) -> None:
    answer = client.send("POST", "/feeds", {"url": "x", "interval_seconds": 1, "tags": 5})
    told = assert_problem(answer, 400, "api.invalid")
    assert {one["field"] for one in told["errors"]} == {"interval_seconds", "tags"}


def test_of_many_wrong_fields_some_are_named(client: ApiClient) -> None:
    answer = client.send("POST", "/feeds", {f"x{number}": 1 for number in range(5_000)})
    told = assert_problem(answer, 400, "api.invalid")
    assert [one["field"] for one in told["errors"]] == [f"x{one}" for one in range(MOST_FAULTS)]


@pytest.mark.parametrize("given", [{"nmae": "y"}, {"rules": {"nmae": "y"}}])
def test_an_unknown_field_is_called_so_wherever_it_stands(
    client: ApiClient, given: dict[str, object]
) -> None:
    answer = client.send("POST", "/subscriptions", {"query": "x", **given})
    (fault,) = assert_problem(answer, 400, "api.invalid")["errors"]
    assert fault["field"][-4:] == "nmae"
    assert fault["message"].startswith("unknown field")


def test_whoever_guesses_a_field_is_told_those_that_exist_and_all_else_at_once(
    client: ApiClient,
) -> None:
    told = assert_problem(client.ask("GET", "/search?q=banjir&limit=0&y=1"), 400, "api.invalid")
    first, second, *others = told["errors"]
    assert first["field"] == "q"
    assert first["message"].startswith("unknown field; known: query, language, ")
    assert second == {"field": "y", "message": "unknown field"}
    assert {one["field"] for one in others} == {"query", "limit"}


def test_a_program_is_told_of_operations_and_not_of_commands(client: ApiClient) -> None:
    told = assert_problem(client.get("/subscriptions/none"), 404, "subscriptions.missing")
    assert told["detail"].endswith("see `list_subscriptions`")


def test_of_many_wrong_fields_only_some_are_named(client: ApiClient) -> None:
    sent = {f"{number:04x}": 0 for number in range(5_000)}
    for wrong in (sent, {"query": "x", "rules": sent}):
        answer = client.send("POST", "/subscriptions", wrong)
        assert len(assert_problem(answer, 400, "api.invalid")["errors"]) == 20
        assert len(answer.content) < 5_000


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=x", "limit=1&limit=2", "lmit=5", "id=x", "since=then", "x"],
)
def test_a_parameter_that_is_not_valid_is_refused(client: ApiClient, query: str) -> None:
    answer = client.ask("GET", f"/search?query=banjir&{query}")
    assert (answer.status, answer.headers["content-type"]) == (400, PROBLEM)


def test_a_query_that_cannot_be_read_comes_with_place_and_repair(client: ApiClient) -> None:
    answer = client.get("/search", {"query": "banjir AND"})
    note = assert_problem(answer, 400, "unreadable")["note"]
    assert (note["severity"], note["position"], note["suggestion"]) == ("error", 10, "banjir")
    asked = {"query": "banjir AND", "language": "pantau"}
    for path, status in (("/queries/explain", 400), ("/queries/check", 200)):
        answer = client.send("POST", path, asked)
        told = answer.json()
        note = told["note"] if status == 400 else told["notes"][0]
        assert (answer.status, note["suggestion"]) == (status, "banjir")
        assert note["suggestion_language"] in {None, "pantau"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "code"),
    [
        ("PUT", "/feeds", {}, 405, "api.no-method"),
        ("PATCH", "/feeds", {}, 405, "api.no-method"),
        ("GET", "/feeds/x/poll", {}, 405, "api.no-method"),
        ("GET", "/feeds", {"host": "evil.example"}, 421, "api.unknown-host"),
        ("GET", "/feeds", {"sec_fetch_site": "cross-site"}, 403, "api.foreign-part"),
        ("POST", "/feeds", {"origin": "http://evil.example"}, 403, "api.foreign-change"),
        ("DELETE", "/feeds/x", {"sec_fetch_site": "cross-site"}, 403, "api.foreign-change"),
        ("POST", "/feeds", {"content_type": "text/plain"}, 415, "api.wrong-type"),
        (
            "POST",
            "/feeds",
            {"content_type": "application/x-www-form-urlencoded"},
            415,
            "api.wrong-type",
        ),
    ],
)
def test_what_browsers_of_other_sites_can_send_is_refused(
    client: ApiClient, method: str, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    assert_problem(client.ask(method, path, b"{}", headers), status, code)


def test_a_large_body_is_refused(client: ApiClient) -> None:
    body = json.dumps({"query": "x" * BODY_LIMIT}).encode()
    assert_problem(client.ask("POST", "/queries/check", body), 413, "api.too-large")


@pytest.mark.parametrize("channel", ["file:/etc/passwd", " file:x", "FILE:x", "file"])
def test_no_request_names_a_file_of_the_machine(client: ApiClient, channel: str) -> None:
    sent = {"query": "gempa bumi", "channels": [channel]}
    assert_problem(client.send("POST", "/subscriptions", sent), 400, "console.no-file-channel")
    changed = client.send("PATCH", "/subscriptions/banjir", {"channels": [channel]})
    assert_problem(changed, 400, "console.no-file-channel")


@pytest.mark.parametrize("url", ["mbox:/var/mail/x", "maildir:/home/x", "file:///etc/passwd"])
def test_no_feed_is_a_file_of_the_machine(client: ApiClient, url: str) -> None:
    for check in (True, False):
        answer = client.send("POST", "/feeds", {"url": url, "check": check})
        assert (answer.status, answer.headers["content-type"]) == (400, PROBLEM)


def test_articles_are_data_and_never_markup(client: ApiClient) -> None:
    answer = client.get("/search", {"query": "banjir", "limit": 200})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    titles = [one["title"] for one in answer.json()["items"]]
    assert any(XSS[0] in one for one in titles)


def test_of_two_changes_of_one_version_the_second_fails(client: ApiClient) -> None:
    made = client.send("POST", "/subscriptions", {"query": "tsunami", "name": "Versi"})
    assert made.status == 201
    path, etag = f"/subscriptions/{made.json()['subscription']['subscription_id']}", "etag"
    read = client.get(path)
    assert read.headers[etag].startswith(made.headers[etag].removesuffix('"') + ".")

    first = client.send("PATCH", path, {"tags": ["laut"]}, if_match=read.headers[etag])
    second = client.send("PATCH", path, {"tags": ["darat"]}, if_match=read.headers[etag])

    assert first.status == 200
    assert first.headers[etag] != read.headers[etag]
    assert_problem(second, 412, "api.changed-meanwhile")
    assert client.get(path).json()["tags"] == ["laut"]
    gone = client.send("DELETE", path, if_match=read.headers[etag])
    assert_problem(gone, 412, "api.changed-meanwhile")
    assert client.send("DELETE", path, if_match=f'"x", {first.headers[etag]}').status == 200
    assert client.get(path).status == 404


def test_if_match_is_read_as_the_standard_writes_it() -> None:
    for header, versions in (
        ('"a"', ("a",)),
        ('"a", W/"b" ,"c"', ("a", "b", "c")),
        ('"a.1f", "b"', ("a", "b")),
        ("*", ()),
        ('W/"a,b","c d"'.replace(" ", ""), ("a,b", "cd")),
    ):
        assert versions_in(header) == versions
        assert re.match(IF_MATCH, header)
    # A tag without a version matches none, and never leaves the list empty.
    assert versions_in('".x", ".y.z"') == (".x", ".y.z")
    for wrong in ("a", '"a', "", '"a" "b"', '"a",', "**", '""', '"\x7f"'):
        assert not re.match(IF_MATCH, wrong)
        with pytest.raises(UsageError):
            versions_in(wrong)


def test_a_repeated_request_gets_the_first_answer(client: ApiClient) -> None:
    sent = {"query": "longsor", "channels": ["webhook:https://example.org/in"]}
    first = client.send("POST", "/subscriptions", sent, idempotency_key="key-1")
    again = client.send("POST", "/subscriptions", sent, idempotency_key="key-1")
    other = client.send("POST", "/subscriptions", {"query": "abrasi"}, idempotency_key="key-1")
    wrong = client.send("POST", "/subscriptions", sent, idempotency_key="two words")

    assert first.status == 201
    assert first.json()["secret"].startswith("whsec_")
    assert (again.status, again.content) == (201, first.content)
    assert_problem(other, 422, "api.key-reused")
    assert "retry-after" not in other.headers
    assert_problem(wrong, 400, "api.no-key")
    found = client.get("/subscriptions", {"match": "longsor"}).json()["items"]
    assert len(found) == 1
    assert "whsec_" not in client.get("/subscriptions").content.decode()


def test_a_failed_request_may_be_repeated_under_the_same_key() -> None:
    repeats = RepeatedRequests()
    assert repeats.begin("a", b"1", START) is None
    assert repeats.begin("a", b"1", START) == "api.in-progress"
    repeats.end("a", None)
    assert repeats.begin("a", b"1", START) is None


def test_answers_are_forgotten_after_a_day_and_beyond_a_number() -> None:
    repeats, answer = RepeatedRequests(), Response("x")
    for number in range(MOST + 1):
        assert repeats.begin(str(number), b"", START) is None
        repeats.end(str(number), answer)
    assert repeats.begin("1", b"", START) is answer
    assert repeats.begin("0", b"", START) is None
    assert repeats.begin(str(MOST), b"", START + KEEP) is None


def test_large_answers_are_fewer_so_that_memory_is_bounded() -> None:
    repeats, answer = RepeatedRequests(), Response(bytes(MOST_BYTES // 10))
    for number in range(20):
        assert repeats.begin(str(number), b"", START) is None
        repeats.end(str(number), answer)
    assert repeats.begin("19", b"", START) is answer
    assert repeats.begin("9", b"", START) is answer
    assert repeats.begin("8", b"", START) is None


def test_a_client_has_its_requests_at_once_and_then_at_a_rate() -> None:
    rate = RequestRate(60)
    assert [rate.wait_for("a", START) for _ in range(60)] == [0] * 60
    assert rate.wait_for("a", START) == 1
    assert rate.wait_for("b", START) == 0
    assert rate.wait_for("a", START + timedelta(seconds=1)) == 0
    assert rate.wait_for("a", START - timedelta(hours=1)) == 1
    assert not any(RequestRate(0).wait_for("a", START) for _ in range(1_000))
    for number in range(2 * CLIENTS):
        rate.wait_for(str(number), START)
    assert rate.wait_for("a", START) == 0  # forgotten, so that memory is bounded


def test_a_client_with_many_addresses_of_one_network_is_one_client() -> None:
    rate = RequestRate(2)
    near = ("2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff::3")
    assert [rate.wait_for(one, START) > 0 for one in near] == [False, False, True]
    assert rate.wait_for("2001:db8:0:2::1", START) == 0
    same = ("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1")
    assert [rate.wait_for(one, START) > 0 for one in same] == [False, False, True]
    assert rate.wait_for("::ffff:192.0.2.2", START) == 0
    assert rate.wait_for("fe80::1%eth0", START) == 0


def test_too_many_requests_are_told_when_to_come_back(newsroom: Newsroom) -> None:
    store, settings, clock = newsroom
    console = ConsoleSettings(requests_per_minute=2)
    client = api_client(store, settings.model_copy(update={"console": console}), clock)
    assert [client.get("/status").status for _ in range(2)] == [200, 200]
    refused = client.get("/status")
    assert_problem(refused, 429, "api.too-many")
    assert refused.headers["retry-after"] == "30"


def test_changes_of_one_version_at_the_same_time_are_one(client: ApiClient) -> None:
    made = client.send("POST", "/subscriptions", {"query": "erupsi gunung"})
    path = f"/subscriptions/{made.json()['subscription']['subscription_id']}"
    found: list[int] = []

    def change(number: int) -> None:
        sent = {"name": f"Erupsi {number}"}
        found.append(client.send("PATCH", path, sent, if_match=made.headers["etag"]).status)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == [200, 412, 412, 412]
