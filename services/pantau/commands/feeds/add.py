"""`pantau feeds add`."""

import asyncio
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.asking import number_up_to
from pantau.commands.cli.opened import (
    network_option,
    opened_feeds,
    opened_fetcher,
    read_settings,
)
from pantau.commands.cli.options.full_text import full_text_option
from pantau.commands.cli.options.pages import page_options, selectors_from
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_aside, print_text, say, text_of, warn
from pantau.problems import problem

if TYPE_CHECKING:
    from pantau.settings import Settings
    from pantau.usecases.feeds.adding import Added, NotWatched, SeveralFeeds, Watching
    from pantau.usecases.feeds.feed_list import FeedFields, FeedList
    from pantau_schemas.events.feed import FullText

EXAMPLES = """\b
Examples:
  pantau feeds add https://www.antaranews.com/rss/terkini.xml
  pantau feeds add www.tempo.co --title Tempo        # the feed that the page names
  pantau feeds add https://intern.example.org/rss --interval 60 --source intern --allow-network 10.1.0.0/16
  pantau feeds add https://example.org/rss --no-check --tag ekonomi
  pantau feeds add maildir:/home/desk/Mail/newsletters --title Newsletters
  pantau feeds add imaps://desk@mail.example.org/INBOX --password-file password.txt
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
@full_text_option
@click.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File with the password of a mailbox imaps://user@host/folder; - is standard input.",
)
@page_options
@network_option
@data_option
def add(
    urls: tuple[str, ...],
    title: str | None,
    interval_seconds: int | None,
    source: str | None,
    tags: tuple[str, ...],
    full_text: "FullText | None",
    networks: tuple[str, ...],
    data: Path,
    *,
    check: bool,
    password_file: Path | None,
    **page: Any,
) -> int:
    """Add feeds to watch. For a web page its feed is found.

    If it has several, they are listed to choose from. A feed that is already watched gets the given
    title, interval and source. The exit code is 1 if one could not be added.

    A mailbox with newsletters is a feed, too: maildir:/path, mbox:/path, imaps://user@host/folder.
    """
    from pantau.net.mailbox_address import is_mailbox
    from pantau.usecases.feeds.adding import add_unseen, check_addresses

    fields: FeedFields = {
        "title": title,
        "interval_seconds": interval_seconds,
        "source": source,
        "tags": tags or None,
        "full_text": full_text,
        "page": selectors_from(page),
    }
    settings = read_settings(data, allow_networks=networks)
    mailboxes = [one for one in urls if is_mailbox(one)]
    urls = tuple(one for one in urls if not is_mailbox(one))
    with opened_feeds(data) as feed_list:
        check_addresses(feed_list, urls, fields)
        mailed = _add_mailboxes(feed_list, settings, mailboxes, fields, password_file, check=check)
        if not check:
            for url in urls:
                _confirm(add_unseen(feed_list, url, fields))
            return 0
        added = [_add(feed_list, settings, url, fields) for url in urls]
    return 0 if all(added) and mailed else 1


def _add_mailboxes(
    feed_list: "FeedList",
    settings: "Settings",
    urls: "list[str]",
    fields: "FeedFields",
    password_file: Path | None,
    *,
    check: bool,
) -> bool:
    """Add mailboxes; return whether all of them could be read. Raises UsageError."""
    from pantau.bootstrap import build_mailboxes, build_reader
    from pantau.commands.feeds.change import read_password
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.feeds.adding import NotWatched
    from pantau.usecases.feeds.mailboxes import add_mailbox, mailbox_feed, save_mailbox

    if not urls:
        return True
    password = read_password(password_file) if password_file is not None else None
    feeds = [mailbox_feed(feed_list, one, fields, password) for one in urls]
    if not check:
        for feed in feeds:
            _confirm(save_mailbox(feed_list, feed))
        return True
    works = True
    with closing(build_reader()) as reader:
        for feed in feeds:
            mailboxes = build_mailboxes(settings)
            found = asyncio.run(
                add_mailbox(feed_list, mailboxes, reader, feed, SystemClock().now())
            )
            if isinstance(found, NotWatched):
                _explain(found)
                works = False
            else:
                _confirm(found)
    return works


def _add(feed_list: "FeedList", settings: "Settings", url: str, fields: "FeedFields") -> bool:
    """Add the feed at an address, or the one that the person chooses of those a page names."""
    from pantau.usecases.feeds.adding import NotWatched, SeveralFeeds

    found = _look_and_add(feed_list, settings, url, fields)
    if isinstance(found, SeveralFeeds):
        chosen = _choose(found)
        if chosen is None:
            return False
        found = _look_and_add(feed_list, settings, chosen, {**fields, "page": None})
    if isinstance(found, SeveralFeeds):  # what was chosen is another page
        found = NotWatched(found.url, problem("feeds.page-without-feed"))
    if isinstance(found, NotWatched):
        _explain(found)
        return False
    _confirm(found)
    return True


def _look_and_add(
    feed_list: "FeedList", settings: "Settings", url: str, fields: "FeedFields"
) -> "Added":
    from pantau.bootstrap import build_reader
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.feeds.looking import look_and_add

    async def run() -> "Added":
        async with opened_fetcher(settings) as fetcher:
            with closing(build_reader()) as reader:
                return await look_and_add(feed_list, fetcher, reader, SystemClock(), url, fields)

    return asyncio.run(run())


def _choose(found: "SeveralFeeds") -> str | None:
    """List the feeds of a page; return the address of the chosen one, None without a terminal."""
    print_aside("feeds.page-several", page=_shown(found.url), count=len(found.candidates))
    for place, one in enumerate(found.candidates, start=1):
        title = f"  {_shown(one.title)}" if one.title else ""
        put(f"{place:3}  {_shown(one.url)}{title}", err=True)
    if not sys.stdin.isatty():
        print_aside("feeds.add-one")
        return None
    number = number_up_to(len(found.candidates), say("feeds.which"))
    return found.candidates[number - 1].url


def _explain(found: "NotWatched") -> None:
    from pantau.common.text.safe_text import one_line

    reason = one_line(text_of(found.problem), 500)
    print_aside("feeds.not-added", url=_shown(found.url), reason=reason)
    print_aside("feeds.try-no-check")


def _confirm(done: "Watching") -> None:
    feed, document = done.feed, done.document
    if done.page is not None:
        print_aside("feeds.page-one", page=_shown(done.page), url=_shown(feed.url))
    elif done.led_from is not None:
        print_aside("feeds.leads-to", url=_shown(done.led_from), feed=_shown(feed.url))
    name = f"{_shown(feed.title)}, " if feed.title else ""
    shown = f"{name}{_shown(feed.url)} ({feed.feed_id[:8]})"
    if done.outcome == "unchanged":
        print_text("feeds.unchanged", feed=shown)
    elif done.outcome == "changed":
        print_text("feeds.changed", feed=shown)
    elif document is None:
        print_text("feeds.added", feed=shown)
    else:
        print_text("feeds.added-with", feed=shown, count=len(document.items))
    for warning in document.warnings[:3] if document is not None else ():
        warn(_shown(warning))


def _shown(text: str) -> str:
    """Remove control characters from external text, and the password from an address."""
    from pantau.common.text.safe_text import one_line
    from pantau.net.guard import without_password

    return one_line(without_password(text) if "://" in text else text, 300)
