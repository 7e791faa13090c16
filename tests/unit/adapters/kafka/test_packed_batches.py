"""Whole batches for kafka-python's sender: what it reads in them itself, and how they end."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition
from kafka.errors import (
    IllegalStateError,
    InvalidRecordError,
    KafkaError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
)
from kafka.producer.record_accumulator import RecordAccumulator
from kafka.record.memory_records import MemoryRecords

from pantau.adapters.kafka.packed_batches import PackedRecord, send_packed
from pantau.adapters.kafka.producer import KafkaAppender
from pantau.errors import RejectError
from pantau.ports import Record
from pantau.settings import KafkaSettings

TOPIC = "alerts"
CODECS = {"none": 0, "gzip": 1, "snappy": 2, "lz4": 3, "zstd": 4}


@dataclass
class Sender:
    """Counts how often it was woken."""

    woken: int = 0

    def wakeup(self) -> None:
        self.woken += 1


@dataclass
class Producer:
    """The accumulator and the sender of a producer, without a broker."""

    _accumulator: RecordAccumulator
    _sender: Sender = field(default_factory=Sender)

    def sent(self, partition: int = 0) -> list[Any]:
        """Return the batches that wait for a partition, closed as the sender closes them."""
        batches = list(self._accumulator._batches[TopicPartition(TOPIC, partition)])
        for one in batches:
            one.records.set_producer_state(7, 1, 0, False)
            one.records.close()
        return batches

    def halves(self) -> list[Any]:
        """Return the batches that a split made."""
        return list(self._accumulator._batches[TopicPartition(TOPIC, 0)])


def producer(codec: str = "none", batch_bytes: int = 256 * 1024) -> Producer:
    options = {"compression_attrs": CODECS[codec], "batch_size": batch_bytes}
    return Producer(RecordAccumulator(message_version=2, **options))


def records_in(batch: Any) -> Iterator[PackedRecord]:
    """Yield what kafka-python reads in a batch; its checksum is right."""
    for part in MemoryRecords(batch.records.buffer()):
        assert part.validate_crc()
        assert (part.producer_id, part.producer_epoch) == (7, 1)
        yield from ((one.key, one.value, one.headers) for one in part)


def numbered(count: int) -> list[PackedRecord]:
    return [(f"k{one}".encode(), b"x" * 100, [("ce_id", b"1")]) for one in range(count)]


RECORDS = st.lists(
    st.tuples(
        st.binary(max_size=40),
        st.none() | st.binary(max_size=2_000),
        st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=80)), max_size=4),
    ),
    min_size=1,
    max_size=30,
)


@given(records=RECORDS, codec=st.sampled_from(sorted(CODECS)), batch_bytes=st.integers(100, 4_000))
def test_kafka_python_reads_what_was_packed_in_order(
    records: list[PackedRecord], codec: str, batch_bytes: int
) -> None:
    of = producer(codec, batch_bytes)
    batches = send_packed(of, TOPIC, {0: records, 3: records[:1]})
    assert [one for batch in of.sent() for one in records_in(batch)] == records
    assert [one for batch in of.sent(3) for one in records_in(batch)] == records[:1]
    assert [one.partition for one in batches] == [0] * (len(batches) - 1) + [3]


def test_records_of_a_partition_share_a_batch_until_it_is_full() -> None:
    of = producer(batch_bytes=1_000)
    send_packed(of, TOPIC, {0: numbered(20)})
    counts = [one.record_count for one in of.sent()]
    assert sum(counts) == 20
    assert 2 < len(counts) < 5
    assert of._sender.woken == 1


def test_a_record_larger_than_a_batch_has_one_of_its_own() -> None:
    of = producer(batch_bytes=1_000)
    large: PackedRecord = b"k", b"x" * 5_000, []
    send_packed(of, TOPIC, {0: [*numbered(1), large, *numbered(1)]})
    assert [one.record_count for one in of.sent()] == [1, 1, 1]


def test_the_end_is_the_offset_after_the_last_record() -> None:
    of = producer()
    (batch,) = send_packed(of, TOPIC, {0: numbered(5)})
    (sent,) = of.sent()
    sent.complete(40, -1)
    assert batch.end(time.monotonic() + 10) == 45


def test_a_batch_that_nobody_acknowledges_is_an_error() -> None:
    (batch,) = send_packed(producer(), TOPIC, {0: numbered(1)})
    with pytest.raises(KafkaTimeoutError):
        batch.end(time.monotonic())


def test_the_error_of_the_record_at_fault_is_raised() -> None:
    of = producer()
    (batch,) = send_packed(of, TOPIC, {0: numbered(3)})
    (sent,) = of.sent()
    errors = [KafkaError("one of them"), InvalidRecordError("this one"), KafkaError("one of them")]
    sent.complete_exceptionally(InvalidRecordError("this one"), errors.__getitem__)
    with pytest.raises(InvalidRecordError):
        batch.end(time.monotonic() + 10)


def test_an_aborted_batch_has_its_error() -> None:
    of = producer()
    (batch,) = send_packed(of, TOPIC, {0: numbered(3)})
    of._accumulator.abort_batches(IllegalStateError("closed"))
    with pytest.raises(IllegalStateError):
        batch.end(time.monotonic() + 10)


def test_a_split_batch_ends_when_both_halves_are_acknowledged() -> None:
    of = producer()
    (batch,) = send_packed(of, TOPIC, {0: numbered(5)})
    (sent,) = of.sent()
    of._accumulator._batches[TopicPartition(TOPIC, 0)].clear()  # the sender took it
    of._accumulator.split_and_reenqueue(sent)
    first, second = of.halves()
    ends: list[int] = []
    waiting = threading.Thread(target=lambda: ends.append(batch.end(time.monotonic() + 60)))
    waiting.start()
    first.complete(10, -1)
    assert ends == []
    second.complete(13, -1)
    waiting.join(60)
    assert ends == [15]


def test_a_half_that_fails_is_the_error_of_the_batch() -> None:
    of = producer()
    (batch,) = send_packed(of, TOPIC, {0: numbered(4)})
    (sent,) = of.sent()
    of._accumulator._batches[TopicPartition(TOPIC, 0)].clear()
    of._accumulator.split_and_reenqueue(sent)
    first, second = of.halves()
    first.complete(10, -1)
    second.complete_exceptionally(
        MessageSizeTooLargeError("too large"), lambda _: MessageSizeTooLargeError("too large")
    )
    with pytest.raises(MessageSizeTooLargeError):
        batch.end(time.monotonic() + 10)


def test_a_closed_producer_takes_nothing() -> None:
    of = producer()
    of._accumulator.close()
    with pytest.raises(IllegalStateError):
        send_packed(of, TOPIC, {0: numbered(1)})
    assert of.sent() == []
    assert not of._accumulator.has_incomplete


@pytest.mark.parametrize("headers", [{"\ud800": "x"}, {"x": "\ud800"}])
def test_half_a_character_in_a_header_is_refused_before_anything_is_sent(
    headers: dict[str, str],
) -> None:
    settings = KafkaSettings(servers=("127.0.0.1:1",))
    with pytest.raises(RejectError):
        KafkaAppender(settings, lambda: None).append([Record(TOPIC, "k", b"v", headers)])
