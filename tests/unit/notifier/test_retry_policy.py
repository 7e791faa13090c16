from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.errors import RejectError, RetryError, SettingsFaultError
from pantau.keyed.retry import SETTINGS_WAIT_SECONDS
from pantau.notifier.retry_policy import (
    LANE_PAUSE_MAX_SECONDS,
    backoff_seconds,
    cancel,
    channel_pause_seconds,
    dead_letter,
    failure_text,
    settle,
)
from pantau.settings import NotifySettings
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from tests.support import START
from tests.unit.notifier.support import delivery

SETTINGS = NotifySettings(first_retry_seconds=4, max_retry_seconds=1000, max_attempts=3)
SECONDS = st.floats(0.001, 1e6)


@given(
    tries=st.integers(1, 10_000),
    first=SECONDS,
    most=SECONDS,
    seed=st.text(),
    after=st.none() | st.floats(0, 1e12),
)
def test_backoff_stays_in_its_bounds(
    tries: int, first: float, most: float, seed: str, after: float | None
) -> None:
    settings = NotifySettings(first_retry_seconds=first, max_retry_seconds=most)
    wait = backoff_seconds(tries, settings, seed=seed, after_seconds=after)
    nominal = min(first * 2.0 ** min(tries - 1, 200), most)
    lowest = max(0.75 * nominal, min(after or 0, most))
    assert lowest * 0.999999 <= wait <= max(nominal, min(after or 0, most)) * 1.000001
    assert wait <= most
    assert wait == backoff_seconds(tries, settings, seed=seed, after_seconds=after)


@given(st.text(max_size=30))
def test_a_delivery_is_tried_for_three_days_by_default(seed: str) -> None:
    usual = NotifySettings()
    waits = (backoff_seconds(one, usual, seed=seed) for one in range(1, usual.max_attempts))
    assert 3 <= sum(waits) / 86_400 < 3.5


def test_backoff_differs_between_deliveries_that_failed_together() -> None:
    assert len({backoff_seconds(3, SETTINGS, seed=f"d{i}") for i in range(50)}) == 50


@given(failures=st.integers(2, 10_000))
def test_a_lane_that_is_down_pauses_but_not_for_long(failures: int) -> None:
    settings = NotifySettings()
    assert 0 < channel_pause_seconds(failures, settings, seed="c") <= LANE_PAUSE_MAX_SECONDS


def test_one_failure_does_not_close_the_lane_unless_the_other_side_asks() -> None:
    assert channel_pause_seconds(1, SETTINGS, seed="c") == 0
    assert channel_pause_seconds(1, SETTINGS, seed="c", after_seconds=30) == 30
    assert (
        channel_pause_seconds(1, SETTINGS, seed="c", after_seconds=1e9)
        == SETTINGS.max_retry_seconds
    )


def test_success() -> None:
    settled = settle(
        delivery(problem="before", attempts=1, status="retrying"), None, START, SETTINGS
    )
    assert (settled.status, settled.attempts, settled.problem) == (
        DeliveryStatus.DELIVERED,
        2,
        None,
    )
    assert settled.next_attempt is None


def test_retry_is_planned_and_honours_retry_after() -> None:
    settled = settle(delivery(), RetryError("down"), START, SETTINGS)
    assert (settled.status, settled.attempts, settled.problem) == (
        DeliveryStatus.RETRYING,
        1,
        "down",
    )
    assert settled.next_attempt is not None
    assert timedelta(seconds=3) <= settled.next_attempt - START <= timedelta(seconds=4)
    asked = settle(delivery(), RetryError("busy", after_seconds=77), START, SETTINGS)
    assert asked.next_attempt == START + timedelta(seconds=77)


def test_given_up_after_the_last_try() -> None:
    settled = settle(delivery(attempts=2, status="retrying"), RetryError("down"), START, SETTINGS)
    assert settled.status is DeliveryStatus.FAILED
    assert settled.problem == "given up after 3 tries, the last: down"


def test_tries_are_counted_in_words() -> None:
    once = NotifySettings(max_attempts=1)
    given_up = settle(delivery(), RetryError("down"), START, once)
    assert given_up.problem == "given up after 1 try: down"
    assert failure_text(given_up) == "failed after 1 try"
    again = settle(delivery(attempts=1), RetryError("down"), START, SETTINGS)
    assert failure_text(again) == "will be tried again after 2 tries"
    waits = settle(delivery(), SettingsFaultError("smtp.host"), START, SETTINGS)
    assert failure_text(waits) == "will be tried again"


@given(attempts=st.integers(0, 2), age=st.floats(0, 1e7))
def test_a_fault_of_the_settings_uses_up_no_try_however_long_it_lasts(
    attempts: int, age: float
) -> None:
    now = START + timedelta(seconds=age)
    settings = NotifySettings(max_attempts=3)
    settled = settle(delivery(attempts=attempts), SettingsFaultError("smtp.host"), now, settings)
    assert (settled.status, settled.attempts) == (DeliveryStatus.RETRYING, attempts)
    assert settled.problem == "smtp.host"
    assert settled.next_attempt is not None
    wait = (settled.next_attempt - now).total_seconds()
    assert (
        settings.first_retry_seconds - 0.001 <= wait <= SETTINGS_WAIT_SECONDS
    )  # times have milliseconds


def test_a_reject_is_final_at_once() -> None:
    settled = settle(delivery(), RejectError("no such address"), START, SETTINGS)
    assert (settled.status, settled.attempts) == (DeliveryStatus.FAILED, 1)


def test_problems_are_cut() -> None:
    problem = settle(delivery(), RejectError("x" * 100_000), START, SETTINGS).problem
    assert problem is not None
    assert len(problem) == 500


@pytest.mark.parametrize("outcome", [None, RetryError("a"), RejectError("b")])
def test_identity_never_changes(outcome: RetryError | RejectError | None) -> None:
    before = delivery(feed_id="feed", notice=True)
    after = settle(before, outcome, START + timedelta(hours=1), SETTINGS)
    kept = (
        *(
            "delivery_id",
            "alert_id",
            "subscription_id",
            "channel_id",
            "channel",
            "feed_id",
            "notice",
        ),
        "created",
    )
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert after.updated == START + timedelta(hours=1)


def test_cancelling_counts_no_try() -> None:
    cancelled = cancel(delivery(attempts=2, status="retrying"), "gone", START)
    assert (cancelled.status, cancelled.attempts, cancelled.problem) == (
        DeliveryStatus.CANCELLED,
        2,
        "gone",
    )


def test_a_dead_letter_puts_the_delivery_back_as_pending_under_the_same_id() -> None:
    failed = settle(delivery(attempts=2, status="retrying"), RetryError("down"), START, SETTINGS)
    letter = dead_letter(
        failed, offset=9, headers={"pantau_retries": "2"}, error="RetryError", now=START
    )
    assert (letter.stage, letter.topic, letter.key) == (
        "notifier",
        "deliveries",
        failed.delivery_id,
    )
    assert letter.retries == 2
    assert letter.reason == "terminal: given up after 3 tries, the last: down"
    again = decode(Delivery, letter.value)
    assert (again.delivery_id, again.status, again.attempts) == (
        failed.delivery_id,
        DeliveryStatus.PENDING,
        0,
    )
    assert again.next_attempt is None


def test_a_second_failure_is_another_dead_letter() -> None:
    ids = {
        dead_letter(
            settle(delivery(), RejectError("no"), START + timedelta(hours=hour), SETTINGS),
            offset=1, headers={}, error="RejectError", now=START,
        ).dead_letter_id
        for hour in (1, 2, 2)
    }  # fmt: skip
    assert len(ids) == 2
