"""Tolerant reading of header names that are not UTF-8, for both Kafka clients.

Kafka accepts any bytes as the name of a header; kafka-python 3.0 and aiokafka 0.14 reject the whole
batch that contains an invalid one, again at every fetch: one such record stops each reader of its
topic for good. Here the non-ASCII bytes of such a name become `?`, and the record is read like any
other. `be_tolerant` patches both libraries, once per process; neither has an option for it.
"""

import struct
from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any, Final

from aiokafka.consumer import fetcher
from aiokafka.record import default_records as aiokafka_records
from aiokafka.record.memory_records import MemoryRecords
from kafka.record import default_records as kafka_records

Varint = Callable[[bytearray, int], tuple[int, int]]
"""Reads a number at a position; returns it with the position after it."""

_LENGTH: Final = struct.Struct(">i")
_LENGTH_AT: Final = 8
"""Offset of the length of a batch, in every version of the format: after its first offset."""
_OVERHEAD: Final = 12
"""Bytes of a batch that its length does not include."""
_LATEST_FORMAT: Final = 2
"""The format since Kafka 0.11, the only one that has headers."""
_MAGIC_AT: Final = 16


@cache
def be_tolerant() -> None:
    """Patch both clients to accept any header name. Idempotent."""
    for module, batch in (
        (kafka_records, kafka_records.DefaultRecordBatch),
        (aiokafka_records, aiokafka_records._DefaultRecordBatchPy),  # noqa: SLF001 (see the module)
    ):
        batch._read_msg = _tolerant(batch._read_msg, module.decode_varint)  # noqa: SLF001 (as above)
    fetcher.MemoryRecords = _Batches  # the name that the fetcher calls


def repair_names(buffer: bytearray, start: int, read_varint: Varint) -> None:
    """Replace invalid bytes of header names by `?`, in the record that begins at `start`.

    The record keeps its length, so that nothing else in the batch moves. The format is that of
    https://kafka.apache.org/documentation/#record.
    """
    _, at = read_varint(buffer, start)  # the length of the record
    for _ in range(3):  # attributes, difference of time, difference of offset
        _, at = read_varint(buffer, at)
    for _ in range(2):  # key, value
        size, at = read_varint(buffer, at)
        at += max(size, 0)
    count, at = read_varint(buffer, at)
    for _ in range(count):
        size, at = read_varint(buffer, at)
        buffer[at : at + size] = _readable(bytes(buffer[at : at + size]))
        at += size
        size, at = read_varint(buffer, at)
        at += max(size, 0)


def _readable(name: bytes) -> bytes:
    """Return a name as it is if it is UTF-8, else with `?` for each byte that is no ASCII."""
    try:
        name.decode()
    except UnicodeDecodeError:
        return name.decode("ascii", "replace").encode("ascii", "replace")
    return name


def _tolerant(read: Callable[[Any], Any], read_varint: Varint) -> Callable[[Any], Any]:
    """Return a method that reads the next record of a batch, whatever its headers are called."""

    @wraps(read)
    def read_message(batch: Any) -> Any:
        try:
            return read(batch)
        except UnicodeDecodeError:
            batch._buffer = bytearray(batch._buffer)  # noqa: SLF001 (see the module)
            repair_names(batch._buffer, batch._pos, read_varint)  # noqa: SLF001 (as above)
            return read(batch)

    return read_message


class _Batches:
    """The batches of one fetch: aiokafka's own, each together with its bytes."""

    def __init__(self, data: bytes) -> None:
        self._batches: Any = MemoryRecords(data)
        self._data = data
        self._at = 0

    def size_in_bytes(self) -> int:
        """Return the bytes of all batches."""
        return int(self._batches.size_in_bytes())

    def has_next(self) -> bool:
        """Return whether there is another whole batch."""
        return bool(self._batches.has_next())

    def next_batch(self) -> Any:
        """Return the next batch, or None."""
        batch = self._batches.next_batch()
        if batch is None:
            return None
        (length,) = _LENGTH.unpack_from(self._data, self._at + _LENGTH_AT)
        begin, self._at = self._at, self._at + _OVERHEAD + length
        if self._data[begin + _MAGIC_AT] < _LATEST_FORMAT:
            return batch
        return _Batch(batch, memoryview(self._data)[begin : self._at])


class _Batch:
    """A batch that is read by aiokafka's compiled code, else by its slower Python code."""

    def __init__(self, batch: Any, data: memoryview) -> None:
        self._batch = batch
        self._data = data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __next__(self) -> Any:
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        last = -1
        try:
            for record in self._batch:
                last = record.offset
                yield record
        except ValueError:  # of which UnicodeDecodeError is a kind
            again: Any = aiokafka_records._DefaultRecordBatchPy(self._data)  # noqa: SLF001 (see the module)
            yield from (record for record in again if record.offset > last)
