"""Results that are written together are split where one of them is rejected."""

from pantau.keyed.results import Pair, apart
from pantau.ports import Received, Record


def read(offset: int, partition: int = 0) -> Received:
    return Received(Record("deliveries", f"k{offset}", b"{}"), offset, partition)


def pair(origin: Received, key: str) -> Pair:
    return origin, Record("dead-letters", key, b"x")


def test_results_of_one_record_stay_together() -> None:
    one = read(1)
    group = ([one], [pair(one, "a"), pair(one, "b")], 7)
    assert apart(group) == [group]
    assert apart(([one], [], 7)) == [([one], [], 7)]


def test_results_of_several_are_split_and_the_records_finished_last() -> None:
    one, two, other = read(1), read(2), read(1, partition=1)
    pairs = [pair(one, "a"), pair(two, "b"), pair(one, "c"), pair(other, "d")]
    assert apart(([one, two, other], pairs, 7)) == [
        ([], [pairs[0], pairs[2]], 7),
        ([], [pairs[1]], 7),
        ([], [pairs[3]], 7),
        ([one, two, other], [], 7),
    ]
