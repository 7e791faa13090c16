"""A group member on Kafka.

A thread of its own fetches (`Fetching`), so that group membership continues while the owner of the
consumer is busy or waits: rebalances complete at once, and new records wake whoever watches the
log. The owner polls from the fetched buffer. The buffer of a partition is dropped when the
partition is revoked.

Assignment is cooperative: a partition that stays with its member is not interrupted when another
one joins or leaves.

Locks: `state` guards everything that both threads see and is never held during requests to Kafka;
kafka-python itself may be called from several threads for commits and offsets (its connections
belong to a thread of its own).
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from kafka import TopicPartition

from pantau.adapters.kafka.client import partition_of, topic_name
from pantau.adapters.kafka.group.fetching import Fetching
from pantau.adapters.kafka.group.partition import HeldPartition
from pantau.errors import RetryError
from pantau.ports import Received, Record, Share
from pantau.settings import KafkaSettings

BUFFER_RECORDS: Final = 2_000
BUFFER_BYTES: Final = 32 * 1024 * 1024
"""Size of the prefetch buffer; when it is full, the partitions are paused."""
COMMIT_PAUSE_SECONDS: Final = 0.05


class KafkaMember:
    """Implements `pantau.ports.Consumer` with a group."""

    def __init__(
        self,
        topics: Sequence[str],
        group: str,
        settings: KafkaSettings,
        *,
        append: Callable[[Iterable[Record]], None],
        written: Callable[[str], Mapping[int, int]],
        arrived: Callable[[], object],
    ) -> None:
        self._settings = settings
        self._group = group
        self._append = append
        self._written = written
        self._arrived = arrived
        self.state = threading.Condition()
        self._held: dict[TopicPartition, HeldPartition] = {}
        self._broken: set[TopicPartition] = set()  # revoked since the owner's last rewind
        self._untold: set[TopicPartition] = set()  # revoked, and not yet reported to the owner
        self._fetching = Fetching(self, topics, group, settings, arrived)
        self._fetching.start()

    # Called by the owner

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return fetched records; waits only for records that are known to exist.

        Raises RetryError.
        """
        found: list[Received] = []
        left = BUFFER_BYTES if max_bytes is None else max_bytes
        with self.state:
            self._wait_for(lambda: self._enough(limit, left) or self._read_to_end())
            for partition, held in list(self._held.items()):
                given = held.give(limit - len(found), left, alone=not found)
                found += given
                left -= sum(one.size for one in given)
                if given:  # it is served last next time
                    self._held[partition] = self._held.pop(partition)
            self.state.notify_all()  # there may be space again
        return found

    def _wait_for(self, reached: Callable[[], bool]) -> None:
        until = time.monotonic() + self._settings.timeout_seconds
        while not (self._fetching.joined and reached()):
            if self._fetching.failure is not None:
                raise self._fetching.failure
            left = until - time.monotonic()
            if left <= 0:
                message = (
                    f"Kafka at {', '.join(self._settings.servers)} gave group {self._group} "
                    "nothing in time"
                )
                raise RetryError(message, group=self._group)
            self.state.wait(left)

    def _enough(self, limit: int, max_bytes: int) -> bool:
        """Return whether enough is buffered; a full buffer receives nothing more."""
        return self._buffered() >= limit or self._size() >= max_bytes or self.full()

    def _buffered(self) -> int:
        return sum(map(len, self._held.values()))

    def _size(self) -> int:
        return sum(one.size for one in self._held.values())

    def _read_to_end(self) -> bool:
        written = {
            name: self._written(self._own(name)) for name in {one.topic for one in self._held}
        }
        return all(
            held.read_up_to(written[partition.topic].get(partition.partition, 0))
            for partition, held in self._held.items()
        )

    def _own(self, name: str) -> str:
        return name.removeprefix(self._settings.prefix)

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """Append, then commit."""
        offsets: defaultdict[TopicPartition, list[int]] = defaultdict(list)
        for one in done:
            name = topic_name(one.record.topic, self._settings)
            offsets[TopicPartition(name, one.partition)].append(one.offset)
        with self.state:
            self._require(offsets)
        self._append(produced)
        self._commit(offsets)
        with self.state:
            for partition, those in offsets.items():
                if partition in self._held and partition not in self._broken:
                    self._held[partition].done(those)

    def _require(self, partitions: Iterable[TopicPartition]) -> None:
        lost = [one for one in partitions if one in self._broken or one not in self._held]
        if lost:
            message = (
                f"another member of group {self._group} took over {lost[0].topic} "
                f"{lost[0].partition}"
            )
            raise RetryError(message, group=self._group)

    def _commit(self, done: Mapping[TopicPartition, Sequence[int]]) -> None:
        """Commit offsets. Kafka rejects commits during a rebalance.

        Partitions that stay are committed after it.
        """
        until = time.monotonic() + self._settings.timeout_seconds
        while True:
            with self.state:
                self._require(done)
                places = {one: self._held[one].committed(those) for one, those in done.items()}
                # Committing an unchanged offset would cost a request for nothing.
                moved = {
                    one: at
                    for one, at in places.items()
                    if at is not None and at != self._held[one].marked
                }
            if not moved:
                return
            if self._fetching.commit(moved):
                with self.state:
                    for one, at in moved.items():
                        if one in self._held:
                            self._held[one].marked = at
                return
            # Kafka accepts no commits during a rebalance, which usually ends within seconds.
            if time.monotonic() > until:
                message = f"group {self._group} does not come to rest"
                raise RetryError(message, group=self._group)
            with self.state:
                self.state.wait(COMMIT_PAUSE_SECONDS)

    def rewind(self) -> None:
        """Rewind to the first record that is not done, in the partitions held now."""
        with self.state:
            self._broken.clear()
            for held in self._held.values():
                held.rewind()

    def lag(self) -> int:
        """Return the records from the group's position to the end, over the assigned partitions."""
        with self.state:
            self._wait_for(lambda: all(one.position is not None for one in self._held.values()))
            places = {one: held.committed() or 0 for one, held in self._held.items()}
        ends = self._fetching.ends(list(places))
        return sum(max(0, ends[one] - place) for one, place in places.items())

    def revoked(self) -> frozenset[tuple[str, int]]:
        """Return and clear the partitions revoked since the last call."""
        with self.state:
            told = frozenset((self._own(one.topic), one.partition) for one in self._untold)
            self._broken -= self._untold
            self._untold.clear()
        return told

    def share(self, topic: str) -> Share:
        """Return the partitions that this member has, of all that its metadata knows."""
        name = topic_name(topic, self._settings)
        count = self._fetching.counts.get(name, 0)
        with self.state:
            held = frozenset(one.partition for one in self._held if one.topic == name)
        return Share(held, count, lambda key: partition_of(key, count))

    def close(self) -> None:
        """Close the membership, and wait for completion."""
        self.begin_close()
        self._fetching.join()

    @property
    def open(self) -> bool:
        """True if it was not closed."""
        return self._fetching.is_alive()

    def begin_close(self) -> None:
        """Start leaving the group."""
        self._fetching.stop()
        with self.state:
            self.state.notify_all()

    # Called by the fetching thread and kafka-python's threads; see `fetching.PartitionListener`

    def got(self, partitions: Iterable[TopicPartition]) -> None:
        """Add assigned partitions."""
        with self.state:
            self._held.update((one, HeldPartition()) for one in partitions)
            self._changed()

    def lost(self, partitions: Iterable[TopicPartition] | None) -> None:
        """Drop partitions and their buffers; None means all."""
        with self.state:
            gone = self._held.keys() & (self._held if partitions is None else set(partitions))
            for one in gone:
                del self._held[one]
            # Two sets: results of a lost partition are refused until the owner rewinds or has asked
            # what was revoked, and each loss is reported once.
            self._broken |= gone
            self._untold |= gone
            if gone:
                self._changed()

    def _changed(self) -> None:
        self.state.notify_all()
        self._arrived()  # the owner must check what it holds

    def held(self) -> Mapping[TopicPartition, tuple[int | None, int | None]]:
        """Return the position and the end of each partition, None while it is not known."""
        with self.state:
            return {one: (held.position, held.end) for one, held in self._held.items()}

    def fetched(
        self,
        batches: Mapping[TopicPartition, Sequence[Received]],
        positions: Mapping[TopicPartition, int | None],
        ends: Mapping[TopicPartition, int],
    ) -> None:
        """Buffer the result of a fetch: records, positions, end offsets."""
        with self.state:
            for partition, held in self._held.items():
                position = positions.get(partition)
                if position is not None:
                    held.fetched(batches.get(partition, ()), position)
                if partition in ends:
                    held.end = max(held.end or 0, ends[partition])
            self.state.notify_all()

    def full(self) -> bool:
        """Return whether the prefetch buffer is full."""
        return self._buffered() >= BUFFER_RECORDS or self._size() >= BUFFER_BYTES
