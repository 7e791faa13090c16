"""`pantau demo`."""

import asyncio
import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text, say

if TYPE_CHECKING:
    from pantau.adapters.terminal.screen import Screen
    from pantau.demo.scenario import Scenario
    from pantau.demo.server import NewsroomServer
    from pantau.ports import Store
    from pantau_schemas.events.article import Entity

EXAMPLES = """\b
Examples:
  pantau demo
  pantau demo --keep /tmp/demo && pantau search 'banjir' --data /tmp/demo
"""
PAGE = 100
"""Width if the output has none."""
WIDEST = 1_000
NAMES_OF = 'title:"BTBN Salurkan Bantuan"'
SEARCH = '"tanggap darurat" OR (banjir AND perahu)'


@click.command(epilog=EXAMPLES)
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep the data in this folder."
)
def demo(keep: Path | None) -> None:
    """Show everything with fictional news, without internet.

    A newsroom on the loopback interface publishes five feeds; subscriptions are live; their alerts
    are shown as they arrive, one also goes to a signed webhook; then the names recognised in an
    article, and a search.
    """
    if keep is not None and (keep / "pantau.db").exists():
        raise click.UsageError(say("cli.store-there", folder=str(keep)))
    with tempfile.TemporaryDirectory(prefix="pantau-demo-", ignore_cleanup_errors=True) as folder:
        _perform(keep or Path(folder), kept=keep is not None)
    if keep is not None:
        put()
        print_text("demo.kept", folder=shlex.quote(str(keep)))


def _perform(data: Path, *, kept: bool) -> None:
    from pantau.adapters.terminal.channel import (
        TerminalDriver,
    )
    from pantau.bootstrap import open_store
    from pantau.common.time.clock import SystemClock
    from pantau.demo.newsroom import load_newsroom
    from pantau.demo.scenario import Scenario
    from pantau.demo.server import NewsroomServer

    console = _stage()
    clock = SystemClock()
    newsroom = load_newsroom(current())

    def announce(wave: int) -> None:
        _headline(console, say("demo.wave", wave=wave, waves=newsroom.waves))

    play = Scenario(newsroom, data, announce)
    store = open_store(play.settings, clock)
    try:
        with NewsroomServer(play.newsroom, play.secret, clock.now) as server:
            _introduce(console, play, server.address)
            asyncio.run(play.perform(server, store, TerminalDriver(console)))
            _sum_up(console, play, server, store)
        _show_names(console, store)
        _show_search(console, store)
        _show_stories(console, store)
        if kept:
            _pause_feeds(store)
    finally:
        store.close()


def _pause_feeds(store: "Store") -> None:
    """Pause the feeds: their newsroom ends with this program, and each would be in trouble."""
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.feeds.feed_list import FeedList, set_paused

    feeds = FeedList(store.log, SystemClock())
    set_paused(feeds, [one.feed.feed_id for one in feeds.all()], paused=True)


def _stage() -> "Screen":
    """Open standard output; in a file or pipe as wide as a page."""
    from pantau.adapters.terminal.screen import (
        Screen,
        open_screen,
    )

    screen = open_screen()
    return screen if screen.width <= WIDEST else Screen(highlight=False, markup=False, width=PAGE)


def _headline(console: "Screen", text: str) -> None:
    from rich.text import Text

    console.rule(Text(text, "bold"), align="left")


def _introduce(console: "Screen", play: "Scenario", address: str) -> None:
    from rich.text import Text

    from pantau.adapters.terminal.screen import print_table

    _headline(console, say("demo.title"))
    console.print(say("demo.newsroom", count=len(play.newsroom.feeds), address=address))
    rows = [(one.name, one.language, Text(one.query, "cyan")) for one in play.newsroom.watchers]
    titles = (
        say("demo.column-subscription"),
        say("demo.column-language"),
        say("demo.column-query"),
    )
    print_table(console, titles, rows)
    console.print(say("demo.history"), soft_wrap=True)


def _sum_up(console: "Screen", play: "Scenario", server: "NewsroomServer", store: "Store") -> None:
    from rich.text import Text

    from pantau.adapters.terminal.screen import hung
    from pantau.usecases.alerts.history import AlertHistory

    alerts = AlertHistory(store.log).latest(1_000)
    first = play.newsroom.watchers[0]
    copies = [one for one in alerts if one.subscription_id == first.id]
    _headline(console, say("demo.results"))
    lines = (
        say("demo.alerts", count=len(alerts)),
        say("demo.copies", count=len(copies), name=first.name),
        say("demo.webhook", count=len(server.received)),
        say("demo.polls", asked=server.requests, unchanged=server.unchanged),
        say("demo.pages", count=server.pages),
    )
    for line in lines:
        console.print(hung(console, Text(line), "  ", "- "), soft_wrap=True)


def _show_names(console: "Screen", store: "Store") -> None:
    """Show the names that the enricher found in one article."""
    from pantau.adapters.terminal.screen import print_pairs
    from pantau.ports import SearchRequest
    from pantau.query import parse

    (hit,) = store.index.search(SearchRequest(parse(NAMES_OF), limit=1)).hits
    _headline(console, say("demo.names"))
    pairs = [(say("demo.label-article"), hit.article.title)]
    for kind, label in (
        ("person", say("demo.label-people")),
        ("organization", say("demo.label-organizations")),
        ("place", say("demo.label-places")),
    ):
        names = [_described(one) for one in hit.article.entities if one.type == kind]
        pairs.append((label, "; ".join(names) or say("demo.no-names")))
    print_pairs(console, pairs)


def _described(entity: "Entity") -> str:
    about = ", ".join((entity.long_name, *entity.roles) if entity.long_name else entity.roles)
    return f"{entity.name} ({about})" if about else entity.name


def _show_search(console: "Screen", store: "Store") -> None:
    from pantau.commands.news.search import print_hit
    from pantau.ports import SearchRequest
    from pantau.query import parse

    _headline(console, f"pantau search '{SEARCH}'")
    query = parse(SEARCH)
    page = store.index.search(SearchRequest(query, limit=3, marked=True))
    for hit in page.hits:
        print_hit(console, hit, query)
    console.print(
        say("demo.matches", matches=page.total or 0, articles=store.index.count()), soft_wrap=True
    )


def _show_stories(console: "Screen", store: "Store") -> None:
    """Show the articles of several outlets about one event as one row."""
    from pantau.commands.news.search import print_hit
    from pantau.ports import SearchRequest
    from pantau.query import parse
    from pantau.usecases.search.by_story import search_by_story
    from pantau.usecases.stories.lookup import read_merges

    query = parse(SEARCH)
    request = SearchRequest(query, limit=3, marked=True)
    page = search_by_story(store.index, request, read_merges(store.log))
    grouped = [story for story in page.stories if story.more]
    _headline(console, f"pantau search '{SEARCH}' --by-story")
    for story in grouped:
        print_hit(console, story.hit, query, story)
