"""The `Retry-After` header, as feeds and webhooks send it."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Parse `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as seconds from `now`.

    None if it is neither.
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])  # more digits are more than a lifetime anyway
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # a time zone of twenty digits must not fail
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
