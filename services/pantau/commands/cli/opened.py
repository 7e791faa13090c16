"""Resources that commands open for the duration of a block.

The store of a data folder, its list of feeds, a fetcher.
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pantau.commands.cli.say import print_aside, text_of, warn
from pantau.errors import UsageError
from pantau.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from pantau.ports import Fetcher, Store
    from pantau.settings import Settings
    from pantau.usecases.feeds.feed_list import FeedList

F = TypeVar("F", bound="Callable[..., Any]")


def read_settings(
    data: Path, *, allow_networks: "Sequence[str]" = (), told: bool = False
) -> "Settings":
    """Read the settings of a data folder; from now on commands answer in the language they name.

    What keeps mails from being sent is a warning, unless it was `told`. Raises UsageError naming
    each other wrong setting.
    """
    from pantau.commands.cli.language import configure, current
    from pantau.common.time import zones
    from pantau.messages.languages import language_of
    from pantau.settings import load_settings, refuse_unknown

    refuse_unknown(os.environ)
    settings = load_settings(data, allow_networks=allow_networks)
    if settings.smtp_fault is not None and not told:
        warn(problem("settings.mails-wait", fault=settings.smtp_fault))
    zones.configure(settings.time_zone)
    if settings.lang:
        configure(language_of(settings.lang))
    return settings.model_copy(update={"lang": current()})  # `--lang` counts for what is built, too


def configure_zone(data: Path | None) -> None:
    """Read and show times in the zone that a data folder's settings name, or a variable.

    Raises UsageError naming each wrong setting.
    """
    from pantau.commands.cli.options.shared import default_data

    read_settings(default_data() if data is None else data, told=True)


@contextmanager
def opened_store(
    data: Path, *, reads: bool = False, changes: bool = False
) -> "Iterator[tuple[Store, Settings]]":
    """Open the store of a data folder; yields its settings, too.

    A command that only `reads` creates none: where there is none, it says so and sees an empty one.
    For one that `changes` what is there already, that is a UsageError.
    """
    from pantau.bootstrap import STORES, open_store
    from pantau.common.time.clock import SystemClock
    from pantau.settings import SETTINGS_FILE

    settings = read_settings(data)
    if (reads or changes) and settings.backend == "sqlite" and not settings.database.exists():
        if not (data / SETTINGS_FILE).exists():  # else the folder is meant
            if changes:
                raise UsageError(_nothing_in(data))
            print_aside("cli.note", text=text_of(_nothing_in(data)))
        store = STORES["memory"](settings, SystemClock())
    else:
        if settings.backend == "sqlite" and not data.exists():
            _name_near(data)
        store = open_store(settings)
    try:
        yield store, settings
    finally:
        store.close()


def require_store(data: Path, settings: "Settings") -> None:
    """Raise UsageError where a data folder has neither a store nor settings: it may be mistyped."""
    from pantau.settings import SETTINGS_FILE

    is_missing = settings.backend == "sqlite" and not settings.database.exists()
    if is_missing and not (data / SETTINGS_FILE).exists():
        raise UsageError(_nothing_in(data))


def _name_near(data: Path) -> None:
    """Report which folder may be meant by one that is about to be made."""
    from pantau.commands.cli.data_folder import meant_instead

    near = meant_instead(data)
    if near is not None:
        warn(problem("cli.new-folder-near", folder=str(data), near=str(near)))


def _nothing_in(data: Path) -> Problem:
    """Return that a folder has no store, or does not exist, and which one may be meant."""
    from pantau.commands.cli.data_folder import meant_instead

    if data.is_dir():
        return problem("cli.no-store", folder=str(data))
    near = meant_instead(data)
    if near is not None:
        return problem("cli.no-folder-near", folder=str(data), near=str(near))
    return problem("cli.no-folder", folder=str(data))


@contextmanager
def opened_feeds(data: Path, *, reads: bool = False, changes: bool = False) -> "Iterator[FeedList]":
    """Open the feeds of a data folder; `reads` and `changes` as in `opened_store`."""
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.feeds.feed_list import FeedList

    with opened_store(data, reads=reads, changes=changes) as (store, _):
        yield FeedList(store.log, SystemClock())


@asynccontextmanager
async def opened_fetcher(settings: "Settings") -> "AsyncIterator[Fetcher]":
    """Open the guarded fetcher."""
    from pantau.bootstrap import build_fetcher

    fetcher = build_fetcher(settings)
    try:
        yield fetcher
    finally:
        await fetcher.close()


def network_option(command: "F") -> "F":
    """Add `--allow-network CIDR` to a command, repeatable, passed as `networks`."""
    return click.option(
        "--allow-network",
        "networks",
        multiple=True,
        metavar="CIDR",
        help="A network that is not public yet may be reached, such as 10.1.0.0/16; repeatable.",
    )(command)
