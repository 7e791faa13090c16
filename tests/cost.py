"""Processor time for tests that must not fail by chance.

A test compares costs of one function, or a cost with a loop of known length: how fast a machine is,
and who else works on it, then counts on both sides. Sizes are measured in turn, the least of each
counts, and what looks too dear is measured again, since other work only ever adds to a cost.
"""

import gc
import time
from collections.abc import Callable
from typing import Final

from tests.growth.measure import unit

ROUNDS: Final = 10
"""Measurements of each size at most."""
TRIFLE: Final = 0.02
"""Seconds of processor time that say nothing of growth."""

Prepare = Callable[[int], Callable[[], object]]
"""Prepares the call for an input of some length; only the call is measured."""


def seconds(call: Callable[[], object]) -> float:
    """Return the processor time of a call, without collections of other tests' garbage."""
    collecting = gc.isenabled()
    gc.disable()
    started = time.thread_time()
    try:
        call()
    finally:
        took = time.thread_time() - started
        if collecting:
            gc.enable()
    return took


def quickest(call: Callable[[], object], enough: float) -> float:
    """Return the least processor time of several calls, in seconds of a machine of usual speed.

    Measuring ends with the first that takes less than `enough`.
    """
    least = float("inf")
    for _ in range(ROUNDS):
        least = min(least, seconds(call) / unit())
        if least < enough:
            break
    return least


def excess(prepare: Prepare, length: int, *, times: int = 8, allowed: float = 2.5) -> float:
    """Return how many times more than linear an input costs that is `times` as long.

    1 for what is linear, `times` for what is square, 0 for what costs next to nothing. The figure
    is exact only above `allowed`: below, measuring ends at once.
    """
    short = long = float("inf")
    found = 0.0
    for _ in range(ROUNDS):
        short = min(short, seconds(prepare(length)))
        long = min(long, seconds(prepare(length * times)))
        found = long / (max(short, TRIFLE / times) * times) if long > TRIFLE else 0.0
        if found < allowed:
            break
    return found


def assert_linear(
    run: Callable[[str], object], make: Callable[[int], str], length: int, *, times: int = 8
) -> None:
    """Check that a longer text costs no more than in proportion to its length."""

    def prepare(size: int) -> Callable[[], object]:
        text = make(size)
        return lambda: run(text)

    found = excess(prepare, length, times=times)
    assert found < 2.5, f"{times} times the length costs {found * times:.1f} times the time"


def repeated(piece: str) -> Callable[[int], str]:
    """Return what makes texts of a length by repeating a piece."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]
