"""The membership of a consumer: how long it waits to join its group, and what it may have lost.

A member asks to be let in (JoinGroup), and the brokers answer when every member has asked, or when
the longest rebalance time-out of the members is over. A connection that fell silent meanwhile (half
open, or with a listener that says nothing) never brings that answer. kafka-python therefore limits
the wait to `max.poll.interval.ms`, which it sends as the rebalance time-out, and five seconds; then
it closes the connection and asks again over another one. So `REBALANCE_MS` is both: how long the
others wait for a member that is slow, and how soon a member doubts its connection.

Why a member that asks again does not hold up a rebalance that is merely slow, nor the others it:

- An answer that can still come has come by then: a rebalance ends within the time-out, and the
  answer to SyncGroup within the session of the group's leader. In a group with members of a version
  with a longer time-out it may take longer, which the next points cover.
- It asks again as the same member (its id is of the brokers' first answer, which waits for nobody).
  While the rebalance goes on, that only replaces the request that waits. When it is over, the
  member gets the assignment that it missed; the group is not rebalanced again unless the member
  leads it, and then nobody could go on without it. So repeated requests do not add up, and members
  that ask at the same pace do not keep each other waiting.
- Building a new consumer instead would leave the old member behind: its farewell would take the
  silent connection. The others would wait for the old one in each rebalance until its session ends,
  and for the new one as well.

A member whose request never arrived sends no heartbeats either. It is removed after its session,
others take over its partitions, and it learns that when it asks again: by then kafka-python has
announced the rebalance to its listener, and does not call `on_partitions_lost`. What the member has
read is out of date, though it may get the same partitions again. `Membership.joined` raises then.

A member that is in its group notices by its heartbeats: each has `kafka.timeout_seconds`, after
which it asks over another connection, and learns whether its session has ended meanwhile.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from kafka.errors import UnknownMemberIdError
from kafka.structs import MemberState

from pantau.errors import RetryError

REBALANCE_MS: Final = 60_000
"""Rebalance time-out. Longer than any request of a member's thread, which has to poll meanwhile."""
ANSWER_SECONDS: Final = REBALANCE_MS / 1000 + 5.0
"""How long the answer is waited for, as kafka-python adds them up."""
REPORT_SECONDS: Final = 10.0
"""Waiting to be let in is reported after this many seconds: in the log, and as not ready."""

_log = logging.getLogger("pantau.kafka")


def joining() -> dict[str, Any]:
    """Return the options of a consumer that limit a rebalance and the wait for its end."""
    return {"max_poll_interval_ms": REBALANCE_MS}


class Membership:
    """The membership of one consumer, for the thread that polls it."""

    def __init__(
        self, consumer: Any, group: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._consumer = consumer
        self._group = group
        self._clock = clock
        self._since = clock()  # when it was last in the group, or began to join
        self._member = ""  # its id when it was last in the group
        self._holds = False  # whether it had partitions then, of which none was reported as lost
        self.kept_out: RetryError | None = None
        """Why it is not ready, if it has waited for long."""

    def joined(self) -> bool:
        """Return whether the consumer has its assignment; call it after each `poll`.

        kafka-python 3.0 may drop an assignment that arrives just after `poll` timed out: the member
        is then in the group without partitions and sends no heartbeats, until the broker evicts it.
        Rejoining until the assignment is complete keeps it waiting for the answer instead.

        Raises UnknownMemberIdError if it was removed from the group while it waited.
        """
        place = self._consumer.group_metadata()
        if place.state != MemberState.STABLE:
            self._consumer._coordinator.request_rejoin()  # noqa: SLF001 (nothing public does it)
            self._report()
            return False
        if self._holds and place.member_id != self._member:
            message = f"group {self._group} removed this member while it waited to be let in"
            raise UnknownMemberIdError(message)
        self._member, self._holds = place.member_id, bool(self._consumer.assignment())
        if self.kept_out is not None:
            _log.info("group %s: let in after %.0f s", self._group, self._clock() - self._since)
        self._since, self.kept_out = self._clock(), None
        return True

    def lost(self) -> None:
        """Record that the loss of the consumer's partitions was reported."""
        self._holds = False

    def _report(self) -> None:
        waited = self._clock() - self._since
        if self.kept_out is None and waited >= REPORT_SECONDS:
            self.kept_out = RetryError(
                f"group {self._group} has not let this member in for {waited:.0f} s: its brokers "
                "do not answer, or other members are slow",
                group=self._group,
            )
            _log.warning(
                "%s; it asks again over a new connection %.0f s after it has asked",
                *(self.kept_out, ANSWER_SECONDS),
            )
