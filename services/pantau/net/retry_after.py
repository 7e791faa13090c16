"""The `Retry-After` header, as feeds and webhooks send it."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Read `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as seconds from `now`.

    None if it is neither.
    """
    if value is None:
        return None
    value = value.strip()
    whole, point, fraction = value.partition(".")
    if whole.isascii() and whole.isdigit() and (not point or fraction.isdigit()):
        return float(whole[:9])  # more digits are more than a lifetime anyway
    moment = read_http_date(value)
    return None if moment is None else max(0.0, (moment - now).total_seconds())


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
