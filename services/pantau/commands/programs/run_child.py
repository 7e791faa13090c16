"""The child process of `pantau run`: `python -m pantau.commands.programs.run_child DATA LEVEL STAGE...`.

Started by `pantau.runtimes.embedded.child` and of no use by itself. It runs its stages until its parent
stops it, or ends: a killed parent cannot send anything, but its end of the pipe is closed for it.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pantau.bootstrap import build_pipeline, open_store
from pantau.commands.cli.logs import set_up_logging
from pantau.commands.cli.settings_watching import service_settings
from pantau.common.system import OURS
from pantau.common.time.clock import SystemClock
from pantau.errors import PantauError, RetryError
from pantau.observe.observation import Observation
from pantau.observe.signals import Signals
from pantau.runtimes.allocator import return_memory_early
from pantau.runtimes.collector import ease_collector
from pantau.runtimes.embedded.child import LATER, STOP
from pantau.runtimes.embedded.child_lines import ChildSignals
from pantau.runtimes.embedded.pipeline import Pipeline
from pantau.runtimes.settings_watch import CHECK_SECONDS, SettingsWatch
from pantau.settings import Settings, load_settings

log = logging.getLogger("pantau")

PART: Final = "pipeline, second process"


def main(arguments: Sequence[str]) -> int:
    """Run until stopped; return 1 when it cannot continue, `LATER` when another child could."""
    data, level, *stages = arguments
    OURS.ignore_stop()  # sent to a whole group; the parent handles it
    teller = ChildSignals(_take_output())
    set_up_logging(level)
    return_memory_early()
    ease_collector()
    try:
        _work(Path(data), level, stages, teller)
    except RetryError as error:
        log.warning("%s", error)
        return LATER
    except PantauError as error:
        teller.failed(str(error))
        return 1
    except Exception as error:
        log.exception("unexpected error")
        teller.failed(f"internal error, please report it: {type(error).__name__}: {error}"[:1_000])
        return 1
    return 0


def _take_output() -> int:
    """Reserve standard output for the parent; other output goes to the log."""
    descriptor = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return descriptor


def _work(data: Path, level: str, stages: Sequence[str], teller: ChildSignals) -> None:
    settings, clock = load_settings(data), SystemClock()
    set_up_logging(level, settings.log_format, service="run")
    observation = Observation("run", settings.observe.model_copy(update={"port": None}))
    signals = Signals(metrics=teller, tracer=observation.signals.tracer, health=teller)
    store = open_store(settings, clock)
    try:
        pipeline = build_pipeline(store, clock, settings, signals, only=stages, part=PART)
        threading.Thread(target=_obey, args=(pipeline,), name="parent", daemon=True).start()
        watch = _watch(settings, level)
        threading.Thread(target=_follow, args=(watch,), name="settings", daemon=True).start()
        teller.hello()
        pipeline.start()
        pipeline.join()
        if pipeline.failure is not None:
            raise pipeline.failure
    finally:
        observation.stop()
        store.close()


def _watch(settings: Settings, level: str) -> SettingsWatch:
    """Return the watch over the level of the log; another level than the file's is an option."""
    verbose = level != settings.log_level
    own = settings.model_copy(update={"log_level": level})
    return service_settings(own, (), verbose=verbose, silent=True)


def _follow(watch: SettingsWatch) -> None:
    while True:
        time.sleep(CHECK_SECONDS)
        watch.check()


def _obey(pipeline: Pipeline) -> None:
    """Follow the parent's commands.

    Exit at once without a parent, as if killed: another child may be running already.
    """
    while said := os.read(sys.stdin.fileno(), 4096):
        if STOP in said:
            pipeline.stop()
        else:
            pipeline.wake()
    pipeline.forget()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
