"""`pantau run`."""

import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.opened import network_option, read_settings
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import logged_text, say, text_of
from pantau.common.system import OURS
from pantau.problems import Problem, problem

if TYPE_CHECKING:
    from asyncio import Task

    from pantau.observe.observation import Observation
    from pantau.ports import Store
    from pantau.runtimes.console_process import ConsoleProcess
    from pantau.runtimes.embedded.pipeline import Embedded
    from pantau.runtimes.settings_watch import SettingsWatch
    from pantau.settings import Settings

log = logging.getLogger("pantau")

STATUS_SECONDS = 60.0
CONSOLE_SECONDS = 30.0
"""How long the first poll waits for the address of the console, which comes within two as a rule."""
FIRST_STATUS_SECONDS = (5.0, 15.0)
"""Delay of the first report: the first polls are soon done, and people want to know the results."""
EXAMPLES = """\b
Examples:
  pantau run                      # watch the feeds that were added
  pantau run --starter            # add well-known feeds if there are none yet
  pantau run --once               # poll the due feeds, deliver, and end: for cron
  pantau run --once --all         # poll every feed, also those that are not due
  pantau run --no-console         # without the pages at http://127.0.0.1:8480
  pantau run --allow-network 127.0.0.0/8    # feeds and webhooks on this machine, too
"""


@click.command(epilog=EXAMPLES)
@click.option("--starter", is_flag=True, help="Add the starter feeds if there are no feeds yet.")
@click.option(
    "--once",
    is_flag=True,
    help="Poll the feeds that are due, process and deliver what follows, then end.",
)
@click.option(
    "--all",
    "all_feeds",
    is_flag=True,
    help="With --once: poll every feed, also one that asks to be left alone for now.",
)
@click.option(
    "--no-console",
    is_flag=True,
    help="Serve no pages for a browser.",
)
@network_option
@click.option("-v", "--verbose", is_flag=True, help="Log everything.")
@data_option
def run(
    networks: tuple[str, ...],
    data: Path,
    *,
    starter: bool,
    once: bool,
    all_feeds: bool,
    no_console: bool,
    verbose: bool,
) -> None:
    """Run everything: poll, enrich, match, index, notify. Ends with Ctrl-C.

    Its pages for a browser are at http://127.0.0.1:8480 (setting `console`).

    One SQLite file in the data folder; with two processors, a second process does the matching.
    Feeds and subscriptions can be added meanwhile, by `pantau feeds add` and `pantau subscribe`;
    they take effect within a second.
    """
    if all_feeds and not once:
        raise click.UsageError(say("status.all-without-once"))
    import asyncio

    from pantau.adapters.files.folder_lock import folder_lock
    from pantau.adapters.files.running import remove_note
    from pantau.bootstrap import build_console, build_embedded, open_store
    from pantau.commands.cli.logs import set_up_logging
    from pantau.commands.cli.settings_watching import watched_settings
    from pantau.commands.cli.startup import warn_at_start
    from pantau.common.time.clock import SystemClock
    from pantau.runtimes.allocator import return_memory_early
    from pantau.runtimes.collector import ease_collector
    from pantau.runtimes.embedded.child import STAGES_APART
    from pantau.settings import refuse_servers

    return_memory_early()
    ease_collector()
    settings = read_settings(data, allow_networks=networks, told=True)
    refuse_servers(settings)
    if verbose:
        settings = settings.model_copy(update={"log_level": "DEBUG"})
    set_up_logging(settings.log_level, settings.log_format, service="run")
    warn_at_start(settings, sends=True)
    with folder_lock(data):
        clock = SystemClock()
        observation = _observation(settings, data)
        store = open_store(settings, clock)
        try:
            if starter:
                _add_starter_feeds(store)
            apart = () if once or _processes(settings) == 1 else STAGES_APART
            embedded = build_embedded(
                store, clock, settings, signals=observation.signals, apart=apart
            )
            if not once:
                observation.mount(embedded.mounts)
            observation.start()
            if once:
                asyncio.run(_run_once(store, settings, embedded, all_feeds=all_feeds))
            else:
                watch = watched_settings(settings, networks, clock.now(), verbose=verbose)
                console, notices = None, ConsoleNotices()
                if settings.console.enabled and not no_console:
                    console = build_console(settings, networks, notices, notices.ended)
                asyncio.run(_run(store, settings, embedded, watch, console, notices))
        finally:
            remove_note(data)
            observation.stop()
            store.close()


def _observation(settings: "Settings", data: Path) -> "Observation":
    """Return the exporters of the program, with the free space of its data folder."""
    from pantau.adapters.files.disk import free_bytes
    from pantau.observe.observation import Observation

    observation = Observation("run", settings.observe)
    observation.signals.metrics.free_space(lambda: free_bytes(data))
    return observation


def _processes(settings: "Settings") -> int:
    """Return the number of processes; only a store in a file can be shared."""
    if settings.backend != "sqlite":
        return 1
    return settings.pipeline.processes or min(2, OURS.processors())


def _add_starter_feeds(store: "Store") -> None:
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.feeds.starter import add_starter_feeds

    added = add_starter_feeds(store.log, SystemClock())
    if added:
        _report_lines(problem("status.starter", count=added))


async def _run_once(
    store: "Store", settings: "Settings", embedded: "Embedded", *, all_feeds: bool
) -> None:
    from pantau.commands.cli.texts.status import status_lines
    from pantau.usecases.alerts.open_deliveries import read_open_deliveries
    from pantau.usecases.status import read_status

    _begin("status.watching", settings, embedded)
    await embedded.run_once(all_feeds=all_feeds)
    _report_lines(*status_lines(read_status(store)))
    if read_open_deliveries(store.log).waiting:
        raise click.exceptions.Exit(1)  # so that cron tells its owner


async def _run(
    store: "Store",
    settings: "Settings",
    embedded: "Embedded",
    watch: "SettingsWatch",
    console: "ConsoleProcess | None",
    notices: "ConsoleNotices",
) -> None:
    import asyncio

    from pantau.commands.cli.texts.status import status_lines
    from pantau.usecases.status import read_status

    _begin("status.watching-until", settings, embedded)
    pages = None if console is None else asyncio.create_task(console.run(embedded.stopping))
    if pages is not None:  # its address comes before what the first polls log
        await notices.first(pages, CONSOLE_SECONDS)
    beside = [
        asyncio.create_task(_report(store, embedded)),
        asyncio.create_task(watch.run(embedded.stopping)),
    ]
    try:
        await embedded.run()
    finally:
        for task in beside:
            task.cancel()
        if pages is not None:  # it ends by itself, as `stopping` is set
            await asyncio.gather(pages, return_exceptions=True)
    counts, *others = status_lines(read_status(store))
    _report_lines(problem("status.stopped", counts=counts), *others)


class ConsoleNotices:
    """Reports where the console listens, or why it does not."""

    def __init__(self) -> None:
        import asyncio

        self._came = asyncio.Event()

    def __call__(self, notice: Problem) -> None:
        """Report a notice of the console's process."""
        if notice.code == "console.listening":
            _report_lines(notice)
        else:
            log.warning("%s", logged_text(notice))
        self._came.set()

    def ended(self) -> None:
        """Stop the wait for a console that could not start, or died: it is logged already."""
        self._came.set()

    async def first(self, pages: "Task[None]", seconds: float) -> None:
        """Wait for the first notice, but no longer than the console runs, or than the time limit."""
        import asyncio

        came = asyncio.create_task(self._came.wait())
        try:
            await asyncio.wait([came, pages], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            came.cancel()


def _begin(code: str, settings: "Settings", embedded: "Embedded") -> None:
    """Stop at a signal; log that the work begins."""
    import asyncio

    loop = asyncio.get_running_loop()
    OURS.on_stop(loop, lambda name: _stop(embedded, name))
    _report_lines(Problem(code, {"store": str(settings.database)}))


def _stop(embedded: "Embedded", name: signal.Signals) -> None:
    if embedded.stopping.is_set():
        if name == signal.SIGINT:  # a second interrupt ends it at once; the store stays consistent
            raise KeyboardInterrupt
        return  # supervisors, and make, may send SIGTERM to the group and to the process
    _report_lines(problem("status.stopping", signal=name.name))
    embedded.stopping.set()


def _report_lines(*lines: Problem) -> None:
    """Show lines to a person at the terminal, in their language; else log them, in English."""
    if not log.isEnabledFor(logging.INFO):
        return
    for line in lines:
        if sys.stderr is not None and sys.stderr.isatty():
            put(text_of(line), err=True)
        else:
            log.info("%s", line)


async def _report(store: "Store", embedded: "Embedded") -> None:
    """Report the status: soon after the start, then each minute if something changed."""
    import asyncio

    from pantau.commands.cli.texts.status import status_lines
    from pantau.usecases.status import read_status

    def read() -> list[Problem]:
        return [*status_lines(read_status(store), embedded.lag())]

    shown: list[Problem] = []
    waits = [*FIRST_STATUS_SECONDS]
    while True:
        lines = await asyncio.to_thread(read)
        if lines != shown:
            _report_lines(*lines)
            shown = lines
        await asyncio.sleep(waits.pop(0) if waits else STATUS_SECONDS)
