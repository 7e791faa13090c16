"""A compacted topic as a table: a copy of the whole topic on this machine, kept up to date by a thread of its own.

A first look-up waits until everything that stood in the topic at that time was read; the copy is kept, so that a
restart reads only what is new. Later look-ups are local, and go on while the brokers are away. Who writes through the
same log always finds what was written: a look-up waits for the offsets that the brokers acknowledged.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any, Final

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, UnknownTopicOrPartitionError
from kafka.net.compat import KafkaNetClient

from pantau.adapters.kafka_client import convert, converted, reading, topic_name
from pantau.adapters.kafka_replica import Replica, Row, opened_replica
from pantau.errors import PantauError, RetryError, StopError
from pantau.ports import Changes
from pantau.settings import Settings
from pantau_schemas.topics import Topic

FOLDER: Final = "replicas"
"""Where copies are kept, in the data folder."""
BATCH: Final = 2_000
"""Records written to the copy in one transaction; more gains nothing."""
FETCH_BYTES: Final = 8 * 1024 * 1024
"""What one answer of a broker brings while all is read; memory follows it."""
FETCH_WAIT_MS: Final = 250
"""How long a broker holds a request when nothing is new; requests behind it (`catch_up`) wait as long."""
LOOK_SECONDS: Final = 30.0
"""How often partitions, first offsets and the topic's id are looked at, and whether brokers answer."""
TELL_SECONDS: Final = 2.0
"""Reading that takes longer than this is reported, again and again."""
FIRST_PAUSE_SECONDS: Final = 0.1
LONGEST_PAUSE_SECONDS: Final = 5.0

log = logging.getLogger(__name__)


class KafkaTable:
    """Implements `pantau.ports.Table`. Any thread may use it.

    `written` gives the next offset of each partition that this process wrote to the topic and Kafka acknowledged.
    Nothing is opened before the first use.

    Every look-up raises RetryError when the first reading, or own writes, cannot be had from the brokers for
    `kafka.timeout_seconds`; StopError when a person has to act.
    """

    def __init__(self, topic: Topic, settings: Settings, written: Callable[[], Mapping[int, int]]) -> None:
        if not topic.compacted:
            message = f"{topic.name} is not compacted"
            raise ValueError(message)
        self._name = topic_name(topic.name, settings.kafka)
        self._settings = settings
        self._written = written
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self._listeners: list[Callable[[], None]] = []
        # What follows is the thread's; others read it under the condition.
        self._consumer: KafkaConsumer | None = None
        self._replica: Replica | None = None
        self._caught_up = False
        self._goal: Mapping[int, int] = {}
        self._failure: PantauError | None = None
        self._progress_at = 0.0
        self._look_at = 0.0

    def get(self, key: str) -> bytes | None:
        """Look one key up."""
        return self._ready().get(key)

    def snapshot(self) -> Changes:
        """Read all, in the order of writing by Kafka's time."""
        return self._ready().snapshot()

    def count(self) -> int:
        """Count the keys that have a value."""
        return self._ready().count()

    def version(self) -> int:
        """Give the version of the copy; a copy read anew counts anew, after a restart."""
        return self._ready().version()

    def newest(self, version: int) -> Iterator[bytes]:
        """Read backwards by Kafka's time; within a millisecond, partitions come in no order."""
        return self._ready().newest(version)

    def changes(self, since: int) -> Changes:
        """Read what came after `since`."""
        return self._ready().changes(since)

    def catch_up(self) -> None:
        """Read all that stands in the topic now, whoever wrote it. Raises RetryError, StopError."""
        self._ready()
        with self._condition:
            consumer, partitions = self._consumer, tuple(self._goal)
        if consumer is None:
            raise RetryError(self._away())
        with converted(self._settings.kafka):
            # Requests of kafka-python run on the client's own thread; several threads may wait for theirs.
            ends = _ends(consumer, self._name, partitions, self._timeout)
        with self._condition:
            self._goal = {
                partition: max(ends.get(partition, 0), goal) for partition, goal in self._goal.items()
            }
            self._wait(lambda: self._caught_up and self._has(ends))

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` from the reading thread after each change; gives a function that ends that.

        Starts the reading, so that there is something to tell.
        """
        with self._condition:
            self._listeners.append(callback)
            self._start()

        def leave() -> None:
            with self._condition:
                if callback in self._listeners:
                    self._listeners.remove(callback)

        return leave

    def close(self) -> None:
        """End the reading and close the copy; others must have ended theirs."""
        with self._condition:
            self._closing.set()
            self._condition.notify_all()
            thread, consumer = self._thread, self._consumer
        if consumer is not None:
            consumer.close()  # ends the thread's wait for records
        if thread is not None:
            thread.join(self._timeout + LONGEST_PAUSE_SECONDS)

    # What callers do: start the thread, wait for it.

    @property
    def _timeout(self) -> float:
        return self._settings.kafka.timeout_seconds

    def _start(self) -> None:
        if self._closing.is_set():
            message = f"{self._name}: already closed"
            raise StopError(message)
        if self._thread is None:
            self._failure = None
            self._thread = threading.Thread(target=self._run, name=f"table {self._name}", daemon=True)
            self._thread.start()

    def _ready(self) -> Replica:
        """Wait until the copy has what it must have."""
        written = self._written()
        with self._condition:
            self._start()
            if not written.keys() <= self._goal.keys():
                self._look_at = 0.0  # a partition that is new
            self._wait(lambda: self._caught_up and self._has(written))
            assert self._replica is not None  # noqa: S101 (for mypy: who caught up has it)
            return self._replica

    def _has(self, offsets: Mapping[int, int]) -> bool:
        held = self._replica.next_offsets if self._replica else {}
        return all(held.get(partition, 0) >= offset for partition, offset in offsets.items())

    def _wait(self, done: Callable[[], bool]) -> None:
        """Wait under the condition; as long as reading goes on there is hope."""
        began = time.monotonic()
        while not done():
            if self._closing.is_set():
                message = f"{self._name}: already closed"
                raise StopError(message)
            if self._failure is not None and not isinstance(self._failure, RetryError):
                raise type(self._failure)(str(self._failure))
            left = max(began, self._progress_at) + self._timeout - time.monotonic()
            if left <= 0:
                raise RetryError(self._away())
            self._condition.wait(left)

    def _away(self) -> str:
        return f"{self._name} cannot be read up to its end: {self._failure or 'the brokers do not answer'}"

    # What the thread does: open, read to the end, follow.

    def _run(self) -> None:
        try:
            with opened_replica(self._settings.data / FOLDER, self._name) as replica:
                self._replica = replica
                self._read_for_ever(replica)
        except PantauError as error:  # the copy's: disk full, folder not ours
            self._fail(error)
        except Exception as error:
            log.exception("%s: reading has ended", self._name)
            self._fail(StopError(f"{self._name}: reading has ended: {error!r}"))
        finally:
            with self._condition:
                self._thread = None  # the next look-up tries again
                self._caught_up, self._replica = False, None

    def _read_for_ever(self, replica: Replica) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._closing.is_set():
            try:
                self._read(replica)
                pause = FIRST_PAUSE_SECONDS
            except KafkaError as error:
                self._fail(convert(error, self._settings.kafka))
            except (RetryError, OSError) as error:
                self._fail(error if isinstance(error, RetryError) else RetryError(str(error)))
            finally:
                with self._condition:
                    self._consumer = None
            if self._failure is not None:
                self._closing.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _fail(self, error: PantauError) -> None:
        """Tell of the first of a row of failures, and whoever waits of each."""
        if self._closing.is_set():
            return
        with self._condition:
            known, self._failure = self._failure, error
            self._condition.notify_all()
        if known is None:
            log.warning("%s: waiting for the brokers: %s", self._name, error)

    def _works(self) -> None:
        with self._condition:
            known, self._failure = self._failure, None
            self._progress_at = time.monotonic()
        if known is not None:
            log.info("%s: the brokers answer again", self._name)

    def _read(self, replica: Replica) -> None:
        """Connect, and follow the topic; returns when its partitions have changed, or all ends."""
        clients: list[KafkaNetClient] = []
        with closing(self._connect(clients)) as consumer:
            with self._condition:
                if self._closing.is_set():
                    return
                self._consumer = consumer
            (client,) = clients
            partitions = self._fit(replica, consumer, client.cluster)
            self._works()
            reading = _Reading(self._name, replica.next_offsets, self._goal)
            batches: Mapping[Any, list[Any]] = {}
            while not self._closing.is_set():
                self._take(replica, consumer, batches)
                reading.tell(replica.next_offsets, caught_up=self._caught_up)
                batches = consumer.poll(timeout_ms=FETCH_WAIT_MS, max_records=BATCH)
                if time.monotonic() >= self._look_at and not self._look(
                    replica, consumer, client.cluster, partitions
                ):
                    return

    def _connect(self, clients: list[KafkaNetClient]) -> KafkaConsumer:
        def client(**options: Any) -> KafkaNetClient:
            made = KafkaNetClient(**options)
            made.cluster.set_topics([self._name])  # so that the first question about the cluster includes it
            clients.append(made)
            return made

        options = reading(self._settings.kafka) | {
            "kafka_client": client,  # to see the topic's id
            "auto_offset_reset": "none",
            "bootstrap_timeout_ms": round(min(1.0, self._timeout) * 1000),
            "fetch_max_bytes": FETCH_BYTES,
            "fetch_max_wait_ms": min(FETCH_WAIT_MS, round(self._timeout * 500)),
            "max_partition_fetch_bytes": FETCH_BYTES // 4,
            "metadata_max_age_ms": round(LOOK_SECONDS * 1000),
            "retry_backoff_ms": 20,  # also the least time between two questions about topics
        }
        return KafkaConsumer(**options)

    def _fit(self, replica: Replica, consumer: KafkaConsumer, cluster: Any) -> frozenset[int]:
        """Make the copy fit the topic as it is now, and the consumer go on where the copy stands."""
        partitions = frozenset(consumer.partitions_for_topic(self._name))
        if not partitions:
            raise UnknownTopicOrPartitionError(self._name)
        ends = _ends(consumer, self._name, partitions, self._timeout)
        topic_id = str(cluster.topic_id(self._name))
        held = replica.next_offsets
        if topic_id != replica.topic_id or any(held[one] > ends.get(one, 0) for one in held):
            if held:
                log.info("%s: made anew since it was read; reading all of it", self._name)
            with self._condition:
                self._caught_up = False
            replica.start_anew(topic_id)
        firsts = _firsts(consumer, self._name, partitions, self._timeout)
        replica.drop_before(firsts)
        consumer.assign([TopicPartition(self._name, one) for one in partitions])
        for one in partitions:
            consumer.seek(
                TopicPartition(self._name, one), max(replica.next_offsets.get(one, 0), firsts.get(one, 0))
            )
        with self._condition:
            self._goal = ends
            self._look_at = time.monotonic() + LOOK_SECONDS
        return partitions

    def _take(self, replica: Replica, consumer: KafkaConsumer, batches: Mapping[Any, list[Any]]) -> None:
        """Write what was read, and tell who waits."""
        places = {place.partition: records[-1].offset + 1 for place, records in batches.items()}
        if not batches and not self._has(self._goal):
            # The last records before the end may have been compacted away; the consumer has passed them.
            places = {
                one: consumer.position(TopicPartition(self._name, one), timeout_ms=0) or 0
                for one, goal in self._goal.items()
                if replica.next_offsets.get(one, 0) < goal
            }
            places = {one: at for one, at in places.items() if at > replica.next_offsets.get(one, 0)}
        if places:
            replica.take(_in_time(batches), places)
            self._works()
        with self._condition:
            before = self._caught_up
            self._caught_up = before or self._has(self._goal)
            news = self._caught_up and (bool(places) or not before)
            listeners = tuple(self._listeners) if news else ()
            if places or news:
                self._condition.notify_all()
        for listener in listeners:
            listener()

    def _look(
        self, replica: Replica, consumer: KafkaConsumer, cluster: Any, partitions: frozenset[int]
    ) -> bool:
        """Look whether the topic has changed, and drop what it has dropped; tells whether to go on as before."""
        with self._condition:
            soon = self._look_at == 0.0
            self._look_at = time.monotonic() + (1.0 if soon else LOOK_SECONDS)
        if soon:
            return False
        try:
            firsts = _firsts(consumer, self._name, partitions, min(self._timeout, 2.0))
        except KafkaError as error:
            self._fail(convert(error, self._settings.kafka))
            with self._condition:
                self._look_at = time.monotonic() + 1.0
            return True
        self._works()
        replica.drop_before(firsts)
        now = cluster.partitions_for_topic(self._name)
        same = now is None or frozenset(now) == partitions
        return same and str(cluster.topic_id(self._name) or replica.topic_id) == replica.topic_id


class _Reading:
    """Reports of a long reading."""

    def __init__(self, name: str, held: Mapping[int, int], goal: Mapping[int, int]) -> None:
        self._name = name
        self._goal = goal
        self._missing = self._left(held)
        self._began = time.monotonic()
        self._tell_at = self._began + TELL_SECONDS

    def _left(self, held: Mapping[int, int]) -> int:
        return sum(max(0, goal - held.get(one, 0)) for one, goal in self._goal.items())

    def tell(self, held: Mapping[int, int], *, caught_up: bool) -> None:
        """Say how far it is, if it takes long."""
        now = time.monotonic()
        if caught_up:
            if now - self._began > TELL_SECONDS and self._tell_at != math.inf:
                log.info("%s: read in %.1f s", self._name, now - self._began)
            self._tell_at = math.inf
        elif now >= self._tell_at:
            part = 1 - self._left(held) / max(1, self._missing)
            log.info("%s: reading, %.0f %% so far", self._name, 100 * part)
            self._tell_at = now + TELL_SECONDS


def _in_time(batches: Mapping[Any, list[Any]]) -> list[Row]:
    """Give the records of all partitions, merged by time; those of one partition keep their order."""
    merged: list[tuple[int, Row]] = []
    for place, records in batches.items():
        latest = 0
        for one in records:
            latest = max(latest, one.timestamp)
            key = one.key.decode(errors="replace") if one.key is not None else ""
            merged.append((latest, Row(key, one.value, one.timestamp, place.partition, one.offset)))
    if len(batches) > 1:
        merged.sort(key=lambda pair: pair[0])
    return [row for _, row in merged]


def _ends(consumer: KafkaConsumer, name: str, partitions: Any, seconds: float) -> dict[int, int]:
    found = consumer.end_offsets([TopicPartition(name, one) for one in partitions], round(seconds * 1000))
    return {place.partition: offset for place, offset in found.items()}


def _firsts(consumer: KafkaConsumer, name: str, partitions: Any, seconds: float) -> dict[int, int]:
    found = consumer.beginning_offsets(
        [TopicPartition(name, one) for one in partitions], round(seconds * 1000)
    )
    return {place.partition: offset for place, offset in found.items()}
