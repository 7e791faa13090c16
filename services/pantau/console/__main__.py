"""The console's process: `python -m pantau.console DATA [NETWORK...]`.

Started by `pantau run`, in a process of its own so that a costly page never holds up the pipeline.
Standard output has one problem as JSON: where it listens, or why it does not. It ends when its
standard input is closed: a killed parent cannot send anything, but its end of the pipe is closed.
"""

import asyncio
import json
import logging
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from pantau.bootstrap import (
    build_channel_drivers,
    build_fetcher,
    build_reader,
    open_store,
    stage_lags,
)
from pantau.common.system import OURS
from pantau.common.time import zones
from pantau.common.time.clock import SystemClock
from pantau.console.app import build_app
from pantau.console.server import ConsoleServer, address_of, bind
from pantau.errors import PantauError, UsageError
from pantau.messages.languages import Lang
from pantau.operations.parts import Parts
from pantau.ports import Clock, Store
from pantau.problems import Problem, pack_problem, problem
from pantau.settings import Settings, load_settings
from pantau.usecases.channels.trial import TrialResult
from pantau.usecases.channels.trial import send_trials as send_all
from pantau.usecases.feeds.adding import Added
from pantau.usecases.feeds.feed_list import FeedFields, FeedList
from pantau.usecases.feeds.looking import look_and_add
from pantau_schemas.events.subscription import Subscription

log = logging.getLogger("pantau.console")

REFUSED: Final = 3
"""Exit code of a console that cannot listen: another start would not help."""


def main(arguments: Sequence[str]) -> int:
    """Serve until the parent ends; return `REFUSED` when the console cannot listen."""
    data, *networks = arguments
    OURS.ignore_stop()  # sent to a whole group; the parent handles it
    settings = load_settings(Path(data), allow_networks=networks)
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    zones.configure(settings.time_zone)
    try:
        return _serve(settings)
    except UsageError as error:
        _report(error.problem or Problem("console.failed", {"text": str(error)}))
        return REFUSED
    except PantauError as error:
        log.warning("%s", error)
        return 1


def _serve(settings: Settings) -> int:
    with bind(settings.console) as listening:
        store = open_store(settings)
        try:
            parts = console_parts(store, settings, SystemClock())
            server = ConsoleServer(build_app(parts))
            threading.Thread(target=_follow_parent, args=(server,), daemon=True).start()
            _report(problem("console.listening", address=address_of(listening)))
            asyncio.run(server.serve(sockets=[listening]))
        finally:
            store.close()
    return 0


def console_parts(store: Store, settings: Settings, clock: Clock) -> Parts:
    """Put together what the pages work with, over an opened store."""

    def add_feed(book: FeedList, url: str, fields: FeedFields) -> Added:
        async def run() -> Added:
            fetcher = build_fetcher(settings)
            try:
                with closing(build_reader()) as reader:
                    return await look_and_add(book, fetcher, reader, clock, url, fields)
            finally:
                await fetcher.close()

        return asyncio.run(run())  # in the page's own thread

    def send_trials(subscription: Subscription, lang: Lang) -> tuple[TrialResult, ...]:
        return asyncio.run(_send_trials(settings, clock, subscription, lang))

    def lags() -> dict[str, int]:
        # Over Kafka, joining the groups of the stages would take partitions from them.
        return stage_lags(store) if settings.backend == "sqlite" else {}

    return Parts(store, settings, clock, add_feed, send_trials, lags)


async def _send_trials(
    settings: Settings, clock: Clock, subscription: Subscription, lang: Lang
) -> tuple[TrialResult, ...]:
    fetcher = build_fetcher(settings)
    try:
        drivers = build_channel_drivers(settings, fetcher, clock)
        try:
            seconds = settings.notify.timeout_seconds
            return await send_all(subscription, drivers, clock, seconds, lang)
        finally:
            for driver in drivers.values():
                await driver.close()
    finally:
        await fetcher.close()


def _follow_parent(server: ConsoleServer) -> None:
    """Stop the server when the parent closes its end of the pipe, by ending or on purpose."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.end()


def _report(notice: Problem) -> None:
    sys.stdout.write(json.dumps(pack_problem(notice)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
