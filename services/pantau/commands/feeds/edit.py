"""`pantau feeds remove`, `pause` and `resume`."""

from pathlib import Path

import click

from pantau.commands.cli.opened import opened_book
from pantau.commands.cli.options import data_option


@click.command(
    epilog="\b\nExamples:\n  pantau feeds remove https://example.org/rss\n  pantau feeds remove k3q5"
)
@click.argument("named", metavar="FEED...", nargs=-1, required=True)
@data_option
def remove(named: tuple[str, ...], data: Path) -> None:
    """Stop watching feeds. Their articles stay."""
    with opened_book(data) as book:
        found = [book.find(one) for one in named]
        book.remove(one.feed for one in found)
    for one in found:
        _tell("removed", one.feed.feed_id, one.title)


@click.command(epilog="\b\nExample:\n  pantau feeds pause k3q5")
@click.argument("named", metavar="FEED...", nargs=-1, required=True)
@data_option
def pause(named: tuple[str, ...], data: Path) -> None:
    """Leave feeds alone until they are resumed."""
    _set_paused(named, data, paused=True)


@click.command(epilog="\b\nExample:\n  pantau feeds resume k3q5")
@click.argument("named", metavar="FEED...", nargs=-1, required=True)
@data_option
def resume(named: tuple[str, ...], data: Path) -> None:
    """Watch paused feeds again; they are polled at once."""
    _set_paused(named, data, paused=False)


def _set_paused(named: tuple[str, ...], data: Path, *, paused: bool) -> None:
    with opened_book(data) as book:
        found = [book.find(one) for one in named]
        for one in found:
            book.pause(one.feed, paused=paused)
    for one in found:
        _tell("paused" if paused else "resumed", one.feed.feed_id, one.title)


def _tell(what: str, feed_id: str, title: str) -> None:
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (not needed for --help)

    click.echo(f"{what}: {feed_id[:8]} {one_line(title, 200)}")
