"""Records of one fetch are taken in portions by their size."""

from dataclasses import dataclass

import pytest

from pantau.adapters.kafka.group.bounded_fetch import take_within


@dataclass
class Fetched:
    value: bytes | None
    key: bytes | None = None


@pytest.mark.parametrize(
    ("sizes", "most", "max_bytes", "taken", "more"),
    [
        ([], None, 10, 0, False),
        ([3, 3, 3], None, 100, 3, False),
        ([3, 3, 3], None, 6, 2, True),
        ([3, 3, 3], 2, 100, 2, True),
        ([500, 1], None, 10, 1, True),  # a record larger than the limit comes alone
        ([0, 0, 0], None, 1, 3, False),
        ([9, 1, 1], None, 10, 2, True),
    ],
)
def test_portions(
    sizes: list[int], most: int | None, max_bytes: int, taken: int, *, more: bool
) -> None:
    records = iter([Fetched(b"x" * size) for size in sizes])
    found, left = take_within(records, most, max_bytes)
    assert (len(found), left) == (taken, more)
    assert len(list(records)) == len(sizes) - taken


def test_keys_count_and_tombstones_are_taken() -> None:
    found, left = take_within(iter([Fetched(None, b"k" * 10), Fetched(b"v")]), None, 10)
    assert (len(found), left) == (1, True)
