"""`pantau feeds poll`."""

from pathlib import Path

import click

from pantau.commands.cli.completing import complete_feed
from pantau.commands.cli.opened import opened_feeds
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_aside, print_text

_EXAMPLES = """\b
Examples:
  pantau feeds poll k3q5
  pantau feeds poll && pantau run --once      # where Pantau does not run all the time
"""


@click.command("poll", epilog=_EXAMPLES)
@click.argument("named", metavar="[FEED]...", nargs=-1, shell_complete=complete_feed)
@data_option
def poll(named: tuple[str, ...], data: Path) -> None:
    """Poll feeds as soon as possible, whatever their schedule; without FEED, all of them.

    A running Pantau polls them at once, else the next `pantau run` does. Paused feeds stay paused,
    and a wait that a server asked for still holds.
    """
    from pantau.common.text.safe_text import one_line

    with opened_feeds(data, changes=True) as feed_list:
        found = [feed_list.find(one) for one in named] if named else feed_list.all()
        due = feed_list.poll_soon(found)
    for one in due:
        print_text("feeds.due-now", id=one.feed.feed_id[:8], title=one_line(one.title, 200))
    paused = len(found) - len(due)
    if paused:
        print_aside("feeds.paused-stay", count=paused)
