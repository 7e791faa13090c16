"""`Retry-After`, in both its forms."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from pantau.net.retry_after import read_retry_after
from tests.support import START


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("30", 30),
        (" 30 ", 30),
        ("9" * 400, 999_999_999),
        (format_datetime(START + timedelta(minutes=2), usegmt=True), 120),
        (format_datetime(START - timedelta(minutes=2), usegmt=True), 0),
        ("Mon, 02 Mar 2026 08:01:00 -0000", 60),
        ("120s", 120),
        ("120 seconds", 120),
        ("120, 120", 120),
        ('"120"', 120),
        ("120 apples", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("", None),
        ("Mon, 99 Mar 2026 08:01:00 GMT", None),
        ("Mon, 02 Mar 2026 08:01:00 +99999999999999", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(value, START) == seconds
