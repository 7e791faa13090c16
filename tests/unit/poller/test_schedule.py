from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.poller.schedule import after_failure, after_success, fitted_interval, jitter
from pantau.settings import PollSettings
from pantau_schemas.feed import Feed

NOW = datetime(2026, 3, 4, tzinfo=UTC)
SETTINGS = PollSettings()
FEED = Feed(feed_id="f1", url="https://berita.example/rss", added=NOW)


def wait(feed: Feed = FEED, interval: float = 600.0, max_age: float | None = None) -> float:
    due = after_success(feed, interval, polls=1, now=NOW, settings=SETTINGS, max_age=max_age)
    return (due - NOW).total_seconds()


def test_the_interval_follows_the_feed() -> None:
    assert fitted_interval(None, changed=True, settings=SETTINGS) == 300
    assert fitted_interval(600, changed=True, settings=SETTINGS) == 300
    assert fitted_interval(200, changed=True, settings=SETTINGS) == 120
    assert fitted_interval(600, changed=False, settings=SETTINGS) == 720
    assert fitted_interval(3_500, changed=False, settings=SETTINGS) == 3_600


def test_about_four_polls_go_to_one_change() -> None:
    """The settled behaviour that the module's text promises, for a feed that changes every hour."""
    interval, now, last, polls, changes = 300.0, 0.0, 0.0, 0, 0
    while now < 1_000 * 3_600:
        now += interval
        polls += 1
        changed = now // 3_600 > last // 3_600
        changes += changed
        last = now
        interval = fitted_interval(interval, changed=changed, settings=SETTINGS)
    assert 3 < polls / changes < 5.5


def test_a_feed_that_says_it_is_updated_often_is_not_left_alone_longer() -> None:
    assert fitted_interval(600, changed=False, settings=SETTINGS, ttl_seconds=300) == 300
    assert fitted_interval(200, changed=False, settings=SETTINGS, ttl_seconds=3_600) == 240
    assert fitted_interval(200, changed=False, settings=SETTINGS, ttl_seconds=0) == 240


@given(
    st.none() | st.floats(0.001, 1e9),
    st.booleans(),
    st.none() | st.integers(-5, 10**9),
    st.integers(1, 9_999),
    st.integers(1, 9_999),
)
def test_the_interval_stays_in_its_bounds(
    previous: float | None, changed: bool, ttl: int | None, low: int, high: int
) -> None:
    settings = PollSettings(min_interval_seconds=low, max_interval_seconds=high)
    found = fitted_interval(previous, changed=changed, settings=settings, ttl_seconds=ttl)
    assert low <= found <= max(low, high)


def test_a_fixed_interval_is_kept_exactly() -> None:
    assert wait(FEED.model_copy(update={"interval_seconds": 60}), max_age=9_999) == 60


def test_a_cache_is_waited_for_within_bounds() -> None:
    assert wait(max_age=1_800) == 1_800
    assert wait(max_age=1e9) == SETTINGS.max_interval_seconds
    assert 540 <= wait(max_age=30) <= 660


def test_feeds_drift_apart_but_predictably() -> None:
    assert jitter("f1", 7) == jitter("f1", 7)
    factors = {jitter(f"f{n}", 1) for n in range(100)}
    assert len(factors) == 100
    assert min(factors) < 0.93
    assert max(factors) > 1.07
    assert all(0.9 <= one <= 1.1 for one in factors)


@pytest.mark.parametrize("failures", [0, 1, 5, 1_000_000])
def test_a_failing_feed_waits_at_most_the_longest_pause(failures: int) -> None:
    due = after_failure(FEED, failures=failures, polls=1, now=NOW, settings=SETTINGS)
    assert timedelta(seconds=270) <= due - NOW <= timedelta(seconds=SETTINGS.backoff_max_seconds)
