"""`pantau setup`."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pantau.commands.cli.opened import read_settings
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import error_text, print_aside, text_of
from pantau.common.time.backoff import Backoff, Pauses

if TYPE_CHECKING:
    from pantau.problems import Problem

BACKOFF: Final = Backoff(0.2, 5.0)
EXAMPLES = """\b
Examples:
  PANTAU_KAFKA__SERVERS='["kafka:9092"]' pantau setup
  pantau setup --wait 120         # in a compose file: servers may still be starting
  pantau setup --kibana http://127.0.0.1:5601    # and a data view, a search and a dashboard for Kibana
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--wait",
    type=click.FloatRange(min=0.0),
    default=0.0,
    metavar="SECONDS",
    help="Wait this long for servers that do not answer yet.",
)
@click.option(
    "--kibana", metavar="URL", help="Put a data view, a saved search and a dashboard there, too."
)
@data_option
def setup(wait: float, kibana: str | None, data: Path) -> None:
    """Create topics in Kafka, and templates and lifecycle in Elasticsearch. Idempotent."""
    from pantau.bootstrap import setups
    from pantau.settings import require_servers

    settings = read_settings(data)
    require_servers(settings)
    until = time.monotonic() + wait
    for one in setups(settings, kibana=kibana):
        for line in _patiently(one, until):
            put(text_of(line))


def _patiently(one: "Callable[[], Iterable[Problem]]", until: float) -> "Iterable[Problem]":
    """Run a step, retried while a server does not answer and time is left."""
    from pantau.errors import RetryError

    pauses, told = Pauses(BACKOFF), False
    while True:
        try:
            return one()
        except RetryError as error:
            left = until - time.monotonic()
            if left <= 0:
                raise
            if not told:
                print_aside("cli.waiting", reason=error_text(error))
                told = True
            time.sleep(min(pauses.next(), left))
