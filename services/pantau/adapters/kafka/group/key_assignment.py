"""Assignment of a topic's keys by the partitions that a consumer group assigns to this member.

No record is read. Partitions move in two steps (cooperative, sticky: KIP-429): first the old owner
releases them, then the new owner gets them, and all others stay. So each key has at most one owner,
and feeds do not jump between members.

A member keeps its assignment while the brokers are away: without them nobody can join, and nothing
can be written. Only when the brokers are back and have reassigned partitions meanwhile (after
`session_seconds` without heartbeats), two members may believe that they own the same key, until the
next heartbeat is refused: a feed may be fetched twice. That is idempotent, since ids are derived
from the content: the same articles are overwritten. The same holds for a member that waits to be
let in again after a rebalance (`membership`); if that takes longer than `kafka.timeout_seconds`, it
reports so and stops.
"""

import logging
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from typing import Any, Final

from kafka import ConsumerRebalanceListener, KafkaConsumer
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import KafkaError, UnknownTopicOrPartitionError

from pantau.adapters.kafka.client import (
    convert,
    group_name,
    opened,
    partition_of,
    reading,
    topic_name,
)
from pantau.adapters.kafka.group.membership import Membership, joining
from pantau.common.time.backoff import Backoff, Pauses
from pantau.errors import PantauError, RetryError, StopError
from pantau.settings import Settings

SESSION_SECONDS: Final = 15.0
"""How long a crashed member keeps its assignment.

Brokers accept 6 seconds and more by default.
"""
HEARTBEATS: Final = 10
"""Heartbeats per session; a member learns of joins and departures with the next one."""
POLL_MS: Final = 200
METADATA_SECONDS: Final = 30.0
"""How soon new partitions are assigned."""
BACKOFF: Final = Backoff(0.1, 5.0)

log = logging.getLogger(__name__)


class KafkaKeyAssignment:
    """Implements `pantau.ports.KeyAssignment`. Joining starts at once, in a thread of its own."""

    def __init__(
        self,
        topic: str,
        group: str,
        settings: Settings,
        *,
        session_seconds: float = SESSION_SECONDS,
    ) -> None:
        self._topic = topic_name(topic, settings.kafka)
        self._group = group_name(group, settings.kafka)
        self._kafka = settings.kafka
        self._session_ms = round(session_seconds * 1000)
        self._condition = threading.Condition()
        self._closing = threading.Event()
        self._failure: PantauError | None = None
        self._generation = 0  # 0: never joined
        self._out_since: float | None = None  # since when it is no longer in the group
        self._partitions = 0
        self._owned: frozenset[int] = frozenset()
        self._seen: tuple[frozenset[int], int] = (frozenset(), 1)  # what `owns` is based on
        self._thread = threading.Thread(target=self._run, name=f"share {self._topic}", daemon=True)
        self._thread.start()

    def generation(self) -> int:
        """Return the generation of the current assignment; the first call waits for it.

        Raises RetryError when the group cannot be joined, or joined again, within
        `kafka.timeout_seconds`, StopError when an operator has to act. Until then the last
        assignment is valid.
        """
        until = time.monotonic() + self._kafka.timeout_seconds
        with self._condition:
            # Generations are positive, so 0 means that the group was never joined.
            while self._generation == 0:
                if self._closing.is_set():
                    message = f"group {self._group}: already left"
                    raise StopError(message)
                if self._failure is not None and not isinstance(self._failure, RetryError):
                    raise type(self._failure)(str(self._failure))
                left = until - time.monotonic()
                if left <= 0:
                    raise RetryError(self._kept_out())
                self._condition.wait(left)
            out = self._out_since
            if out is not None and time.monotonic() - out > self._kafka.timeout_seconds:
                raise RetryError(self._kept_out())
            self._seen = (self._owned, self._partitions)
            return self._generation

    def _kept_out(self) -> str:
        reason = self._failure or "the brokers do not answer, or other members are slow to rejoin"
        return f"group {self._group} cannot be joined: {reason}"

    def owns(self, partition_key: str) -> bool:
        """Return whether this member owned the partition of a key at the last `generation`."""
        owned, partitions = self._seen
        return partition_of(partition_key, partitions) in owned

    def close(self) -> None:
        """Close the membership: leave the group; others take over at their next heartbeat."""
        with self._condition:
            self._closing.set()
            self._condition.notify_all()
        self._thread.join(self._kafka.timeout_seconds + BACKOFF.most)

    def _run(self) -> None:
        pauses = Pauses(BACKOFF)
        while not self._closing.is_set():
            began = time.monotonic()
            try:
                self._be_member()
            except KafkaError as error:
                self._fail(convert(error, self._kafka))
            except OSError as error:
                self._fail(RetryError(f"{self._topic}: {error}"))
            except Exception as error:
                log.exception("group %s: membership has ended", self._group)
                self._fail(StopError(f"group {self._group}: membership has ended: {error!r}"))
                return
            if time.monotonic() - began > BACKOFF.most:
                pauses.worked()  # it had worked for a while
            self._closing.wait(pauses.next())

    def _fail(self, error: PantauError) -> None:
        with self._condition:
            known, self._failure = self._failure, error
            self._condition.notify_all()
        self._left()
        if known is None and not self._closing.is_set():
            log.warning("group %s: %s", self._group, error)

    def _be_member(self) -> None:
        """Join and stay a member until asked to leave."""
        with closing(opened(KafkaConsumer, self._options())) as consumer:
            # A new member has no partitions. The previous one released its own, unless it ended
            # abnormally.
            self.change(lost=self._owned)
            # Also so that the group leader knows the partitions from the start.
            self._require_topic(consumer)
            place = Membership(consumer, self._group)
            consumer.subscribe([self._topic], listener=_AssignmentListener(self, consumer, place))
            while not self._closing.is_set():
                # Everything is paused: this only maintains the membership.
                consumer.poll(timeout_ms=POLL_MS)
                if place.joined():
                    self._joined(self._require_topic(consumer))
                else:
                    self._left()

    def _require_topic(self, consumer: KafkaConsumer) -> int:
        """Return the number of partitions."""
        partitions = len(consumer.partitions_for_topic(self._topic))
        if partitions == 0:
            raise UnknownTopicOrPartitionError(self._topic)
        return partitions

    def _options(self) -> dict[str, Any]:
        return (
            reading(self._kafka)
            | joining()
            | {
                "group_id": self._group,
                "partition_assignment_strategy": (CooperativeStickyAssignor,),
                "session_timeout_ms": self._session_ms,
                "heartbeat_interval_ms": self._session_ms // HEARTBEATS,
                "bootstrap_timeout_ms": round(min(1.0, self._kafka.timeout_seconds) * 1000),
                "auto_offset_reset": "latest",
                "metadata_max_age_ms": round(METADATA_SECONDS * 1000),
                "retry_backoff_ms": 50,
            }
        )

    def _joined(self, partitions: int) -> None:
        """Record the membership, even if no partition was left to assign."""
        with self._condition:
            known, self._failure, self._out_since = self._failure, None, None
            if self._generation == 0 or partitions != self._partitions:
                self._partitions = partitions
                self._generation += 1
                self._condition.notify_all()
        if known is not None:
            log.info("group %s: joined", self._group)

    def _left(self) -> None:
        """Record that the member is not in the group."""
        with self._condition:
            if self._out_since is None:
                self._out_since = time.monotonic()

    def change(self, *, gained: Iterable[int] = (), lost: Iterable[int] = ()) -> None:
        """Record partitions that were assigned or revoked."""
        with self._condition:
            before, self._owned = self._owned, self._owned.union(gained).difference(lost)
            if self._owned == before:
                return
            if self._generation:
                self._generation += 1
            mine = len(self._owned)
        log.info("group %s: %d partitions of %s are ours", self._group, mine, self._topic)


class _AssignmentListener(ConsumerRebalanceListener):  # type: ignore[misc]  # (kafka-python has no types)
    """Runs on the client's own thread, before revoked partitions are reassigned."""

    def __init__(
        self, share: KafkaKeyAssignment, consumer: KafkaConsumer, place: Membership
    ) -> None:
        self._share = share
        self._consumer = consumer
        self._place = place

    def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        self._consumer.pause(*assigned)
        self._share.change(gained=[one.partition for one in assigned])

    def on_partitions_revoked(self, revoked: Iterable[Any]) -> None:
        self._share.change(lost=[one.partition for one in revoked])

    def on_partitions_lost(self, lost: Iterable[Any]) -> None:
        self._place.lost()
        self._share.change(lost=[one.partition for one in lost])
