"""What the `feeds` commands open: the list of feeds of a data folder, and a fetcher for the length of a block."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pantau.poller.feedbook import FeedBook
    from pantau.ports import Fetcher
    from pantau.settings import Settings

F = TypeVar("F", bound="Callable[..., Any]")


@contextmanager
def opened_book(data: Path) -> "Iterator[FeedBook]":
    """Open the feeds of a data folder."""
    from pantau.bootstrap import open_store  # noqa: PLC0415 (not needed for --help)
    from pantau.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.poller.feedbook import FeedBook  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)

    store = open_store(load_settings(data))
    try:
        yield FeedBook(store.log, SystemClock())
    finally:
        store.close()


@asynccontextmanager
async def opened_fetcher(settings: "Settings") -> "AsyncIterator[Fetcher]":
    """Open the guarded fetcher."""
    from pantau.bootstrap import build_fetcher  # noqa: PLC0415 (not needed for --help)

    fetcher = build_fetcher(settings)
    try:
        yield fetcher
    finally:
        await fetcher.close()


def network_option(command: "F") -> "F":
    """Give a command `--allow-network CIDR`, repeatable, passed as `networks`."""
    return click.option(
        "--allow-network",
        "networks",
        multiple=True,
        metavar="CIDR",
        help="A network that is not public yet may be reached, such as 10.1.0.0/16; repeatable.",
    )(command)


def web_address(text: str) -> str:
    """Complete an address as people type it: without a scheme it is https."""
    text = text.strip().removeprefix("feed://").removeprefix("feed:")
    return text if "://" in text else f"https://{text}"
