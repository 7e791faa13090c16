"""CPU time of a call as its input grows, and whether it grows faster than the input.

Only ratios of CPU time decide, of the same call on the same machine a moment apart; times below a
floor never do. Suspicious results are measured again, and the minimum of several counts, so that
other load on the machine makes no test fail.
"""

import gc
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from itertools import pairwise
from types import FrameType
from typing import Final

STEPS: Final = 8
"""An input is measured at its size and at this fraction of it."""
FACTOR: Final = 2.5
"""How much faster than its input the time may grow, over `STEPS`.

N log n comes to 1.4, squares to 8.
"""
STEEP: Final = 2.6
"""The growth for a doubled input above which it counts as superlinear.

In two of three doublings.
"""
FLOOR: Final = 0.006
"""Seconds below which a time says nothing."""
SLOWEST: Final = 40e-6
"""Seconds that each character of an input may take, on a machine that `unit` measures as 1."""
LEAST_LIMIT: Final = 0.25
"""Seconds that every call may take, however short its input."""
BUDGET: Final = 1.5
"""Seconds that a function with a budget of its own may spend, however much it grows until then."""
FLAT: Final = 1.8
"""How much longer the largest input may take than shorter ones where a budget stopped the growth.
"""
CLEAR: Final = 3
"""Measurements at twice `FLAT` after which it is certain that nothing stopped the growth."""
AGAIN_AFTER: Final = 0.001
"""Seconds of processor time after which an error that was lost is raised again."""
AGAIN: Final = 8
"""Measurements of what is suspicious, at most; the least counts, and measuring ends when it is not
suspicious any more.
"""
PARTS: Final = (8, 4, 2, 1)
"""Fractions of a size at which a suspicious call is measured, in turn."""

Work = Callable[[int], Callable[[], object]]
"""Prepares the call for an input of some characters; only the call is measured."""


class TooLongError(BaseException):
    """A call exceeded its CPU time limit.

    No `except Exception` of the program may catch it.
    """


@dataclass(frozen=True, slots=True)
class Grown:
    """How a call grew: seconds at an eighth, a quarter, half of a size, and at the size.

    None where it was stopped.
    """

    size: int
    times: tuple[float | None, ...]

    @property
    def ratio(self) -> float:
        """How often the time at an eighth goes into the time at the size."""
        small, large = self.times[0], self.times[-1]
        return float("inf") if large is None else large / max(small or LEAST_LIMIT, 1e-6)

    @property
    def too_fast(self) -> bool:
        """True if it grows superlinearly, beyond the factor, and not by a single step."""
        large = self.times[-1]
        if large is None:
            return True
        known = [time or LEAST_LIMIT for time in self.times]
        steep = sum(later > STEEP * earlier for earlier, later in pairwise(known))
        return large > FLOOR and self.ratio > STEPS * FACTOR and steep >= 2

    def __str__(self) -> str:
        """Write the figures for people."""
        sizes = (self.size // part for part in (8, 4, 2, 1))
        parts = [
            f"{size:,} characters " + ("stopped" if time is None else f"{time * 1e3:.2f} ms")
            for size, time in zip(sizes, self.times, strict=True)
        ]
        return ", ".join(parts)


FIRST_SIZES: Final = (24, 64)
"""Sizes that are measured before the large one.

Exponential time shows there, and would not end later.
"""


def growth(work: Work, size: int) -> Grown | None:
    """Measure a call at some sizes.

    None if it grows no faster than its input, as far as can be measured.
    """
    bounded: list[int] = []

    def is_bounded(start: int) -> bool:
        if _is_bounded(work, start, size):
            bounded.append(start)
        return bool(bounded)

    for one in (*FIRST_SIZES, size):
        found = _growth_at(work, one, is_bounded)
        if found is not None and found.too_fast and not is_bounded(found.size):
            return found
        # What is bounded from a size on was measured at all larger ones: they tell nothing new, and
        # take a budget each.
        if bounded:
            return None
    return None


def _is_bounded(work: Work, size: int, most: int) -> bool:
    """Return whether a limit or budget of the function stops the growth before `BUDGET`."""
    highest, most = 0.0, most * STEPS
    while size < most:
        time = seconds(work(size), BUDGET * unit())
        if time is None:
            return False
        highest = max(highest, time)
        size *= 2
    beyond = 0  # measurements that no other load on the machine explains
    for _ in range(AGAIN):
        last = seconds(work(most), BUDGET * unit())
        if last is not None and last <= max(highest * FLAT, FLOOR):
            return True
        beyond += (last or BUDGET * unit()) > 2 * FLAT * highest
        if beyond == CLEAR:
            break
    return False


def _growth_at(work: Work, size: int, is_bounded: Callable[[int], bool]) -> Grown | None:
    """Measure at one size, and a long time at fractions of it.

    Steep results are measured again, unless a budget of the function stops the growth: to see that
    takes a few measurements, and it would be as steep each time.
    """
    large = _seconds(work, size)
    if large is not None and large <= FLOOR:
        return None
    small = _seconds(work, size // STEPS)
    if large is not None and small is not None and large <= small * STEPS * FACTOR:
        return None
    found = Grown(size, tuple(_seconds(work, size // part) for part in PARTS))
    if found.too_fast and is_bounded(size):
        return None
    found = _again(work, size, found)
    return (_shorter(work, size, is_bounded) or found) if found.times[-1] is None else found


def _again(work: Work, size: int, found: Grown) -> Grown:
    """Measure all sizes in turn, as long as the least of their times are suspicious.

    Other work on the machine slows some measurements down, but not each one of a size. A call that
    is stopped three times is not tried again.
    """
    for round_ in range(AGAIN):
        if not found.too_fast or (found.times[-1] is None and round_ >= 2):
            break
        again = tuple(_seconds(work, size // part) for part in PARTS)
        found = Grown(size, tuple(map(_least, found.times, again)))
    return found


def _least(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return one if other is None else other
    return min(one, other)


def _seconds(work: Work, size: int) -> float | None:
    """Measure a call with the time limit of its size.

    A call that is stopped may have met a moment in which the machine is slower than at the start.
    """
    time = seconds(work(size), limit(size))
    if time is None and look_again():
        time = seconds(work(size), limit(size))
    return time


def _shorter(work: Work, size: int, is_bounded: Callable[[int], bool]) -> Grown | None:
    """Measure the growth of a stopped call with shorter inputs, to get figures."""
    for part in (2, 4, 8, 16, 32, 64, 128):
        large = _seconds(work, size // part)
        if large is not None:
            return _growth_at(work, size // part, is_bounded) if large > FLOOR else None
    return None


def limit(size: int) -> float:
    """Return the seconds after which a call is stopped."""
    return max(LEAST_LIMIT, SLOWEST * size) * unit()


_unit: list[float] = []


def unit() -> float:
    """Return how slow this machine is: 1 where a million turns of an empty loop take 20 ms."""
    if not _unit:
        look_again()
    return max(_unit)


def look_again() -> bool:
    """Measure the machine again; return whether it is notably slower than ever before."""
    times = []
    for _ in range(3):
        start = time.thread_time()
        for _ in range(1_000_000):
            pass
        times.append(time.thread_time() - start)
    before = max(_unit, default=1.0)
    _unit.append(max(before, min(times) / 0.02))
    return _unit[-1] > 1.2 * before


def seconds(call: Callable[[], object], most: float) -> float | None:
    """Return the CPU time of a call with empty caches; None beyond `most` seconds."""
    forget()
    gc.disable()
    start = time.thread_time()
    try:
        with stopped_after(most):
            call()
    except TooLongError:
        return None
    finally:
        gc.enable()
    return time.thread_time() - start


@contextmanager
def stopped_after(most: float) -> Iterator[None]:
    """Raise TooLongError in this thread after some processor time of the process.

    Regular expressions and the interpreter look for signals as they go; other C code is stopped at
    its end. An error raised where none can pass, as a generator is finalised, is lost to the
    caller: it is raised again a moment later, and is no finding of the test that runs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    report = sys.unraisablehook

    def lost(unraisable: "sys.UnraisableHookArgs") -> None:
        if isinstance(unraisable.exc_value, TooLongError):
            signal.setitimer(signal.ITIMER_PROF, AGAIN_AFTER)
        else:
            report(unraisable)

    before = signal.signal(signal.SIGPROF, stop)
    sys.unraisablehook = lost
    signal.setitimer(signal.ITIMER_PROF, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        sys.unraisablehook = report


_caches: "list[_lru_cache_wrapper[object]]" = []


def forget() -> None:
    """Clear caches of texts, so that a second measurement is equivalent."""
    if not _caches:
        _caches.extend(
            one for one in _all_caches() if one.cache_parameters()["maxsize"] is not None
        )
    for cache in _caches:
        cache.cache_clear()


def forget_everything() -> None:
    """Clear all caches, including tables, so that every function is called again."""
    for cache in _all_caches():
        cache.cache_clear()


def _all_caches() -> "list[_lru_cache_wrapper[object]]":
    found = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    return [one for one in found if getattr(one, "__module__", "").startswith("pantau")]
