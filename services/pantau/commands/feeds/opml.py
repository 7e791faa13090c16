"""`pantau feeds import` and `pantau feeds export`."""

import sys
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.opened import opened_feeds
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text, say, warn
from pantau.problems import Problem, problem

if TYPE_CHECKING:
    from pantau.errors import UsageError
    from pantau.feeds.formats.opml import OpmlList

_SHOWN = 100
"""Most warnings that are shown; the rest is counted."""


@click.command(
    "import",
    epilog="\b\nExamples:\n  pantau feeds import subscriptions.opml\n  curl -s "
    "https://example.org/list.opml | pantau feeds import -",
)
@click.argument(
    "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True)
)
@data_option
def import_feeds(file: Path, data: Path) -> None:
    """Import all feeds of an OPML file, as exported by other readers. FILE - is standard input.

    FILE may also be a list of addresses, one a line, or a CSV table with a column of them.

    Feeds that are already watched stay unchanged. The feeds are not fetched now: a running Pantau
    polls them at once, and `pantau feeds list` shows which of them work.
    """
    from rich.progress import Progress

    from pantau.adapters.terminal.screen import open_screen
    from pantau.usecases.feeds.opml_lists import plan_import

    listed = _read(file)
    with opened_feeds(data) as feed_list:
        plan = plan_import(feed_list, listed)
        with Progress(
            transient=True, disable=not sys.stderr.isatty(), console=open_screen(stderr=True)
        ) as progress:
            batches = [*plan.batches()]
            for batch in progress.track(batches, description=say("feeds.adding")):
                feed_list.save(batch)
    warnings: list[str | Problem] = [*plan.warnings, *plan.refused]
    for warning in warnings[:_SHOWN]:
        warn(warning)
    if len(warnings) > _SHOWN:
        warn(problem("feeds.more-warnings", count=len(warnings) - _SHOWN))
    added = len(plan.new)
    if plan.left_out:
        print_text("feeds.imported-but", count=added, known=plan.known, refused=plan.left_out)
    else:
        print_text("feeds.imported", count=added, known=plan.known)


def _read(file: Path) -> "OpmlList":
    from pantau.bootstrap import build_reader
    from pantau.usecases.feeds.opml_lists import MAX_BYTES, read_list

    try:
        with nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _failed(file, error) from error
    with closing(build_reader()) as reader:
        return read_list(reader, body, str(file))


def _failed(file: Path, error: OSError) -> "UsageError":
    from pantau.errors import UsageError

    return UsageError(
        problem("feeds.file-failed", file=str(file), reason=error.strerror or str(error))
    )


@click.command(
    "export",
    epilog="\b\nExamples:\n  pantau feeds export feeds.opml\n  pantau feeds export | gzip > "
    "feeds.opml.gz",
)
@click.argument(
    "file",
    metavar="[FILE]",
    default="-",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
)
@data_option
def export_feeds(file: Path, data: Path) -> None:
    """Export all feeds as OPML, for other readers; by default to standard output.

    Passwords in addresses are included.
    """
    from pantau.adapters.files.private_files import write_export
    from pantau.commands.cli.texts.unreadable import warn_unreadable
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.feeds.opml_lists import export_list

    with opened_feeds(data, reads=True) as feed_list:
        exported = export_list(feed_list, SystemClock().now())
        unreadable = feed_list.unreadable()
    warn_unreadable("feeds.unreadable", unreadable)
    if str(file) == "-":
        sys.stdout.buffer.write(exported.body)
        sys.stdout.buffer.flush()
        return
    try:
        write_export(file, exported.body)
    except OSError as error:
        raise _failed(file, error) from error
    print_text("feeds.exported", count=exported.count, file=str(file))
