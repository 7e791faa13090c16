"""`pantau index`."""

import sys
from pathlib import Path

import click

from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text, say, warn
from pantau.problems import problem

EXAMPLES = """\b
Example:
  pantau index rebuild
"""


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def index() -> None:
    """Check and rebuild the search index."""


@index.command("rebuild", epilog=EXAMPLES)
@data_option
def rebuild(data: Path) -> None:
    """Rebuild the search index; what it lacks is taken from the log.

    Searches find everything all the time, and `pantau run` or the services may write meanwhile. No
    article changes and nothing alerts. An interrupted rebuild goes on when it is called again. It
    needs about as much free disk space as the index has.
    """
    from rich.progress import Progress

    from pantau.adapters.terminal.screen import open_screen
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.maintenance.rebuild_index import Step, rebuild_index

    with (
        opened_store(data, changes=True) as (store, settings),
        Progress(
            console=open_screen(stderr=True), transient=True, disable=not sys.stderr.isatty()
        ) as bar,
    ):
        tasks = {
            "log": bar.add_task(say("upkeep.reading-log"), total=None),
            "index": bar.add_task(say("upkeep.rebuilding"), total=None),
        }

        def show(step: Step, done: int, total: int) -> None:
            bar.update(tasks[step], completed=done, total=total)

        done = rebuild_index(store, settings.keep, SystemClock(), show)
    print_text("upkeep.rebuilt", count=done.articles, added=done.added)
    if done.refused:
        warn(problem("upkeep.refused", count=done.refused))
