"""Tests fail for a fault alone, never because the machine is slow or busy."""

import os
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

import hypothesis
import pytest
from hypothesis import strategies as st

TESTS: Final = Path(__file__).parents[1]
SHORTEST: Final = 60.0
"""Seconds that a wait for what comes may take at least before it counts as a failure."""
CLOCKS: Final = re.compile(
    r"\b(?:process_time|perf_counter)\(|\btime\.thread_time\(\) - \w+ <(?!.*\bunit\(\))"
)
MEASURES: Final = {"cost.py", "growth/measure.py", "unit/test_no_chance.py"}
"""Where processor time is measured, or words for it stand."""
IN_A_PROGRAM: Final = {"unit/enricher/linking/test_toponyms.py"}
"""Where it is measured in a program of its own, and compared with the speed of the machine."""
LIMITS: Final = re.compile(
    r"asyncio\.timeout\((?P<block>[\d.]+)\)|asyncio\.wait_for\(.*, (?P<wait>[\d.]+)\)"
    r"|\.wait\((?P<event>[1-9][\d.]*)\)|\bjoin\((?P<thread>[1-9][\d.]*)\)"
)
MARK: Final = "pytest.mark."
NAMED_MARK: Final = re.compile(r"^(\w+) = pytest\.mark\.", re.MULTILINE)
DEFINITION: Final = re.compile(r" *(?:async )?(?:def|class) (\w+)")


def sources() -> dict[str, str]:
    return {
        path.relative_to(TESTS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(TESTS.rglob("*.py"))
    }


def racing_clocks(source: str) -> list[str]:
    """Return the lines that compare processor time with a number of seconds."""
    return [line.strip() for line in source.splitlines() if CLOCKS.search(line)]


def short_limits(source: str) -> list[str]:
    """Return the lines that wait for something, and only for a few seconds."""
    return [
        line.strip()
        for line in source.splitlines()
        for found in LIMITS.finditer(line)
        if float(next(filter(None, found.groups()))) < SHORTEST
    ]


def stray_marks(source: str) -> list[str]:
    """Return the helpers that a mark stands above, which has no effect there."""
    if MARK not in source:
        return []
    marks = tuple(f"@{one}" for one in (MARK, *NAMED_MARK.findall(source)))
    stray, is_marked = [], False
    for line in source.splitlines():
        if line.lstrip().startswith(marks):
            is_marked = True
        elif is_marked and (found := DEFINITION.match(line)):
            is_marked = False
            if not found[1].lower().startswith("test"):
                stray.append(found[1])
    return stray


@pytest.mark.parametrize(
    "line",
    ["began = time.process_time()", "x = perf_counter()", "assert time.thread_time() - start < 5"],
)
def test_clocks_are_found(line: str) -> None:
    assert racing_clocks(line)


@pytest.mark.parametrize(
    "line",
    [
        "async with asyncio.timeout(10):",
        "await asyncio.wait_for(done.wait(), 20)",
        "assert ended.wait(5)",
        "thread.join(5)",
    ],
)
def test_short_limits_are_found(line: str) -> None:
    assert short_limits(line)


@pytest.mark.parametrize(
    "line",
    [
        "async with asyncio.timeout(SOON):",
        "async with asyncio.timeout(120):",
        "assert not ended.wait(0)",
        "thread.join()",
        "assert time.thread_time() - start < 5 * unit()",
    ],
)
def test_what_a_slow_machine_keeps_is_allowed(line: str) -> None:
    assert racing_clocks(line) + short_limits(line) == []


def test_no_test_depends_on_the_speed_of_the_machine() -> None:
    found = {
        path: racing_clocks(source)
        for path, source in sources().items()
        if path not in MEASURES | IN_A_PROGRAM
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_test_waits_for_a_few_seconds_only() -> None:
    found = {
        path: short_limits(source)
        for path, source in sources().items()
        if path != "unit/test_no_chance.py"
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_mark_above_a_helper_is_found() -> None:
    slow = f"slow = {MARK}slow\n"
    assert stray_marks(f"@{MARK}slow\n@other(\n    1,\n)\ndef wait() -> None:") == ["wait"]
    assert stray_marks(f"{slow}\n@slow\nasync def wait() -> None:") == ["wait"]
    assert stray_marks(f"{slow}\n@slow\ndef test_it() -> None:\n    def wait() -> None:") == []
    assert stray_marks(f"{slow}@slow\nclass TestIt:\n    def wait(self) -> None:") == []


def test_marks_stand_above_tests_alone() -> None:
    """A helper that is written between a test and its marks takes them away from it."""
    found = {
        path: stray_marks(source)
        for path, source in sources().items()
        if path != "unit/test_no_chance.py"
    }
    assert {path: names for path, names in found.items() if names} == {}


def drawn() -> list[int]:
    """Return the examples of a property."""
    found: list[int] = []

    @hypothesis.given(st.integers())
    def draw(one: int) -> None:
        found.append(one)

    draw()
    return found


def test_no_property_fails_for_the_time_that_it_takes() -> None:
    used = hypothesis.settings.default
    assert used is not None
    assert used.deadline is None
    assert hypothesis.HealthCheck.too_slow in used.suppress_health_check


@pytest.mark.skipif(os.environ.get("PANTAU_DRAW") == "other", reason="other examples are drawn")
def test_examples_are_the_same_whatever_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hypothesis draws constants of modules that are there, such as those of this one."""
    before = drawn()
    module = ModuleType("loaded_elsewhere")
    module.__file__ = str(tmp_path / "loaded_elsewhere.py")
    constants = "\n".join(f"x{number} = {10**9 + number}" for number in range(100))
    Path(module.__file__).write_text(constants, encoding="utf-8")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert drawn() == before
