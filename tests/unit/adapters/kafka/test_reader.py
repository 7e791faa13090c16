"""Decisions of a topic's reader without a broker: the order of records, and when to report."""

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition

from pantau.adapters.kafka.client import decode_headers, header
from pantau.adapters.kafka.tables.reader import ReadProgress, in_time
from pantau.adapters.kafka.tables.replica import ReplicaRow


@dataclass(frozen=True)
class Read:
    """The fields of a `ConsumerRecord` that are used."""

    offset: int
    timestamp: int
    key: bytes | None = b"k"
    value: bytes | None = b"v"
    headers: tuple[tuple[str, bytes], ...] = ()


def batches(times: Mapping[int, list[int]]) -> dict[TopicPartition, list[Read]]:
    return {
        TopicPartition("t", partition): [Read(offset, at) for offset, at in enumerate(given)]
        for partition, given in times.items()
        if given
    }


class TestOrder:
    @given(st.dictionaries(st.integers(0, 4), st.lists(st.integers(0, 9), max_size=8), max_size=5))
    def test_records_of_a_partition_keep_their_order_whatever_the_clocks_say(
        self, times: dict[int, list[int]]
    ) -> None:
        rows = in_time(batches(times))
        for partition, stamps in times.items():
            mine = [(row.offset, row.written) for row in rows if row.partition == partition]
            assert mine == list(enumerate(stamps))
        assert len(rows) == sum(map(len, times.values()))

    @given(
        st.dictionaries(
            st.integers(0, 4), st.lists(st.integers(0, 9), max_size=8).map(sorted), max_size=5
        )
    )
    def test_where_clocks_agree_all_is_in_time(self, times: dict[int, list[int]]) -> None:
        written = [row.written for row in in_time(batches(times))]
        assert written == sorted(written)

    def test_a_record_is_taken_as_it_is(self) -> None:
        place = TopicPartition("t", 3)
        given = [Read(7, 1000, "kunci-é".encode(), None), Read(9, 1001, None, b"")]
        assert in_time({place: given}) == [
            ReplicaRow("kunci-é", None, 1000, 3, 7),
            ReplicaRow("", b"", 1001, 3, 9),
        ]


class TestProgress:
    def test_a_quick_reading_is_not_worth_a_word(self) -> None:
        progress = ReadProgress({}, {0: 10}, every_seconds=2, now=100)
        assert progress.news({0: 5}, 101, over=False) is None
        assert progress.news({0: 10}, 101.9, over=True) is None

    def test_a_long_one_is_told_now_and_then_and_at_its_end(self) -> None:
        progress = ReadProgress({0: 100}, {0: 200, 1: 100}, every_seconds=2, now=100)
        assert progress.news({0: 150}, 102, over=False) == "reading: 25% of 200 records"
        assert progress.news({0: 200, 1: 50}, 103, over=False) is None
        assert progress.news({0: 200, 1: 100}, 103, over=True) == "200 records read in 3.0 s"
        assert progress.news({0: 300, 1: 100}, 200, over=True) is None


@given(
    st.lists(
        st.tuples(st.sampled_from(("pantau_basis", "ce_id")), st.none() | st.binary(max_size=3)),
        max_size=4,
    )
)
def test_one_header_is_the_same_by_itself_as_among_all(
    headers: list[tuple[str, bytes | None]],
) -> None:
    assert header(headers, "pantau_basis") == decode_headers(headers).get("pantau_basis")
