from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pantau.poller.identity.published import AHEAD, plausible_published

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
SEEN = NOW - timedelta(days=5)


def test_what_can_be_right_stays() -> None:
    for published in (
        None,
        datetime(1990, 1, 1, tzinfo=UTC),
        SEEN,
        NOW,
        NOW + timedelta(hours=14),
        NOW + AHEAD,
    ):
        assert plausible_published(published, first_seen=SEEN, now=NOW) == published


def test_a_date_to_come_is_the_day_that_it_was_seen() -> None:
    for published in (NOW + AHEAD + timedelta(milliseconds=1), datetime(2200, 12, 31, tzinfo=UTC)):
        assert plausible_published(published, first_seen=SEEN, now=NOW) == SEEN


@given(st.datetimes(timezones=st.just(UTC)))
def test_no_date_is_far_ahead(published: datetime) -> None:
    found = plausible_published(published, first_seen=SEEN, now=NOW)
    assert found is not None
    assert found <= NOW + AHEAD
    assert found in {published, SEEN}
