"""Retries of a job of a keyed stage, and pauses of a key. Pure."""

from datetime import datetime

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
        waited = max(0.0, (now - job.since).total_seconds())
        return max(backoff.first, min(waited / 4, SETTINGS_WAIT_SECONDS, backoff.most))
    return backoff.seconds(job.attempts, seed=job.item_id, after_seconds=error.after_seconds)


def pause_seconds(key: str, failures: int, after_seconds: float | None, limits: Limits) -> float:
    """Return how long a key is paused after failures of so many consecutive jobs.

    Zero after the first: the fault may lie with that one job. A wait that the other side requested
    applies to the whole key at once.
    """
    backoff = limits.backoff
    asked = min(after_seconds, backoff.most) if after_seconds is not None else 0.0
    if failures < 2:
        return asked
    pause = min(backoff.seconds(failures - 1, seed=key), limits.key_pause_max_seconds)
    return max(pause, asked)
