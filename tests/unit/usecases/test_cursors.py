"""Cursors of lists: what was put in comes out, and nothing else is taken."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.errors import UsageError
from pantau.usecases.cursors import EARLIEST, cursor_of, read_cursor, time_of

TIMES = st.datetimes(datetime(1970, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (as hypothesis wants them)


@given(TIMES, st.integers(0, 10**18 - 1), st.text(min_size=1, max_size=30))
def test_what_is_written_is_read(moment: datetime, number: int, text: str) -> None:
    numbers, rest = read_cursor(cursor_of(moment, number, text), 2, has_id=True)
    assert (time_of(numbers[0]), numbers[1], rest) == (moment, number, text)
    assert read_cursor(cursor_of(moment, number), 2) == (numbers, "")


@given(st.text(max_size=40), st.integers(1, 3), st.booleans())
def test_any_other_text_is_refused_and_breaks_nothing(
    text: str, numbers: int, has_id: bool
) -> None:
    try:
        found, rest = read_cursor(text, numbers, has_id=has_id)
    except UsageError:
        return
    assert (len(found), bool(rest)) == (numbers, has_id)


@pytest.mark.parametrize(
    "text", ["", "~", "1", "1~", "1~2", "x~a", "-1~a", "\u0663~a", "1.5~a", f"{'9' * 19}~a"]
)
def test_what_is_no_number_and_an_id_is_refused(text: str) -> None:
    numbers = 2 if text == "1~2" else 1
    with pytest.raises(UsageError):
        read_cursor(text, numbers, has_id=True)


def test_times_stay_in_the_calendar() -> None:
    assert time_of(1) == EARLIEST + timedelta(microseconds=1)
    with pytest.raises(UsageError):
        time_of(10**18 - 1)
