"""A poller with the HTTP server that hubs call back, over a store, with a clock that tests turn."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.adapters.sqlite.store import SqliteStore
from pantau.bootstrap import build_reader
from pantau.observe.health_server import HealthServer
from pantau.poller.service import Poller
from pantau.poller.websub.endpoint import CallbackEndpoint
from pantau.poller.websub.hubs import Hubs
from pantau.ports import Log, Store
from pantau.settings import FetchSettings, PollSettings, WebSubSettings
from pantau_schemas.codec import decode
from pantau_schemas.events.polling.websub import HubSubscription
from pantau_schemas.topics import HUB_SUBSCRIPTIONS, PUSHED_DOCUMENTS
from tests.ports import free_port
from tests.unit.poller.polling import LOOPBACK, Desk


@dataclass
class TurnedClock:
    """The real time, turned forward by tests."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def turn(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@dataclass
class Newsroom(Desk):
    clock: TurnedClock = field(default_factory=TurnedClock)
    root: str = ""
    again: list[str] = field(default_factory=list)

    @property
    def hubs(self) -> Hubs:
        hubs = self.poller._hubs
        assert hubs is not None
        return hubs

    def subscriptions(self) -> list[HubSubscription]:
        values = self.log.table(HUB_SUBSCRIPTIONS.name).snapshot().values.values()
        return [decode(HubSubscription, value) for value in values if value is not None]

    def subscription(self) -> HubSubscription:
        (only,) = self.subscriptions()
        return only

    def waiting(self) -> int:
        return self.log.table(PUSHED_DOCUMENTS.name).count()

    async def tick(self) -> None:
        await self.hubs.tick(self.again.append)

    async def turn(self) -> None:
        """Follow the log, and read what is due or was delivered."""
        await self.poller.poll_once()

    def serve(self) -> None:
        """Run with less frequent polls where hubs are relied upon, as a running poller does."""
        self.hubs._serving_since = self.clock.now()


class Idle:
    """The assignment of a poller that has no feeds."""

    def generation(self) -> int:
        return 1

    def owns(self, partition_key: str) -> bool:
        return not partition_key

    def close(self) -> None:
        pass


class IdleLog:
    """A log whose partition keys all belong to another member."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def key_assignment(self, topic: str, group: str) -> Idle:
        del topic, group
        return Idle()


@contextlib.asynccontextmanager
async def newsroom(
    folder: Path,
    *,
    poll: dict[str, Any] | None = None,
    fetch: dict[str, Any] | None = None,
    attached: bool = True,
    idle: bool = False,  # another poller has all feeds
    clock: TurnedClock | None = None,
    over: Store | None = None,  # in place of a store in the folder; the caller closes it
) -> AsyncIterator[Newsroom]:
    clock, port = clock or TurnedClock(), free_port()
    store = over or SqliteStore(folder / "pantau.db", clock)
    fetching = FetchSettings(
        **{"allow_networks": LOOPBACK, "timeout_seconds": 20.0, **(fetch or {})}
    )
    fetcher = GuardedFetcher(fetching)
    websub = WebSubSettings(public_url=f"http://127.0.0.1:{port}")
    endpoint = CallbackEndpoint(websub, fetching.max_bytes)
    settings = PollSettings(**{"domain_gap_seconds": 0.0, "per_host": 20, **(poll or {})})
    log = cast("Log", IdleLog(store.log)) if idle else store.log
    poller = Poller(log, fetcher, clock, settings, reader=build_reader(), callbacks=endpoint)
    server = HealthServer("127.0.0.1", port, {}, mounts=[endpoint.mount])
    server.start()
    room = Newsroom(store.log, poller, clock, websub.callback_root)
    if attached:
        endpoint.attach(room.hubs, asyncio.get_running_loop())
    try:
        yield room
    finally:
        await asyncio.to_thread(server.stop)
        await poller.close()
        await fetcher.close()
        if over is None:
            store.close()


def feed(hub: str, topic: str, *titles: str) -> bytes:
    """Return an RSS feed that names its hub."""
    items = "".join(
        f"<item><title>{one}</title><link>https://berita.example/{one.lower()}</link>"
        f"<guid>{one}</guid></item>"
        for one in titles
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Berita</title><link>https://berita.example/</link><description/>"
        f'<atom:link rel="hub" href="{hub}"/><atom:link rel="self" href="{topic}"/>'
        f"{items}</channel></rss>"
    ).encode()
