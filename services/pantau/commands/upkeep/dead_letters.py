"""`pantau dead-letters`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.options.times import read_moment
from pantau.commands.cli.say import print_text, say

if TYPE_CHECKING:
    from datetime import datetime

    from pantau.usecases.dead_letters.handling import DeadLetters
    from pantau.usecases.dead_letters.reading import LetterFilter

EXAMPLES = """\b
Examples:
  pantau dead-letters list
  pantau dead-letters show k3q5
  pantau dead-letters retry k3q5
  pantau dead-letters retry --all --stage enricher
  pantau dead-letters discard k3q5
"""
LIST_EXAMPLES = """\b
Examples:
  pantau dead-letters list --stage enricher --since 2d
  pantau dead-letters list --reason 'not JSON' --limit 20 --json
"""
LIST_LIMIT: Final = 1_000
"""Letters that a table shows, of any number."""


class _Filters(TypedDict):
    """The options of `filter_options`."""

    since: "datetime | None"
    reason: str | None
    topic: str | None
    stage: str | None


def filter_options(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add the options that say which letters are meant."""
    for option in (
        click.option(
            "--since",
            callback=read_moment,
            metavar="WHEN",
            help="Only failed since: 7d, 12h, or a date.",
        ),
        click.option("--reason", metavar="TEXT", help="Only with this in the reason or the error."),
        click.option("--topic", help="Only read from this topic, such as articles."),
        click.option("--stage", help="Only of this stage, such as enricher."),
    ):
        command = option(command)
    return command


def named_or_all_options(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add what says which letters are meant: their ids, or all with filters."""
    command = filter_options(command)
    command = click.option(
        "--all", "everything", is_flag=True, help="Every letter that is not closed yet."
    )(command)
    return click.argument("letter_ids", metavar="[LETTER]...", nargs=-1)(command)


@click.group("dead-letters", cls=OrderedGroup, epilog=EXAMPLES)
def dead_letters() -> None:
    """List, show, retry and discard records that could not be processed.

    A dead letter keeps the original bytes, the stage that failed and the reason. LETTER is its id,
    or the start of it.
    """


@contextmanager
def _opened(data: Path, *, reads: bool = False) -> "Iterator[DeadLetters]":
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.dead_letters.handling import DeadLetters

    with opened_store(data, reads=reads, changes=not reads) as (store, _):
        yield DeadLetters(store.log, SystemClock())


@dead_letters.command("list", epilog=LIST_EXAMPLES)
@filter_options
@click.option("--all", "everything", is_flag=True, help="Also those put back or discarded.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    help=f"Only this many of the newest.  [default: {LIST_LIMIT}; with --json all]",
)
@json_option
@data_option
def list_letters(
    limit: int | None, data: Path, *, everything: bool, as_json: bool, **filters: Unpack["_Filters"]
) -> None:
    """List dead letters, oldest first."""
    from pantau.commands.cli.texts import letters as letter_text

    wanted = _filter(filters, closed=everything)
    with _opened(data, reads=True) as letters:
        if as_json:
            letter_text.print_lines(letters.newest(wanted, limit))
            return
        found = letters.listed(wanted, limit or LIST_LIMIT, current())
    letter_text.print_list(found, wanted)


@dead_letters.command("show", epilog="\b\nExample:\n  pantau dead-letters show k3q5")
@click.argument("letter")
@json_option
@data_option
def show_letter(letter: str, data: Path, *, as_json: bool) -> None:
    """Show one dead letter in full."""
    from pantau.commands.cli.texts import letters as letter_text

    with _opened(data, reads=True) as letters:
        found = letters.find(letter)
    if as_json:
        letter_text.print_lines([found])
    else:
        letter_text.print_letter(found)


@dead_letters.command(
    "retry",
    epilog="\b\nExamples:\n  pantau dead-letters retry k3q5\n  pantau dead-letters retry --all "
    "--stage enricher --since 2d",
)
@named_or_all_options
@data_option
def retry(
    letter_ids: tuple[str, ...], data: Path, *, everything: bool, **filters: Unpack["_Filters"]
) -> None:
    """Retry dead letters: append the original records to their topics again.

    The filters go with --all. A letter that cannot be read is left.
    """
    from pantau.commands.cli.texts import letters as letter_text

    wanted = _named_or_all(letter_ids, filters, everything=everything)
    with _opened(data) as letters:
        done = letters.retry_all(wanted) if everything else letters.retry(letter_ids)
    letter_text.print_retried(done)


@dead_letters.command(
    "discard",
    epilog="\b\nExamples:\n  pantau dead-letters discard k3q5\n  pantau dead-letters discard "
    "--all --reason 'no longer exists'",
)
@named_or_all_options
@data_option
def discard(
    letter_ids: tuple[str, ...], data: Path, *, everything: bool, **filters: Unpack["_Filters"]
) -> None:
    """Discard dead letters: they are given up, and no longer listed.

    The filters go with --all. Also works for letters that cannot be read.
    """
    wanted = _named_or_all(letter_ids, filters, everything=everything)
    with _opened(data) as letters:
        count = letters.discard_all(wanted) if everything else letters.discard(letter_ids)
    print_text("dead-letters.discarded", count=count)


def _named_or_all(
    letter_ids: tuple[str, ...], filters: "_Filters", *, everything: bool
) -> "LetterFilter":
    if bool(letter_ids) == everything or (letter_ids and any(filters.values())):
        raise click.UsageError(say("dead-letters.name-or-all"))
    return _filter(filters, closed=False)


def _filter(filters: "_Filters", *, closed: bool) -> "LetterFilter":
    from pantau.usecases.dead_letters.reading import LetterFilter

    return LetterFilter(**filters, closed=closed)
