"""The next state of a delivery after an attempt. Pure: time is an argument, jitter a digest.

Waits grow as `pantau.common.time.backoff` says. The jitter is a digest of the delivery and the
number of tries, so a restart plans the same.

A fault of our own settings uses up no attempt: the delivery waits, a quarter of its age at a time,
until an operator fixes them.
"""

from datetime import datetime, timedelta
from typing import Final

from pantau.common.stored_problems import from_data, to_data
from pantau.common.time.backoff import Backoff
from pantau.errors import (
    NewerRecordError,
    PantauError,
    RejectError,
    RetryError,
    SettingsFaultError,
)
from pantau.keyed.retry import pause_after, settings_wait
from pantau.problems import Problem, problem
from pantau.settings import NotifySettings
from pantau.stream.handler import retries_of
from pantau_schemas.base import carried
from pantau_schemas.codec import encode
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import DELIVERIES

STAGE: Final = "notifier"
LANE_PAUSE_MAX_SECONDS: Final = 600.0
"""Maximum pause of a channel that is down, so that it is back in use soon after it recovers.

(A single delivery may wait longer, but not longer than `max_retry_seconds`.)
"""
PROBLEM_LIMIT: Final = 500
"""Maximum length of a stored problem in characters."""


def backoff_seconds(
    tries: int, settings: NotifySettings, *, seed: str, after_seconds: float | None = None
) -> float:
    """Return the wait after the failed try number `tries` (1 is the first), in seconds."""
    return _backoff(settings).seconds(tries, seed=seed, after_seconds=after_seconds)


def _backoff(settings: NotifySettings) -> Backoff:
    return Backoff(settings.first_retry_seconds, settings.max_retry_seconds)


def channel_pause_seconds(
    failures: int, settings: NotifySettings, *, seed: str, after_seconds: float | None = None
) -> float:
    """Return how long a channel is paused after `failures` consecutive failed attempts.

    See `pantau.keyed.retry.pause_after`; from the second on the channel counts as down.
    """
    return pause_after(
        failures, after_seconds, _backoff(settings), LANE_PAUSE_MAX_SECONDS, seed=seed
    )


def tries_text(attempts: int) -> str:
    """Format a number of attempts: `1 try`, `3 tries`."""
    return "1 try" if attempts == 1 else f"{attempts} tries"


def failure_text(settled: Delivery) -> str:
    """Format a failed attempt for the log; a fault of the settings uses up no attempts."""
    what = "failed" if settled.status is DeliveryStatus.FAILED else "will be tried again"
    return f"{what} after {tries_text(settled.attempts)}" if settled.attempts else what


def settle(
    delivery: Delivery,
    outcome: RetryError | RejectError | None,
    now: datetime,
    settings: NotifySettings,
) -> Delivery:
    """Return the delivery's next state after an attempt.

    `outcome` is None when the receiver has the message.
    """
    # The operator's fault, or an upgrade that is due, not the message's: it uses up no attempt.
    if isinstance(outcome, SettingsFaultError | NewerRecordError):
        return _waiting(delivery, outcome, now, settings)
    attempts = delivery.attempts + 1
    if outcome is None:
        return _changed(delivery, DeliveryStatus.DELIVERED, now, attempts=attempts)
    told = _problem_of(outcome)
    if isinstance(outcome, RejectError):
        return _changed(delivery, DeliveryStatus.FAILED, now, attempts=attempts, told=told)
    if attempts >= settings.max_attempts:
        told = problem(
            "delivery.given-up-last" if attempts > 1 else "delivery.given-up",
            tries=attempts,
            reason=told,
        )
        return _changed(delivery, DeliveryStatus.FAILED, now, attempts=attempts, told=told)
    wait = backoff_seconds(
        attempts, settings, seed=delivery.delivery_id, after_seconds=outcome.after_seconds
    )
    return _changed(
        delivery,
        DeliveryStatus.RETRYING,
        now,
        attempts=attempts,
        told=told,
        next_attempt=now + timedelta(seconds=wait),
    )


def _waiting(
    delivery: Delivery, fault: RetryError, now: datetime, settings: NotifySettings
) -> Delivery:
    """Return the delivery that waits for settings, or an upgrade; no attempt is used up."""
    wait = settings_wait((now - delivery.created).total_seconds(), _backoff(settings))
    return _changed(
        delivery,
        DeliveryStatus.RETRYING,
        now,
        attempts=delivery.attempts,
        told=_problem_of(fault),
        next_attempt=now + timedelta(seconds=wait),
    )


def announce(delivery: Delivery, summary_id: str | None, now: datetime) -> Delivery:
    """Return the delivery with the summary that is about to include it, if any."""
    return _changed(
        delivery,
        delivery.status,
        now,
        attempts=delivery.attempts,
        told=_kept(delivery),
        next_attempt=delivery.next_attempt,
        summary_id=summary_id,
    )


def settle_in_summary(delivery: Delivery, lead: Delivery, now: datetime) -> Delivery:
    """Return the delivery in the final state of its summary; `lead` is the settled first one."""
    status = DeliveryStatus.SUMMARIZED if lead.status is DeliveryStatus.DELIVERED else lead.status
    return _changed(
        delivery,
        status,
        now,
        attempts=lead.attempts,
        told=_kept(lead),
        next_attempt=lead.next_attempt,
        summary_id=delivery.summary_id,
    )


def cancel(delivery: Delivery, reason: str, now: datetime) -> Delivery:
    """Return the cancelled delivery; `reason` names what was removed."""
    told = problem("delivery.other", text=reason)
    return _changed(delivery, DeliveryStatus.CANCELLED, now, attempts=delivery.attempts, told=told)


def _problem_of(error: PantauError) -> Problem:
    return error.problem or problem("delivery.other", text=_cut(str(error)))


def _kept(delivery: Delivery) -> Problem | None:
    """Return the problem of a delivery as it was stored; of older records the sentence."""
    if delivery.problem is None:
        return None
    return from_data(delivery.reason) or problem("delivery.other", text=delivery.problem)


def _changed(
    delivery: Delivery,
    status: DeliveryStatus,
    now: datetime,
    *,
    attempts: int,
    told: Problem | None = None,
    next_attempt: datetime | None = None,
    summary_id: str | None = None,
) -> Delivery:
    # `updated` never precedes `created`, even if the clock was set back.
    return Delivery(
        **carried(delivery, Delivery),
        schema_version=4,
        delivery_id=delivery.delivery_id,
        alert_id=delivery.alert_id,
        message_id=delivery.message_id,
        subscription_id=delivery.subscription_id,
        channel_id=delivery.channel_id,
        channel=delivery.channel,
        feed_id=delivery.feed_id,
        notice=delivery.notice,
        summary_id=summary_id,
        status=status,
        attempts=attempts,
        problem=None if told is None else _cut(str(told)),
        reason=to_data(told),
        next_attempt=next_attempt,
        created=delivery.created,
        updated=max(now, delivery.created),
    )


def plan_again(failed: Delivery) -> Delivery:
    """Return a failed delivery in its planned state: pending, without attempts."""
    return _changed(failed, DeliveryStatus.PENDING, failed.created, attempts=0)


def dead_letter(
    failed: Delivery,
    *,
    offset: int,
    headers: dict[str, str],
    error: str,
    now: datetime,
    detail: str = "",
) -> DeadLetter:
    """Return the dead letter of a failed delivery.

    `dead-letters retry` writes its `value` to `deliveries` again, so that is the delivery in its
    planned state: pending, without attempts. The receiver sees the same message id as before.
    """
    reason = _kept(failed) or problem("delivery.other", text="")
    told = problem("delivery.letter", channel=failed.channel, reason=reason)
    return DeadLetter(
        schema_version=3,
        # The time of the failure distinguishes a second failure, after a retry, from the first.
        dead_letter_id=digest_id(
            "dead-letter", STAGE, failed.delivery_id, failed.updated.isoformat()
        ),
        stage=STAGE,
        topic=DELIVERIES.name,
        offset=offset,
        key=failed.delivery_id,
        value=encode(plan_again(failed)),
        headers=headers,
        error=error,
        reason=f"{failed.channel}: {failed.problem}",
        problem=to_data(told),
        detail=detail,
        failed_at=now,
        retries=retries_of(headers),
    )


def _cut(text: str) -> str:
    return text if len(text) <= PROBLEM_LIMIT else text[: PROBLEM_LIMIT - 1] + "…"
