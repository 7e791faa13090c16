"""`pantau dead-letters`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options import data_option, json_option
from pantau.commands.cli.say import print_text, say

if TYPE_CHECKING:
    from pantau.usecases.dead_letters import DeadLetters
    from pantau_schemas.dead_letter import DeadLetter

EXAMPLES = """\b
Examples:
  pantau dead-letters list
  pantau dead-letters show k3q5
  pantau dead-letters retry k3q5
  pantau dead-letters retry --all --stage enricher
"""


@click.group("dead-letters", cls=OrderedGroup, epilog=EXAMPLES)
def dead_letters() -> None:
    """List, show and retry records that could not be processed.

    A dead letter keeps the original bytes, the stage that failed and the reason. LETTER is its id,
    or the start of it.
    """


@contextmanager
def _opened(data: Path) -> "Iterator[DeadLetters]":
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (not needed for --help)
    from pantau.usecases.dead_letters import DeadLetters  # noqa: PLC0415 (as above)

    with opened_store(data) as (store, _):
        yield DeadLetters(store.log, SystemClock())


@dead_letters.command(
    "list", epilog="\b\nExample:\n  pantau dead-letters list --stage enricher --json"
)
@click.option("--stage", help="Only of this stage, such as enricher.")
@click.option("--all", "everything", is_flag=True, help="Also those that were put back.")
@json_option
@data_option
def list_letters(stage: str | None, data: Path, *, everything: bool, as_json: bool) -> None:
    """List dead letters, oldest first."""
    with _opened(data) as letters:
        found = letters.of_stage(stage, put_back=everything)
    if as_json:
        from pantau.common.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)

        write = line_writer()
        for letter in found:
            write(letter.model_dump(mode="json"))
        return
    from pantau.adapters.terminal.screen import ago_text, open_screen, print_table  # noqa: PLC0415 (as above)

    if not found:
        if stage is None:
            print_text("dead-letters.none")
        else:
            print_text("dead-letters.none-of-stage", stage=stage)
        return
    rows = [
        (
            one.dead_letter_id[:8],
            one.stage,
            one.topic,
            ago_text(one.failed_at, lang=current()),
            _reason(one),
        )
        for one in found
    ]
    titles = (
        say("dead-letters.column-id"),
        say("dead-letters.column-stage"),
        say("dead-letters.column-topic"),
        say("dead-letters.column-failed"),
        say("dead-letters.column-reason"),
    )
    print_table(open_screen(), titles, rows)
    print_text("dead-letters.count", count=len(found))


def _reason(letter: "DeadLetter") -> str:
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (not needed for --help)
    from pantau.common.stored_problems import stored_text  # noqa: PLC0415 (as above)

    reason = one_line(stored_text(letter.reason, letter.problem, current()), 300)
    return say("dead-letters.was-put-back", reason=reason) if letter.put_back_at else reason


@dead_letters.command("show", epilog="\b\nExample:\n  pantau dead-letters show k3q5")
@click.argument("letter")
@json_option
@data_option
def show_letter(letter: str, data: Path, *, as_json: bool) -> None:
    """Show one dead letter in full."""
    with _opened(data) as letters:
        found = letters.find(letter)
    if as_json:
        from pantau.common.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)

        line_writer()(found.model_dump(mode="json"))
        return
    _show(found)


def _show(letter: "DeadLetter") -> None:
    from pantau.common.safe_text import harmless  # noqa: PLC0415 (not needed for --help)
    from pantau.common.stored_problems import stored_text  # noqa: PLC0415 (as above)

    for name, value in (
        (say("dead-letters.column-id"), letter.dead_letter_id),
        (say("dead-letters.column-stage"), letter.stage),
        (say("dead-letters.column-topic"), letter.topic),
        (say("dead-letters.label-key"), letter.key),
        (say("dead-letters.column-failed"), letter.failed_at.isoformat()),
        (
            say("dead-letters.label-put-back"),
            say("dead-letters.times-before", count=letter.retries),
        ),
        (say("dead-letters.label-error"), letter.error),
        (
            say("dead-letters.column-reason"),
            stored_text(letter.reason, letter.problem, current()),
        ),
        (say("dead-letters.label-value"), letter.value.decode("utf-8", "replace")),
    ):
        click.echo(f"{click.style(f'{name}:', bold=True)} {harmless(value)}")
    if letter.detail:
        click.echo("\n".join(harmless(line) for line in letter.detail.splitlines()))


@dead_letters.command(
    "retry",
    epilog="\b\nExamples:\n  pantau dead-letters retry k3q5\n  pantau dead-letters retry --all "
    "--stage enricher",
)
@click.argument("letter_ids", metavar="[LETTER]...", nargs=-1)
@click.option(
    "--all", "everything", is_flag=True, help="Every dead letter that was not put back yet."
)
@click.option("--stage", help="With --all: only of this stage.")
@data_option
def retry(letter_ids: tuple[str, ...], stage: str | None, data: Path, *, everything: bool) -> None:
    """Retry dead letters: append the original records to their topics again."""
    if bool(letter_ids) == everything:
        raise click.UsageError(say("dead-letters.name-or-all"))
    with _opened(data) as letters:
        done = letters.retry_all(stage) if everything else letters.retry(letter_ids)
    if done.overtaken:
        print_text("dead-letters.put-back-but", count=done.put_back, overtaken=done.overtaken)
    else:
        print_text("dead-letters.put-back", count=done.put_back)
