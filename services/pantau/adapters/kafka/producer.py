"""Appending to Kafka: idempotent, acknowledged by all in-sync replicas, in order.

Consecutive records of one topic are sent together, in a batch for each partition
(`packed_batches`), and all are acknowledged before those of the next topic are sent. On failure,
the producer is discarded with everything that it had not sent, so nothing of it shows up later,
after the retry. Records that were already written are then written twice; consumers deduplicate by
id.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any, Final

from kafka import KafkaAdminClient, KafkaProducer, errors

from pantau.adapters.kafka.client import (
    MAX_RECORD_BYTES,
    connection,
    converted,
    encode_headers,
    opened,
    partition_of,
    topic_name,
)
from pantau.adapters.kafka.packed_batches import PackedRecord, send_packed, size_of_record
from pantau.errors import RejectError, StopError
from pantau.ports import Record
from pantau.settings import KafkaSettings

BATCH_BYTES: Final = 256 * 1024
"""A batch of one partition is closed at this size.

The default of 16 KB holds six articles, which halves the throughput.
"""
METADATA_SECONDS: Final = 5.0
"""How long to wait for the partitions of a topic before checking that it exists."""


_CODECS: Final[Mapping[str, str | None]] = {
    "none": None,
    **{name: name for name in ("gzip", "snappy", "lz4", "zstd")},
}


class KafkaAppender:
    """One producer, opened on first use and again after a failure. Thread-safe."""

    def __init__(self, settings: KafkaSettings, appended: Callable[[], object]) -> None:
        self._settings = settings
        self._appended = appended
        self._lock = threading.Lock()
        self._producer: Any = None
        self._closed = False
        # Never held during requests to Kafka, because readers use it all the time.
        self._ends = threading.Lock()
        self._written: dict[str, dict[int, int]] = {}

    def written(self, topic: str) -> Mapping[int, int]:
        """Return, by partition, the offset after the last record that was appended here."""
        with self._ends:
            return dict(self._written.get(topic, {}))

    def append(self, records: Iterable[Record]) -> None:
        """Append the records; see the module's text.

        Raises RetryError when they are not acknowledged in time, RejectError for one that is too
        large (nothing is written then), StopError when a topic is missing.
        """
        wire = [_Wire(record) for record in records]
        for topic, run in groupby(wire, key=lambda one: one.record.topic):
            self._send(topic, list(run))
        if wire:
            self._appended()

    def _send(self, topic: str, run: "Sequence[_Wire]") -> None:
        name = topic_name(topic, self._settings)
        deadline = time.monotonic() + self._settings.timeout_seconds
        with converted(self._settings):
            producer = self._open()
            try:
                partitions = self._partitions(producer, name, deadline)
                wire: defaultdict[int, list[PackedRecord]] = defaultdict(list)
                for one in run:
                    place = partition_of(one.record.partition_key, partitions)
                    wire[place].append((one.key, one.record.value, one.headers))
                batches = send_packed(producer, name, wire)
                # One second more than the producer's own limit, whose error is more specific.
                acknowledged = [(one.partition, one.end(deadline + 1.0)) for one in batches]
            except BaseException:
                self._discard(producer)
                raise
        with self._ends:
            ends = self._written.setdefault(topic, {})
            for partition, end in acknowledged:
                ends[partition] = max(ends.get(partition, 0), end)

    def _open(self) -> Any:
        with self._lock:
            if self._closed:
                message = "the log was closed"
                raise StopError(message)
            if self._producer is None:
                self._producer = opened(KafkaProducer, self._options())
            return self._producer

    def _options(self) -> dict[str, Any]:
        options = connection(self._settings)
        request = options["request_timeout_ms"]
        return options | {
            "acks": "all",
            "enable_idempotence": True,
            "allow_auto_create_topics": False,
            # A request without an answer in half the time can be retried once within it.
            "request_timeout_ms": request // 2,
            "delivery_timeout_ms": request,
            "max_block_ms": round(min(METADATA_SECONDS, self._settings.timeout_seconds) * 1000),
            "batch_size": BATCH_BYTES,
            "compression_type": _CODECS[self._settings.compression],
            "max_request_size": MAX_RECORD_BYTES,
            "metrics_enabled": False,
        }

    def _partitions(self, producer: Any, name: str, deadline: float) -> int:
        """Return the number of partitions.

        A topic that exists is waited for until the deadline: it has no leader while its brokers
        start, or were too slow to be taken for alive. Raises UnknownTopicOrPartitionError when
        brokers answer, but do not know the topic, KafkaTimeoutError when they do not in time.
        """
        while True:
            try:
                return len(producer.partitions_for(name))
            except errors.KafkaTimeoutError:
                with opened(KafkaAdminClient, connection(self._settings)) as admin:
                    if name not in admin.list_topics():
                        raise errors.UnknownTopicOrPartitionError(name) from None
                if time.monotonic() > deadline:
                    raise

    def _discard(self, producer: Any) -> None:
        """Discard a producer with its unsent records."""
        with self._lock:
            if self._producer is producer:
                self._producer = None
        _end(producer)

    def close(self) -> None:
        """Close the producer; concurrent appends of other threads fail."""
        with self._lock:
            producer, self._producer, self._closed = self._producer, None, True
        if producer is not None:
            _end(producer)


class _Wire:
    """A record as it is sent.

    All records are encoded before any is sent, so that an invalid one does not abort halfway.
    """

    __slots__ = ("headers", "key", "record")

    def __init__(self, record: Record) -> None:
        self.record = record
        try:
            self.key = record.key.encode()
            self.headers = encode_headers(record.headers)
            record.partition_key.encode()
            size = size_of_record(self.key, record.value, self.headers)
        except UnicodeEncodeError as error:
            message = f"{record.topic}: key or headers have half a character ({error})"
            raise RejectError(message, topic=record.topic) from error
        if size > MAX_RECORD_BYTES:
            message = (
                f"{record.topic}: {record.key} has {size} bytes; at most {MAX_RECORD_BYTES} can "
                "be kept"
            )
            raise RejectError(message, topic=record.topic, key=record.key)


def _end(producer: Any) -> None:
    """Close a producer without sending its buffer, and wait for its thread."""
    sender = producer._sender  # noqa: SLF001 (close(0) waits for what is unsent first, and then leaves the thread)
    sender.force_close()
    with suppress(errors.KafkaError):
        producer.close(timeout=0)
    if sender is not threading.current_thread():
        sender.join()
