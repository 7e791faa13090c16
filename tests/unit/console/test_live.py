"""Live events over a real connection: new alerts arrive, resume, and end with the server."""

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pantau.bootstrap import STORES
from pantau.console.live import hub as hubs
from pantau.console.live.frames import frame, read_version
from pantau.ports import Log, Store
from pantau.settings import Settings
from pantau_schemas.events.alert import Alert
from tests.consoles import Client, serving_console
from tests.inbox import fire
from tests.support import SOON, START, FixedClock
from tests.topics import wait_until

from .conftest import Newsroom

Event = tuple[str, str | None, dict[str, object]]


def events(answer: HTTPResponse) -> Iterator[Event]:
    """Yield the events of a stream as a browser reads them."""
    name, event_id, data = "", None, ""
    for line in answer:
        text = line.decode().rstrip("\n")
        field, _, value = text.partition(": ")
        if field == "event":
            name = value
        elif field == "id":
            event_id = value
        elif field == "data":
            data = value
        elif not text and name:
            yield name, event_id, json.loads(data)
            name, data = "", ""


def listen(
    connection: HTTPConnection, last: str | None = None, path: str = "/events"
) -> HTTPResponse:
    connection.request("GET", path, headers={} if last is None else {"Last-Event-ID": last})
    return connection.getresponse()


def connected(client: Client) -> "closing[HTTPConnection]":
    return closing(HTTPConnection(urlsplit(client.address).netloc, timeout=SOON))


@pytest.fixture
def alert_log(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store in memory."""
    with closing(STORES["memory"](Settings(data=tmp_path), FixedClock())) as store:
        yield store


@pytest.mark.parametrize("path", ["/events", "/api/v1/events"])
def test_an_alert_arrives_and_a_broken_stream_goes_on_behind_it(
    client: Client, newsroom: Newsroom, path: str
) -> None:
    store, _, clock = newsroom
    with connected(client) as connection:
        answer = listen(connection, path=path)
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        stream = events(answer)
        hello, start, _ = next(stream)
        assert hello == "hello"
        made = fire(store, f"live{path}", clock.now())
        name, event_id, fields = next(stream)
        assert (name, fields["alert_id"]) == ("alert", made.alert_id)
    missed = [fire(store, f"missed{path}{number}", clock.now()) for number in range(3)]
    with connected(client) as connection:
        found = events(listen(connection, event_id, path))
        assert [next(found)[2]["alert_id"] for _ in missed] == [one.alert_id for one in missed]
    with connected(client) as connection:
        found = events(listen(connection, start, path))
        assert next(found)[2]["alert_id"] == made.alert_id


@pytest.mark.parametrize("last", ["999999999", "x", "12ab-7", "abcdef01-1", "-1", "1" * 30, "%00"])
def test_an_unknown_last_event_starts_over(client: Client, last: str) -> None:
    with connected(client) as connection:
        name, event_id, _ = next(events(listen(connection, last)))
    assert name == "reset"
    assert event_id is not None


def test_too_much_that_was_missed_starts_over(
    client: Client, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "RESUMED", 1)
    store, _, clock = newsroom
    before = store.log.table("alerts").version()
    for number in range(2):
        fire(store, f"much{number}", clock.now())
    with connected(client) as connection:
        name, event_id, _ = next(events(listen(connection, str(before))))
    assert name == "reset"
    assert event_id == str(store.log.table("alerts").version())


def test_what_is_far_behind_is_not_read(
    client: Client, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _, clock = newsroom
    before = store.log.table("alerts").version()
    fire(store, "far", clock.now())
    now = store.log.table("alerts").version()
    monkeypatch.setattr(hubs, "RESUMED_RECORDS", now - before)
    for last, name in ((before, "alert"), (before - 1, "reset"), (0, "reset")):
        with connected(client) as connection:
            assert next(events(listen(connection, str(last))))[0] == name


def test_what_a_listener_sees_is_decided_outside_of_the_event_loop(newsroom: Newsroom) -> None:
    store, _, clock = newsroom
    in_loop: list[bool] = []

    def visible(alert: Alert) -> bool:
        del alert
        in_loop.append(threading.current_thread() is threading.main_thread())
        return True

    async def streamed() -> bytes:
        hub = hubs.AlertHub(store.log, durable=True)
        before = store.log.table("alerts").version()
        fire(store, "thread-missed", clock.now())
        one = await hub.join(str(before), visible)
        assert one is not None
        fire(store, "thread-live", clock.now())
        found = b""
        while found.count(b"event: alert") < 2 and not one.ended:
            found += await one.next_frames(SOON) or b""
        hub.leave(one)
        await hub.close()
        return found

    assert asyncio.run(streamed()).count(b"event: alert") == 2
    assert in_loop == [False, False]


def test_more_streams_than_there_are_places_are_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "LISTENERS", 0)
    answer = client.get("/events")
    assert (answer.status, answer.headers["retry-after"]) == (503, "30")


def test_one_person_leaves_places_for_others(newsroom: Newsroom) -> None:
    store, _, _ = newsroom

    async def joined() -> list[bool]:
        hub = hubs.AlertHub(store.log, durable=True)
        asked = [*["ani"] * (hubs.OF_ONE + 1), "budi", None]
        found = [await hub.join(None, lambda _: True, owner) for owner in asked]
        for one in found:
            if one is not None:
                hub.leave(one)
        await hub.close()
        return [one is not None for one in found]

    assert asyncio.run(joined()) == [*[True] * hubs.OF_ONE, False, True, True]


def test_a_page_of_another_site_cannot_listen(client: Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    assert client.get("/events", headers=headers).status == 403
    assert client.get("/events", headers={"Host": "evil.example"}).status == 421


def test_the_end_of_the_server_ends_the_streams(newsroom: Newsroom) -> None:
    with serving_console(*newsroom) as address:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=SOON)
        answer = listen(connection)
        next(events(answer))
    with closing(connection):
        assert answer.read() == b""  # a complete response: no chunk is missing


class HubWithPause(hubs.AlertHub):
    """A hub in which something happens after what was missed is read, and before it is sent."""

    def __init__(self, log: Log, meanwhile: Callable[[], None]) -> None:
        super().__init__(log, durable=True)
        self.meanwhile = meanwhile

    def _missed(self, last_id: str | None) -> tuple[int, Sequence[Alert] | None]:
        found = super()._missed(last_id)
        self.meanwhile()
        return found


async def joined(hub: hubs.AlertHub, last_id: str | None = None) -> hubs.Listener:
    found = await hub.join(last_id, lambda alert: alert is not None)
    assert found is not None
    return found


async def ids_until(listener: hubs.Listener, last: Alert) -> list[str]:
    """Return the ids of the alerts of a stream, up to one of them."""
    text = b""
    async with asyncio.timeout(SOON):
        while last.alert_id.encode() not in text:
            text += await listener.next_frames(SOON) or b""
    return re.findall(r'"alert_id": "([^"]+)"', text.decode())


def test_what_comes_while_a_listener_joins_is_not_lost(alert_log: Store) -> None:
    async def run() -> None:
        hub = HubWithPause(alert_log.log, lambda: None)
        other = await joined(hub)
        missed = [fire(alert_log, f"missed{number}", START) for number in range(2)]
        ids = [one.alert_id for one in missed]
        assert await ids_until(other, missed[-1]) == ids
        late: list[Alert] = []

        def fire_late() -> None:
            late.append(fire(alert_log, "late", START))
            wait_until(lambda: other.frames, "others have it")

        hub.meanwhile = fire_late
        assert await ids_until(await joined(hub, "0"), late[0]) == [*ids, late[0].alert_id]
        await hub.close()

    asyncio.run(run())


def test_of_listeners_that_join_at_once_none_loses_an_alert(alert_log: Store) -> None:
    async def run() -> None:
        loop, made = asyncio.get_running_loop(), list[Alert]()

        def fire_and_join() -> None:
            if not made:
                made.append(fire(alert_log, "between", START))
                asyncio.run_coroutine_threadsafe(joined(hub), loop).result(SOON)

        hub = HubWithPause(alert_log.log, fire_and_join)
        first = await joined(hub)
        assert await ids_until(first, made[0]) == [made[0].alert_id]
        await hub.close()

    asyncio.run(run())


def test_a_listener_that_does_not_keep_up_is_dropped() -> None:
    slow = hubs.Listener(lambda _: True)
    part = frame("alert", {"title": "x" * 1_000})
    while not slow.ended:
        slow.offer(part)
        assert slow.size <= hubs.BUFFER_BYTES + len(part)
    assert not slow.frames


def test_what_others_write_cannot_end_a_frame() -> None:
    text = "a\n\nid: 7\r\nevent: x\u2028\u0085"
    made = frame("alert", {"title": text})
    assert made.count(b"\n") == 3
    assert b"\r" not in made
    assert json.loads(made.split(b"data: ")[1])["title"] == text


def test_ids_name_the_process_where_versions_end_with_it() -> None:
    assert read_version("abcdef01-12", "abcdef01") == 12
    assert read_version("abcdef01-12", "abcdef02") is None
    assert read_version("12", "abcdef01") is None
    assert read_version("abcdef01-12", "") is None
