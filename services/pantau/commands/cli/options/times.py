"""Options that take a moment, `--since 7d`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click


def read_moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """Return an option's moment, as a callback of click. Raises click.BadParameter."""
    from pantau.commands.cli.opened import configure_zone
    from pantau.commands.cli.say import error_text
    from pantau.common.time import zones
    from pantau.common.time.clock import SystemClock
    from pantau.errors import UsageError
    from pantau.usecases.moments import parse_moment

    del param
    if value is None:
        return None
    configure_zone(ctx.params.get("data"))
    try:
        return parse_moment(value, SystemClock().now(), zones.current())
    except UsageError as error:
        raise click.BadParameter(error_text(error)) from error


def moment_option(name: str, meaning: str, **more: Any) -> Callable[[Any], Any]:
    """Return an option that takes a moment; its help says what is taken after the `meaning`."""
    help_text = f"{meaning}: 7d, 12h, or a date, of your time zone if it names none."
    return click.option(name, callback=read_moment, metavar="WHEN", help=help_text, **more)
