"""The `Retry-After` header, as feeds and webhooks send it, and what stands in its place."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Read `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as seconds from `now`.

    Also reads what servers write by mistake: quotes, a unit (`120s`, `2 minutes`, `PT2M`), a date
    of ISO 8601, the header joined twice (`120, 120`). None if it is none of these.
    """
    if value is None:
        return None
    value = _bare(value)
    named = _NAMED.fullmatch(value)
    if named is not None:
        return float(named[1] or named[3]) * _UNITS[(named[2] or named[4])[0].lower()]
    whole, point, fraction = value.partition(".")
    if whole.isascii() and whole.isdigit() and (not point or fraction.isdigit()):
        return float(whole[:9])  # more digits are more than a lifetime anyway
    moment = _read_iso(value) or read_http_date(value)
    return None if moment is None else max(0.0, (moment - now).total_seconds())


_SECONDS: Final = re.compile(
    r"(\d+(?:\.\d+)?) ?(?:s|secs?|seconds?)?(?: ?[,;].*)?", re.ASCII | re.IGNORECASE
)


_NAMED: Final = re.compile(
    r"(\d{1,6}) ?(m(?:ins?|inutes?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?)|PT?(\d{1,6})([SMHD])",
    re.ASCII | re.IGNORECASE,
)
_UNITS: Final = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}


def _bare(value: str) -> str:
    """Return a value without quotes, and a number of seconds without what follows it."""
    value = value.strip().strip("\"'").strip()
    seconds = _SECONDS.fullmatch(value)
    return value if seconds is None else seconds[1]


_RESETS: Final = ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
_FIRST_TIME: Final = 1_000_000_000
"""Seconds from which a number is a time since 1970, and no wait."""


def read_rate_limit(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds until a server that limits requests starts its count again, if it says so.

    Servers write them as a wait, or as a time since 1970.
    """
    for name in _RESETS:
        value = headers.get(name, "").strip()
        if value.isascii() and value.isdigit() and len(value) <= 10:
            seconds = float(value)
            return max(0.0, seconds - now.timestamp()) if seconds >= _FIRST_TIME else seconds
    return None


def _read_iso(value: str) -> datetime | None:
    """Parse a date and time of ISO 8601; None for what has no zone."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def read_http_date(value: str | None) -> datetime | None:
    """Parse a date of a header (RFC 9110, 5.6.7), by default in UTC; None if it is invalid."""
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):  # a time zone of twenty digits is no reason to fail
        return None
