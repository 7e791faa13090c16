"""Check all modules of the project, and print the violations."""

import sys
from pathlib import Path
from typing import Final

from scripts.language.check import Problem, problems, repeated_classes

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = ("services", "schemas")
ALL: Final = (*PROGRAM, "tests", "benchmarks", "scripts", "training", "fuzz")


def main() -> int:
    """Print the violations; return 1 if there are any."""
    found = violations()
    for one in found:
        print(one)  # noqa: T201 (the output is the purpose)
    return 1 if found else 0


def violations() -> list[Problem]:
    """Return all violations."""
    return [*problems(sources(*ALL)), *repeated_classes(sources(*PROGRAM))]


def sources(*folders: str) -> dict[str, str]:
    """Return the modules of some folders: path to source text."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


if __name__ == "__main__":
    sys.exit(main())
