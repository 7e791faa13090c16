"""`pantau subscriptions feed`."""

from pathlib import Path

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text


@click.command(
    "feed",
    short_help="Create a secret address for newsreaders.",
    epilog="\b\nExamples:\n  pantau subscriptions feed Gempa\n"
    "  pantau subscriptions feed Gempa --revoke",
)
@click.argument("subscription", shell_complete=complete_subscription)
@click.option("--revoke", is_flag=True, help="Revoke the address instead.")
@data_option
def feed_address(subscription: str, data: Path, *, revoke: bool) -> None:
    """Create a secret address at which newsreaders get the alerts, as Atom and as JSON Feed.

    The console serves it. It is shown this once; a former address of the subscription ends.
    """
    from pantau.common.text.safe_text import one_line
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.subscriptions.feed_addresses import (
        make_feed_address,
        revoke_feed_address,
    )

    with opened_store(data, changes=True) as (store, settings):
        if revoke:
            found, existed = revoke_feed_address(store.log, subscription)
            code = "subscriptions.feed-ended" if existed else "subscriptions.no-feed"
            print_text(code, name=one_line(found.name))
            return
        made = make_feed_address(store.log, SystemClock(), subscription)
    console = settings.console
    base = console.public_url or f"http://{console.host}:{console.port}"
    name = one_line(made.subscription.name)
    print_text("subscriptions.feed-made", name=name, address=f"{base}{made.path}.atom")
