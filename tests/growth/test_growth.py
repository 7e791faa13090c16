"""No function takes superlinear time or memory, whatever the shape of its input.

Every public function that takes external text is found by reflection (`functions`) and called with
texts of many shapes (`shapes`) at growing sizes. `make growth` does the same with larger texts and
with many more shapes.
"""

from collections.abc import Callable
from typing import Final

import pytest

from tests.growth.measure import Grown, growth
from tests.growth.subjects import Subject
from tests.growth.trial import complaints, params

SHOWN: Final = 8


@pytest.mark.parametrize("subject", params(queries=False))
def test_time_and_volume_grow_no_faster_than_the_input(subject: Subject) -> None:
    wrong = complaints(subject)

    assert not wrong, f"{subject.name}, {len(wrong)} shapes:\n" + "\n".join(wrong[:SHOWN])


def test_the_measure_tells_squares_from_lines() -> None:
    def line(size: int) -> Callable[[], object]:
        return lambda: [number * number for number in range(size * 4)]

    def square(size: int) -> Callable[[], object]:
        return lambda: [one for one in range(size // 4) for _ in range(size // 4)]

    def never_ends(size: int) -> Callable[[], object]:
        return lambda: [None for _ in iter(int, 1)] if size > 24 else None

    assert not _too_fast(growth(line, 65_536))
    assert _too_fast(growth(square, 8_192))
    assert _too_fast(growth(never_ends, 64))


def _too_fast(found: Grown | None) -> bool:
    return found is not None and found.too_fast
