"""`pantau feeds remove`, `pause` and `resume`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.opened import opened_feeds
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text
from pantau.commands.feeds.named import named_feeds_argument

if TYPE_CHECKING:
    from pantau.usecases.feeds.feed_list import Watched


@click.command(
    epilog="\b\nExamples:\n  pantau feeds remove https://example.org/rss\n  pantau feeds remove "
    "k3q5"
)
@named_feeds_argument
@data_option
def remove(named: tuple[str, ...], data: Path) -> None:
    """Stop watching feeds. Their articles stay.

    Also removes a feed that this version cannot read, by its id.
    """
    from pantau.common.text.safe_text import one_line
    from pantau.usecases.feeds import feed_list as feeds

    with opened_feeds(data, changes=True) as feed_list:
        found, unreadable = feeds.remove(feed_list, named)
    _confirm("feeds.removed", found)
    for one in unreadable:
        print_text("feeds.removed-unreadable", id=one_line(one.key))


@click.command(epilog="\b\nExample:\n  pantau feeds pause k3q5")
@named_feeds_argument
@data_option
def pause(named: tuple[str, ...], data: Path) -> None:
    """Pause feeds until they are resumed."""
    _set_paused(named, data, "feeds.paused", paused=True)


@click.command(epilog="\b\nExample:\n  pantau feeds resume k3q5")
@named_feeds_argument
@data_option
def resume(named: tuple[str, ...], data: Path) -> None:
    """Watch paused feeds again; they are polled at once."""
    _set_paused(named, data, "feeds.resumed", paused=False)


def _set_paused(named: tuple[str, ...], data: Path, code: str, *, paused: bool) -> None:
    from pantau.usecases.feeds.feed_list import set_paused

    with opened_feeds(data, changes=True) as feed_list:
        found = set_paused(feed_list, named, paused=paused)
    _confirm(code, found)


def _confirm(code: str, found: "Iterable[Watched]") -> None:
    from pantau.common.text.safe_text import one_line

    for one in found:
        print_text(code, id=one.feed.feed_id[:8], title=one_line(one.title, 200))
