"""`pantau feeds add`."""

import asyncio
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.opened import network_option, opened_book, opened_fetcher
from pantau.commands.cli.options import data_option
from pantau.commands.cli.page_options import page_options, selectors_from

if TYPE_CHECKING:
    from pantau.feeds.discover import FoundFeed
    from pantau.settings import Settings
    from pantau.usecases.feed_inspection import Inspection
    from pantau.usecases.feeds import FeedBook
    from pantau_schemas.feed_page import PageSelectors

EXAMPLES = """\b
Examples:
  pantau feeds add https://www.antaranews.com/rss/terkini.xml
  pantau feeds add www.tempo.co --title Tempo        # the feed that the page names
  pantau feeds add https://intern.example.org/rss --interval 60 --source intern --allow-network 10.1.0.0/16
  pantau feeds add https://example.org/rss --no-check --tag ekonomi
  pantau feeds add https://example.org/berita --page --item "li.berita" --date ".tanggal"
"""


@click.command(epilog=EXAMPLES)
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--title", help="Name for people.  [default: the feed's own]")
@click.option(
    "--interval",
    "interval_seconds",
    type=click.IntRange(min=10),
    metavar="SECONDS",
    help="Poll exactly so often.  [default: adapted to the feed]",
)
@click.option(
    "--source",
    help="Source of its articles, for queries.  [default: the host of each article's link]",
)
@click.option(
    "--check/--no-check", default=True, help="Fetch it first, or take the address as it is."
)
@click.option("--tag", "tags", multiple=True, help="A tag for its articles; repeatable.")
@page_options
@network_option
@data_option
def add(
    urls: tuple[str, ...], data: Path, networks: tuple[str, ...], *, check: bool, **fields: Any
) -> int:
    """Watch feeds. Of a web page its own feed is found.

    If it has several, they are listed to choose from. A feed that is watched already gets the
    title, interval and source given. The exit code is 1 if one could not be added.
    """
    from pantau.errors import UsageError  # noqa: PLC0415 (not needed for --help)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)
    from pantau.usecases.feed_discovery import addresses_meant  # noqa: PLC0415 (as above)

    fields |= {"page": selectors_from(fields), "tags": fields["tags"] or None}
    if fields["title"] and len(urls) > 1:
        raise UsageError("--title names one feed; give one URL with it")
    settings = load_settings(data, allow_networks=networks)
    with opened_book(data) as book:
        for url in urls:
            book.draft(addresses_meant(url)[0])  # refuses what can never be watched, unfetched
        if not check:
            for url in urls:
                _save(book, addresses_meant(url)[0], None, fields)
            return 0
        added = [_add_checked(book, settings, url, fields) for url in urls]
    return 0 if all(added) else 1


def _add_checked(book: "FeedBook", settings: "Settings", url: str, fields: dict[str, Any]) -> bool:
    found = _inspect(settings, url, fields["page"])
    if found.document is None and found.candidates:
        chosen = _choose(found)
        if chosen is None:
            return False
        found = _inspect(settings, chosen.url, None)
    if found.document is None:
        from pantau.common.safe_text import one_line  # noqa: PLC0415 (not needed for --help)

        click.echo(
            f"not added: {_shown(found.url)}: {one_line(problem_text(found), 500)}", err=True
        )
        click.echo("With --no-check it is added all the same, and tried again and again.", err=True)
        return False
    if _is_elsewhere(url, found.url):
        click.echo(f"{_shown(url)} leads to the feed {_shown(found.url)}", err=True)
    _save(book, found.url, found, fields)
    return True


def _is_elsewhere(typed: str, url: str) -> bool:
    """Return whether a feed was found elsewhere than at the address as typed."""
    from pantau.usecases.feed_discovery import addresses_meant  # noqa: PLC0415 (not for --help)

    return url not in addresses_meant(typed)


def problem_text(found: "Inspection") -> str:
    """Return what is wrong with an address, as fits somebody who is trying it."""
    problem = found.problem or ""
    if problem.startswith("a web page"):
        return "a web page that names no feed; look on the site for RSS, and give that address"
    return problem.replace(
        "with fetch.allow_networks",
        "by --allow-network, or for good by fetch.allow_networks in pantau.toml",
    )


def _inspect(settings: "Settings", url: str, page: "PageSelectors | None") -> "Inspection":
    from pantau.bootstrap import build_reader  # noqa: PLC0415 (not needed for --help)
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.usecases.feed_discovery import find_feed  # noqa: PLC0415 (as above)

    async def look() -> "Inspection":
        async with opened_fetcher(settings) as fetcher:
            with closing(build_reader()) as reader:
                return await find_feed(fetcher, reader, url, SystemClock().now(), page)

    return asyncio.run(look())


def _choose(found: "Inspection") -> "FoundFeed | None":
    """Take the page's only feed; of several, ask where somebody can answer, else list them."""
    candidates = found.candidates
    if len(candidates) == 1:
        click.echo(
            f"{_shown(found.url)} is a web page; its feed is {_shown(candidates[0].url)}", err=True
        )
        return candidates[0]
    click.echo(f"{_shown(found.url)} is a web page with {len(candidates)} feeds:", err=True)
    for place, one in enumerate(candidates, start=1):
        title = f"  {_shown(one.title)}" if one.title else ""
        click.echo(f"{place:3}  {_shown(one.url)}{title}", err=True)
    if not sys.stdin.isatty():
        click.echo("Add the one that you want by its address.", err=True)
        return None
    number: int = click.prompt(
        "Which one", type=click.IntRange(1, len(candidates)), default=1, err=True
    )
    return candidates[number - 1]


def _save(book: "FeedBook", url: str, found: "Inspection | None", fields: dict[str, Any]) -> None:
    from pantau.adapters.terminal.screen import counted  # noqa: PLC0415 (not needed for --help)

    document = found.document if found is not None else None
    known = book.get(url)
    title = fields["title"] or (document.title if document is not None and known is None else None)
    feed, new = book.add(url, **{**fields, "title": title or None})
    what = (
        "added"
        if new
        else "already watched"
        if known is not None and known.feed == feed
        else "changed"
    )
    name = f" {_shown(feed.title)}" if feed.title else ""
    count = (
        f", {counted(len(document.items), 'article')} now" if document is not None and new else ""
    )
    click.echo(f"{what}: {feed.feed_id[:8]}{name} ({_shown(feed.url)}){count}")
    for warning in document.warnings[:3] if document is not None else ():
        click.echo(f"warning: {_shown(warning)}", err=True)


def _shown(text: str) -> str:
    """Make text from outside harmless for a terminal, and hide a password in an address."""
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (not needed for --help)
    from pantau.net.guard import without_password  # noqa: PLC0415 (as above)

    return one_line(without_password(text) if "://" in text else text, 300)
