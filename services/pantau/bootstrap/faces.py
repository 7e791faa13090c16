"""The parts of faces for programs and people: console, REST interface, MCP server."""

import asyncio
from contextlib import closing
from dataclasses import replace

from pantau.adapters.files.disk import little_space
from pantau.adapters.files.signing_key import signing_key
from pantau.bootstrap.documents import REPORT_WRITERS, installed_forms
from pantau.bootstrap.embedded import stage_lags
from pantau.bootstrap.parts import (
    build_channel_drivers,
    build_fetcher,
    build_reader,
    build_template_renderer,
)
from pantau.feeds.formats.opml import OpmlList
from pantau.messages.languages import Lang
from pantau.net.networks import network_of
from pantau.operations.base.parts import Parts
from pantau.ports import Clock, Store
from pantau.settings import Settings
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.signing_in import Accounts, build_accounts
from pantau.usecases.accounts.throttle import SignInThrottle
from pantau.usecases.channels.trial import TrialResult, note_trials
from pantau.usecases.channels.trial import send_trials as send_all
from pantau.usecases.feeds.adding import Added
from pantau.usecases.feeds.feed_list import FeedFields, FeedList
from pantau.usecases.feeds.looking import look_and_add
from pantau.usecases.feeds.opml_lists import read_list
from pantau_schemas.events.subscription import Subscription


def build_parts(store: Store, settings: Settings, clock: Clock) -> Parts:
    """Build the parts of a face over an opened store. Opens nothing itself."""

    # Both run in the thread of a request, which has no loop of its own.
    def add_feed(feed_list: FeedList, url: str, fields: FeedFields) -> Added:
        return asyncio.run(_add_feed(settings, clock, feed_list, url, fields))

    def send_trials(subscription: Subscription, lang: Lang) -> tuple[TrialResult, ...]:
        results = asyncio.run(_send_trials(settings, clock, subscription, lang))
        note_trials(store.log, clock, results)
        return results

    def lags() -> dict[str, int]:
        # Over Kafka, joining the groups of the stages would take partitions from them.
        return stage_lags(store) if settings.backend == "sqlite" else {}

    def own_key() -> bytes | None:
        return signing_key(settings)

    parts = Parts(
        store,
        settings,
        clock,
        add_feed,
        send_trials,
        read_feed_list,
        lags,
        own_key,
        render_template=build_template_renderer(),
        report_writers=REPORT_WRITERS,
        report_forms=installed_forms(),
        little_space=lambda: little_space(settings.data) if settings.backend == "sqlite" else None,
    )
    if not settings.console.accounts:
        return parts
    accounts = build_directory(store, settings, clock)
    return replace(parts, accounts=accounts, ownership=SubscriptionOwners(store.log))


def build_directory(store: Store, settings: Settings, clock: Clock) -> Accounts:
    """Build the accounts of a store."""
    from pantau.adapters.passwords import Argon2Passwords  # noqa: PLC0415 (drivers are loaded when chosen)

    days = settings.console.session_days
    throttle = SignInThrottle(network_of)
    return build_accounts(store.log, clock, Argon2Passwords(), session_days=days, throttle=throttle)


def read_feed_list(body: bytes, name: str) -> OpmlList:
    """Return the feeds that a document lists. Raises UsageError; see `opml_lists.read_list`."""
    with closing(build_reader()) as reader:
        return read_list(reader, body, name)


async def _add_feed(
    settings: Settings, clock: Clock, feed_list: FeedList, url: str, fields: FeedFields
) -> Added:
    fetcher = build_fetcher(settings)
    try:
        with closing(build_reader()) as reader:
            return await look_and_add(feed_list, fetcher, reader, clock, url, fields)
    finally:
        await fetcher.close()


async def _send_trials(
    settings: Settings, clock: Clock, subscription: Subscription, lang: Lang
) -> tuple[TrialResult, ...]:
    fetcher = build_fetcher(settings)
    try:
        drivers = build_channel_drivers(settings, fetcher, clock)
        try:
            seconds = settings.notify.timeout_seconds
            return await send_all(subscription, drivers, clock, seconds, lang)
        finally:
            for driver in drivers.values():
                await driver.close()
    finally:
        await fetcher.close()
