"""WebSub against a hub after the recommendation, and against one that misbehaves.

Nothing is lost, since polls go on where a hub is not to be relied upon, and nothing is forged,
since only what the hub signed is read.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from pantau.poller.websub import lifecycle
from pantau.ports import Store
from pantau_schemas.events.feed import FeedStatus
from pantau_schemas.events.polling.websub import HubStatus
from tests.unit.adapters.http.loopback import Loopback, loopback, reply
from tests.unit.poller.polling import running, until
from tests.unit.poller.websub.hub import Conduct, Hub, signature
from tests.unit.poller.websub.newsroom import Newsroom, TurnedClock, feed, newsroom


@dataclass
class Scene:
    site: Loopback
    hub: Hub
    room: Newsroom
    identifier: str

    @property
    def topic(self) -> str:
        return self.site.url("/rss")

    def document(self, *titles: str) -> bytes:
        return feed(self.hub.url, self.topic, *titles)

    def lists(self, *titles: str) -> None:
        self.site.routes["/rss"] = reply(self.document(*titles), Content_Type="application/rss+xml")

    def polls(self) -> int:
        return sum(call.path == "/rss" for call in self.site.calls)

    def titles(self) -> list[str]:
        return [one.title for one in self.room.articles()]

    async def subscribed(self) -> None:
        """Poll, ask the hub, and let it verify."""
        await self.room.turn()
        await self.room.tick()
        await until(lambda: bool(self.hub.answers) or not self.hub.conduct.verifies)

    async def relied_upon(self) -> None:
        """Subscribe, and let the hub deliver something, so that it is relied upon."""
        self.room.serve()
        await self.subscribed()
        assert [one.status for one in await self.hub.publish(self.document("Awal"))] == [202]
        await self.room.turn()
        assert lifecycle.relied_upon(self.room.subscription(), self.room.clock.now())


@contextlib.asynccontextmanager
async def scene(
    folder: Path,
    conduct: Conduct | None = None,
    clock: TurnedClock | None = None,
    over: Store | None = None,
) -> AsyncIterator[Scene]:
    async with loopback() as site, newsroom(folder, clock=clock, over=over) as room:
        hub = Hub(site, conduct=conduct or Conduct())
        one = Scene(site, hub, room, room.add(site.url("/rss")))
        one.lists("Awal")
        try:
            yield one
        finally:
            await hub.client.close()


def test_a_feed_is_subscribed_at_its_hub_and_pushes_are_read_without_a_poll(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at, running(at.room.poller):
            await until(lambda: at.hub.verified)
            sub = at.room.subscription()
            assert (sub.status, sub.topic, sub.lease_seconds) == ("active", at.topic, 864_000)
            (asked,) = at.hub.requests
            assert asked["hub.callback"] == at.room.root + sub.callback_id
            assert len(asked["hub.secret"]) == 64
            polls = at.polls()
            (answer,) = await at.hub.publish(at.document("Kedua", "Awal"))
            assert answer.status == 202
            await until(lambda: "Kedua" in at.titles())
            assert at.polls() == polls
            await until(lambda: at.room.subscription().pushes == 1)
            assert at.room.waiting() == 0
            state = at.room.state(at.identifier)
            assert state is not None
            assert (state.status, state.articles, state.polls) == (FeedStatus.OK, 2, 1)

    asyncio.run(run())


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_every_method_of_the_recommendation_signs(tmp_path: Path, method: str) -> None:
    async def run() -> None:
        async with scene(tmp_path, Conduct(method=method)) as at:
            await at.subscribed()
            await at.hub.publish(at.document("Kedua"))
            await at.room.turn()
            assert sorted(at.titles()) == ["Awal", "Kedua"]

    asyncio.run(run())


def test_what_is_not_signed_by_the_hub_is_acknowledged_counted_and_ignored(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.subscribed()
            body = at.document("Palsu")
            secret = at.room.subscription().secret.get_secret_value()
            right = signature("sha256", secret, body)
            forged = [
                "",
                "sha256=",
                "sha256",
                right.replace("sha256", "sha1"),
                right.replace("sha256", "md5"),
                right[:-1],
                right + "0",
                right + "é",
                signature("sha256", "another secret", body),
                signature("sha512", "", body),
                signature("sha256", secret, body + b" "),
                f"{signature('sha256', 'x', body)}, {right}",
            ]
            for one in forged:
                (answer,) = await at.hub.publish(body, X_Hub_Signature=one)
                assert answer.status == 202, one
            assert at.room.waiting() == 0
            await at.room.turn()
            await at.room.tick()
            assert at.titles() == ["Awal"]
            assert at.room.subscription().ignored == len(forged)
            assert at.room.subscription().pushes == 0

    asyncio.run(run())


def test_a_delivery_of_another_topic_is_not_read(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.subscribed()
            await at.hub.publish(at.document("Lain"), Link=f'<{at.site.url("/other")}>; rel="self"')
            assert at.room.waiting() == 0
            other = feed(at.hub.url, at.site.url("/other"), "Lain")
            await at.hub.publish(other, Link="")
            polls = at.polls()
            await at.room.turn()
            assert at.titles() == ["Awal"]
            assert at.polls() == polls + 1  # what cannot be read as the feed makes it be polled

    asyncio.run(run())


def test_a_signed_document_that_is_no_feed_makes_the_feed_be_polled(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.subscribed()
            at.lists("Kedua", "Awal")
            await at.hub.publish(b"<html><body>there is news</body></html>")
            await at.room.turn()
            assert sorted(at.titles()) == ["Awal", "Kedua"]
            assert at.room.waiting() == 0

    asyncio.run(run())


@pytest.mark.parametrize(
    "query",
    [
        {"hub.topic": "https://berita.example/other", "hub.mode": "subscribe"},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": "publish"},
        {"hub.mode": "subscribe", "hub.challenge": ""},
        {"hub.mode": "subscribe", "hub.challenge": "x" * 5_000},
        {"hub.mode": ""},
    ],
)
def test_what_was_not_asked_for_is_not_confirmed(tmp_path: Path, query: dict[str, str]) -> None:
    async def run() -> None:
        async with scene(tmp_path, Conduct(verifies=False)) as at:
            await at.subscribed()
            callback = at.hub.requests[0]["hub.callback"]
            asked = {"hub.topic": at.topic, "hub.challenge": "c", "hub.lease_seconds": "60"} | query
            answer = await at.hub.get(callback, asked)
            assert (answer.status, answer.body) == (404, b"")
            assert at.room.subscription().status is HubStatus.PENDING

    asyncio.run(run())


def test_paths_that_no_subscription_has_and_other_hosts_are_not_served(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.subscribed()
            callback = at.hub.requests[0]["hub.callback"]
            for path in ("", "x", "x" * 200, "a/b", "%2e%2e/livez"):
                answer = await at.hub.client.post(at.room.root + path, b"x", {})
                assert answer.status == 404, path
            root = at.room.root.removesuffix("/websub/")
            assert (await at.hub.client.post(f"{root}/livez", b"", {})).status == 501
            named = callback.replace("127.0.0.1", "localhost")
            assert (await at.hub.client.post(named, b"x", {})).status == 421

    asyncio.run(run())


def test_a_body_beyond_the_limit_of_the_feed_is_not_read(tmp_path: Path) -> None:
    async def run() -> None:
        async with loopback() as site, newsroom(tmp_path, fetch={"max_bytes": 50_000}) as room:
            hub = Hub(site)
            at = Scene(site, hub, room, room.add(site.url("/rss")))
            at.lists("Awal")
            await at.subscribed()
            (answer,) = await hub.publish(at.document("Besar") + b" " * 60_000)
            assert answer.status == 413
            (answer,) = await hub.publish(at.document("Kecil") + b" " * 10_000)
            assert answer.status == 202
            await room.turn()
            assert sorted(at.titles()) == ["Awal", "Kecil"]
            await hub.client.close()

    asyncio.run(run())


def test_a_late_verification_counts_and_one_that_never_comes_loses_nothing(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path, Conduct(verifies=False)) as at:
            at.room.serve()
            await at.subscribed()
            for _ in range(6):
                at.room.clock.turn(hours=20)
                await at.room.tick()
            at.lists("Kedua", "Awal")
            await at.room.turn()
            assert sorted(at.titles()) == ["Awal", "Kedua"]  # by polls meanwhile
            first = at.hub.requests[0]
            assert all(one == first for one in at.hub.requests)
            assert 3 <= len(at.hub.requests) <= 7
            answer = await at.hub.verify(first)
            assert answer.status == 200
            assert at.room.subscription().status is HubStatus.ACTIVE

    asyncio.run(run())


def test_a_renewal_keeps_callback_and_secret_and_its_failure_ends_nothing(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.relied_upon()
            before = at.room.subscription()
            at.room.clock.turn(days=4.9)
            await at.room.tick()
            assert len(at.hub.requests) == 1
            at.hub.conduct = Conduct(answer="500 Internal Server Error")
            at.room.clock.turn(days=0.2)
            await at.room.tick()
            failed = at.room.subscription()
            assert failed.status is HubStatus.ACTIVE
            assert failed.problem is not None
            assert "500" in failed.problem
            assert (failed.callback_id, failed.secret) == (before.callback_id, before.secret)
            assert [one.status for one in await at.hub.publish(at.document("Kedua"))] == [202]
            at.hub.conduct = Conduct()
            at.room.clock.turn(days=1)
            answers = len(at.hub.answers)
            await at.room.tick()
            await until(lambda: len(at.hub.answers) > answers)
            renewed = at.room.subscription()
            assert at.hub.requests[-1] == at.hub.requests[0]
            assert renewed.expires_at is not None
            assert before.expires_at is not None
            assert renewed.expires_at - before.expires_at > timedelta(days=5)
            assert renewed.problem is None

    asyncio.run(run())


def test_short_leases_are_renewed_with_restraint_and_lapse_into_usual_polls(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path, Conduct(lease=2)) as at:
            at.room.serve()
            await at.subscribed()
            for _ in range(60):
                at.room.clock.turn(seconds=10)
                await at.room.tick()
            await until(lambda: len(at.hub.answers) == len(at.hub.requests))
            assert len(at.hub.requests) <= 3
            await at.hub.publish(at.document("Kedua"))
            await at.room.turn()
            assert "Kedua" in at.titles()
            at.room.clock.turn(seconds=10)
            assert not lifecycle.relied_upon(at.room.subscription(), at.room.clock.now())

    asyncio.run(run())


def test_a_hub_that_misses_is_found_out_by_a_check_and_not_relied_upon(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.relied_upon()
            assert at.polls() == 1
            at.lists("Terlewat", "Awal")
            at.room.clock.turn(minutes=50)
            await at.room.turn()
            assert at.polls() == 1  # on its usual schedule it would be polled by now
            at.room.clock.turn(minutes=20)
            await at.room.turn()
            assert at.polls() == 2
            assert sorted(at.titles()) == ["Awal", "Terlewat"]
            await at.room.tick()
            assert at.room.subscription().missed == 0  # the hub may only be late
            at.room.clock.turn(minutes=16)
            await at.room.tick()
            sub = at.room.subscription()
            assert (sub.missed, sub.status) == (1, HubStatus.ACTIVE)
            assert lifecycle.distrusted(sub, at.room.clock.now())
            at.room.clock.turn(minutes=50)
            await at.room.turn()
            assert at.polls() == 3

    asyncio.run(run())


def test_a_hub_that_is_late_has_not_missed(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.relied_upon()
            at.lists("Telat", "Awal")
            at.room.clock.turn(minutes=70)
            await at.room.turn()
            await at.hub.publish(at.document("Telat"))
            await at.room.turn()
            at.room.clock.turn(minutes=30)
            await at.room.tick()
            assert at.room.subscription().missed == 0
            assert len(at.room.articles()) == 2

    asyncio.run(run())


def test_checks_become_rarer_up_to_one_a_day(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.relied_upon()
            for _ in range(24 * 10):
                at.room.clock.turn(hours=1)
                await at.room.turn()
                await at.room.tick()
                await until(lambda: len(at.hub.answers) == len(at.hub.requests))
            assert 12 <= at.polls() <= 18

    asyncio.run(run())


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_hub_may_redirect_requests(tmp_path: Path, status: str) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            real = Hub(at.site, "/real")
            at.hub.conduct = Conduct(answer=status, location="/real")
            await at.room.turn()
            await at.room.tick()
            await until(lambda: real.verified)
            assert at.room.subscription().status is HubStatus.ACTIVE
            assert at.room.subscription().hub == at.hub.url
            await real.client.close()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("status", "location"),
    [
        ("302 Found", "/real"),
        ("307 Temporary Redirect", "/hub"),
        ("307 Temporary Redirect", "http://169.254.169.254/latest"),
        ("307 Temporary Redirect", "gopher://x/"),
        ("307 Temporary Redirect", "http://[bad"),
        ("400 Bad Request", None),
        ("503 Service Unavailable", None),
    ],
)
def test_a_hub_that_refuses_is_asked_again_later(
    tmp_path: Path, status: str, location: str | None
) -> None:
    async def run() -> None:
        async with scene(tmp_path, Conduct(answer=status, location=location)) as at:
            await at.room.turn()
            await at.room.tick()
            sub = at.room.subscription()
            assert (sub.status, sub.attempts) == (HubStatus.PENDING, 1)
            assert sub.problem
            assert sub.next_request is not None
            wait = sub.next_request - at.room.clock.now()
            assert timedelta(minutes=9) < wait < timedelta(minutes=11)

    asyncio.run(run())


def test_a_denial_ends_the_subscription_and_the_feed_is_polled(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.relied_upon()
            callback = at.hub.requests[0]["hub.callback"]
            asked = {"hub.mode": "denied", "hub.topic": at.topic, "hub.reason": "not\x1b[31m paid"}
            assert (await at.hub.get(callback, asked)).status == 200
            sub = at.room.subscription()
            assert sub.status is HubStatus.DENIED
            assert sub.problem is not None
            assert "paid" in sub.problem
            at.lists("Kedua", "Awal")
            at.room.clock.turn(minutes=30)
            await at.room.turn()
            assert "Kedua" in at.titles()

    asyncio.run(run())


def test_a_removed_feed_is_unsubscribed_and_forgotten(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.subscribed()
            callback = at.hub.requests[0]["hub.callback"]
            at.room.remove(at.identifier)
            await at.room.turn()
            await at.room.tick()
            await until(lambda: len(at.hub.answers) == 2)
            assert at.hub.requests[1]["hub.mode"] == "unsubscribe"
            assert "hub.secret" not in at.hub.requests[1]
            assert at.hub.verified == {}
            assert at.room.subscriptions() == []
            assert (await at.hub.client.post(callback, b"x", {})).status == 404

    asyncio.run(run())


def test_a_delivery_outlives_the_end_of_the_poller(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.subscribed()
            await at.hub.publish(at.document("Kedua"))
            assert at.room.waiting() == 1
        async with newsroom(tmp_path) as room:
            await room.turn()
            assert sorted(one.title for one in room.articles()) == ["Awal", "Kedua"]
            assert room.waiting() == 0

    asyncio.run(run())


def test_a_repeated_delivery_gives_nothing_twice(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.subscribed()
            for _ in range(3):
                assert [one.status for one in await at.hub.publish(at.document("Kedua"))] == [202]
            assert at.room.waiting() == 1
            await at.room.turn()
            await at.hub.publish(at.document("Kedua"))
            at.lists("Kedua", "Awal")
            at.room.clock.turn(hours=1)
            await at.room.turn()
            assert sorted(at.titles()) == ["Awal", "Kedua"]

    asyncio.run(run())


def test_without_a_poller_the_hub_is_told_to_try_again(tmp_path: Path) -> None:
    async def run() -> None:
        async with loopback() as site, newsroom(tmp_path, attached=False) as room:
            hub = Hub(site)
            answer = await hub.client.post(f"{room.root}abc", b"x", {})
            assert answer.status == 503
            await hub.client.close()

    asyncio.run(run())


def test_a_flood_of_deliveries_is_slowed_down(tmp_path: Path) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at:
            await at.subscribed()
            statuses = []
            for number in range(70):
                (answer,) = await at.hub.publish(at.document(f"Banjir-{number}"))
                statuses.append(answer.status)
            assert statuses[:50] == [202] * 50
            assert set(statuses[50:]) <= {429, 503}
            await at.room.turn()
            assert len(at.titles()) == 51

    asyncio.run(run())


def test_a_delivery_to_another_poller_is_read_by_the_one_that_polls_the_feed(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with scene(tmp_path) as at, newsroom(tmp_path, idle=True) as other:
            await at.subscribed()
            await other.turn()
            (sub,) = at.hub.verified.values()
            callback = other.root + at.room.subscription().callback_id
            at.hub.verified = {callback: replace(sub, callback=callback)}
            renewal = await at.hub.verify(at.hub.requests[0] | {"hub.callback": callback})
            assert renewal.status == 200
            assert [one.status for one in await at.hub.publish(at.document("Kedua"))] == [202]
            await other.turn()
            assert at.room.waiting() == 1  # it is not its feed
            await at.room.turn()
            assert sorted(at.titles()) == ["Awal", "Kedua"]
            await other.turn()
            assert at.room.waiting() == 0
            await other.tick()
            assert len(at.hub.requests) == 1

    asyncio.run(run())
