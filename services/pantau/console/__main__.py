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
from pathlib import Path
from typing import Final

from pantau.bootstrap import open_store
from pantau.bootstrap.provider import build_console_parts
from pantau.common.system import OURS
from pantau.common.time import zones
from pantau.common.time.clock import SystemClock
from pantau.console.app import build_app
from pantau.console.server import ConsoleServer, address_of, bind
from pantau.errors import PantauError, UsageError
from pantau.problems import Problem, pack_problem, problem
from pantau.settings import Settings, load_settings

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
            parts = build_console_parts(store, settings, SystemClock())
            app = build_app(parts)
            server = ConsoleServer(app, app.close)
            threading.Thread(target=_follow_parent, args=(server,), daemon=True).start()
            _report(problem("console.listening", address=address_of(listening)))
            asyncio.run(server.serve(sockets=[listening]))
        finally:
            store.close()
    return 0


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
