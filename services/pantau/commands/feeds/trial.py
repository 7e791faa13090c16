"""`pantau feeds test`."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.opened import network_option, opened_feeds, opened_fetcher, read_settings
from pantau.commands.cli.options.pages import page_options, selectors_from
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_aside, print_text, say, text_of, warn
from pantau.problems import problem

if TYPE_CHECKING:
    from pantau.extractor.robots import Robots
    from pantau.feeds.document import ParsedFeed
    from pantau.usecases.feeds.inspection import Inspection
    from pantau_schemas.events.article import Article
    from pantau_schemas.events.feed import Feed
    from pantau_schemas.events.feed_page import PageSelectors

EXAMPLES = """\b
Examples:
  pantau feeds test https://www.antaranews.com/rss/terkini.xml
  pantau feeds test ./saved.xml
  pantau feeds test k3q5
  pantau feeds test https://example.org/rss --json
  pantau feeds test https://example.org/berita --page --item "li.berita"
"""


@click.command(epilog=EXAMPLES)
@click.argument("address", metavar="URL|FILE|FEED")
@page_options
@json_option
@network_option
@data_option
def test(address: str, data: Path, networks: tuple[str, ...], *, as_json: bool, **page: Any) -> int:
    """Fetch and read a feed and show what would come of it; nothing is saved.

    A feed that is watched, by its address or id, is asked for with its own settings: credentials,
    headers, proxy, certificates, encoding, time zone and selectors. The exit code is 1 if it is not a feed.
    """
    from pantau.common.text.safe_text import one_line
    from pantau.common.time.clock import SystemClock
    from pantau.errors import UsageError
    from pantau.usecases.feeds.adding import for_trying
    from pantau.usecases.feeds.inspection import preview

    if _is_path(address) and not Path(address).is_file():
        raise UsageError(problem("feeds.no-file", name=address))
    selectors = selectors_from(page)
    found = (
        _of_file(Path(address))
        if _is_file(address)
        else _of_web(address, data, networks, selectors)
    )
    if found.document is None:
        if found.candidates:
            print_aside("feeds.no-feed-but-page")
        else:
            reason = one_line(text_of(for_trying(found.problem)), 500)
            print_aside("feeds.no-feed", reason=reason)
        for one in found.candidates:
            put(f"  {one_line(one.url)}  {one_line(one.title or '', 100)}".rstrip(), err=True)
        return 1
    articles = preview(found.url, found.document, SystemClock().now())
    if as_json:
        from pantau.common.files.jsonlines import line_writer

        write = line_writer()
        for article in articles:
            write(article.model_dump(mode="json", exclude_none=True))
    else:
        _print(found.document, articles)
    for warning in found.document.warnings:
        warn(warning)
    if not _is_file(address):
        _print_declarations(found.url, data, networks)
    return 0


def _print_declarations(url: str, data: Path, networks: tuple[str, ...]) -> None:
    """Print what the site of a feed declares about use, if it declares anything."""
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.feeds.site_declarations import ask_declarations

    settings = read_settings(data, allow_networks=networks)

    async def ask() -> "Robots | None":
        async with opened_fetcher(settings) as fetcher:
            agent = settings.extract.user_agent
            return await ask_declarations(fetcher, url, SystemClock(), agent)

    robots = asyncio.run(ask())
    for one in robots.licenses if robots is not None else ():
        print_aside("feeds.declares-license", license=one)
    for one in robots.content_usage if robots is not None else ():
        print_aside("feeds.declares-usage", usage=one)


def _is_file(address: str) -> bool:
    return "://" not in address and Path(address).is_file()


def _is_path(address: str) -> bool:
    """Return whether an address is certainly a file's path.

    `./a`, `/a/b`, `~/a`, or `a.xml` without a folder.
    """
    plain = "://" not in address and "/" not in address
    return address.startswith(("/", ".", "~")) or (
        plain and address.endswith((".xml", ".rss", ".json", ".opml"))
    )


def _of_file(path: Path) -> "Inspection":
    from pantau.bootstrap import build_reader
    from pantau.errors import UsageError
    from pantau.usecases.feeds.inspection import inspect_file

    try:
        with closing(build_reader()) as reader:
            return inspect_file(reader, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(problem("feeds.file-failed", file=str(path), reason=reason)) from error


def _watched(address: str, data: Path) -> "Feed | None":
    """Return the watched feed with an address or id; None where there is none, or no store."""
    from pantau.errors import RetryError, UsageError
    from pantau.net.mailbox_address import is_mailbox

    settings = read_settings(data, told=True)
    if settings.backend == "sqlite" and not settings.database.exists():
        return None
    try:
        with opened_feeds(data, reads=True) as feed_list:
            feed = feed_list.find(address).feed
    except UsageError:
        return None
    except RetryError as error:
        print_aside("feeds.test-without-store", reason=str(error))
        return None
    return None if is_mailbox(feed.url) else feed


def _of_web(
    address: str, data: Path, networks: tuple[str, ...], page: "PageSelectors | None"
) -> "Inspection":
    from pantau.bootstrap import build_reader
    from pantau.common.text.safe_text import one_line
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.feeds.discovery import find_feed

    settings = read_settings(data, allow_networks=networks)
    feed = _watched(address, data)
    if feed is not None:
        print_aside(
            "feeds.test-as-watched", feed=f"{feed.feed_id[:8]} {one_line(feed.title or '')}"
        )
    typed = address if feed is None else feed.url

    async def look() -> "Inspection":
        now = SystemClock().now()
        async with opened_fetcher(settings) as fetcher:
            with closing(build_reader()) as reader:
                return await find_feed(fetcher, reader, typed, now, page, feed)

    return asyncio.run(look())


def _print(document: "ParsedFeed", articles: "tuple[Article, ...]") -> None:
    from rich.text import Text

    from pantau.adapters.terminal.screen import moment_text, open_screen, print_table
    from pantau.common.text.safe_text import one_line

    title = one_line(document.title or say("feeds.untitled"), 200)
    language = f", {one_line(document.language, 20)}" if document.language else ""
    print_text(
        "feeds.read", title=title, format=f"{document.format}{language}", count=len(articles)
    )
    rows = []
    for one in articles:
        text = Text(one_line(one.title or one.text, 160))
        if one.url:
            text.append(f"\n{one_line(one.url, 300)}", "dim")
        dated = one.published is not None
        published = moment_text(one.published) if dated else say("feeds.no-date")
        rows.append((published, f"{len(one.text):,}", text))
    if rows:
        titles = (
            say("feeds.column-published"),
            say("feeds.column-characters"),
            say("feeds.column-article"),
        )
        print_table(open_screen(), titles, rows, right=[titles[1]])
