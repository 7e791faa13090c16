"""Records of kafka-python's consumers, unpacked by aiokafka's compiled code.

kafka-python 3.0 unpacks each record in Python, which takes several times as long as all that is
done with it by a table. aiokafka, the client of Faust, has the same code compiled. Here the batches
that kafka-python has fetched and whose checksums it has verified are unpacked by that. What it does
not accept, such as header names that are not UTF-8, kafka-python's own code reads or refuses as it
did (`header_names`). `unpack_compiled` patches the library, once per process; there is no option.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from aiokafka.record.default_records import DefaultRecordBatch
from kafka.consumer.fetcher import ConsumerRecord, Fetcher
from kafka.errors import CorruptRecordError

_LATEST_FORMAT: Final = 2
"""The format since Kafka 0.11; older ones are left to kafka-python."""
_READ_UNCOMMITTED: Final = 0


@cache
def unpack_compiled() -> None:
    """Patch kafka-python's consumers. Idempotent."""
    parts = Fetcher.PartitionRecords
    plain = parts._unpack_records  # noqa: SLF001 (see the module)

    def unpack(self: Any, tp: Any, records: Any, key: Any, value: Any) -> Iterator[Any]:
        if key is not None or value is not None or self.isolation_level != _READ_UNCOMMITTED:
            return plain(self, tp, records, key, value)  # type: ignore[no-any-return] # (no types)
        return _unpack(self, tp, records)

    parts._unpack_records = unpack  # noqa: SLF001 (see the module)


def _unpack(part: Any, tp: Any, records: Any) -> Iterator[Any]:
    """Yield the records of all batches, as `PartitionRecords._unpack_records` does.

    The sizes of keys, values and headers are left out (-1), since nobody here asks for them.
    Raises CorruptRecordError for a batch with a wrong checksum.
    """
    batch = None
    for batch in records:
        if part.check_crcs and not batch.validate_crc():
            message = f"the batch of {tp} at offset {batch.base_offset} has a wrong checksum"
            raise CorruptRecordError(message)
        if batch.magic >= _LATEST_FORMAT:
            part.leader_epoch = batch.leader_epoch
            if batch.is_control_batch:  # of transactions, not for consumers
                part.next_fetch_offset = batch.next_offset
                continue
        kind = batch.timestamp_type
        for one in _records_of(batch):
            part.records_read += 1
            part.next_fetch_offset = one.offset + 1
            yield ConsumerRecord(
                *(tp.topic, tp.partition, part.leader_epoch, one.offset, one.timestamp, kind),
                *(one.key, one.value, one.headers, one.checksum, -1, -1, -1),
            )
    if batch is not None and batch.magic >= _LATEST_FORMAT:
        # The offset after the batch, also if its last records were compacted away.
        part.next_fetch_offset = batch.next_offset
    part.drain()


def _records_of(batch: Any) -> Iterator[Any]:
    """Yield the records of one batch."""
    if batch.magic < _LATEST_FORMAT:
        yield from batch
        return
    last = -1
    try:
        for one in DefaultRecordBatch(batch._buffer):  # noqa: SLF001 (nothing public has its bytes)
            last = one.offset
            yield one
    except Exception:  # noqa: BLE001 (lengths that no record has raise errors of many kinds)
        yield from (one for one in batch if one.offset > last)
