import asyncio
import json
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pantau.errors import RejectError, RetryError, StopError
from pantau.ports import FetchRequest, FetchResponse, Record
from pantau_schemas.events.feed import FeedStatus
from tests.support import SOON
from tests.unit.adapters.http.loopback import Answer, Call, loopback, redirect, reply
from tests.unit.poller.polling import Desk, desk, rss, running, until, with_validators


def status(at: Desk, feed: str) -> FeedStatus | None:
    state = at.state(feed)
    return state.status if state is not None else None


# -- one round
# --------------------------------------------------------------------------------------------


def test_a_second_poll_publishes_nothing_and_transfers_only_what_has_no_validators(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with loopback() as site, desk(tmp_path) as at:
            site.routes.update(
                {"/with": with_validators(rss("Satu", "Dua")), "/without": reply(rss("Tiga"))}
            )
            for path in site.routes:
                at.add(site.url(path))
            first = await at.poller.poll_once(all_feeds=True)
            assert (first.polled, first.ok, first.new, first.not_modified) == (2, 2, 3, 0)
            second = await at.poller.poll_once(all_feeds=True)
            assert (second.polled, second.ok, second.new, second.changed, second.not_modified) == (
                2,
                2,
                0,
                0,
                2,
            )
            assert [
                call.headers.get("if-none-match") for call in site.calls if call.path == "/with"
            ] == [
                None,
                '"v1"',
            ]
            assert sorted(one.title for one in at.articles()) == ["Dua", "Satu", "Tiga"]

    asyncio.run(run())


def test_a_restarted_poller_knows_what_it_knew(tmp_path: Path) -> None:
    async def run() -> None:
        async with loopback({"/rss": reply(rss("Satu"))}) as site:
            async with desk(tmp_path) as at:
                feed = at.add(site.url("/rss"))
                await at.poller.poll_once(all_feeds=True)
            site.routes["/rss"] = reply(rss("Satu", "Dua"))
            async with desk(tmp_path) as at:
                assert (await at.poller.poll_once()).polled == 0
                assert (await at.poller.poll_once(all_feeds=True)).new == 1
                assert [(one.title, one.historical) for one in at.articles()] == [
                    ("Satu", True),
                    ("Dua", False),
                ]
                state = at.state(feed)
                assert state is not None
                assert (state.polls, state.articles, state.title) == (2, 2, "Berita")

    asyncio.run(run())


def test_an_article_in_two_feeds_is_published_once_and_handed_on(tmp_path: Path) -> None:
    async def run() -> None:
        async with (
            loopback({"/a": reply(rss("Satu")), "/b": reply(rss("Satu", "Dua"))}) as site,
            desk(tmp_path) as at,
        ):
            feeds = {path: at.add(site.url(path)) for path in site.routes}
            assert (await at.poller.poll_once(all_feeds=True)).new == 2
            (satu,) = [one for one in at.articles() if one.title == "Satu"]
            assert satu.feed_id is not None
            at.remove(satu.feed_id)
            other = next(path for path, feed in feeds.items() if feed != satu.feed_id)
            site.routes[other] = reply(rss("Satu", "Tiga"))
            report = await at.poller.poll_once(all_feeds=True)
            assert report.polled == 1
            assert at.state(satu.feed_id) is None
            assert {one.title for one in at.articles()} >= {"Satu", "Dua", "Tiga"} - {"Dua"}
            assert [one.feed_id for one in at.articles() if one.title == "Satu"] == [
                satu.feed_id,
                feeds[other],
            ]

    asyncio.run(run())


def endless(head: bytes, chunk: bytes) -> Answer:
    async def answer(_: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(0.001)

    return answer


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b"]><rss version='2.0'><channel><title>&k;</title><item><title>&k;</title></item></channel></rss>"
)

HOSTILE: Mapping[str, bytes | Answer] = {
    "/malformed": reply(rss("Satu").replace(b"</title><link>https", b"<link>https")),
    "/cut": reply(rss("Dua", "Tiga")[:-60]),
    "/large": endless(b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n", b"x" * 65536),
    "/large-unannounced": endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
    "/private": redirect("http://10.0.0.1/rss"),
    "/metadata": redirect("http://169.254.169.254/"),
    "/file": redirect("file:///etc/passwd"),
    "/circle": redirect("/circle"),
    "/laughs": reply(LAUGHS),
    "/charset": reply(
        rss("Empat").replace(b'"1.0"', b'"1.0" encoding="klingon"'),
        Content_Type="text/xml; charset=none-such",
    ),
    "/page": reply(
        b"<!doctype html><html><head><link rel=alternate type=application/rss+xml "
        b"href=/good></head></html>"
    ),
    "/missing": reply(b"", status="404 Not Found"),
    "/gone": reply(b"", status="410 Gone"),
    "/empty": reply(b""),
    "/garbage": b"\x00\x01\x02 nothing like HTTP\r\n\r\nconnection: close",
    "/binary": reply(bytes(range(256)) * 20),
}


def test_hostile_feeds_end_as_clear_entries_while_the_others_go_on(tmp_path: Path) -> None:
    limits = {"timeout_seconds": SOON, "max_bytes": 3_000_000}

    async def run() -> dict[str, Any]:
        async with loopback() as site, desk(tmp_path, fetch=limits) as at:
            site.routes.update(HOSTILE)
            site.routes["/good"] = reply(rss("Baik"))
            feeds = {path: at.add(site.url(path)) for path in site.routes}
            report = await at.poller.poll_once(all_feeds=True)
            assert report.polled == len(feeds)
            return {path: at.state(feed) for path, feed in feeds.items()}

    states = asyncio.run(run())
    problems = {path: f"{state.status.value}: {state.problem}" for path, state in states.items()}
    assert problems["/good"] == "ok: None"
    expected = {
        "/malformed": "warning: ",
        "/cut": "warning: ",
        "/large": "error: the body is longer than 3,000,000 bytes (it announces 52,428,800 bytes)",
        "/large-unannounced": "error: the body is longer than 3,000,000 bytes",
        "/private": "error: redirects to http://10.0.0.1/rss: 10.0.0.1 is a private address",
        "/metadata": "error: redirects to http://169.254.169.254/: 169.254.169.254 is a "
        "link-local address",
        "/file": "error: it redirects to file:",
        "/circle": "error: it redirects in a circle",
        "/laughs": "",
        "/charset": "warning: ",
        "/page": "error: ",
        "/missing": "error: 404 Not Found: there is no feed at this address",
        "/gone": "error: 410 Gone: the publisher has ended this feed",
        "/empty": "error: ",
        "/garbage": "error: the answer is no proper HTTP",
        "/binary": "error: ",
    }
    for path, start in expected.items():
        assert problems[path].startswith(start), problems[path]
    assert all(state.problem for path, state in states.items() if path != "/good")
    assert not any("internal error" in problem for problem in problems.values())
    assert "/good" in problems["/page"]


def test_a_feed_that_drips_without_end_is_given_up(tmp_path: Path) -> None:
    async def run() -> None:
        drip = endless(b"HTTP/1.1 200 OK\r\n\r\n", b" ")
        limits = {"timeout_seconds": 0.5}
        async with loopback({"/drip": drip}) as site, desk(tmp_path, fetch=limits) as at:
            feed = at.add(site.url("/drip"))
            await at.poller.poll_once(all_feeds=True)
            assert status(at, feed) is FeedStatus.ERROR
            state = at.state(feed)
            assert state is not None
            assert state.problem is not None
            assert "0.5 seconds" in state.problem

    asyncio.run(run())


def test_every_feed_of_the_outside_collection_is_read_or_shown_with_a_reason(
    tmp_path: Path, shared_data: Path
) -> None:
    files = sorted(
        path
        for folder in ("feeds", "feeds-torture")
        for path in (shared_data / folder).rglob("*")
        if path.is_file()
    )
    assert len(files) > 100

    async def run() -> None:
        async with loopback() as site, desk(tmp_path) as at:
            validated = set()
            feeds = {}
            for number, file in enumerate(files):
                path = f"/{number}{file.suffix}"
                if number % 3:
                    validated.add(path)
                    site.routes[path] = with_validators(file.read_bytes())
                else:
                    site.routes[path] = reply(file.read_bytes(), Content_Type="application/xml")
                feeds[file.name] = at.add(site.url(path))
            first = await at.poller.poll_once(all_feeds=True)
            assert first.polled == len(files)
            assert first.new > 100
            for name, feed in feeds.items():
                state = at.state(feed)
                assert state is not None, name
                assert state.status is not FeedStatus.NEW, name
                assert (state.problem is None) == (state.status is FeedStatus.OK), name
                assert state.problem is None or "internal error" not in state.problem, (
                    name,
                    state.problem,
                )
            articles = len(at.articles())
            asked = len(site.calls)
            second = await at.poller.poll_once(all_feeds=True)
            assert (second.polled, second.new, second.changed) == (len(files), 0, 0)
            assert second.not_modified == len(files)
            assert len(at.articles()) == articles == first.new + first.changed
            for call in site.calls[asked:]:
                assert (call.headers.get("if-none-match") == '"v1"') == (call.path in validated)

    asyncio.run(run())


# -- the loop
# ---------------------------------------------------------------------------------------------


def test_the_loop_notices_feeds_that_come_change_and_go(tmp_path: Path) -> None:
    async def run() -> None:
        async with (
            loopback({"/a": reply(rss("Satu")), "/b": reply(rss("Dua"))}) as site,
            desk(tmp_path) as at,
            running(at.poller),
        ):
            one = at.add(site.url("/a"))
            await until(lambda: status(at, one) is FeedStatus.OK)
            other = at.add(site.url("/b"), paused=True)
            at.add(site.url("/a"), title="Edited")  # an edit polls at once, whatever the schedule
            await until(lambda: [call.path for call in site.calls] == ["/a", "/a"])
            assert status(at, other) is None
            at.add(site.url("/b"))
            await until(lambda: status(at, other) is FeedStatus.OK)
            at.remove(one)
            await until(lambda: status(at, one) is None)

    asyncio.run(run())


def test_the_loop_follows_what_other_processes_write(tmp_path: Path) -> None:
    async def run() -> None:
        async with (
            loopback({"/a": reply(rss("Satu"))}) as site,
            desk(tmp_path) as at,
            desk(tmp_path) as other,
            running(at.poller),
        ):
            feed = other.add(site.url("/a"))
            await until(lambda: status(at, feed) is FeedStatus.OK)
            assert (await other.poller.poll_once(all_feeds=True)).not_modified == 1
            await until(lambda: at.poller._registry.states[feed].polls == 2)

    asyncio.run(run())


def test_without_feeds_the_loop_idles(tmp_path: Path) -> None:
    looks: list[float] = []

    async def run() -> None:
        async with desk(tmp_path) as at:
            refresh = at.poller._registry.refresh

            def counted() -> Any:
                looks.append(time.monotonic())
                return refresh()

            at.poller._registry.refresh = counted  # type: ignore[method-assign]  # counts the calls
            async with running(at.poller):
                await until(lambda: len(looks) >= 4)

    asyncio.run(run())
    assert looks[3] - looks[0] >= 1.4  # three pauses of half a second


def test_an_edited_interval_counts_from_the_last_poll(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path, fetcher=Fetching()) as at:
            feed = at.add("https://a.example/1")
            await at.poller.poll_once(all_feeds=True)
            state = at.state(feed)
            assert state is not None
            assert state.last_polled is not None
            at.add("https://a.example/1", interval_seconds=10)
            await at.poller.look()
            edited = at.poller.feed(feed)
            assert edited is not None
            assert at.poller.due(edited) == state.last_polled + timedelta(seconds=10)

    asyncio.run(run())


def test_a_feed_with_a_fixed_interval_is_polled_again_and_again(tmp_path: Path) -> None:
    async def run() -> None:
        settings = {
            "min_interval_seconds": 1,
            "default_interval_seconds": 1,
            "max_interval_seconds": 1,
        }
        async with (
            loopback({"/a": reply(rss("Satu"))}) as site,
            desk(tmp_path, poll=settings) as at,
            running(at.poller),
        ):
            at.add(site.url("/a"))
            await until(lambda: len(site.calls) == 1)
            site.routes["/a"] = reply(rss("Satu", "Dua"))
            await until(lambda: len(at.articles()) == 2)

    asyncio.run(run())


class Fetching:
    """A fetcher that counts how many requests run at once."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.now: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.most_in_all = 0

    async def get(self, request: FetchRequest) -> FetchResponse:
        host = request.url.split("/")[2]
        self.now[host] = self.now.get(host, 0) + 1
        self.most[host] = max(self.most.get(host, 0), self.now[host])
        self.most_in_all = max(self.most_in_all, sum(self.now.values()))
        for _ in range(5):
            await asyncio.sleep(0)
        self.now[host] -= 1
        if self.broken and request.url.endswith("/3"):
            message = "nobody foresaw this"
            raise ZeroDivisionError(message)
        return FetchResponse(request.url, 200, {}, rss(request.url[-1], site=request.url))

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        raise NotImplementedError

    async def close(self) -> None:
        pass


def test_no_more_run_at_once_than_allowed_in_all_and_for_a_domain(tmp_path: Path) -> None:
    async def run() -> Fetching:
        fetcher = Fetching()
        async with desk(tmp_path, poll={"concurrency": 6, "per_host": 2}, fetcher=fetcher) as at:
            for host in "abcde":
                for number in range(6):
                    at.add(f"https://sub{number}.{host}.example/{number}")
            assert (await at.poller.poll_once(all_feeds=True)).polled == 30
        return fetcher

    fetcher = asyncio.run(run())
    assert fetcher.most_in_all == 6
    by_domain: dict[str, int] = {}
    for host, most in fetcher.most.items():
        by_domain[host.partition(".")[2]] = max(by_domain.get(host.partition(".")[2], 0), most)
    assert max(by_domain.values()) <= 2


def test_an_error_that_nobody_foresaw_stays_with_its_feed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        async with desk(tmp_path, fetcher=Fetching(broken=True)) as at:
            feeds = [at.add(f"https://a.example/{number}") for number in range(6)]
            report = await at.poller.poll_once(all_feeds=True)
            assert (report.polled, report.ok, report.errors) == (6, 5, 1)
            state = at.state(feeds[3])
            assert state is not None
            assert (
                state.problem
                == "internal error, please report it: ZeroDivisionError: nobody foresaw this"
            )

    asyncio.run(run())
    assert "nobody foresaw this" in caplog.text


def test_a_record_that_cannot_be_read_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        async with desk(tmp_path, fetcher=Fetching()) as at:
            at.log.append(
                [
                    Record("feeds", "x", b'{"schema_version": 99}'),
                    Record("feed-state", "y", b"nonsense"),
                ]
            )
            at.add("https://a.example/1")
            assert (await at.poller.poll_once(all_feeds=True)).polled == 1

    asyncio.run(run())
    assert "newer than this program" in caplog.text


class Unreliable:
    """A log whose appends fail at first."""

    def __init__(self, log: Any, errors: list[Exception]) -> None:
        self._log = log
        self._errors = errors

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def append(self, records: Any) -> None:
        if self._errors:
            raise self._errors.pop(0)
        self._log.append(records)


def test_a_busy_log_is_waited_for_and_a_broken_one_ends_the_loop(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path, fetcher=Fetching()) as at:
            feed = at.add("https://a.example/1")
            busy = [
                RetryError("locked", after_seconds=0.01),
                RetryError("locked", after_seconds=0.01),
            ]
            at.poller._writer._log = Unreliable(at.log, list(busy))
            assert (await at.poller.poll_once(all_feeds=True)).ok == 1
            assert status(at, feed) is FeedStatus.OK
            at.poller._writer._log = Unreliable(at.log, [StopError("disk is gone")])
            with pytest.raises(StopError, match="disk is gone"):
                await at.poller.poll_once(all_feeds=True)

    asyncio.run(run())


class Refusing(Unreliable):
    """A log that rejects what a poll of one feed published."""

    def __init__(self, log: Any, feed: str) -> None:
        super().__init__(log, [])
        self._feed = feed

    def append(self, records: Any) -> None:
        given = list(records)
        if any(one.key == self._feed and b'"status":"ok"' in one.value for one in given):
            raise RejectError(
                "articles: an article has 40000000 bytes; at most 33554432 can be kept"
            )
        super().append(given)


def test_a_feed_that_gives_more_than_the_log_takes_stays_alone_with_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path, fetcher=Fetching()) as at:
            feeds = [at.add(f"https://a{number}.example/") for number in range(6)]
            at.poller._writer._log = Refusing(at.log, feeds[3])
            report = await at.poller.poll_once(all_feeds=True)
            assert (report.polled, report.ok, report.errors) == (6, 5, 1)
            state = at.state(feeds[3])
            assert state is not None
            assert state.problem is not None
            assert "at most 33554432 can be kept" in state.problem
            assert [status(at, feed) for feed in feeds[:3] + feeds[4:]] == [FeedStatus.OK] * 5

    asyncio.run(run())


def test_stopping_while_a_poll_runs_writes_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pantau.poller.round.GRACE_SECONDS", SOON)

    async def run() -> None:
        started = asyncio.Event()

        async def slow(_: Call, writer: asyncio.StreamWriter) -> None:
            del writer
            started.set()
            await asyncio.sleep(60)

        async with (
            loopback({"/slow": slow}) as site,
            desk(tmp_path, fetch={"timeout_seconds": 1.0}) as at,
        ):
            feed = at.add(site.url("/slow"))
            async with running(at.poller):
                await started.wait()
            state = at.state(feed)
            assert state is not None  # it ended by its own time limit, within the grace
            assert state.problem is not None
            assert "1 seconds" in state.problem

    asyncio.run(run())


@pytest.mark.parametrize("topic", ["feed-state", "feed-memory"])
def test_a_feed_that_a_newer_version_polled_is_left_to_it(topic: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with loopback({"/rss": reply(rss("Satu"))}) as site:
            async with desk(tmp_path) as at:
                feed = at.add(site.url("/rss"))
                await at.poller.poll_once(all_feeds=True)
                fields = json.loads(at.log.table(topic).get(feed) or b"")
                fields |= {"schema_version": fields["schema_version"] + 1, "mood": "calm"}
                newer = json.dumps(fields).encode()
                at.log.append([Record(topic, feed, newer)])
            site.routes["/rss"] = reply(rss("Satu", "Dua"))
            async with desk(tmp_path) as at:
                assert (await at.poller.poll_once(all_feeds=True)).polled == 0
                assert [one.title for one in at.articles()] == ["Satu"]
                assert at.log.table(topic).get(feed) == newer

    asyncio.run(run())
