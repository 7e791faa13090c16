"""The argument by which commands take feeds that are watched."""

import click

from pantau.commands.cli.completing import complete_feed

named_feeds_argument = click.argument(
    "named", metavar="FEED...", nargs=-1, required=True, shell_complete=complete_feed
)
