"""`pantau service NAME`."""

import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pantau.commands.cli.opened import network_option, read_settings
from pantau.commands.cli.options.shared import data_option
from pantau.common.system import OURS

if TYPE_CHECKING:
    from pantau.observe.observation import Observation
    from pantau.runtimes.distributed.services import Service
    from pantau.runtimes.settings_watch import SettingsWatch

log = logging.getLogger("pantau")

NAMES: Final = ("poller", "extractor", "enricher", "alerter", "indexer", "notifier", "console")
STOP_SECONDS: Final = 15.0
"""Grace period in seconds after which a stopping service ends.

Unacknowledged work is repeated.
"""
QUIET_SECONDS: Final = 60.0
KNOWN_LINES: Final = 1_000
EXAMPLES = """\b
poller     fetches feeds; several share the feeds out by domain
extractor  fetches the pages of articles whose feed gives a summary
enricher   finds language, names and places
alerter    matches articles with subscriptions
indexer    writes articles to Elasticsearch
notifier   brings alerts to their channels
console    serves pages for a browser, at the address of the setting `console`

\b
Examples:
  pantau setup                    # once: makes topics and index templates
  pantau service poller
  pantau service alerter          # as many of each as you like, on as many machines

\b
Settings, as variables or in pantau.toml:
  PANTAU_KAFKA__SERVERS='["kafka:9092"]'
  PANTAU_ELASTICSEARCH__URL=http://elasticsearch:9200
"""


class FewRepeats(logging.Filter):
    """Limits repeated log messages of a library to one per minute.

    While brokers are away they are repeated ten times per second.
    """

    def __init__(self, seconds: float = QUIET_SECONDS) -> None:
        super().__init__()
        self._seconds = seconds
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to write a record. Pantau's own always are."""
        if record.name.startswith("pantau"):
            return True
        what = (record.name, str(record.msg)[:100])
        if record.created - self._said.get(what, float("-inf")) < self._seconds:
            return False
        if len(self._said) >= KNOWN_LINES:  # texts with inserted values are all different
            self._said.clear()
        self._said[what] = record.created
        return True


@click.command(epilog=EXAMPLES)
@click.argument("name", type=click.Choice(NAMES))
@network_option
@click.option("-v", "--verbose", is_flag=True, help="Log everything.")
@data_option
def service(name: str, networks: tuple[str, ...], data: Path, *, verbose: bool) -> None:
    """Run one service over Kafka and Elasticsearch, until SIGTERM or Ctrl-C.

    It waits for servers that are down, and for `pantau setup`. Run it under a supervisor that
    restarts it when it ends (Docker, Kubernetes, systemd).
    """
    import asyncio

    from pantau.bootstrap import build_service
    from pantau.commands.cli.logs import set_up_logging
    from pantau.commands.cli.settings_watching import service_settings
    from pantau.commands.cli.startup import warn_at_start
    from pantau.common.time.clock import SystemClock
    from pantau.observe.observation import Observation
    from pantau.runtimes.allocator import return_memory_early
    from pantau.runtimes.collector import ease_collector
    from pantau.settings import require_servers

    return_memory_early()
    ease_collector()
    settings = read_settings(data, allow_networks=networks, told=True)
    require_servers(settings)
    level = "DEBUG" if verbose else settings.log_level
    set_up_logging(level, settings.log_format, service=name)
    warn_at_start(settings, sends=name == "notifier")
    for handler in logging.getLogger().handlers:
        handler.addFilter(FewRepeats())
    threading.excepthook = _thread_ended
    observation = Observation(name, settings.observe)
    built = build_service(name, settings, SystemClock(), signals=observation.signals)
    observation.mount(built.mounts)
    observation.start()
    watch = service_settings(settings, networks, verbose=verbose)
    try:
        asyncio.run(_run(built, observation, watch))
    except Exception as error:  # noqa: BLE001 (said here: what still hangs may keep the program from its usual end)
        observation.stop()
        _end(error)
    observation.stop()
    _end(None)


async def _run(built: "Service", observation: "Observation", watch: "SettingsWatch") -> None:
    import asyncio

    loop = asyncio.get_running_loop()
    OURS.on_stop(loop, lambda name: _stop(built, name))
    log.info("%s: starting", built.name)
    beside = [
        asyncio.create_task(observation.heartbeat()),
        asyncio.create_task(watch.run(built.stopping)),
    ]
    try:
        await built.run()
    finally:
        for task in beside:
            task.cancel()
        # Tasks that drivers leave end with the process, which is not an error.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    log.info("%s: stopped", built.name)


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    """Report that a driver's thread ended by an error.

    Its users detect that, and create a new one.
    """
    name = ended.thread.name if ended.thread is not None else "?"
    log.warning("thread %s ended: %r", name, ended.exc_value)


def _stop(built: "Service", name: signal.Signals) -> None:
    if built.stopping.is_set():
        return
    log.info("%s: stopping after what is under way", name.name)
    built.stopping.set()
    threading.Thread(target=_end_late, name="end", daemon=True).start()


def _end_late() -> None:
    time.sleep(STOP_SECONDS)
    log.warning("not everything ended in time; what was not acknowledged will be done again")
    _leave(0)


def _end(error: Exception | None) -> None:
    """Exit: raise a known error.

    With another error, or with hanging threads, exit after a log line.
    """
    from pantau.errors import PantauError

    main = threading.main_thread()
    hanging = [one.name for one in threading.enumerate() if not one.daemon and one is not main]
    if error is not None and not isinstance(error, PantauError):
        log.error("unexpected error", exc_info=error)
        _leave(1)
    # The interpreter waits for threads at its end, so those of a library that hang would keep it.
    if not hanging:
        if error is not None:
            raise error
        return
    if error is not None:
        log.error("%s", error)
    log.warning("threads that hang end with the process: %s", ", ".join(hanging))
    _leave(0 if error is None else 1)


def _leave(code: int) -> None:
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)
