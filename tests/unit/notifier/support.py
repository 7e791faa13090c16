"""Shared parts of the tests of the notifier.

Alerts, a log with things in it, a loopback webhook receiver.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import Any

from pantau.adapters.memory.store import MemoryStore
from pantau.notifier.dispatch import Dispatcher
from pantau.notifier.plan import plan_deliveries
from pantau.ports import (
    AnyMessage,
    ChannelDriver,
    Clock,
    Consumer,
    Log,
    Message,
    Store,
    SummaryMessage,
)
from pantau.settings import FetchSettings, NotifySettings
from pantau.stream.envelope import record_for
from pantau_schemas.base import Span
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, ArticleSummary, Delivery, Snippet
from pantau_schemas.events.subscription import Channel, FileChannel, Subscription, WebhookChannel
from pantau_schemas.ids import alert_id, digest_id
from pantau_schemas.topics import ALERTS, DELIVERIES, SUBSCRIPTIONS
from tests.support import SOON, START, FixedClock, subscription

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TITLE = "Banjir Demak surut, warga kembali ke rumah"


def alert(
    subscriber: str = "banjir", about: str = "satu", *, feed: str | None = None, **other: object
) -> Alert:
    """Build an alert in our own words."""
    fields: dict[str, object] = {
        "schema_version": 3,
        "alert_id": alert_id(subscriber, digest_id(about)),
        "subscription_id": subscriber,
        "subscription_name": "Banjir Jawa Tengah",
        "query": "banjir AND Demak",
        "article": ArticleSummary(
            article_id=digest_id(about),
            revision=1,
            feed_id=feed,
            title=TITLE,
            url=f"https://kabar.example/{about}?a=1&b=2",
            source="kabar.example",
            lang="id",
            published=START,
            first_seen=START,
        ),
        "matches": (Span(field="title", start=0, end=6), Span(field="title", start=7, end=12)),
        "snippets": (
            Snippet(field="title", text=TITLE, marks=((0, 6), (7, 12))),
            Snippet(
                field="text",
                text="… genangan banjir di Demak mulai surut …",
                marks=((11, 17), (21, 26)),
            ),
        ),
        "matched_at": START,
    }
    return Alert.model_validate(fields | other)


def delivery(**other: object) -> Delivery:
    """Build a pending delivery."""
    fields: dict[str, object] = {
        "schema_version": 4,
        "delivery_id": digest_id("delivery"),
        "alert_id": alert().alert_id,
        "subscription_id": "banjir",
        "channel_id": "c1",
        "channel": "terminal",
        "created": START,
        "updated": START,
    }
    return Delivery.model_validate(fields | other)


def webhook(url: str, secret: str = SECRET) -> WebhookChannel:
    """Build a webhook channel."""
    return WebhookChannel.model_validate({"url": url, "secret": secret})


def message(channel: Channel, about: Alert | None = None) -> Message:
    """Build a message to a channel."""
    about = about or alert()
    (planned,) = plan_deliveries(
        about, subscription("banjir", "banjir", channels=(channel,)), START
    )
    return Message(planned, about, channel)


class Board:
    """A log with subscriptions, alerts and deliveries on it."""

    def __init__(self, store: Store | None = None, clock: FixedClock | None = None) -> None:
        self.clock = clock or FixedClock()
        self.store = store or MemoryStore(self.clock)

    @property
    def log(self) -> Log:
        return self.store.log

    def save(self, one: Subscription) -> None:
        self.log.append([record_for(one, SUBSCRIPTIONS, source="cli", time=START)])

    def fire(
        self, one: Subscription, *articles: str, feed: str | None = None, **other: object
    ) -> list[str]:
        """Append alerts with their deliveries; return the deliveries' ids."""
        ids = []
        for article in articles:
            about = alert(one.subscription_id, article, feed=feed, **other)
            planned = plan_deliveries(about, one, self.clock.now())
            self.log.append(
                [
                    record_for(about, ALERTS, source="alerter", time=START),
                    *(
                        record_for(each, DELIVERIES, source="notifier", time=START)
                        for each in planned
                    ),
                ]
            )
            ids += [each.delivery_id for each in planned]
        return ids

    def put(self, one: Delivery) -> None:
        self.log.append([record_for(one, DELIVERIES, source="notifier", time=START)])

    def state(self, delivery_id: str) -> Delivery:
        value = self.log.table(DELIVERIES.name).get(delivery_id)
        assert value is not None
        return decode(Delivery, value)

    def statuses(self) -> list[str]:
        return [
            decode(Delivery, value).status.value
            for value in self.log.table(DELIVERIES.name).snapshot().values.values()
            if value is not None
        ]


def to_files(name: str, *paths: str, paused: bool = False) -> Subscription:
    """Build a subscription to channels of kind file (whatever driver serves that kind)."""
    return subscription(
        name, "banjir", channels=tuple(FileChannel(path=path) for path in paths), paused=paused
    )


@dataclass
class Recorder:
    """A driver that records its messages; `answer` may raise or wait."""

    answer: Callable[[Any], object] = lambda _: None
    answer_summary: Callable[[SummaryMessage], object] = lambda _: None
    sent: list[tuple[str, str]] = field(default_factory=list)  # channel, message id
    tried: list[tuple[str, str]] = field(default_factory=list)
    summaries: list[SummaryMessage] = field(default_factory=list)  # of those that were sent

    async def send(self, message: AnyMessage) -> None:
        name = (message.channel.target, message.message_id)
        self.tried.append(name)
        result = (
            self.answer_summary(message)
            if isinstance(message, SummaryMessage)
            else self.answer(message)
        )
        if asyncio.iscoroutine(result):
            await result
        self.sent.append(name)
        if isinstance(message, SummaryMessage):
            self.summaries.append(message)

    async def close(self) -> None:
        pass


async def until(condition: Callable[[], object], seconds: float = SOON) -> None:
    """Wait until `condition` holds."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 (conditions are on stores and sockets, which set no event)
            await asyncio.sleep(0.002)


@contextlib.asynccontextmanager
async def dispatching(
    board: Board,
    drivers: Mapping[str, ChannelDriver],
    settings: NotifySettings | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[Dispatcher]:
    """Run a dispatcher; stopped gracefully at the end."""
    dispatcher = Dispatcher(board.log, drivers, clock or board.clock, settings or NotifySettings())
    stop = asyncio.Event()
    running = asyncio.create_task(dispatcher.run(stop))
    try:
        yield dispatcher
    finally:
        stop.set()
        async with asyncio.timeout(SOON):
            await running


class Pace:
    """Lets a dispatcher do all the work that is due at the time of the clock."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._steps = 0
        step = dispatcher._step

        async def counted(consumer: Consumer) -> None:
            await step(consumer)
            self._steps += 1

        dispatcher._step = counted  # type: ignore[method-assign]  # the same, counted

    async def settle(self) -> None:
        """Return when a whole step found nothing more to do."""
        await self._step()  # it may have begun before
        await self._step()
        while not self._dispatcher.idle:
            await self._step()

    async def _step(self) -> None:
        seen = self._steps
        self._dispatcher._wake.set()
        await until(lambda: self._steps > seen)


@dataclass
class Receiver:
    """A loopback HTTP server's requests, and its answers."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    release: asyncio.Event | None = None  # answers only when it is set
    body: bytes = b""

    @property
    def settings(self) -> FetchSettings:
        """Settings of a fetcher that may come here."""
        return FetchSettings(allow_networks=(IPv4Network("127.0.0.0/8"),))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                pairs = [line.split(": ", 1) for line in head.split("\r\n")[1:] if line]
                headers = {name.lower(): value for name, value in pairs}
                body = await reader.readexactly(int(headers["content-length"]))
                self.got.append((headers, body))
                if self.release is not None:
                    await self.release.wait()
                extra = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
                writer.write(
                    f"HTTP/1.1 {self.status} X\r\nContent-Length: {len(self.body)}\r\n"
                    f"{extra}\r\n".encode()
                    + self.body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@contextlib.asynccontextmanager
async def receiving(receiver: Receiver) -> AsyncIterator[Receiver]:
    """Serve HTTP on the loopback."""
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/in"
    try:
        yield receiver
    finally:
        if receiver.release is not None:
            receiver.release.set()
        server.close()
