"""Options that take a moment, `--since 7d`."""

from datetime import datetime

import click


def read_moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """Return an option's moment, as a callback of click. Raises click.BadParameter."""
    from pantau.commands.cli.say import error_text  # noqa: PLC0415 (as above)
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (not needed for --help)
    from pantau.errors import UsageError  # noqa: PLC0415 (as above)
    from pantau.usecases.moments import parse_moment  # noqa: PLC0415 (as above)

    del ctx, param
    try:
        return None if value is None else parse_moment(value, SystemClock().now())
    except UsageError as error:
        raise click.BadParameter(error_text(error)) from error
