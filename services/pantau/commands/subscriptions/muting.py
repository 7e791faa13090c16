"""`pantau subscriptions mute` and `unmute`."""

from pathlib import Path

import click

from pantau.commands.cli.options.shared import data_option
from pantau.commands.subscriptions.selecting import (
    opened_subscriptions,
    print_each,
    selected,
    selection_options,
)


@click.command(
    "mute",
    short_help="Send no messages for a while.",
    epilog="\b\nExamples:\n  pantau subscriptions mute Gempa --until 2d\n"
    "  pantau subscriptions mute --tag bencana --until-growth --yes",
)
@click.option("--until", metavar="DATE", help="Until a date, or for a time such as 2d.")
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
    from pantau.usecases.rules.muting import mute  # noqa: PLC0415 (not needed for --help)

    with opened_subscriptions(data, changes=True) as repository:
        references = selected(repository, named, chosen_tags, "timing.will-mute", yes=yes)
        done = mute(repository, references, until=until, until_growth=until_growth)
    print_each("timing.muted", done)


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
    from pantau.usecases.rules.muting import unmute  # noqa: PLC0415 (not needed for --help)

    with opened_subscriptions(data, changes=True) as repository:
        references = selected(repository, named, chosen_tags, "timing.will-unmute", yes=yes)
        done = unmute(repository, references)
    print_each("timing.unmuted", done)
