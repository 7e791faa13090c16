"""`pantau run`."""

import asyncio
import logging
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.options import data_option

if TYPE_CHECKING:
    from pantau.ports import Store
    from pantau.runtimes.embedded import Embedded
    from pantau.settings import Settings

log = logging.getLogger("pantau")

STATUS_SECONDS = 60.0
EXAMPLES = """\b
Examples:
  pantau run                      # watch the feeds that were added
  pantau run --starter            # begin with well-known Indonesian and English feeds, if there are none yet
  pantau run --once               # poll every feed once, deliver what follows, and end: for cron
  pantau run --allow-network 127.0.0.0/8    # feeds and webhooks on this machine, too
"""


@click.command(epilog=EXAMPLES)
@click.option("--starter", is_flag=True, help="Add the starter feeds if there are no feeds yet.")
@click.option(
    "--once", is_flag=True, help="Poll every feed once, process and deliver what follows, then end."
)
@click.option(
    "--allow-network",
    "networks",
    multiple=True,
    metavar="CIDR",
    help="A network that is not public yet may be reached, such as 10.1.0.0/16; repeatable.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log everything.")
@data_option
def run(networks: tuple[str, ...], data: Path, *, starter: bool, once: bool, verbose: bool) -> None:
    """Watch the feeds: poll, enrich, match, index, notify. Ends with Ctrl-C.

    One process, one SQLite file in the data folder. Feeds and subscriptions can be added meanwhile, by
    `pantau feeds add` and `pantau subscribe`; they count within a second.
    """
    from pantau.adapters.folder_lock import folder_lock  # noqa: PLC0415 (not needed for --help)
    from pantau.bootstrap import build_embedded, open_store  # noqa: PLC0415 (as above)
    from pantau.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.commands.logs import set_up_logging  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)

    settings = load_settings(data, allow_networks=networks)
    set_up_logging("DEBUG" if verbose else settings.log_level)
    with folder_lock(data):
        clock = SystemClock()
        store = open_store(settings, clock)
        try:
            if starter:
                _add_starter_feeds(store)
            asyncio.run(_run(store, settings, build_embedded(store, clock, settings), once=once))
        finally:
            store.close()


def _add_starter_feeds(store: "Store") -> None:
    from pantau.clock import SystemClock  # noqa: PLC0415 (not needed for --help)
    from pantau.starter import add_starter_feeds  # noqa: PLC0415 (as above)

    added = add_starter_feeds(store.log, SystemClock())
    if added:
        log.info("added %d starter feeds; change them with `pantau feeds`", added)


async def _run(store: "Store", settings: "Settings", embedded: "Embedded", *, once: bool) -> None:
    from pantau.runtimes.status import read_status  # noqa: PLC0415 (not needed for --help)

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, _stop, embedded, name)
    log.info("watching with %s", settings.database)
    if once:
        await embedded.run_once()
        log.info("%s", read_status(store))
        return
    reporting = asyncio.create_task(_report(store, embedded))
    try:
        await embedded.run()
    finally:
        reporting.cancel()
    log.info("stopped: %s", read_status(store))


def _stop(embedded: "Embedded", name: signal.Signals) -> None:
    if embedded.stopping.is_set():  # asked twice: end at once; the store stays whole
        raise KeyboardInterrupt
    log.info("%s: stopping after what is under way", name.name)
    embedded.stopping.set()


async def _report(store: "Store", embedded: "Embedded") -> None:
    from pantau.runtimes.status import read_status  # noqa: PLC0415 (not needed for --help)

    shown = None
    while True:
        status = await asyncio.to_thread(read_status, store)
        if status != shown:
            log.info("%s; %d records wait", status, await asyncio.to_thread(embedded.pipeline.lag))
            shown = status
        if not status.feeds:
            log.info("no feeds yet: add one with `pantau feeds add URL`, or run with --starter")
        await asyncio.sleep(STATUS_SECONDS)
