"""`Retry-After`, in both its forms."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from pantau.net.retry_after import read_rate_limit, read_retry_after
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
        ("2 minutes", 120),
        ("2m", 120),
        ("1 hour", 3_600),
        ("3 hrs", 10_800),
        ("1 day", 86_400),
        ("PT2M", 120),
        ("PT90S", 90),
        ("P1D", 86_400),
        ("2 months", None),
        ("2026-03-02T08:02:00Z", 120),
        ("2026-03-02T15:02:00+07:00", 120),
        ("2026-03-02T08:02:00", None),
        ("20260302", 20_260_302),
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


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"ratelimit-reset": "300"}, 300),
        ({"x-ratelimit-reset": str(int(START.timestamp()) + 300)}, 300),
        ({"x-rate-limit-reset": str(int(START.timestamp()) - 300)}, 0),
        ({"ratelimit-reset": "soon", "x-ratelimit-reset": "60"}, 60),
        ({"ratelimit-reset": "-5"}, None),
        ({"ratelimit-reset": "9" * 11}, None),
        ({}, None),
    ],
)
def test_when_a_server_starts_its_count_again(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert read_rate_limit(headers, START) == seconds
