"""The `Retry-After` header, as feeds and webhooks send it."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Read `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as seconds from `now`.

    Also reads what servers write by mistake: quotes, a unit (`120s`), the header joined twice
    (`120, 120`). None if it is none of these.
    """
    if value is None:
        return None
    value = _bare(value)
    whole, point, fraction = value.partition(".")
    if whole.isascii() and whole.isdigit() and (not point or fraction.isdigit()):
        return float(whole[:9])  # more digits are more than a lifetime anyway
    moment = read_http_date(value)
    return None if moment is None else max(0.0, (moment - now).total_seconds())


_SECONDS: Final = re.compile(
    r"(\d+(?:\.\d+)?) ?(?:s|secs?|seconds?)?(?: ?[,;].*)?", re.ASCII | re.IGNORECASE
)


def _bare(value: str) -> str:
    """Return a value without quotes, and a number of seconds without what follows it."""
    value = value.strip().strip("\"'").strip()
    seconds = _SECONDS.fullmatch(value)
    return value if seconds is None else seconds[1]


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
