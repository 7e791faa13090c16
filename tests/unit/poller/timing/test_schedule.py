from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.poller.timing.rhythm import (
    DAY,
    Rhythm,
    burst_rate,
    count_new,
    rhythm_of,
    seed,
    silence,
    usual_gap,
)
from pantau.poller.timing.schedule import (
    DEFAULT_SCALE,
    after_failure,
    after_success,
    asked_wait,
    fitted_interval,
    jitter,
    out_of_skipped,
    scale_for,
    slack,
)
from pantau.settings import PollSettings
from pantau_schemas.events.feed import DayCount, Feed, FeedState

NOW = datetime(2026, 3, 4, tzinfo=UTC)
SETTINGS = PollSettings()
FEED = Feed(feed_id="f1", url="https://berita.example/rss", added=NOW)


def a_day(items: float, turnover: float | None = None) -> Rhythm:
    return Rhythm(items / DAY, turnover)


def fit(rhythm: Rhythm, ttl: float | None = None) -> float:
    return fitted_interval(rhythm, DEFAULT_SCALE, SETTINGS, ttl)


def wait(feed: Feed = FEED, interval: float = 600.0, asked: float = 0.0) -> float:
    return (after_success(feed, interval, polls=1, now=NOW, asked=asked) - NOW).total_seconds()


# -- the interval
# ------------------------------------------------------------------------------------------


def test_a_feed_four_times_as_busy_is_polled_twice_as_often() -> None:
    assert fit(a_day(24)) == pytest.approx(480)
    assert fit(a_day(96)) == pytest.approx(240)
    assert fit(a_day(100_000)) == SETTINGS.min_interval_seconds
    assert fit(a_day(0.001)) == SETTINGS.max_interval_seconds


def test_no_interval_is_longer_than_half_a_turnover_of_the_document() -> None:
    assert fit(a_day(24, turnover=600.0)) == 300
    assert fit(a_day(24, turnover=1.0)) == SETTINGS.min_interval_seconds


def test_a_feed_that_says_it_is_updated_often_is_not_left_alone_longer() -> None:
    assert fit(a_day(0.1), ttl=900) == 900
    assert fit(a_day(0.1), ttl=1) == SETTINGS.min_interval_seconds
    assert fit(a_day(24), ttl=3_600) == pytest.approx(480)


@given(
    st.floats(1e-9, 1e3),
    st.none() | st.floats(1.0, 1e9),
    st.none() | st.floats(-5, 1e9),
    st.floats(1e-3, 1e6),
    st.integers(1, 99_999),
    st.integers(1, 99_999),
)
def test_the_interval_stays_in_its_bounds(
    rate: float, turnover: float | None, ttl: float | None, scale: float, low: int, high: int
) -> None:
    settings = PollSettings(min_interval_seconds=low, max_interval_seconds=high)
    found = fitted_interval(Rhythm(rate, turnover), scale, settings, ttl)
    assert low <= found <= max(low, high)


@given(st.lists(st.floats(0.1, 5_000), min_size=1, max_size=30), st.floats(1.0, 29.0))
def test_the_budget_is_kept_where_the_bounds_allow_it(rates: list[float], each: float) -> None:
    rhythms = [a_day(one) for one in rates]
    scale = scale_for(rhythms, each * len(rhythms), SETTINGS)
    asked = sum(3_600 / fitted_interval(one, scale, SETTINGS) for one in rhythms)
    assert asked == pytest.approx(each * len(rhythms), rel=0.01)


@given(
    st.lists(
        st.tuples(st.floats(0.1, 5_000), st.none() | st.floats(600.0, 1e6)),
        min_size=1,
        max_size=10,
    ),
    st.integers(2, 5),
    st.floats(0.2, 29.0),
)
def test_each_feed_of_a_rhythm_counts(
    kinds: list[tuple[float, float | None]], times: int, each: float
) -> None:
    rhythms = [a_day(*one) for one in kinds]
    requests = each * len(rhythms)
    alone = scale_for(rhythms, requests, SETTINGS)
    assert scale_for(rhythms * times, requests * times, SETTINGS) == pytest.approx(alone, rel=1e-6)
    below = sum(3_600 / fitted_interval(one, alone, SETTINGS) for one in rhythms)
    assert below <= requests * 1.001 or alone > 1e5


def test_intervals_by_the_square_root_delay_less_than_equal_ones_at_the_same_cost() -> None:
    rhythms = [a_day(one) for one in (1, 3, 10, 30, 100, 300)]
    scale = scale_for(rhythms, 24.0, SETTINGS)
    mean = sum(one.rate * fitted_interval(one, scale, SETTINGS) / 2 for one in rhythms)
    total = sum(one.rate for one in rhythms)
    equal = 6 * 3_600 / 24.0 / 2
    assert mean / total < 0.7 * equal


# -- what a feed and its server ask for
# --------------------------------------------------------------------


def test_a_fixed_interval_is_kept_exactly() -> None:
    assert wait(FEED.model_copy(update={"interval_seconds": 60}), asked=9_999) == 60


def test_a_wait_that_is_asked_for_is_kept_up_to_a_day() -> None:
    assert wait(asked=asked_wait(1_800, None)) == 1_800
    assert asked_wait(6 * 3_600, None) == 6 * 3_600
    assert asked_wait(1e9, None) == DAY
    assert asked_wait(None, 12 * 3_600) == 12 * 3_600
    assert 540 <= wait(asked=asked_wait(30, None)) <= 660


def test_an_hour_or_less_in_the_document_is_what_programs_write_anyway() -> None:
    assert asked_wait(None, 3_600) == 0
    assert asked_wait(3_600, 600) == 3_600


def test_a_long_wait_is_not_kept_while_the_document_turns_over() -> None:
    busy = a_day(480, turnover=2 * 3_600.0)
    assert asked_wait(DAY, None, busy) == 3_600
    assert asked_wait(None, DAY, a_day(24, turnover=10 * 3_600.0)) == 5 * 3_600
    assert asked_wait(1_800, None, busy) == 1_800


@pytest.mark.parametrize(
    ("due", "hours", "days", "then"),
    [
        ("2026-03-04T02:30", (2, 3), (), "2026-03-04T04:00"),
        ("2026-03-04T23:59", (23, 0), (), "2026-03-05T01:00"),
        ("2026-03-06T12:00", (), (4, 5, 6), "2026-03-09T00:00"),
        ("2026-03-06T12:00", (0,), (4, 5, 6), "2026-03-09T01:00"),
        ("2026-03-04T12:34", (2,), (5,), "2026-03-04T12:34"),
        ("2026-03-04T12:34", tuple(range(24)), tuple(range(7)), "2026-03-04T12:34"),
    ],
)
def test_hours_and_days_to_be_skipped(
    due: str, hours: tuple[int, ...], days: tuple[int, ...], then: str
) -> None:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert out_of_skipped(moment(due), hours, days) == moment(then)


def test_a_round_by_cron_forgives_the_jitter_and_nothing_else() -> None:
    state = FeedState(
        feed_id="f1",
        interval_seconds=600.0,
        last_polled=NOW,
        next_poll=NOW + timedelta(seconds=640),
    )
    assert slack(state) == pytest.approx(120)
    assert slack(state.model_copy(update={"failures": 1})) == 0
    asked = state.model_copy(update={"next_poll": NOW + timedelta(hours=1)})
    assert slack(asked) == 0


# -- failures
# ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failures", [0, 1, 5, 1_000_000])
def test_a_failing_feed_waits_at_most_the_longest_pause(failures: int) -> None:
    due = after_failure(FEED, failures=failures, polls=1, now=NOW, settings=SETTINGS)
    assert timedelta(seconds=270) <= due - NOW <= timedelta(seconds=SETTINGS.backoff_max_seconds)


@pytest.mark.parametrize(("asked", "kept"), [(86_400.0, 86_400), (1e12, 86_400), (7_200.0, 7_200)])
def test_retry_after_is_kept_beyond_the_longest_pause_up_to_a_day(asked: float, kept: int) -> None:
    settings = PollSettings(backoff_max_seconds=600)
    due = after_failure(FEED, failures=1, polls=1, now=NOW, settings=settings, retry_after=asked)
    assert due - NOW == timedelta(seconds=kept)


def test_feeds_drift_apart_but_predictably() -> None:
    assert jitter("f1", 7) == jitter("f1", 7)
    factors = {jitter(f"f{n}", 1) for n in range(100)}
    assert len(factors) == 100
    assert min(factors) < 0.93
    assert max(factors) > 1.07
    assert all(0.9 <= one <= 1.1 for one in factors)


# -- the rhythm of a feed
# ----------------------------------------------------------------------------------


def state(*days: int, **changes: object) -> FeedState:
    recent = tuple(
        DayCount(day=(NOW - timedelta(len(days) - n)).date().isoformat(), new=new)
        for n, new in enumerate(days)
    )
    return FeedState(feed_id="f1", recent=recent, **changes)  # type: ignore[arg-type]


def test_the_rate_is_that_of_seven_days() -> None:
    busy = rhythm_of(state(*[24] * 8, window=20), NOW)
    assert busy.rate * DAY == pytest.approx((7 * 24 + 1) / 8)
    assert busy.turnover_seconds == pytest.approx(20 / 24 * DAY)
    assert rhythm_of(state(1_000, 0, 0, 0, 0, 0, 0, 0), NOW).rate * DAY < 1
    assert rhythm_of(state(), NOW).turnover_seconds is None


def test_the_busiest_day_decides_how_soon_a_document_turns_over() -> None:
    found = rhythm_of(state(0, 0, 0, 0, 0, 0, 0, 240, window=20), NOW)
    assert found.turnover_seconds == pytest.approx(2 * 3_600)


def test_a_burst_shortens_the_turnover_at_once() -> None:
    calm = state(*[24] * 8, window=20)
    assert burst_rate(2, 60.0) == 0
    found = rhythm_of(calm, NOW, burst_rate(10, 600.0))
    assert found.turnover_seconds == pytest.approx(1_200)
    assert found.rate == rhythm_of(calm, NOW).rate


def test_a_young_feed_shows_its_pace_within_hours() -> None:
    morning = NOW + timedelta(hours=9)
    young = FeedState(
        feed_id="f1",
        recent=(DayCount(day="2026-03-04", new=12),),
        window=20,
        usual_gap_seconds=600.0,
    )
    assert rhythm_of(young, morning).rate == pytest.approx(1 / 600)


def test_a_first_document_tells_of_the_week_before() -> None:
    dates = [NOW - timedelta(hours=n) for n in range(1, 21)]
    found = rhythm_of(FeedState(feed_id="f1", recent=seed(dates, NOW), window=20), NOW)
    assert found.rate * DAY == pytest.approx(24, rel=0.15)
    assert seed(dates[:2], NOW) == ()
    assert seed([NOW - timedelta(days=400)] * 50, NOW) == ()


def test_days_are_counted_and_forgotten() -> None:
    recent: tuple[DayCount, ...] = ()
    for n in range(20):
        recent = count_new(recent, n, NOW + timedelta(days=n))
        recent = count_new(recent, 1, NOW + timedelta(days=n, hours=5))
    assert [one.new for one in recent] == [13, 14, 15, 16, 17, 18, 19, 20]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(-72, 400)), max_size=20), st.integers(0, 400)
)
def test_a_poll_without_news_counts_the_same_days(polls: list[tuple[int, int]], hours: int) -> None:
    recent: tuple[DayCount, ...] = ()
    for new, at in polls:  # clocks may be set back
        recent = count_new(recent, new, NOW + timedelta(hours=at))
    now = NOW + timedelta(hours=hours)
    days = {one.day: one.new for one in recent if one.day > (now - timedelta(8)).date().isoformat()}
    days.setdefault(now.date().isoformat(), 0)
    expected = tuple(DayCount(day=day, new=days[day]) for day in sorted(days))
    assert count_new(recent, 0, now) == expected
    assert count_new(expected, 0, now) == expected


def test_a_feed_is_silent_against_its_own_rhythm() -> None:
    hourly = FeedState(
        feed_id="f1", articles=200, usual_gap_seconds=3_600.0, last_new=NOW - timedelta(days=2)
    )
    assert silence(hourly, NOW) is None  # a weekend
    assert silence(hourly, NOW + timedelta(days=2)) == 4 * DAY
    weekly = hourly.model_copy(update={"usual_gap_seconds": 7 * DAY})
    assert silence(weekly, NOW + timedelta(days=30)) is None
    assert silence(hourly.model_copy(update={"articles": 3}), NOW + timedelta(days=9)) is None


def test_the_usual_gap_follows_slowly() -> None:
    before = FeedState(feed_id="f1", usual_gap_seconds=3_600.0, last_new=NOW - timedelta(hours=11))
    assert usual_gap(before, NOW) == pytest.approx(7_200)
    assert usual_gap(FeedState(feed_id="f1"), NOW) is None
