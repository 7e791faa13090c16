"""Retries of a job of a keyed stage, and pauses of a key. Pure."""

from datetime import datetime

from pantau.common.time.backoff import Backoff
from pantau.errors import RetryError, SettingsFaultError
from pantau.keyed.queue import Job
from pantau.keyed.row import Limits

SETTINGS_WAIT_SECONDS = 600.0
"""Maximum wait for settings to be fixed, so that work resumes soon after."""


def wait_seconds(job: Job, error: RetryError, now: datetime, limits: Limits) -> float:
    """Return the wait before a job's next attempt; its attempts include the failed one.

    For faulty settings of our own it is a quarter of the time that the job has waited.
    """
    backoff = limits.backoff
    if isinstance(error, SettingsFaultError):
        return settings_wait((now - job.since).total_seconds(), backoff)
    return backoff.seconds(job.attempts, seed=job.item_id, after_seconds=error.after_seconds)


def settings_wait(waited_seconds: float, backoff: Backoff) -> float:
    """Return the wait for faulty settings of our own: a quarter of the time waited so far."""
    least = min(backoff.first, backoff.most)
    return max(least, min(waited_seconds / 4, SETTINGS_WAIT_SECONDS, backoff.most))


def pause_seconds(key: str, failures: int, after_seconds: float | None, limits: Limits) -> float:
    """Return how long a key is paused after a number of consecutive jobs failed."""
    longest = limits.key_pause_max_seconds
    return pause_after(failures, after_seconds, limits.backoff, longest, seed=key)


def pause_after(
    failures: int, after_seconds: float | None, backoff: Backoff, longest: float, *, seed: str
) -> float:
    """Return the pause after a number of consecutive failures, at most `longest` seconds.

    Zero after the first: the fault may lie with that one item. A wait that the other side requested
    applies to the whole key at once, up to the maximum of the backoff.
    """
    asked = min(after_seconds, backoff.most) if after_seconds is not None else 0.0
    if failures < 2:
        return asked
    return max(min(backoff.seconds(failures - 1, seed=seed), longest), asked)
