"""Records that count only while the one that they were made of stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.ports import Received, Record
from pantau.stream.bases import BASIS_HEADER, basis_of, is_void, valid, with_basis
from pantau_schemas.topics import ALERTS, RULE_STATE


def record(value: str, key: str = "k", topic: str = RULE_STATE.name) -> Record:
    return Record(topic, key, value.encode())


@pytest.mark.parametrize("header", [None, "", "-1", "1.5", "x", "\u0663", "9" * 5_000])
def test_a_header_that_is_no_offset_makes_no_record_void(header: str | None) -> None:
    assert basis_of(header) is None
    assert not is_void(basis_of(header), 7)


def test_a_record_whose_basis_compaction_removed_counts() -> None:
    late = Received(with_basis(record("late"), 3), 9)
    assert list(valid([late])) == [late]


def test_keys_partitions_and_other_topics_do_not_matter_to_each_other() -> None:
    first = Received(record("one"), 0)
    beside = [Received(record("other", key="o"), 1), Received(record("one"), 5, partition=1)]
    thinned = Received(with_basis(record("thin"), 0), 6)
    other = Received(with_basis(record("alert", topic=ALERTS.name), 0), 7)
    again = Received(with_basis(record("alert", topic=ALERTS.name), 0), 8)
    given_ = [first, *beside, thinned, other, again]
    assert list(valid(given_)) == given_


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=30))
def test_nothing_that_the_owner_wrote_is_lost(steps: list[tuple[bool, int]]) -> None:
    """An owner counts up; a command takes what it read some records ago, and marks it.

    At the end the count is that of the owner, whatever came in between.
    """
    log: list[Received] = []
    count = 0
    for owner, ago in steps:
        if owner:
            count += 1
            made = record(f"{count}")
        else:
            known = list(valid(log[: max(0, len(log) - ago)]))
            if not known:
                continue
            read = known[-1]
            made = with_basis(record(f"{(read.record.value or b'').decode()}"), read.offset)
        log.append(Received(made, len(log)))
    standing = list(valid(log))
    assert all(one in log for one in standing)
    assert (standing[-1].record.value if standing else b"0") == f"{count}".encode()
    void = [one for one in log if one not in standing]
    assert all(BASIS_HEADER in one.record.headers for one in void)
