"""`pantau dead-letters`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.options import data_option, json_option

if TYPE_CHECKING:
    from pantau.deadletters import DeadLetters
    from pantau_schemas.dead_letter import DeadLetter

EXAMPLES = """\b
Examples:
  pantau dead-letters list
  pantau dead-letters show k3q5
  pantau dead-letters retry k3q5
  pantau dead-letters retry --all --stage enricher
"""


@click.group("dead-letters", epilog=EXAMPLES)
def dead_letters() -> None:
    """Show and retry what a stage could not process: it is kept with its original bytes and the reason."""


@contextmanager
def _opened(data: Path) -> "Iterator[DeadLetters]":
    from pantau.bootstrap import open_store  # noqa: PLC0415 (not needed for --help)
    from pantau.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.deadletters import DeadLetters  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)

    store = open_store(load_settings(data))
    try:
        yield DeadLetters(store.log, SystemClock())
    finally:
        store.close()


@dead_letters.command("list", epilog="\b\nExample:\n  pantau dead-letters list --stage enricher --json")
@click.option("--stage", help="Only of this stage.")
@click.option("--all", "everything", is_flag=True, help="Also those that were put back.")
@json_option
@data_option
def list_letters(stage: str | None, data: Path, *, everything: bool, as_json: bool) -> None:
    """List dead letters, oldest first."""
    with _opened(data) as letters:
        found = [one for one in letters.all(put_back=everything) if stage in {None, one.stage}]
    if as_json:
        from pantau.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)

        write = line_writer()
        for letter in found:
            write(letter.model_dump(mode="json"))
        return
    from rich.console import Console  # noqa: PLC0415 (not needed for --help)
    from rich.table import Table  # noqa: PLC0415 (as above)

    from pantau.commands.show import moment_text  # noqa: PLC0415 (as above)
    from pantau.notifier.marks import one_line  # noqa: PLC0415 (as above)

    if not found:
        click.echo("No dead letters.")
        return
    table = Table("id", "stage", "topic", "failed", "reason", box=None, header_style="bold")
    for letter in found:
        table.add_row(
            letter.dead_letter_id[:8],
            letter.stage,
            letter.topic,
            moment_text(letter.failed_at),
            one_line(letter.reason, 120),
        )
    Console(highlight=False, markup=False).print(table)


@dead_letters.command("show", epilog="\b\nExample:\n  pantau dead-letters show k3q5")
@click.argument("letter")
@json_option
@data_option
def show_letter(letter: str, data: Path, *, as_json: bool) -> None:
    """Show one dead letter whole. LETTER is its id or the start of it."""
    with _opened(data) as letters:
        found = letters.find(letter)
    if as_json:
        from pantau.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)

        line_writer()(found.model_dump(mode="json"))
        return
    _show(found)


def _show(letter: "DeadLetter") -> None:
    from pantau.notifier.marks import harmless  # noqa: PLC0415 (not needed for --help)

    for name, value in (
        ("id", letter.dead_letter_id),
        ("stage", letter.stage),
        ("topic", letter.topic),
        ("key", letter.key),
        ("failed", letter.failed_at.isoformat()),
        ("put back", f"{letter.retries} times before"),
        ("error", letter.error),
        ("reason", letter.reason),
        ("value", letter.value.decode("utf-8", "replace")),
    ):
        click.echo(f"{click.style(f'{name}:', bold=True)} {harmless(value)}")
    if letter.detail:
        click.echo("\n".join(harmless(line) for line in letter.detail.splitlines()))


@dead_letters.command("retry", epilog=EXAMPLES)
@click.argument("letter_ids", metavar="[LETTER]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every dead letter that was not put back yet.")
@click.option("--stage", help="With --all: only of this stage.")
@data_option
def retry(letter_ids: tuple[str, ...], stage: str | None, data: Path, *, everything: bool) -> None:
    """Put dead letters back where they were read, to be processed again."""
    if bool(letter_ids) == everything:
        message = "name the dead letters, or give --all"
        raise click.UsageError(message)
    with _opened(data) as letters:
        if everything:
            chosen = [one for one in letters.all(put_back=False) if stage in {None, one.stage}]
        else:
            chosen = [letters.find(one) for one in letter_ids]
        count = letters.put_back(chosen)
    overtaken = len(chosen) - count
    click.echo(
        f"{count} put back." + (f" {overtaken} overtaken by a newer revision: left." if overtaken else "")
    )
