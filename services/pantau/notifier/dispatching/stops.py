"""Channels that are stopped: their receiver is gone (HTTP 410), or failed for too long.

The state is a record of `channel-state`, so it outlasts the process and every dispatcher knows it.
A dispatcher that stops a channel counts it as stopped at once, before the record is written.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from pantau.common.stored_problems import from_data, to_data
from pantau.errors import ReceiverGoneError, RejectError
from pantau.keyed.desk import Tables
from pantau.notifier.attempt import AttemptResult, channel_state
from pantau.notifier.dispatching.outages import Outage, after_failure, counts_as_failure
from pantau.notifier.retry_policy import STAGE
from pantau.ports import Record
from pantau.problems import Problem, problem
from pantau.settings import NotifySettings
from pantau.stream.envelope import record_for
from pantau_schemas.base import format_time
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.subscription import ChannelState
from pantau_schemas.topics import CHANNEL_STATE

STOPPED: Final = "ChannelStopped"
"""Name of the error of a delivery to a stopped channel."""

_log = logging.getLogger("pantau.notifier")


class ChannelStops:
    """The stopped and the failing channels as one dispatcher knows them."""

    def __init__(self) -> None:
        self._own: dict[str, ChannelState] = {}  # until the table has them
        self._outages: dict[str, Outage] = {}

    def noted(
        self,
        log: Tables,
        delivery: Delivery,
        outcome: AttemptResult,
        now: datetime,
        settings: NotifySettings,
    ) -> tuple[Record, ...]:
        """Record the result of an attempt; return the record of its channel's new state, if any.

        Raises RetryError when the log is unreachable.
        """
        stored = self.state(log, delivery.channel_id)
        if isinstance(outcome.error, ReceiverGoneError):
            return (self._stop(delivery, stored, _problem_of(outcome.error), now),)
        # A success ends an outage; only one that was written down needs a record of its end.
        if outcome.error is None:
            self._outages.pop(delivery.channel_id, None)
            if stored is None or stored.failing_since is None or stored.stopped_since is not None:
                return ()
            return (self._write(delivery, stored, now),)
        if not counts_as_failure(outcome) or (stored is not None and stored.stopped_since):
            return ()
        return self._failed(delivery, stored, outcome.error, now, settings)

    def _failed(
        self,
        delivery: Delivery,
        stored: ChannelState | None,
        error: Exception,
        now: datetime,
        settings: NotifySettings,
    ) -> tuple[Record, ...]:
        limit = timedelta(seconds=settings.stop_after_seconds)
        outage = after_failure(self._outages.get(delivery.channel_id), stored, now)
        self._outages[delivery.channel_id] = outage
        if outage.is_too_long(now, limit):
            told = problem(
                "delivery.failed-too-long", since=_minute(outage.since), reason=_problem_of(error)
            )
            return (self._stop(delivery, stored, told, now, outage),)
        if outage.is_to_be_noted(stored, is_final=isinstance(error, RejectError)):
            return (self._write(delivery, stored, now, outage),)
        return ()

    def _stop(
        self,
        delivery: Delivery,
        stored: ChannelState | None,
        told: Problem,
        now: datetime,
        outage: Outage | None = None,
    ) -> Record:
        self._outages.pop(delivery.channel_id, None)
        _log.warning("channel %s is stopped: %s", delivery.channel, told)
        return self._write(delivery, stored, now, outage, told)

    def _write(
        self,
        delivery: Delivery,
        stored: ChannelState | None,
        now: datetime,
        outage: Outage | None = None,
        stopped: Problem | None = None,
    ) -> Record:
        state = ChannelState(
            channel_id=delivery.channel_id,
            channel=delivery.channel,
            stopped_since=None if stopped is None else now,
            failing_since=None if outage is None else outage.since,
            failures=None if outage is None else outage.failures,
            problem=None if stopped is None else str(stopped),
            reason=to_data(stopped),
            tried=None if stored is None else stored.tried,
            updated=now,
        )
        self._own[delivery.channel_id] = state
        return record_for(state, CHANNEL_STATE, source=STAGE, time=now)

    def refusal(self, log: Tables, channel_id: str) -> AttemptResult | None:
        """Return the failure of whatever is sent to a stopped channel; None if it is in use.

        Raises RetryError when the log is unreachable.
        """
        state = self.stopped(log, channel_id)
        if state is None:
            return None
        return AttemptResult(RejectError(stopped_problem(state)), STOPPED)

    def stopped(self, log: Tables, channel_id: str) -> ChannelState | None:
        """Return the state of a stopped channel; None if it is in use.

        Raises RetryError when the log is unreachable.
        """
        state = self.state(log, channel_id)
        return None if state is None or state.stopped_since is None else state

    def state(self, log: Tables, channel_id: str) -> ChannelState | None:
        """Return the state of a channel, as stored or as written last; None if there is none.

        Raises RetryError when the log is unreachable.
        """
        stored = channel_state(log, channel_id)
        own = self._own.get(channel_id)
        if own is None or (stored is not None and stored.updated >= own.updated):
            self._own.pop(channel_id, None)
            return stored
        return own


def stopped_problem(state: ChannelState) -> Problem:
    """Return what is said of a stopped channel: since when, why, and how to use it again."""
    since = _minute(state.stopped_since) if state.stopped_since else ""
    reason = reason_of_stop(state)
    return problem("delivery.channel-stopped", since=since, reason=reason, channel=state.channel)


def reason_of_stop(state: ChannelState) -> Problem:
    """Return why a channel was stopped."""
    return from_data(state.reason) or problem("delivery.other", text=state.problem or "")


def _problem_of(error: Exception) -> Problem:
    told = getattr(error, "problem", None)
    return told if isinstance(told, Problem) else problem("delivery.other", text=str(error))


def _minute(moment: datetime) -> str:
    return format_time(moment)[:16] + "Z"
