"""After a crash a stage takes fewer of the same records, until the culprit is alone."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.runtimes.batch_limiter import ENDS, GROUPS, BatchLimiter, Place, dump, load

BATCH = 200


def places(*offsets: int) -> list[Place]:
    return [("articles", 0, offset) for offset in offsets]


def test_without_an_end_all_that_is_asked_for_is_taken() -> None:
    assert BatchLimiter(BATCH).portion(places(*range(500))) == BATCH
    assert BatchLimiter(BATCH).portion(places(1)) == 1


def test_after_an_end_half_of_the_same_records_are_taken_and_then_half_of_what_is_left() -> None:
    caution = BatchLimiter(BATCH).ended(places(*range(200)))
    assert caution.portion(places(*range(300))) == 100
    caution = caution.succeeded(places(*range(100)), BATCH)
    assert caution.portion(places(*range(100, 300))) == 50
    caution = caution.ended(places(*range(100, 150)))
    assert caution.portion(places(*range(100, 300))) == 25
    assert caution.portion(places(*range(150, 300))) == caution.size, (
        "the others of that batch are cleared"
    )


def test_suspects_are_taken_apart_from_others() -> None:
    caution = BatchLimiter(BATCH).ended(places(5, 6))
    assert caution.portion(places(3, 4, 5, 6)) == 1, "after an end few at first"
    grown = caution.succeeded(places(1), BATCH).succeeded(places(2), BATCH)
    assert grown.portion(places(3, 4, 5, 6)) == 2
    assert grown.portion(places(5, 6, 7)) == 1


def test_after_success_as_many_as_before_are_taken_again() -> None:
    caution = BatchLimiter(BATCH).ended(places(*range(8)))
    sizes = []
    for start in range(0, 3_000, 100):
        taken = places(*range(start, start + 100))[
            : caution.portion(places(*range(start, start + 100)))
        ]
        caution = caution.succeeded(taken, BATCH)
        sizes.append(caution.size)
    assert sizes[-1] == BATCH


def test_a_record_is_condemned_when_it_was_alone_at_three_ends_in_a_row() -> None:
    caution = BatchLimiter(BATCH)
    for count in range(ENDS):
        assert not caution.condemns(places(7)[0]), count
        caution = caution.ended(places(7))
    assert caution.condemns(places(7)[0])
    assert caution.portion(places(7, 8)) == 1
    assert not caution.succeeded(places(7), BATCH).groups


def test_a_record_that_succeeds_in_between_is_not_condemned() -> None:
    caution = (
        BatchLimiter(BATCH)
        .ended(places(7))
        .ended(places(7))
        .succeeded(places(7), BATCH)
        .ended(places(7))
    )
    assert not caution.condemns(places(7)[0])


def test_ends_of_a_single_record_are_counted_through_ends_at_others() -> None:
    """On Kafka the records of several partitions come in another order after each start."""
    caution = (
        BatchLimiter(BATCH)
        .ended(places(7))
        .ended(places(7))
        .ended(places(100, 101, 102))
        .ended(places(7))
    )
    assert caution.condemns(places(7)[0])


def test_only_some_groups_are_remembered() -> None:
    caution = BatchLimiter(BATCH)
    for number in range(3 * GROUPS):
        caution = caution.ended(places(2 * number, 2 * number + 1))
    assert len(caution.groups) == GROUPS


def test_what_is_remembered_can_be_read_again() -> None:
    caution = BatchLimiter(7, BatchLimiter(9).ended(places(1, 2)).ended(places(5)).groups)
    note = json.loads(json.dumps(dump(caution, places(3, 4))))
    assert load(note, BATCH) == (caution, places(3, 4))
    assert load(note, 2)[0].size == 2, "the setting may have become smaller"


@pytest.mark.parametrize(
    "note", [None, [], {}, {"size": 1, "groups": [{}], "under_way": []}, {"size": "x"}]
)
def test_what_cannot_be_read_is_a_value_error(note: object) -> None:
    with pytest.raises(ValueError, match=r"caution|invalid"):
        load(note, BATCH)


@settings(deadline=None, max_examples=60)
@given(
    count=st.integers(1, 600),
    killers=st.sets(st.integers(0, 599), max_size=4),
    batch=st.integers(1, 250),
    before=st.booleans(),
)
def test_whatever_kills_is_found_and_everything_else_is_done(
    count: int, killers: set[int], batch: int, before: bool
) -> None:
    """A process dies at every portion with a killer in it.

    Positions are those of the last portion that was done.
    """
    killers = {one for one in killers if one < count}
    note = dump(BatchLimiter(batch), ())
    position, ends, done, given_up = 0, 0, set[int](), set[int]()
    while position < count:  # a process
        caution, under_way = load(json.loads(json.dumps(note)), batch)
        if under_way:
            caution = caution.ended(under_way)
        if before:  # something else is done first, as on Kafka
            other = [("articles", 1, ends)]
            caution = caution.succeeded(other[: caution.portion(other)], batch)
        while position < count:
            waiting = places(*range(position, min(count, position + batch)))
            taken = waiting[: caution.portion(waiting)]
            offsets = {offset for _, _, offset in taken}
            if len(taken) == 1 and caution.condemns(taken[0]):
                given_up |= offsets
            elif offsets & killers:
                note, ends = dump(caution, taken), ends + 1
                break
            else:
                done |= offsets
            caution = caution.succeeded(taken, batch)
            position += len(taken)
        assert ends <= len(killers) * (math.ceil(math.log2(batch)) + 1 + ENDS)
    assert given_up == killers
    assert done == set(range(count)) - killers
