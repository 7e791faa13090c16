"""Compiled code unpacks the records of a fetch as kafka-python's own code does."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from kafka import TopicPartition
from kafka.consumer.fetcher import Fetcher
from kafka.errors import CorruptRecordError
from kafka.record.default_records import DefaultRecordBatchBuilder
from kafka.record.legacy_records import LegacyRecordBatchBuilder
from kafka.record.memory_records import MemoryRecords
from kafka.record.util import calc_crc32c, encode_varint

from pantau.adapters.kafka.group import compiled_records
from pantau.adapters.kafka.header_names import be_tolerant

TP = TopicPartition("alerts", 3)
CODECS = range(5)
"""None, gzip, snappy, lz4 and zstd, as Kafka numbers them."""
Row = tuple[int, bytes | None, bytes | None, list[tuple[Any, bytes | None]]]


class NoUtf8(str):
    """A header name whose bytes are not UTF-8, as other programs write it."""

    __slots__ = ()

    def encode(self, *_: Any, **__: Any) -> bytes:
        return str.encode(self) + b"\xff\xfe"


def batch(rows: list[Row], codec: int = 0, first: int = 0, attributes: int = 0) -> bytes:
    """Return a batch as the broker keeps it: with the offset of its first record."""
    built = DefaultRecordBatchBuilder(2, codec, False, -1, -1, -1, 10**9)
    for number, (time, key, value, headers) in enumerate(rows):
        built.append(number, time, key, value, headers)
    data = bytearray(built.build())
    data[0:8] = first.to_bytes(8, "big")
    if attributes:
        data[22] |= attributes  # the checksum of these is not verified
    return bytes(data)


class Unpacked:
    """The records that a consumer gets of one fetch, and where it would go on."""

    def __init__(
        self, data: bytes, unpack: Any, at: int = 0, *, check: bool = True, take: int | None = None
    ) -> None:
        self.drained = 0
        part = Fetcher.PartitionRecords.__new__(Fetcher.PartitionRecords)
        plain = Fetcher.PartitionRecords._unpack_records
        Fetcher.PartitionRecords._unpack_records = unpack
        try:
            part.__init__(at, TP, MemoryRecords(data), check_crcs=check, on_drain=self._drain)
        finally:
            Fetcher.PartitionRecords._unpack_records = plain
        self.rows = [
            (one[:7], one.key, one.value, one.headers, one.checksum) for one in part.take(take)
        ]
        self.next = part.next_fetch_offset
        self.epoch = part.leader_epoch
        self.read = part.records_read

    def _drain(self, _: Any) -> None:
        self.drained += 1


PLAIN = Fetcher.PartitionRecords._unpack_records


def compiled(part: Any, tp: Any, records: Any, key: Any, value: Any) -> Any:
    assert key is None
    assert value is None
    return compiled_records._unpack(part, tp, records)


def same(data: bytes, at: int = 0, *, check: bool = True, take: int | None = None) -> Unpacked:
    """Return the result of both ways of unpacking, which must agree."""
    be_tolerant()
    ours, theirs = (Unpacked(data, one, at, check=check, take=take) for one in (compiled, PLAIN))
    assert vars(ours) == vars(theirs)
    return ours


names = some.text(max_size=8) | some.text(max_size=4).map(NoUtf8)
rows = some.lists(
    some.tuples(
        some.integers(0, 2**42),
        some.none() | some.binary(max_size=20),
        some.none() | some.binary(max_size=200),
        some.lists(some.tuples(names, some.none() | some.binary(max_size=9)), max_size=3),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40)
@given(
    some.lists(some.tuples(rows, some.sampled_from(CODECS)), min_size=1, max_size=4), some.data()
)
def test_whatever_the_records_both_give_the_same(
    batches: list[tuple[list[Row], int]], data: some.DataObject
) -> None:
    whole, first = b"", 0
    for one, codec in batches:
        whole += batch(one, codec, first)
        first += len(one) + data.draw(some.integers(0, 3))  # a gap, as compaction leaves it
    at = data.draw(some.integers(0, first))
    take = data.draw(some.none() | some.integers(1, 9))
    same(whole, at, take=take)


@pytest.mark.parametrize("codec", CODECS)
def test_the_records_of_every_codec_are_unpacked(codec: int) -> None:
    given_rows: list[Row] = [
        (5, b"k%d" % one, b"v" * 500, [("nama", b"1"), (NoUtf8("n"), b"2")]) for one in range(3)
    ]
    found = same(batch(given_rows, codec, 40), 41)
    assert [key for _, key, *_ in found.rows] == [b"k1", b"k2"]
    assert found.rows[0][3] == [("nama", b"1"), ("n??", b"2")]
    assert (found.next, found.drained) == (43, 1)


def test_marks_of_transactions_are_passed_over() -> None:
    row: Row = (5, b"\0\0\0\1", b"\0" * 6, [])
    whole = batch([(1, b"a", b"1", [])]) + batch([row], first=1, attributes=0x20)
    found = same(whole + batch([(1, b"b", b"2", [])], first=2), check=False)
    assert [key for _, key, *_ in found.rows] == [b"a", b"b"]
    assert found.next == 3
    assert same(whole, check=False).next == 2


def test_times_of_the_broker_count_where_the_topic_says_so() -> None:
    whole = batch([(5, b"a", b"1", []), (9, b"b", b"2", [])], attributes=0x08)
    assert [row[0][4:6] for row in same(whole, check=False).rows] == [(9, 1), (9, 1)]


def test_records_of_the_former_format_are_left_to_the_library() -> None:
    built = LegacyRecordBatchBuilder(1, 0, 10**6)
    for number in range(3):
        built.append(number, 7, b"k%d" % number, b"v")
    assert [key for _, key, *_ in same(bytes(built.build())).rows] == [b"k0", b"k1", b"k2"]


@pytest.mark.parametrize("unpack", [compiled, PLAIN])
def test_a_wrong_checksum_is_an_error(unpack: Any) -> None:
    whole = bytearray(batch([(5, b"a", b"1", [])]))
    whole[-2] ^= 1
    with pytest.raises(CorruptRecordError):
        Unpacked(bytes(whole), unpack)


def forged(lengths: tuple[int, int], codec: int = 0) -> bytes:
    """Return a batch of one record, whose key and value are not as long as it says."""
    fields = bytearray(3)  # attributes, time and offset
    for length in (*lengths, 0):
        encode_varint(length, fields.append)
    record = bytearray()
    encode_varint(len(fields), record.append)
    made = bytearray(batch([(5, b"a", b"1", [])])[:61]) + record + fields
    made[8:12] = (len(made) - 12).to_bytes(4, "big")
    made[22] |= codec
    made[17:21] = calc_crc32c(bytes(made[21:])).to_bytes(4, "big")
    return bytes(made)


@pytest.mark.parametrize("unpack", [compiled, PLAIN])
@pytest.mark.parametrize("lengths", [(2**63 - 1, 1), (2**63 - 200, 1), (-1, 2**63 - 1), (9, 9)])
def test_a_record_that_says_a_wrong_length_is_corrupt(
    unpack: Any, lengths: tuple[int, int]
) -> None:
    with pytest.raises(CorruptRecordError):
        Unpacked(forged(lengths), unpack)


@pytest.mark.parametrize("codec", CODECS[1:])
def test_what_cannot_be_decompressed_fails_as_in_the_library(codec: int) -> None:
    fails = []
    for unpack in (compiled, PLAIN):
        with pytest.raises(Exception) as error:  # noqa: PT011 (each codec has its own)
            Unpacked(forged((9, 9), codec=codec), unpack)
        fails.append(error.type)
    assert fails[0] is fails[1]
