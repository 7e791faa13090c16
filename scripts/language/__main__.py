"""Check all modules of the project, and print the violations that no backlog allows."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scripts.language.check import Problem, problems, repeated_classes

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = ("services", "schemas")
ALL: Final = (*PROGRAM, "tests", "benchmarks", "scripts", "training", "fuzz")
BACKLOG: Final = Path(__file__).with_name("backlog.json")
"""Violations that are still there, by file: their number may only shrink."""


def main() -> int:
    """Print the violations; return 1 if there are any."""
    found = list(complaints())
    for one in found:
        print(one)  # noqa: T201 (the output is the purpose)
    return 1 if found else 0


def complaints() -> Iterator[str]:
    """Yield a line for every violation in files with more of them than their backlog.

    A file with fewer is reported as well, so that its backlog is lowered.
    """
    allowed: dict[str, int] = json.loads(BACKLOG.read_text(encoding="utf-8"))
    found = violations()
    counts = Counter(one.path for one in found)
    yield from (str(one) for one in found if counts[one.path] > allowed.get(one.path, 0))
    for path, most in allowed.items():
        if counts[path] < most:
            yield f"{path}: {counts[path]} violations, {most} in {BACKLOG.name}; lower it"


def violations() -> list[Problem]:
    """Return all violations, whatever the backlog allows."""
    return [*problems(sources(*ALL)), *repeated_classes(sources(*PROGRAM))]


def sources(*folders: str) -> dict[str, str]:
    """Return the modules of some folders: path to source text."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


if __name__ == "__main__":
    sys.exit(main())
