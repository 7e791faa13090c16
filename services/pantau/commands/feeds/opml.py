"""`pantau feeds import` and `pantau feeds export`."""

import sys
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.opened import opened_book
from pantau.commands.cli.options import data_option

if TYPE_CHECKING:
    from pantau.feeds.opml import OpmlList
    from pantau.usecases.feeds import FeedBook
    from pantau_schemas.feed import Feed

_BATCH = 200
_MAX_FILE = 100_000_000
"""Longest list that is read, in bytes."""
_SHOWN = 100
"""Most warnings that are shown; the rest is counted."""


@click.command(
    "import",
    epilog="\b\nExamples:\n  pantau feeds import subscriptions.opml\n  curl -s https://example.org/list.opml | pantau feeds import -",
)
@click.argument(
    "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True)
)
@data_option
def import_feeds(file: Path, data: Path) -> None:
    """Watch all feeds of an OPML file, as other readers export it. A FILE of - is standard input.

    Feeds that are watched already stay as they are. The feeds are not fetched now: a running Pantau
    polls them at once, and `pantau feeds list` shows which of them work.
    """
    from pantau.adapters.terminal.screen import counted, open_screen  # noqa: PLC0415 (not needed for --help)

    listed = _read(file)
    with opened_book(data) as book:
        new, known, refused = _sort(book, listed)
        from rich.progress import Progress  # noqa: PLC0415 (not needed for --help)

        with Progress(
            transient=True, disable=not sys.stderr.isatty(), console=open_screen(stderr=True)
        ) as progress:
            for start in progress.track(range(0, len(new), _BATCH), description="adding feeds"):
                book.save(new[start : start + _BATCH])
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (as above)

    for warning in (*listed.warnings, *refused)[:_SHOWN]:
        click.echo(f"warning: {one_line(warning, 500)}", err=True)
    more = len(listed.warnings) + len(refused) - _SHOWN
    if more > 0:
        click.echo(f"warning: {more} more like these", err=True)
    missing = listed.left_out + len(refused)
    left_out = f", {missing} left out" if missing else ""
    click.echo(f"{counted(len(new), 'feed')} added, {known} watched already{left_out}")


def _read(file: Path) -> "OpmlList":
    from pantau.bootstrap import build_reader  # noqa: PLC0415 (not needed for --help)
    from pantau.errors import RejectError, RetryError, UsageError  # noqa: PLC0415 (as above)
    from pantau.poller.reading import OPML, NoFeed  # noqa: PLC0415 (as above)

    try:
        with nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb") as stream:
            body = stream.read(_MAX_FILE + 1)
        if len(body) > _MAX_FILE:
            raise UsageError(f"{file}: more than {_MAX_FILE:,} bytes: no list of feeds")
        with closing(build_reader()) as reader:
            found = reader.read_now(OPML, body, {})
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    except (RejectError, RetryError) as error:
        raise UsageError(f"{file}: {error}") from error
    if isinstance(found, NoFeed):
        raise UsageError(
            f"{file}: {found.reason}; expected an OPML file, as feed readers export it"
        )
    return found


def _sort(book: "FeedBook", listed: "OpmlList") -> "tuple[list[Feed], int, list[str]]":
    """Return the feeds that are new, how many are known, and why others are left out."""
    from pantau.errors import UsageError  # noqa: PLC0415 (not needed for --help)

    present = {one.feed.feed_id for one in book.all()}
    new: dict[str, Feed] = {}
    known = 0
    refused: list[str] = []
    for outline in listed.feeds:
        try:
            feed = book.draft(
                outline.url, title=outline.title, folder=outline.folder, tags=outline.tags or None
            )
        except UsageError as error:
            refused.append(str(error))
            continue
        if feed.feed_id in present:
            known += 1
        else:
            new.setdefault(feed.feed_id, feed)
    return list(new.values()), known, refused


@click.command(
    "export",
    epilog="\b\nExamples:\n  pantau feeds export feeds.opml\n  pantau feeds export | gzip > feeds.opml.gz",
)
@click.argument(
    "file",
    metavar="[FILE]",
    default="-",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
)
@data_option
def export_feeds(file: Path, data: Path) -> None:
    """Write all feeds as OPML, for other readers; by default to standard output.

    Passwords in addresses included.
    """
    from pantau.adapters.files.private_files import write_export  # noqa: PLC0415 (as above)
    from pantau.adapters.terminal.screen import counted  # noqa: PLC0415 (not needed for --help)
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.errors import UsageError  # noqa: PLC0415 (as above)
    from pantau.feeds.opml import OpmlFeed, write_opml  # noqa: PLC0415 (as above)

    with opened_book(data) as book:
        found = book.all()
    outlines = [
        OpmlFeed(one.feed.url, one.title, one.feed.folder, tags=one.feed.tags) for one in found
    ]
    body = write_opml(outlines, title="Pantau", created=SystemClock().now())
    if str(file) == "-":
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    try:
        write_export(file, body)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    click.echo(f"{counted(len(found), 'feed')} written to {file}")
