"""Remedies for channels that alerts do not arrive at: the command for each state."""

import shlex
from collections.abc import Iterable
from typing import Final

from pantau.common.time.zones import zoned_text
from pantau.ports import Log
from pantau.problems import Problem, problem
from pantau.usecases.channels.health import Health, KnownChannel, known_channels
from pantau_schemas.events.subscription import Subscription, describe_channel

SEND_AGAIN: Final = "pantau dead-letters retry --stage notifier --all"
"""The command that sends failed deliveries again; those to stopped channels fail again."""
_WORST_FIRST: Final[tuple[Health, ...]] = ("stopped", "failing", "waits", "down")
_CODES: Final[dict[Health, str]] = {
    "stopped": "status.channel-stopped",
    "failing": "status.channel-failing",
    "waits": "status.channel-waits",
    "down": "status.channel-down",
}


def ill_channels(log: Log, subscriptions: Iterable[Subscription]) -> tuple[KnownChannel, ...]:
    """Return the channels that alerts do not arrive at, the worst first. Raises RetryError."""
    found = [one for one in known_channels(log, subscriptions) if one.health.is_ill]
    return tuple(sorted(found, key=lambda one: _WORST_FIRST.index(one.health.status)))


def command_for(one: KnownChannel) -> str | None:
    """Return the command that helps a channel, as a shell takes it.

    None for a healthy channel, and for one that is tried again without a command.
    """
    match one.health.status:
        case "stopped":
            return f"pantau channels resume {shlex.quote(describe_channel(one.channel))}"
        case "failing":
            return SEND_AGAIN
        case "waits" if one.subscriptions:
            return f"pantau subscriptions test {one.subscriptions[0].subscription_id}"
    return None


def describe_trouble(one: KnownChannel) -> Problem:
    """Return a sentence about a channel in trouble: since when, why, and the command that helps."""
    health = one.health
    return Problem(
        _CODES[health.status],
        {
            "channel": describe_channel(one.channel),
            "since": "" if health.since is None else zoned_text(health.since),
            "reason": health.reason or problem("delivery.other", text="?"),
            **({} if health.status == "down" else {"command": command_for(one) or SEND_AGAIN}),
        },
    )
