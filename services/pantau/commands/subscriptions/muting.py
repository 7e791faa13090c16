"""`pantau subscriptions mute` and `unmute`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text
from pantau.commands.subscriptions.selecting import (
    opened_subscriptions,
    print_each,
    selected,
    selection_options,
)

if TYPE_CHECKING:
    from pantau_schemas.events.subscription import Subscription


@click.command(
    "mute",
    short_help="Send no messages for a while.",
    epilog="\b\nExamples:\n  pantau subscriptions mute Gempa --until 2d\n"
    "  pantau subscriptions mute --tag bencana --until-growth --yes",
)
@click.option("--until", "--for", metavar="DATE", help="Until a date, or for a time such as 2d.")
@click.option("--until-growth", is_flag=True, help="Until a story grows.")
@selection_options
@data_option
def mute_subscriptions(
    named: tuple[str, ...],
    until: str | None,
    chosen_tags: tuple[str, ...],
    data: Path,
    *,
    until_growth: bool,
    yes: bool,
) -> None:
    """Send no messages of subscriptions until a date or until a story grows, else until `unmute`.

    Alerts are recorded meanwhile: see `pantau alerts`. A story has grown when its sources doubled,
    or five more have it.
    """
    from pantau.usecases.rules.muting import mute

    with opened_subscriptions(data, changes=True) as repository:
        references = selected(repository, named, chosen_tags, "timing.will-mute", yes=yes)
        done = mute(repository, references, until=until, until_growth=until_growth)
    for one in done:
        _print_muted(one)


def _print_muted(one: "Subscription") -> None:
    from pantau.common.text.safe_text import one_line
    from pantau.common.time.zones import known_zone
    from pantau.usecases.rules.words import words_of_mute

    if one.rules.mute is None:
        return
    print_text(
        "timing.muted",
        mute=words_of_mute(one.rules.mute, known_zone(one.time_zone)),
        name=one_line(one.name),
        id=one.subscription_id,
    )


@click.command(
    "unmute",
    short_help="Send messages again.",
    epilog="\b\nExample:\n  pantau subscriptions unmute Gempa",
)
@selection_options
@data_option
def unmute_subscriptions(
    named: tuple[str, ...], chosen_tags: tuple[str, ...], data: Path, *, yes: bool
) -> None:
    """Send messages of muted subscriptions again; what waited comes as one."""
    from pantau.usecases.rules.muting import unmute

    with opened_subscriptions(data, changes=True) as repository:
        references = selected(repository, named, chosen_tags, "timing.will-unmute", yes=yes)
        done = unmute(repository, references)
    print_each("timing.unmuted", done)
