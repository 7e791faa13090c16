"""Channels that are stopped: their receiver said that it is gone (HTTP 410).

The state is a record of `channel-state`, so it outlasts the process and every dispatcher knows it.
A dispatcher that stops a channel counts it as stopped at once, before the record is written.
"""

from datetime import datetime

from pantau.common.stored_problems import from_data, to_data
from pantau.errors import RejectError
from pantau.keyed.desk import Tables
from pantau.notifier.attempt import AttemptResult, channel_state
from pantau.notifier.retry_policy import STAGE
from pantau.ports import Record
from pantau.problems import Problem, problem
from pantau.stream.envelope import record_for
from pantau_schemas.base import format_time
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.subscription import ChannelState
from pantau_schemas.topics import CHANNEL_STATE


class ChannelStops:
    """The stopped channels as one dispatcher knows them."""

    def __init__(self) -> None:
        self._own: dict[str, ChannelState] = {}  # until the table has them

    def stop(self, delivery: Delivery, error: RejectError, now: datetime) -> Record:
        """Stop the channel of a delivery; return the record that says so."""
        told = error.problem or problem("delivery.other", text=str(error))
        state = ChannelState(
            channel_id=delivery.channel_id,
            channel=delivery.channel,
            stopped_since=now,
            problem=str(told),
            reason=to_data(told),
            updated=now,
        )
        self._own[delivery.channel_id] = state
        return record_for(state, CHANNEL_STATE, source=STAGE, time=now)

    def refusal(self, log: Tables, channel_id: str) -> AttemptResult | None:
        """Return the failure of whatever is sent to a stopped channel; None if it is in use.

        Raises RetryError when the log is unreachable.
        """
        state = self._current(channel_state(log, channel_id), channel_id)
        if state is None or state.stopped_since is None:
            return None
        stopped = RejectError(stopped_problem(state))
        return AttemptResult(stopped, "ChannelStopped")

    def _current(self, stored: ChannelState | None, channel_id: str) -> ChannelState | None:
        own = self._own.get(channel_id)
        if own is None or (stored is not None and stored.updated >= own.updated):
            self._own.pop(channel_id, None)
            return stored
        return own


def stopped_problem(state: ChannelState) -> Problem:
    """Return what is said of a stopped channel: since when, why, and how to use it again."""
    reason = from_data(state.reason) or problem("delivery.other", text=state.problem or "")
    since = format_time(state.stopped_since)[:16] + "Z" if state.stopped_since else ""
    return problem("delivery.channel-stopped", since=since, reason=reason, channel=state.channel)
