"""`pantau lists`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.say import print_text
from pantau.commands.lists.files import export_list, import_list

if TYPE_CHECKING:
    from pantau.usecases.lists.repository import ListChange, NameListRepository

EXAMPLES = """\b
Examples:
  pantau lists add ministers 'Sri Mulyani Indrawati|Sri Mulyani' 'Budi Arie Setiadi'
  pantau subscribe 'people:@ministers AND korupsi' --language pantau
  pantau lists edit ministers --remove 'Budi Arie Setiadi'
  pantau lists import watchlist names.csv
"""


@contextmanager
def opened_lists(
    data: Path, *, reads: bool = False, changes: bool = False
) -> "Iterator[NameListRepository]":
    """Open the lists of a data folder; `reads` and `changes` as in `opened_store`."""
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.lists.repository import NameListRepository

    with opened_store(data, reads=reads, changes=changes) as (store, _):
        yield NameListRepository(store.log, SystemClock())


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def lists() -> None:
    """Keep lists of names that queries refer to, such as people:@ministers.

    A query means all values of a list as they are at any moment: a running Pantau notices changes
    at once. Lists belong to the query language pantau.
    """


@lists.command(
    "add",
    epilog="\b\nExamples:\n  pantau lists add ministers 'Sri Mulyani Indrawati|Sri Mulyani'\n"
    "  pantau lists add provinces Aceh Bali Banten",
)
@click.argument("name")
@click.argument("values", metavar="VALUE...", nargs=-1, required=True)
@data_option
def add_values(name: str, values: tuple[str, ...], data: Path) -> None:
    """Add values to the list NAME; it is made if there is none.

    Other names of the same thing follow a value after |, and count as values too.
    """
    with opened_lists(data) as found:
        _print_change(found.add(name, values))


@lists.command(
    "edit", epilog="\b\nExample:\n  pantau lists edit ministers --add 'Rini Soemarno' --remove Ani"
)
@click.argument("name")
@click.option("--add", "added", multiple=True, metavar="VALUE", help="Add a value; repeatable.")
@click.option("--remove", "gone", multiple=True, metavar="VALUE", help="Remove one; repeatable.")
@data_option
def edit_list(name: str, added: tuple[str, ...], gone: tuple[str, ...], data: Path) -> None:
    """Add values to a list and remove others in one step.

    A removed value goes with its other names; a removed other name goes alone.
    """
    with opened_lists(data, changes=True) as found:
        _print_change(found.change(name, add=added, remove=gone))


@lists.command("show", epilog="\b\nExample:\n  pantau lists show ministers")
@click.argument("name")
@json_option
@data_option
def show_list(name: str, data: Path, *, as_json: bool) -> None:
    """Show a list: its values with their other names, and the subscriptions that refer to it."""
    from pantau.commands.cli.texts.lists import print_json, print_whole

    with opened_lists(data, reads=True) as found:
        (one,) = found.with_users([found.find(name)])
    if as_json:
        print_json(one, whole=True)
    else:
        print_whole(one)


@lists.command("list", epilog="\b\nExamples:\n  pantau lists list\n  pantau lists list --json")
@json_option
@data_option
def list_lists(data: Path, *, as_json: bool) -> None:
    """List the lists: how many values each has, and how many subscriptions refer to it."""
    from pantau.commands.cli.texts.lists import print_json, print_line

    with opened_lists(data, reads=True) as found:
        known = found.with_users(found.all())
    for one in known:
        if as_json:
            print_json(one)
        else:
            print_line(one)
    if not known and not as_json:
        print_text("lists.none")


@lists.command("remove", epilog="\b\nExample:\n  pantau lists remove ministers")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Even where subscriptions refer to it.")
@data_option
def remove_lists(names: tuple[str, ...], data: Path, *, yes: bool) -> None:
    """Remove lists. One that subscriptions refer to is kept, unless --yes is given."""
    from pantau.commands.cli.say import warn
    from pantau.problems import problem

    with opened_lists(data, changes=True) as found:
        gone = found.remove(names, is_sure=yes)
    for one in gone:
        print_text("lists.removed", name=one.found.name)
        if one.users:
            told = ", ".join(each.name for each in one.users)
            warn(problem("lists.orphaned", name=one.found.name, names=told))


lists.add_command(import_list)
lists.add_command(export_list)


def _print_change(done: "ListChange") -> None:
    from pantau.commands.cli.texts.lists import print_change

    print_change(done)
