"""`pantau feeds`: the group; each command has a module of its own beside this one."""

from typing import Final

import click

from pantau.commands.cli.lazy import LazyGroup

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "add": ("pantau.commands.feeds.add:add", "Watch a feed, or the feed of a web page."),
    "list": (
        "pantau.commands.feeds.list:list_feeds",
        "Show all feeds, how they do, and what is wrong.",
    ),
    "test": ("pantau.commands.feeds.trial:test", "Try a feed without watching it."),
    "edit": ("pantau.commands.feeds.change:edit_feed", "Change the settings of feeds."),
    "poll": ("pantau.commands.feeds.poll:poll", "Poll feeds now, whatever their schedule."),
    "remove": ("pantau.commands.feeds.edit:remove", "Stop watching feeds."),
    "pause": ("pantau.commands.feeds.edit:pause", "Leave feeds alone until they are resumed."),
    "resume": ("pantau.commands.feeds.edit:resume", "Watch paused feeds again."),
    "import": (
        "pantau.commands.feeds.opml:import_feeds",
        "Watch all feeds of an OPML file or a list.",
    ),
    "export": ("pantau.commands.feeds.opml:export_feeds", "Write all feeds as OPML."),
    "parse": (
        "pantau.commands.feeds.parse:parse",
        "Print the articles of feed documents, without any store.",
    ),
}

EXAMPLES: Final = """\b
Examples:
  pantau feeds add https://www.antaranews.com/rss/terkini.xml
  pantau feeds list
  pantau feeds import subscriptions.opml
  pantau feeds test https://www.kompas.com/
"""


@click.group(cls=LazyGroup, table=COMMANDS, epilog=EXAMPLES)
def feeds() -> None:
    """Add, list, import and test feeds.

    FEED is the address of a feed, its id, or the start of its id. A running Pantau notices changes
    at once.
    """
