"""The thread that fetches for a group member, from joining to leaving.

It keeps the membership alive: kafka-python takes part in a rebalance only inside `poll`. After any
error it starts over with a new connection and an empty state, because another member may have taken
over.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, Protocol

from kafka import (
    ConsumerRebalanceListener,
    KafkaConsumer,
    OffsetAndMetadata,
    TopicPartition,
    errors,
)
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor

from pantau.adapters.kafka.client import (
    converted,
    group_name,
    opened,
    reading,
    received,
    topic_name,
)
from pantau.adapters.kafka.group.membership import Membership, joining
from pantau.common.time.backoff import Backoff, Pauses
from pantau.errors import PantauError, RetryError
from pantau.ports import Received
from pantau.settings import KafkaSettings

FETCH_MS: Final = 250
"""Maximum wait of one fetch.

It bounds the time that closing takes, and is the wake-up interval of an idle member.
"""
FETCH_BYTES: Final = 16 * 1024 * 1024
"""Maximum size of one fetch over all partitions; a single larger batch comes alone."""
SESSION_MS: Final = 15_000
"""Session time-out: a member that sends no heartbeat for this long loses its partitions.

Heartbeats have a thread of their own.
"""
HEARTBEAT_MS: Final = 1_000
"""Heartbeat interval: how soon a member learns that another one joined or left."""
METADATA_MS: Final = 30_000
"""How soon new partitions are assigned."""
CONNECT_MS: Final = 3_000
"""Time-out of a connection attempt."""
LEAVE_MS: Final = 2_000
"""Time-out of leaving the group.

If it expires, others take over after `SESSION_MS`.
"""
FULL_SECONDS: Final = 0.5
"""How often a member with a full buffer serves its membership."""
BACKOFF: Final = Backoff(0.1, 5.0)

_log = logging.getLogger("pantau.kafka")


class PartitionListener(Protocol):
    """Receives assigned partitions and fetched records."""

    state: threading.Condition
    """Guards all state; notified on every change."""

    def got(self, partitions: Iterable[TopicPartition]) -> None:
        """Add assigned partitions."""

    def lost(self, partitions: Iterable[TopicPartition] | None) -> None:
        """Drop partitions and their buffers; None means all."""

    def held(self) -> Mapping[TopicPartition, tuple[int | None, int | None]]:
        """Return the position and the end of each partition, None while it is not known."""

    def full(self) -> bool:
        """Return whether the prefetch buffer is full."""

    def fetched(
        self,
        batches: Mapping[TopicPartition, Sequence[Received]],
        positions: Mapping[TopicPartition, int | None],
        ends: Mapping[TopicPartition, int],
    ) -> None:
        """Buffer the result of a fetch: records, positions that may have moved, end offsets."""


class Fetching(threading.Thread):
    """Joins the group, fetches, passes records on, leaves.

    `arrived` is called whenever the owner of the member may have work.
    """

    def __init__(
        self,
        member: PartitionListener,
        topics: Sequence[str],
        group: str,
        settings: KafkaSettings,
        arrived: Callable[[], object],
    ) -> None:
        super().__init__(name=f"kafka-{group}", daemon=True)
        self.joined = False
        self.failure: PantauError | None = None
        self.counts: dict[str, int] = {}  # partitions by topic, as the metadata knows them
        self._member = member
        self._names = [topic_name(topic, settings) for topic in topics]
        self._group = group_name(group, settings)
        self._settings = settings
        self._arrived = arrived
        self._stopping = threading.Event()
        self._consumer: Any = None
        self._pauses = Pauses(BACKOFF)

    # Called by other threads

    def stop(self) -> None:
        """Request the thread to leave the group and end."""
        self._stopping.set()

    def commit(self, places: Mapping[TopicPartition, int]) -> bool:
        """Commit offsets; return False during a rebalance, when Kafka accepts no commits.

        Nor right after it, until it is known that what was read is still ours (`membership`).
        Raises RetryError when the member was evicted, or Kafka is unreachable.
        """
        # Kafka would accept the offsets of a partition that went to another member and came back;
        # what was read before that is out of date.
        if self._consumer is not None and not self.joined:
            return False
        offsets = {one: OffsetAndMetadata(at, "", -1) for one, at in places.items()}
        try:
            self._ask(lambda consumer: consumer.commit(offsets, timeout_ms=self._timeout_ms))
        except RetryError as error:
            if _is_rebalance(error.__cause__):
                return False
            raise
        return True

    def ends(self, partitions: Sequence[TopicPartition]) -> Mapping[TopicPartition, int]:
        """Return the end offsets of partitions. Raises RetryError."""
        found: dict[TopicPartition, int] = {}
        if partitions:
            self._ask(
                lambda consumer: found.update(
                    consumer.end_offsets(partitions, timeout_ms=self._timeout_ms)
                )
            )
        return found

    def _ask(self, question: Callable[[Any], object]) -> None:
        consumer = self._consumer
        try:
            with converted(self._settings):
                if consumer is None:
                    raise errors.NodeNotReadyError(self._group)
                question(consumer)
        except RuntimeError as error:  # it was closed meanwhile
            message = f"group {self._group} is connecting anew ({error})"
            raise RetryError(message) from error

    @property
    def _timeout_ms(self) -> int:
        return round(self._settings.timeout_seconds * 1000)

    # The fetching thread

    def run(self) -> None:
        """Fetch until `stop` is called."""
        while not self._stopping.is_set():
            try:
                with converted(self._settings):
                    self._take_part()
            except PantauError as error:
                self._fail(error)
            except Exception as error:  # noqa: BLE001 (kafka-python raises much; a new connection is the answer to all)
                _log.warning("group %s starts over", self._group, exc_info=True)
                self._fail(RetryError(f"group {self._group} starts over ({error!r})"))
        self.joined = False

    def _fail(self, error: PantauError) -> None:
        with self._member.state:
            self.joined, self.failure = False, error
            self._member.state.notify_all()
        self._member.lost(None)
        self._stopping.wait(self._pauses.next())

    def _take_part(self) -> None:
        consumer = opened(KafkaConsumer, self._options())
        try:
            for name in self._names:
                self._count(consumer, name)
                if not self.counts[name]:
                    raise errors.UnknownTopicOrPartitionError(name)
            place = Membership(consumer, self._group)
            listener = _RebalanceListener(self._member, self, consumer, place)
            consumer.subscribe(self._names, listener=listener)
            # so that the first assignment knows the partitions; else a second rebalance follows
            consumer.topics()
            self._consumer = consumer
            while not self._stopping.is_set():
                self._round(consumer, place)
        finally:
            self._consumer = None
            with suppress(errors.KafkaError, RuntimeError):
                consumer.close(autocommit=False, timeout_ms=LEAVE_MS)

    def _count(self, consumer: Any, name: str) -> None:
        self.counts[name] = len(consumer.partitions_for_topic(name) or ())

    def _options(self) -> dict[str, Any]:
        options = reading(self._settings)
        return (
            options
            | joining()
            | {
                "group_id": self._group,
                "bootstrap_timeout_ms": min(CONNECT_MS, options["bootstrap_timeout_ms"]),
                "partition_assignment_strategy": (CooperativeStickyAssignor,),
                "session_timeout_ms": SESSION_MS,
                "heartbeat_interval_ms": HEARTBEAT_MS,
                "fetch_max_bytes": FETCH_BYTES,
                "metadata_max_age_ms": METADATA_MS,
            }
        )

    def _round(self, consumer: Any, place: Membership) -> None:
        batches = self._fetch(consumer)
        held = self._member.held()
        mine = [one for one in held if one in consumer.assignment()]
        for name in self._names:
            self._count(consumer, name)
        # Fetch responses carry the end offset; before the first one it must be requested.
        unlooked = [one for one in mine if held[one][1] is None]
        ends = consumer.end_offsets(unlooked, timeout_ms=self._timeout_ms) if unlooked else {}
        consumer.resume(*unlooked)
        for one in mine:
            ends.setdefault(one, consumer.highwater(one) or 0)
        # Each question walks through all partitions; a position at the end stays where it is.
        moved = [one for one in mine if one in batches or not _at_end(held[one], ends[one])]
        positions = {one: consumer.position(one, timeout_ms=FETCH_MS) for one in moved}
        joined = place.joined()
        with self._member.state:
            self.joined = joined
            if self.joined:
                self.failure = None
                self._pauses.worked()
            late = self.failure is None and place.kept_out is not None
            if late:
                self.failure = place.kept_out
        records = {
            one: [received(each, self._settings) for each in batch]
            for one, batch in batches.items()
        }
        self._member.fetched(records, positions, ends)
        if records or late:  # its owner is not ready meanwhile
            self._arrived()

    def _fetch(self, consumer: Any) -> Mapping[TopicPartition, Sequence[Any]]:
        """Fetch records; when the buffer is full, wait for space and serve the membership."""
        with self._member.state:
            room = self._member.state.wait_for(
                lambda: not self._member.full() or self._stopping.is_set(), FULL_SECONDS
            )
        if room:
            return consumer.poll(timeout_ms=FETCH_MS)  # type: ignore[no-any-return] # (kafka-python has no types)
        consumer.pause(*consumer.assignment())
        try:
            return consumer.poll(timeout_ms=0)  # type: ignore[no-any-return] # (as above)
        finally:
            consumer.resume(*consumer.assignment())


def _at_end(held: tuple[int | None, int | None], end: int) -> bool:
    """Return whether everything before the end was fetched."""
    position, known = held
    return position is not None and position == max(end, known or 0)


def _is_rebalance(error: BaseException | None) -> bool:
    """Return whether a commit failed only because of a rebalance.

    The broker's error is wrapped.
    """
    told = error.args[0] if isinstance(error, errors.CommitFailedError) and error.args else error
    return isinstance(told, errors.RebalanceInProgressError)


class _RebalanceListener(ConsumerRebalanceListener):  # type: ignore[misc] # (kafka-python has no types)
    """Called by kafka-python's own thread; must not wait for Kafka."""

    def __init__(
        self, member: PartitionListener, fetching: Fetching, consumer: Any, place: Membership
    ) -> None:
        self._member = member
        self._consumer = consumer
        self._fetching = fetching
        self._place = place

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Add the assigned partitions; none is fetched before its end is known.

        The question for the end would wait behind the first fetch, which waits for new records.
        """
        self._consumer.pause(*assigned)
        self._member.got(assigned)

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Drop the revoked partitions."""
        self._member.lost(revoked)

    def on_partitions_lost(self, lost: Iterable[TopicPartition]) -> None:
        """Drop the lost partitions: the member was evicted."""
        self._place.lost()
        with self._member.state:
            self._fetching.joined = False
        self._member.lost(lost)
