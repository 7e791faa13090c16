"""Which partitions a table holds, and how it drops others. No server."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pantau.adapters.kafka.tables import replica as replica_module
from pantau.adapters.kafka.tables.partitions import Followed, Leaving, needed, settled
from pantau.adapters.kafka.tables.replica import Replica, ReplicaRow

THERE = frozenset(range(4))


def followed(*partitions: int, count: int = 4) -> Followed:
    return Followed(frozenset(partitions), count)


class TestNeeded:
    def test_all_without_followers(self) -> None:
        assert needed({}, THERE, 4) == THERE

    def test_nothing_before_a_group_is_joined(self) -> None:
        assert needed({"a": Followed()}, THERE, 4) == frozenset()
        assert not settled({"a": Followed(), "b": followed(1)})

    def test_what_any_follower_needs(self) -> None:
        assert needed({"a": followed(0, 1), "b": followed(1, 3)}, THERE, 4) == {0, 1, 3}
        assert settled({"a": followed(), "b": followed(1)})

    @pytest.mark.parametrize(("count", "expected"), [(3, 4), (5, 4), (4, 3), (5, 5)])
    def test_all_where_the_numbers_differ(self, count: int, expected: int) -> None:
        assert needed({"a": followed(1, count=count)}, THERE, expected) == THERE

    def test_a_follower_with_another_number_makes_it_whole_for_all(self) -> None:
        assert needed({"a": followed(1), "b": followed(2, count=6)}, THERE, 4) == THERE


class TestLeaving:
    def test_only_what_was_unwanted_for_long_enough(self) -> None:
        leaving = Leaving(10.0)
        assert leaving.due({0, 1, 2}, {0, 1}, 0.0) == frozenset()
        assert leaving.due({0, 1, 2}, {0}, 5.0) == frozenset()
        assert leaving.due({0, 1, 2}, {0}, 10.0) == {2}
        assert leaving.due({0, 1}, {0}, 15.0) == {1}

    def test_what_is_wanted_again_begins_anew(self) -> None:
        leaving = Leaving(10.0)
        leaving.due({0}, (), 0.0)
        leaving.due({0}, {0}, 9.0)
        assert leaving.due({0}, (), 10.0) == frozenset()
        assert leaving.due({0}, (), 20.0) == {0}


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with closing(Replica(tmp_path / "rows.db")) as opened:
        yield opened


def fill(replica: Replica, partition: int, count: int, first: int = 0) -> None:
    rows = [
        ReplicaRow(f"p{partition}-{number}", b"x" * 500, number, partition, number)
        for number in range(first, first + count)
    ]
    replica.take(rows, {partition: first + count})


class TestReplica:
    def test_rows_go_in_portions_while_others_come(
        self, replica: Replica, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(replica_module, "SWEPT", 7)
        for partition in (0, 1, 0):
            fill(replica, partition, 20, first=replica.next_offsets.get(partition, 0))
        replica.leave([0, 5])
        assert dict(replica.next_offsets) == {1: 20}
        portions = 0
        while replica.sweep():
            portions += 1
            fill(replica, 1, 1, first=19 + portions)
        assert portions >= 60 // 7
        assert {key[:2] for key in replica.snapshot().values} == {"p1"}
        assert replica.count() == 20 + portions
        assert not replica.sweep()

    def test_an_interrupted_removal_is_ended_before_the_partition_is_read_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(replica_module, "SWEPT", 7)
        with closing(Replica(tmp_path / "rows.db")) as first:
            fill(first, 0, 20)
            fill(first, 1, 20)
            first.leave([0])
            assert first.sweep()
        with closing(Replica(tmp_path / "rows.db")) as again:
            assert dict(again.next_offsets) == {1: 20}
            again.require_swept([1])
            assert again.count() > 20, "that one is not about to be read"
            again.require_swept([0])
            assert again.count() == 20
            fill(again, 0, 3)
            assert again.count() == 23
            assert dict(again.next_offsets) == {0: 3, 1: 20}

    def test_the_file_becomes_smaller(self, replica: Replica, tmp_path: Path) -> None:
        for partition in (0, 1):
            fill(replica, partition, 2_000)
        replica.leave([0])
        before = _size(tmp_path)
        while replica.sweep():
            pass
        assert _size(tmp_path) < 0.7 * before


def _size(folder: Path) -> int:
    path = folder / "rows.db"
    with closing(Replica(path)) as other:
        other._database.empty_journal()
    return path.stat().st_size
