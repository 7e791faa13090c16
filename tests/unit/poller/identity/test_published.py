from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.feeds.document import ParsedItem
from pantau.poller.identity.keys import Home, read_keys
from pantau.poller.identity.listing import Listed
from pantau.poller.identity.published import (
    AHEAD,
    LATE,
    Ages,
    is_strange,
    plausible_published,
    shown_past,
)

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
SEEN = NOW - timedelta(days=5)
DAY = timedelta(days=1)
OLD = 3 * DAY


def one(name: str, published: datetime | None) -> Listed:
    item = ParsedItem(name, None, name, name, published=published)
    return Listed(name, "", "", None, read_keys(item, "f", Home()), item)


def test_what_can_be_right_stays() -> None:
    for published in (None, SEEN - LATE, SEEN, NOW, NOW + AHEAD):
        assert plausible_published(published, first_seen=SEEN, now=NOW) == published
    long_ago = datetime(1990, 1, 1, tzinfo=UTC)
    assert plausible_published(long_ago, first_seen=SEEN, now=NOW, historical=True) == long_ago


def test_a_date_to_come_is_the_day_that_it_was_seen() -> None:
    for published in (
        NOW + AHEAD + timedelta(milliseconds=1),
        NOW + timedelta(hours=7),
        datetime(2200, 12, 31, tzinfo=UTC),
    ):
        assert plausible_published(published, first_seen=SEEN, now=NOW) == SEEN


def test_a_date_long_before_an_article_was_news_is_left_out() -> None:
    for published in (SEEN - LATE - DAY, datetime(1970, 1, 1, tzinfo=UTC), NOW - 365 * DAY):
        assert plausible_published(published, first_seen=SEEN, now=NOW) is None
        assert is_strange(published, first_seen=SEEN, historical=False)


@given(st.datetimes(timezones=st.just(UTC)), st.booleans())
def test_no_date_is_far_ahead_and_none_is_invented(published: datetime, historical: bool) -> None:
    found = plausible_published(published, first_seen=SEEN, now=NOW, historical=historical)
    assert found is None or found <= NOW + AHEAD
    assert found in {None, published, SEEN}
    assert found is not None or not historical


@pytest.mark.parametrize(
    ("since", "published", "historical"),
    [
        (None, NOW, True),  # a first poll
        (NOW - DAY / 24, datetime(1970, 1, 1, tzinfo=UTC), False),
        (NOW - DAY / 24, datetime(2016, 1, 1, tzinfo=UTC), False),  # a constant
        (NOW - DAY / 24, NOW - 365 * DAY, False),  # last year's year
        (NOW - DAY / 24, NOW - 10 * DAY, False),  # listed late
        (NOW - DAY / 24, NOW + 365 * DAY, False),
        (NOW - DAY / 24, None, False),
        (NOW - 20 * DAY, NOW - 10 * DAY, True),  # missed while the feed was away
        (NOW - 20 * DAY, NOW - 2 * DAY, False),
        (NOW - 20 * DAY, NOW - 100 * DAY, False),  # was not there then either
    ],
)
def test_what_makes_an_article_historical(
    since: datetime | None, published: datetime | None, historical: bool
) -> None:
    assert Ages(since, OLD).historical(one("a", published), NOW) is historical


class TestShownPast:
    KNOWN = ("a", "b")

    def past(self, *items: Listed, grown: bool = False) -> set[str]:
        return set(shown_past(items, self.KNOWN, grown=grown, limit=NOW - OLD))

    def test_a_window_that_slides_back_shows_its_past(self) -> None:
        items = (one("a", NOW - DAY), one("b", NOW - 9 * DAY), one("c", NOW - 10 * DAY))
        assert self.past(*items) == {"c"}
        assert self.past(*reversed(items)) == {"c"}

    def test_an_item_more_is_news_whatever_its_date(self) -> None:
        items = (one("a", NOW - DAY), one("b", NOW - 9 * DAY), one("c", NOW - 10 * DAY))
        assert self.past(*items, grown=True) == set()

    def test_a_window_that_grows_by_several_shows_its_past(self) -> None:
        more = [one(name, NOW - (10 + n) * DAY) for n, name in enumerate("cdef")]
        items = (one("a", NOW - DAY), one("b", NOW - 9 * DAY), *more)
        assert self.past(*items, grown=True) == set("cdef")

    def test_a_constant_or_absurd_date_shows_no_past(self) -> None:
        constant = datetime(2016, 1, 1, tzinfo=UTC)
        items = (one("a", NOW - DAY), one("b", NOW - 2 * DAY))
        assert self.past(*items, one("c", constant)) == set()
        assert self.past(*items, *(one(name, constant) for name in "cdef")) == set()
        assert self.past(*items, one("c", datetime(1970, 1, 1, tzinfo=UTC))) == set()

    def test_an_item_above_the_known_ones_is_news(self) -> None:
        items = (one("c", NOW - 10 * DAY), one("a", NOW - DAY), one("b", NOW - 2 * DAY))
        assert self.past(*items) == set()
