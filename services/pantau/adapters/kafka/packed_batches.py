"""Batches of records for kafka-python's producer, packed whole by aiokafka's compiled code.

kafka-python 3.0 takes record by record: it packs each in Python, makes a future for it, and wakes
its sender at the first one, so that most requests have batches of a record or two, for which
brokers and consumers pay as well. Here all records of a partition are packed together, until a
batch has no more room, and then given to kafka-python's sender, which numbers the batches, sends
them, and repeats what fails, as always.

One future stands for a batch. Those of its records are made only when the sender splits a batch
that a broker found too large.
"""

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from aiokafka.record.default_records import DefaultRecordBatchBuilder
from kafka import TopicPartition
from kafka.errors import IllegalStateError, KafkaError, KafkaTimeoutError
from kafka.producer.future import FutureRecordMetadata
from kafka.producer.producer_batch import ProducerBatch
from kafka.record.memory_records import MemoryRecordsBuilder

PackedRecord = tuple[bytes, bytes | None, list[tuple[str, bytes]]]
"""Key, value and headers."""

_FORMAT: Final = 2
"""The format of batches since Kafka 0.11."""

size_of_record: Final = DefaultRecordBatchBuilder.estimate_size_in_bytes
"""The most that key, value and headers take as a batch of one."""


class _Records(MemoryRecordsBuilder):  # type: ignore[misc] # (kafka-python has no types)
    """The records of a batch, as accumulator and sender of kafka-python use them."""

    def __init__(self, compression: int, batch_bytes: int) -> None:
        super().__init__(_FORMAT, compression, batch_bytes)
        self._builder = DefaultRecordBatchBuilder(
            magic=_FORMAT,
            compression_type=compression,
            is_transactional=0,
            producer_id=-1,
            producer_epoch=-1,
            base_sequence=-1,
            batch_size=batch_bytes,
        )

    def set_producer_state(
        self,
        producer_id: int,
        producer_epoch: int,
        base_sequence: int,
        is_transactional: bool,  # noqa: FBT001 (as kafka-python's)
    ) -> None:
        """Set the number of the batch. Called once, before it is closed."""
        if self._closed or is_transactional:
            message = "this batch was numbered before, or is part of a transaction"
            raise IllegalStateError(message)
        self._builder.set_producer_state(producer_id, producer_epoch, base_sequence)
        self._producer_id, self._producer_epoch = producer_id, producer_epoch
        self._base_sequence = base_sequence


class _Futures:
    """The futures of the records of a batch, made when they are asked for."""

    def __init__(self, whole: Any, count: int) -> None:
        self._whole = whole
        self._count = count
        self._made: dict[int, Any] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Any:
        with self._lock:
            if number not in self._made:
                self._made[number] = FutureRecordMetadata(
                    self._whole, number, None, None, -1, -1, -1
                )
            return self._made[number]


class PackedBatch:
    """A batch that was given to the sender."""

    def __init__(self, batch: Any) -> None:
        self.partition: int = batch.topic_partition.partition
        self._count: int = batch.record_count
        self._whole = batch.produce_future
        self._single = batch._record_futures = _Futures(self._whole, self._count)  # noqa: SLF001 (what a split asks for)

    def end(self, deadline: float) -> int:
        """Wait until it is acknowledged; return the offset after its last record.

        `deadline` is a monotonic time in seconds. Raises KafkaError.
        """
        if not self._whole.wait(max(0.0, deadline - time.monotonic())):
            message = "a batch was not acknowledged in time"
            raise KafkaTimeoutError(message)
        if not self._whole.is_done:  # it was split, and each record is in a batch of its own half
            return self._last_of_single(deadline)
        base, _, errors = self._whole.value
        if errors is not None:
            found: list[Exception] = [errors(number) for number in range(self._count)]
            # Of a batch in which one record is invalid, the others have a general error.
            raise next((one for one in found if type(one) is not KafkaError), found[0])
        return int(base) + self._count

    def _last_of_single(self, deadline: float) -> int:
        offsets = [
            self._single[number].get(max(0.0, deadline - time.monotonic())).offset
            for number in range(self._count)
        ]
        return int(max(offsets)) + 1


def send_packed(
    producer: Any, topic: str, records: Mapping[int, Iterable[PackedRecord]]
) -> Sequence[PackedBatch]:
    """Append records to what the sender of a producer has to send, by partition and in order.

    Returns the batches. Nothing is appended before all is packed. The topic must be known to the
    producer. Raises KafkaError when the producer was closed.
    """
    accumulator = producer._accumulator  # noqa: SLF001 (nothing public takes whole batches)
    packed = {
        TopicPartition(topic, partition): _packed(accumulator.config, those)
        for partition, those in records.items()
    }
    given: list[PackedBatch] = []
    accumulator._appends_in_progress.increment()  # noqa: SLF001 (a closing producer waits for it)
    try:
        for place, parts in packed.items():
            with accumulator._tp_lock(place):  # noqa: SLF001 (as `RecordAccumulator.append`)
                if accumulator._closed:  # noqa: SLF001 (as above)
                    message = "the producer was closed"
                    raise IllegalStateError(message)
                for part in parts:
                    batch = ProducerBatch(place, part)
                    given.append(PackedBatch(batch))
                    accumulator._batches[place].append(batch)  # noqa: SLF001 (as above)
                    accumulator._incomplete.add(batch)  # noqa: SLF001 (as above)
    finally:
        accumulator._appends_in_progress.decrement()  # noqa: SLF001 (as above)
    producer._sender.wakeup()  # noqa: SLF001 (as `KafkaProducer.send`)
    return given


def _packed(options: Mapping[str, Any], records: Iterable[PackedRecord]) -> Sequence[_Records]:
    """Pack the records of a partition into batches."""
    now = round(time.time() * 1000)
    parts: list[_Records] = []
    for key, value, headers in records:
        if not parts or parts[-1].append(now, key, value, headers) is None:
            parts.append(_Records(options["compression_attrs"], options["batch_size"]))
            parts[-1].append(now, key, value, headers)  # the first one fits, whatever its size
    return parts
