"""`pantau feeds test`."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.opened import network_option, opened_fetcher
from pantau.commands.cli.options import data_option, json_option
from pantau.commands.cli.page_options import page_options, selectors_from
from pantau.commands.feeds.add import problem_text

if TYPE_CHECKING:
    from pantau.feeds.document import ParsedFeed
    from pantau.usecases.feed_inspection import Inspection
    from pantau_schemas.article import Article
    from pantau_schemas.feed_page import PageSelectors

EXAMPLES = """\b
Examples:
  pantau feeds test https://www.antaranews.com/rss/terkini.xml
  pantau feeds test ./saved.xml
  pantau feeds test https://example.org/rss --json
  pantau feeds test https://example.org/berita --page --item "li.berita"
"""


@click.command(epilog=EXAMPLES)
@click.argument("address", metavar="URL|FILE")
@page_options
@json_option
@network_option
@data_option
def test(address: str, data: Path, networks: tuple[str, ...], *, as_json: bool, **page: Any) -> int:
    """Fetch and read a feed and show what would come of it; nothing is saved.

    The exit code is 1 if it is no feed.
    """
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (not needed for --help)
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (as above)
    from pantau.errors import UsageError  # noqa: PLC0415 (as above)

    if _is_path(address) and not Path(address).is_file():
        raise UsageError(
            f"{address}: there is no such file; for a page of the web give its whole address, https://..."
        )
    selectors = selectors_from(page)
    found = (
        _of_file(Path(address))
        if _is_file(address)
        else _of_web(address, data, networks, selectors)
    )
    if found.document is None:
        text = (
            "a web page; it names these feeds:"
            if found.candidates
            else one_line(problem_text(found), 500)
        )
        click.echo(f"no feed: {text}", err=True)
        for one in found.candidates:
            click.echo(
                f"  {one_line(one.url)}  {one_line(one.title or '', 100)}".rstrip(), err=True
            )
        return 1
    articles = _articles(found.url, found.document, SystemClock())
    if as_json:
        from pantau.common.jsonlines import line_writer  # noqa: PLC0415 (only with --json)

        write = line_writer()
        for article in articles:
            write(article.model_dump(mode="json", exclude_none=True))
    else:
        _print(found.document, articles)
    for warning in found.document.warnings:
        click.echo(f"warning: {one_line(warning, 500)}", err=True)
    return 0


def _is_file(address: str) -> bool:
    return "://" not in address and Path(address).is_file()


def _is_path(address: str) -> bool:
    """Return whether an address is surely meant as a file's.

    `./a`, `/a/b`, `~/a`, or `a.xml` without a folder.
    """
    plain = "://" not in address and "/" not in address
    return address.startswith(("/", ".", "~")) or (
        plain and address.endswith((".xml", ".rss", ".json", ".opml"))
    )


def _of_file(path: Path) -> "Inspection":
    from pantau.bootstrap import build_reader  # noqa: PLC0415 (not needed for --help)
    from pantau.errors import UsageError  # noqa: PLC0415 (as above)
    from pantau.usecases.feed_inspection import inspect_file  # noqa: PLC0415 (as above)

    try:
        with closing(build_reader()) as reader:
            return inspect_file(reader, path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


def _of_web(
    address: str, data: Path, networks: tuple[str, ...], page: "PageSelectors | None"
) -> "Inspection":
    from pantau.bootstrap import build_reader  # noqa: PLC0415 (not needed for --help)
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)
    from pantau.usecases.feed_discovery import find_feed  # noqa: PLC0415 (as above)

    settings = load_settings(data, allow_networks=networks)

    async def look() -> "Inspection":
        async with opened_fetcher(settings) as fetcher:
            with closing(build_reader()) as reader:
                return await find_feed(fetcher, reader, address, SystemClock().now(), page)

    return asyncio.run(look())


def _articles(url: str, document: "ParsedFeed", clock: Any) -> "tuple[Article, ...]":
    """Return the articles as the poller would publish them at a first poll, in the order of the feed."""
    from pantau.poller.decide import decide  # noqa: PLC0415 (not needed for --help)
    from pantau.poller.outcome import Fetched  # noqa: PLC0415 (as above)
    from pantau.settings import PollSettings  # noqa: PLC0415 (as above)
    from pantau_schemas.feed import Feed, FeedState  # noqa: PLC0415 (as above)

    now = clock.now()
    feed = Feed(schema_version=2, feed_id="tested", url=url, added=now)
    state = FeedState(schema_version=3, feed_id="tested")
    decision = decide(feed, state, Fetched(document, ""), now=now, settings=PollSettings())
    return tuple(reversed(decision.articles))


def _print(document: "ParsedFeed", articles: "tuple[Article, ...]") -> None:
    from rich.text import Text  # noqa: PLC0415 (not needed for --json)

    from pantau.adapters.terminal.screen import counted, moment_text, open_screen, print_table  # noqa: PLC0415 (as above)
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (as above)

    title = one_line(document.title or "without a title", 200)
    language = f", {one_line(document.language, 20)}" if document.language else ""
    click.echo(f"{title} ({document.format}{language}): {counted(len(articles), 'article')}")
    rows = []
    for one in articles:
        text = Text(one_line(one.title or one.text, 160))
        if one.url:
            text.append(f"\n{one_line(one.url, 300)}", "dim")
        published = moment_text(one.published) if one.published is not None else "no date"
        rows.append((published, f"{len(one.text):,}", text))
    if rows:
        print_table(
            open_screen(), ("published", "characters", "article"), rows, right=["characters"]
        )
