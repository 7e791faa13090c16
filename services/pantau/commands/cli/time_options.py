"""Moments as people type them: `7d`, `12h`, `2026-03-01`."""

import re
from datetime import datetime, timedelta
from typing import Final

import click

_AGO: Final = re.compile(r"(\d{1,6})\s*(m|h|d|w|j|mnt|jam|hari|minggu)")
_UNIT: Final = {
    "m": "minutes",
    "mnt": "minutes",
    "h": "hours",
    "j": "hours",
    "jam": "hours",
    "d": "days",
    "hari": "days",
    "w": "weeks",
    "minggu": "weeks",
}


def parse_moment(text: str, now: datetime) -> datetime:
    """Read a moment: a time ago (`30m`, `12h`, `7d`, `2w`) or a date, by day or second.

    Raises click.BadParameter naming the forms that work.
    """
    from pantau.common.dates import read_time  # noqa: PLC0415 (not needed for --help)

    ago = _AGO.fullmatch(text.strip().lower())
    if ago:
        return now - timedelta(**{_UNIT[ago[2]]: int(ago[1])})
    moment = read_time(text)
    if moment is None:
        message = f"{text!r} is no moment; give a time ago such as 7d or 12h, or a date such as 2026-03-01"
        raise click.BadParameter(message)
    return moment


def read_moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """Read an option's moment, as a callback of click."""
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (not needed for --help)

    del ctx, param
    return None if value is None else parse_moment(value, SystemClock().now())


def check_order(since: datetime | None, until: datetime | None) -> None:
    """Refuse a stretch of time that ends before it begins. Raises click.UsageError."""
    if since is not None and until is not None and until <= since:
        message = "--until is not later than --since, so nothing lies between them"
        raise click.UsageError(message)
