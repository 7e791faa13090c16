"""`pantau subscriptions test`: a trial message."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.language import current
from pantau.commands.cli.opened import network_option, opened_fetcher, opened_store, read_settings
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text, text_of

if TYPE_CHECKING:
    from pantau.settings import Settings
    from pantau.usecases.channels.trial import TrialResult
    from pantau_schemas.events.subscription import Subscription


@click.command("test", epilog="\b\nExample:\n  pantau subscriptions test Gempa")
@click.argument("subscription", shell_complete=complete_subscription)
@network_option
@data_option
def test_subscription(subscription: str, networks: tuple[str, ...], data: Path) -> int:
    """Send a trial message to each channel of a subscription, now, and say what became of it.

    Exit code: 0 all have it, 1 some do not.
    """
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.channels.trial import note_trials
    from pantau.usecases.subscriptions.repository import find_subscription
    from pantau_schemas.events.subscription import describe_channel

    with opened_store(data, reads=True) as (store, _):
        found = find_subscription(store.log, subscription)
        settings = read_settings(data, allow_networks=networks, told=True)
        results = asyncio.run(_send(found, settings))
        note_trials(store.log, SystemClock(), results)
    for one in results:
        channel = describe_channel(one.channel)
        if one.problem is None:
            print_text("subscriptions.trial-sent", channel=channel)
        else:
            told = text_of(one.problem)
            print_text("subscriptions.trial-failed", channel=channel, problem=told)
    if not results:
        print_text("subscriptions.no-channel")
    return int(any(one.problem is not None for one in results))


async def _send(found: "Subscription", settings: "Settings") -> "tuple[TrialResult, ...]":
    from pantau.bootstrap import build_channel_drivers
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.channels.trial import send_trials

    clock = SystemClock()
    async with opened_fetcher(settings) as fetcher:
        drivers = build_channel_drivers(settings, fetcher, clock)
        try:
            seconds = settings.notify.timeout_seconds
            return await send_trials(found, drivers, clock, seconds, current())
        finally:
            for driver in drivers.values():
                await driver.close()
