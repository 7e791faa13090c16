"""`pantau subscriptions mute` and `unmute`."""

from pathlib import Path

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text

_named_argument = click.argument(
    "named",
    metavar="SUBSCRIPTION...",
    nargs=-1,
    required=True,
    shell_complete=complete_subscription,
)


@click.command(
    "mute",
    short_help="Send no messages for a while.",
    epilog="\b\nExamples:\n  pantau subscriptions mute Gempa --until 2d\n"
    "  pantau subscriptions mute Gempa --until-growth",
)
@_named_argument
@click.option("--until", metavar="DATE", help="Until a date, or for a time such as 2d.")
@click.option("--until-growth", is_flag=True, help="Until a story grows.")
@data_option
def mute_subscriptions(
    named: tuple[str, ...], until: str | None, data: Path, *, until_growth: bool
) -> None:
    """Send no messages of subscriptions until a date or until a story grows, else until `unmute`.

    Alerts are recorded meanwhile: see `pantau alerts`. A story has grown when its sources doubled,
    or five more have it.
    """
    from pantau.common.text.safe_text import one_line  # noqa: PLC0415 (not needed for --help)
    from pantau.common.time.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.usecases.rules.muting import mute  # noqa: PLC0415 (as above)
    from pantau.usecases.subscriptions.repository import SubscriptionRepository  # noqa: PLC0415 (as above)

    with opened_store(data, changes=True) as (store, _):
        repository = SubscriptionRepository(store.log, SystemClock())
        done = mute(repository, named, until=until, until_growth=until_growth)
    for one in done:
        print_text("timing.muted", name=one_line(one.name), id=one.subscription_id)


@click.command(
    "unmute",
    short_help="Send messages again.",
    epilog="\b\nExample:\n  pantau subscriptions unmute Gempa",
)
@_named_argument
@data_option
def unmute_subscriptions(named: tuple[str, ...], data: Path) -> None:
    """Send messages of muted subscriptions again; what waited comes as one."""
    from pantau.common.text.safe_text import one_line  # noqa: PLC0415 (not needed for --help)
    from pantau.common.time.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.usecases.rules.muting import unmute  # noqa: PLC0415 (as above)
    from pantau.usecases.subscriptions.repository import SubscriptionRepository  # noqa: PLC0415 (as above)

    with opened_store(data, changes=True) as (store, _):
        done = unmute(SubscriptionRepository(store.log, SystemClock()), named)
    for one in done:
        print_text("timing.unmuted", name=one_line(one.name), id=one.subscription_id)
