"""The demonstration's course.

The newsroom publishes, the real pipeline monitors, and the expected alerts are checked.
"""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final, TypeVar

from pantau.bootstrap import build_embedded
from pantau.common.time.clock import SystemClock
from pantau.demo.newsroom import FeedSource, Newsroom, link_of
from pantau.demo.server import HOOK_PATH, NewsroomServer
from pantau.errors import PantauError
from pantau.ports import ChannelDriver, Store
from pantau.problems import Problem, problem
from pantau.runtimes.embedded.pipeline import Embedded
from pantau.settings import FetchSettings, PollSettings, Settings
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.base import Event
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, Delivery, DeliveryStatus
from pantau_schemas.events.feed import Feed, FullText
from pantau_schemas.events.subscription import (
    Channel,
    Subscription,
    TerminalChannel,
    WebhookChannel,
)
from pantau_schemas.topics import ALERTS, DELIVERIES

E = TypeVar("E", bound=Event)

WAVE_SECONDS: Final = 180.0
"""Maximum wait in seconds for the results of a wave; a second is typical, 20 a busy machine's."""


class DemoFailedError(PantauError):
    """An expected result of the demonstration did not happen."""


@dataclass
class Scenario:
    """One run in the folder `data`."""

    newsroom: Newsroom
    data: Path
    announce: Callable[[int], None]  # called with the number of each wave
    secret: str = field(
        default_factory=lambda: "whsec_" + b64encode(secrets.token_bytes(32)).decode()
    )

    @property
    def settings(self) -> Settings:
        """Settings that let the poller contact the loopback interface, every second."""
        return Settings(
            data=self.data,
            fetch=FetchSettings.model_validate({"allow_networks": ["127.0.0.0/8"]}),
            poll=PollSettings(
                min_interval_seconds=1,
                default_interval_seconds=1,
                max_interval_seconds=1,
                domain_gap_seconds=0.0,
            ),
        )

    async def perform(self, server: NewsroomServer, store: Store, terminal: ChannelDriver) -> None:
        """Run the pipeline over all waves.

        Raises DemoFailedError when an alert is missing or unexpected.
        """
        self.newsroom = server.newsroom
        self._fill(server, store)
        embedded = build_embedded(
            store, SystemClock(), self.settings, drivers={"terminal": terminal}
        )
        running = asyncio.create_task(embedded.run())
        try:
            await self._wave(store, running, 0)
            for wave in range(1, self.newsroom.waves + 1):
                self.announce(wave)
                server.publish(wave)
                await self._wave(store, running, wave)
        finally:
            await _stop(embedded, running)
        self._check_webhook(server, store)

    def _fill(self, server: NewsroomServer, store: Store) -> None:
        clock = SystemClock()
        feeds, subscriptions = FeedList(store.log, clock), SubscriptionRepository(store.log, clock)
        feeds.save([self._draft(feeds, server, source) for source in self.newsroom.feeds])
        for watcher in self.newsroom.watchers:
            channels: list[Channel] = [TerminalChannel()]
            if watcher.webhook:
                hook = {"url": server.address + HOOK_PATH, "secret": self.secret}
                channels.append(WebhookChannel.model_validate(hook))
            subscription = Subscription(
                subscription_id=watcher.id,
                name=watcher.name,
                query=watcher.query,
                language=watcher.language,
                channels=tuple(channels),
                created=clock.now(),
            )
            subscriptions.save(subscription)

    @staticmethod
    def _draft(feeds: FeedList, server: NewsroomServer, source: FeedSource) -> Feed:
        """Return a feed; pages that the newsroom does not serve need not be asked for."""
        full_text: FullText = "auto" if source.summaries else "never"
        return feeds.draft(server.url(source), title=source.title, full_text=full_text)

    async def _wave(self, store: Store, running: asyncio.Task[None], wave: int) -> None:
        """Wait until the wave's articles are searchable and its alerts delivered."""
        articles = sum(story.wave <= wave for story in self.newsroom.stories)
        expected = self._expected(wave)
        watch = store.log.watch()
        deadline = SystemClock().now() + timedelta(seconds=WAVE_SECONDS)
        try:
            while store.index.count() < articles or self._delivered(store) != expected:
                if running.done():
                    await running
                    raise DemoFailedError("the pipeline ended by itself")
                if SystemClock().now() > deadline:
                    raise DemoFailedError(self._difference(store, expected, articles))
                await asyncio.to_thread(watch.wait, 0.5)
        finally:
            watch.close()

    def _expected(self, wave: int) -> set[tuple[str, str]]:
        """Return the alerts expected up to a wave, as (subscription, link)."""
        feeds = {feed.path: feed for feed in self.newsroom.feeds}
        links = {
            one.slug: link_of(feeds[one.feed], one)
            for one in self.newsroom.stories
            if one.wave <= wave
        }
        return {
            (watcher.id, links[slug])
            for watcher in self.newsroom.watchers
            for slug in watcher.expect
            if slug in links
        }

    def _delivered(self, store: Store) -> set[tuple[str, str]]:
        """Return the alerts whose deliveries all arrived."""
        alerts = _values(store, ALERTS.name, Alert)
        open_ones = {
            one.alert_id
            for one in _values(store, DELIVERIES.name, Delivery)
            if one.status is not DeliveryStatus.DELIVERED
        }
        planned = {one.alert_id for one in _values(store, DELIVERIES.name, Delivery)}
        return {
            (one.subscription_id, one.article.url or "")
            for one in alerts
            if one.alert_id in planned - open_ones
        }

    def _difference(self, store: Store, expected: set[tuple[str, str]], articles: int) -> Problem:
        delivered = self._delivered(store)
        return problem(
            "demo.late",
            seconds=int(WAVE_SECONDS),
            held=store.index.count(),
            articles=articles,
            missing=_listed(expected - delivered),
            unexpected=_listed(delivered - expected),
        )

    def _check_webhook(self, server: NewsroomServer, store: Store) -> None:
        due = {
            one.delivery_id
            for one in _values(store, DELIVERIES.name, Delivery)
            if one.channel.startswith("webhook")
        }
        received = server.received
        if set(received) != due or not all(received.values()):
            raise DemoFailedError(
                f"the webhook got {received}, expected {sorted(due)} with right signatures"
            )


def _values(store: Store, topic: str, event: type[E]) -> list[E]:
    return [
        decode(event, value) for value in store.log.table(topic).snapshot().values.values() if value
    ]


async def _stop(embedded: Embedded, running: asyncio.Task[None]) -> None:
    embedded.stopping.set()
    with suppress(asyncio.CancelledError):
        await running


def _listed(alerts: set[tuple[str, str]]) -> str:
    """Return alerts, each as its subscription and link, for a sentence."""
    return ", ".join(" ".join(one) for one in sorted(alerts)) or "0"
