"""The measurement itself: what it stops, and what it may not take for growth."""

import time
from collections.abc import Callable

from tests.growth.given.pieces import PIECES
from tests.growth.given.shapes import blocks
from tests.growth.measure import growth, seconds, unit


def _work(seconds_of_work: float) -> None:
    end = time.thread_time() + seconds_of_work
    while time.thread_time() < end:
        pass


class _BusyAtItsEnd:
    """Spends time where an error cannot pass to the caller: as it is finalised."""

    def __del__(self) -> None:
        _work(0.05)


def _finalise_for_seconds() -> None:
    for _ in range(150):
        _BusyAtItsEnd()
        _work(0.02)


def test_a_call_that_is_interrupted_in_a_finaliser_is_still_stopped() -> None:
    start = time.thread_time()

    assert seconds(_finalise_for_seconds, 0.02) is None
    assert time.thread_time() - start < 5 * unit()  # of the 10 seconds that it would take


def test_what_a_budget_stops_is_measured_from_its_smallest_size_alone() -> None:
    asked: list[int] = []

    def limited(size: int) -> Callable[[], object]:
        asked.append(size)
        return lambda: _work(1e-5 * 2 ** min(size, 11))

    assert growth(limited, 512) is None
    assert 512 * 8 in asked
    assert 64 // 8 not in asked  # a fraction of the next size, at which it would be seen again


def test_blocks_repeat_at_every_size_that_is_compared() -> None:
    for kind in PIECES:
        for shape in blocks(kind, 50, "seed"):
            lengths = [len(shape.make(size)) for size in (128, 256, 512, 1_024)]
            assert lengths == sorted(set(lengths)), shape.name
