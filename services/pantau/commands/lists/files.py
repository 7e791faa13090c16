"""`pantau lists import` and `export`."""

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.printing import put_data
from pantau.commands.cli.streams import InputFile, name_of

if TYPE_CHECKING:
    from pantau_schemas.events.name_list import NameListEntry

EXAMPLES = """\b
Examples:
  pantau lists import watchlist names.txt
  pantau lists import ministers ministers.csv --keep
  pantau lists import ministers dictionaries/ministers.yaml

FILE has a value a line; or CSV with the titles value and aliases (separated by |); or JSON Lines,
{"value", "aliases"?: [...]}; or it is an entity dictionary in YAML or CSV.
"""


@click.command("import", epilog=EXAMPLES)
@click.argument("name")
@click.argument("file", type=InputFile())
@click.option("--keep", is_flag=True, help="Keep the values that the list has already.")
@data_option
def import_list(name: str, file: BinaryIO, data: Path, *, keep: bool) -> None:
    """Save the values of FILE as the list NAME, in place of those that it has.

    All or, where a line is wrong, none.
    """
    from pantau.commands.cli.texts.lists import print_change
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.lists.repository import NameListRepository

    entries = _read(file)
    with opened_store(data) as (store, _):
        print_change(NameListRepository(store.log, SystemClock()).load(name, entries, keep=keep))


def _read(file: BinaryIO) -> "list[NameListEntry]":
    """Read a file, which is a dictionary in YAML if its name says so."""
    path = Path(name_of(file))
    if path.suffix.lower() in {".yaml", ".yml"}:
        from pantau.adapters.files.dictionaries import read_file
        from pantau.usecases.lists.repository import entry_of

        found, complaints = read_file(path)
        if complaints:
            raise click.UsageError(str(complaints[0]))
        return [entry_of(one.name, one.aliases) for one in found]
    from pantau.usecases.lists.files import MOST_BYTES, parse_entries

    return parse_entries(file.read(MOST_BYTES).decode("utf-8", "replace"))


@click.command(
    "export",
    epilog="\b\nExamples:\n  pantau lists export ministers > ministers.jsonl\n"
    "  pantau lists export ministers --csv > ministers.csv\n"
    "  pantau lists export ministers --lines | wc -l",
)
@click.argument("name")
@click.option("--csv", "form", flag_value="csv", help="As CSV; by default JSON Lines.")
@click.option("--lines", "form", flag_value="lines", help="One value a line, other names too.")
@data_option
def export_list(name: str, form: str | None, data: Path) -> None:
    """Write the values of a list for `import`."""
    from pantau.common.files.jsonlines import line_writer
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.lists import files
    from pantau.usecases.lists.repository import NameListRepository

    with opened_store(data, reads=True) as (store, _):
        found = NameListRepository(store.log, SystemClock()).find(name)
    if form == "csv":
        put_data(files.as_csv(found.entries))
    elif form == "lines":
        put_data("".join(f"{value}\n" for value in files.as_lines(found.entries)))
    else:
        write = line_writer()
        for entry in found.entries:
            write(entry.model_dump(mode="json"))
