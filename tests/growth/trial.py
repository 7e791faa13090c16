"""A trial of a function with texts of every shape.

`make growth` takes larger texts and many more shapes.
"""

import os
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import pytest
from _pytest.mark.structures import ParameterSet

from tests.growth.given.shapes import (
    ORDINARY,
    Shape,
    blocks,
    filled,
    framed,
    pairs,
    shapes,
    some_shapes,
)
from tests.growth.known import REPAIRED_SOON
from tests.growth.measure import FACTOR, STEPS, TooLongError, growth, seconds, stopped_after
from tests.growth.subjects import KNOWN_ERRORS, Subject, subjects
from tests.growth.volume import volume

LONG: Final = os.environ.get("PANTAU_GROWTH") == "long"
SIZES: Final = (131_072, 65_536, 32_768, 16_384, 8_192) if LONG else (8_192, 4_096, 2_048)
"""Sizes in characters; the largest at which an ordinary text takes no more than `ORDINARY_SECONDS`.
"""
ORDINARY_SECONDS: Final = 0.01 if LONG else 0.001
SMALLEST: Final = 4_096 if LONG else 1_024
MOST_VOLUME: Final = 60
"""Maximum ratio of output to input characters."""
FREE_VOLUME: Final = 200_000
BUDGET_VOLUME: Final = 1_200_000
"""Characters below which growth is ignored.

The output that a function with a budget of its own may produce.
"""
QUERY_SETS: Final = 6
"""Sets of shapes that functions of queries share.

Parsing a query takes far longer than most functions that take one; a parsed one is kept
(`makers.query_of`) for all functions of the same set. `make growth` gives each function its own.
"""
PREPARING: Final = 10.0 if LONG else 1.0
"""Seconds that making the arguments may take."""


def params(*, queries: bool) -> list[ParameterSet]:
    """Return what is measured as parameters of a test: all that is about queries, or all else."""
    chosen = [
        one
        for one in subjects()
        if (one.kind == "query" or one.name.startswith("article ")) == queries
    ]
    return [
        pytest.param(
            one,
            id=one.name,
            marks=[pytest.mark.xfail(reason=REPAIRED_SOON[one.name])]
            if one.name in REPAIRED_SOON
            else [],
        )
        for one in chosen
    ]


def complaints(subject: Subject) -> list[str]:
    """Return a line for each shape with excessive time or output."""
    size = _size_for(subject)
    wrong: list[str] = []
    for shape in _shapes_for(subject):
        trial = Trial(subject, shape)
        found = growth(trial.prepare, size)
        if found is not None and found.too_fast:
            trial.wrong.append(str(found))
        trial.check_volume(size)
        wrong += [f"{shape.name[:80]}: {one}" for one in dict.fromkeys(trial.wrong)]
    return wrong


def _shapes_for(subject: Subject) -> list[Shape]:
    seed = _seed(subject)
    if LONG:
        most = 100 if subject.whole else 25
        base: Sequence[Shape] = shapes(subject.kind)
    else:
        most = 6 if subject.whole else 2
        base = shapes(subject.kind) if subject.whole else some_shapes(subject.kind, 36, seed)
    chosen = (
        pairs(subject.kind, most // 2, seed),
        blocks(subject.kind, most, seed),
    )
    return [*base, *chosen[0], *chosen[1], *framed(subject.kind, most, seed)]


def _seed(subject: Subject) -> str:
    """Return what the shapes of a subject are chosen by."""
    if LONG or subject.whole or subject.kind != "query":
        return subject.name
    return f"queries {zlib.crc32(subject.name.encode()) % QUERY_SETS}"


def _size_for(subject: Subject) -> int:
    for size in SIZES if subject.whole or LONG else SIZES[1:]:
        took = seconds(lambda size=size: _quietly(subject, filled(ORDINARY, size)), 10.0)  # type: ignore[misc]
        if took is not None and took <= ORDINARY_SECONDS:
            return size
    return SMALLEST


def _quietly(subject: Subject, text: str) -> None:
    with suppress(*KNOWN_ERRORS):
        subject.prepare(text)()


class Trial:
    """A subject with texts of one shape.

    Keeps the last result, and records problems.
    """

    def __init__(self, subject: Subject, shape: Shape) -> None:
        self._subject, self._shape = subject, shape
        self._last: tuple[int, object] = (0, None)
        self.wrong: list[str] = []

    def prepare(self, size: int) -> Callable[[], object]:
        """Return the call for a text of some characters."""
        text = self._shape.make(size)
        try:
            with stopped_after(PREPARING):
                call = self._subject.prepare(text)
        except (TooLongError, *KNOWN_ERRORS):
            return lambda: None  # what prepares it is measured by itself

        def run() -> None:
            try:
                self._last = len(text), call()
            except KNOWN_ERRORS:
                return
            except Exception as error:  # noqa: BLE001 - whatever it is, it is noted
                self.wrong.append(f"raises {type(error).__name__}: {str(error)[:80]}")

        return run

    def check_volume(self, size: int) -> None:
        """Check that the size of a result is in proportion to its text."""
        text, most = self._made(MOST_VOLUME)
        if most > max(MOST_VOLUME * text + FREE_VOLUME, BUDGET_VOLUME):
            self.wrong.append(f"{text:,} characters make more than {most:,}")
        elif most > BUDGET_VOLUME:
            self.prepare(size // STEPS)()
            shorter, less = self._made(MOST_VOLUME)
            if most > less * STEPS * FACTOR:
                self.wrong.append(
                    f"{shorter:,} characters make {less:,}, and {text:,} make {most:,}"
                )

    def _made(self, most: int) -> tuple[int, int]:
        text, result = self._last
        return text, volume(result, max(most * text + FREE_VOLUME, BUDGET_VOLUME) + 1)
