"""`pantau demo`."""

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pantau.demo.play import Play
    from pantau.ports import Store

EXAMPLES = """\b
Examples:
  pantau demo
  pantau demo --keep /tmp/demo && pantau search 'banjir' --data /tmp/demo
"""
SEARCH = '"tanggap darurat" OR (banjir AND perahu)'


@click.command(epilog=EXAMPLES)
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep the data in this folder."
)
def demo(keep: Path | None) -> None:
    """See it all work on made-up news, without internet.

    A newsroom on the loopback interface publishes four feeds; subscriptions are live; the alerts that they raise are
    shown as they arrive, one also goes to a signed webhook; a search with marked words ends it.
    """
    if keep is not None and (keep / "pantau.db").exists():
        message = f"{keep} already holds a store; name a folder without one"
        raise click.UsageError(message)
    with tempfile.TemporaryDirectory(prefix="pantau-demo-", ignore_cleanup_errors=True) as folder:
        _perform(keep or Path(folder))


def _perform(data: Path) -> None:
    from rich.console import Console  # noqa: PLC0415 (not needed for --help)

    from pantau.adapters.terminal import TerminalDriver  # noqa: PLC0415 (as above)
    from pantau.bootstrap import open_store  # noqa: PLC0415 (as above)
    from pantau.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.demo.newsroom import load_newsroom  # noqa: PLC0415 (as above)
    from pantau.demo.play import Play  # noqa: PLC0415 (as above)
    from pantau.demo.server import NewsroomServer  # noqa: PLC0415 (as above)

    console = Console(highlight=False)
    clock = SystemClock()
    play = Play(load_newsroom(), data, lambda text: console.rule(f"[bold]{text}", align="left"))
    store = open_store(play.settings, clock)
    try:
        with NewsroomServer(play.newsroom, play.secret, clock.now) as server:
            _introduce(console, play, server.address)
            asyncio.run(play.perform(server, store, TerminalDriver(console)))
            console.rule("[bold]What came of it", align="left")
            console.print(f"The webhook got {len(server.received)} signed message; the signature was right.")
            console.print(f"Feeds that had nothing new answered 304 {server.unchanged} times.")
        _conclude(console, store)
    finally:
        store.close()


def _introduce(console: Any, play: "Play", address: str) -> None:
    from rich.table import Table  # noqa: PLC0415 (not needed for --help)

    console.rule("[bold]Pantau: a demonstration on made-up news", align="left")
    console.print(f"Four feeds at {address}; these subscriptions are live:", markup=False)
    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in ("subscription", "query", "language"):
        table.add_column(name)
    for watcher in play.newsroom.watchers:
        table.add_row(
            watcher.name, f"[cyan]{watcher.query}[/]".replace("[cyan][", "[cyan]\\["), watcher.language
        )
    console.print(table)
    console.print("What the feeds hold already is history: it is searchable, and alerts nobody.")


def _conclude(console: Any, store: "Store") -> None:
    from pantau.commands.search import print_hit  # noqa: PLC0415 (not needed for --help)
    from pantau.ports import SearchRequest  # noqa: PLC0415 (as above)
    from pantau.query import parse  # noqa: PLC0415 (as above)

    console.rule(f"[bold]pantau search '{SEARCH}'", align="left")
    page = store.index.search(SearchRequest(parse(SEARCH), limit=3))
    for hit in page.hits:
        print_hit(console, hit)
    console.print(f"{page.total} of {store.index.count()} articles match.")
