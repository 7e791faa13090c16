"""How channels look: a table of them, or lines of JSON."""

from collections.abc import Sequence
from typing import Any, Final

from rich.text import Text

from pantau.adapters.terminal.screen import open_screen, print_table
from pantau.commands.cli.language import current
from pantau.commands.cli.say import say, text_of
from pantau.common.files.jsonlines import line_writer
from pantau.common.text.safe_text import one_line
from pantau.usecases.channels.health import ChannelHealth, Health, KnownChannel
from pantau_schemas.base import format_time
from pantau_schemas.events.subscription import describe_channel

STYLES: Final[dict[Health, str]] = {
    "unused": "dim",
    "works": "green",
    "down": "yellow",
    "failing": "red",
    "waits": "yellow",
    "stopped": "bold red",
}


def print_channels(found: Sequence[KnownChannel]) -> None:
    """Print a table of channels: how each fares, and who uses it."""
    rows = [(Text(str(len(one.subscriptions))), _cell(one)) for one in found]
    titles = (say("channels.column-subscriptions"), say("channels.column-channel"))
    print_table(open_screen(), titles, rows, right=titles[:1])


def print_channels_json(found: Sequence[KnownChannel]) -> None:
    """Print a line of JSON for each channel."""
    write = line_writer()
    for one in found:
        write(
            {
                "channel": describe_channel(one.channel),
                "subscriptions": [each.subscription_id for each in one.subscriptions],
                **health_fields(one.health),
            }
        )


def health_fields(health: ChannelHealth) -> dict[str, Any]:
    """Return how a channel fares, for JSON."""
    return {
        "channel_id": health.channel_id,
        "health": health.status,
        "since": None if health.since is None else format_time(health.since),
        "problem": None if health.reason is None else health.reason.text(current()),
        "delivered": None if health.delivered is None else format_time(health.delivered),
    }


def _cell(one: KnownChannel) -> Text:
    text = Text(one_line(describe_channel(one.channel)), "bold")
    told = one_line(text_of(one.health.describe()), 400)
    text.append(f"\n{told}", STYLES[one.health.status])
    names = ", ".join(one_line(each.name, 40) for each in one.subscriptions[:5])
    text.append(f"\n{names}{', …' if len(one.subscriptions) > 5 else ''}", "dim")
    return text
