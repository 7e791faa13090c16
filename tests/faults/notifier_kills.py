"""Kill the notifier at random statements, again and again, and compare with an undisturbed run.

    python -m tests.faults.notifier_kills [--kills 50] [--seed 1]   (`make faults-notifier`)

Every file must hold the same messages as without kills, none missing, none more; a message that was
written twice has the same id and says the same. See `tests.faults.killed_notifier`.
"""

import argparse
import asyncio
import json
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.faults.killed_notifier import RULES, play

SPAN: Final = 600
"""A process is killed within so many statements; a whole run takes about four times as many."""
LIMIT_SECONDS: Final = 120.0


@dataclass
class KilledRun:
    """The result of one run: how often it was killed, and where it differs from the reference."""

    kills: int = 0
    repeats: int = 0
    wrong: list[str] = field(default_factory=list)


def messages(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the lines of each channel's file; an interrupted line counts as none."""
    return {name: lines_of(folder / f"{name}.jsonl") for name in RULES}


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the whole lines of a channel's file; none while there is no file."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def undisturbed(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Run without kills, in this process; return what was sent."""
    asyncio.run(play(folder))
    return messages(folder)


def run_killed(
    folder: Path, reference: dict[str, list[dict[str, Any]]], chance: random.Random, kills: int
) -> KilledRun:
    """Run with at most so many kills, then to the end; compare with the reference."""
    result = KilledRun()
    ended = False
    while not ended:
        at = [str(chance.randrange(1, SPAN))] if result.kills < kills else []
        code = subprocess.run(
            [sys.executable, "-m", "tests.faults.killed_notifier", str(folder), *at],
            capture_output=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        if code.returncode == -signal.SIGKILL:
            result.kills += 1
        elif code.returncode:
            result.wrong.append(code.stderr.decode()[-2_000:])
            return result
        else:
            ended = True
    compare(result, messages(folder), reference)
    return result


def compare(
    result: KilledRun,
    came: dict[str, list[dict[str, Any]]],
    reference: dict[str, list[dict[str, Any]]],
) -> None:
    """Add what is missing, what came beyond it, and what came twice under different ids."""
    for name, expected in reference.items():
        by_id: dict[str, set[str]] = {}
        for one in came[name]:
            by_id.setdefault(one["delivery_id"], set()).add(_content(one))
        result.repeats += len(came[name]) - len(by_id)
        result.wrong += [
            f"{name}: the id {one} came with {len(said)} contents"
            for one, said in by_id.items()
            if len(said) > 1
        ]
        told = Counter(said for contents in by_id.values() for said in contents)
        due = Counter(map(_content, expected))
        result.wrong += [f"{name}: lost {one[:200]}" for one in (due - told)]
        result.wrong += [f"{name}: came beyond what was due {one[:200]}" for one in (told - due)]


def _content(line: dict[str, Any]) -> str:
    """Return what a line says; ids of its own depend on the folder that is written to."""
    own = {"delivery_id", "message_id"}
    return json.dumps({key: value for key, value in line.items() if key not in own})


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    kills = repeats = runs = wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        first = Path(temporary) / "reference"
        first.mkdir()
        reference = undisturbed(first)
        due = sum(map(len, reference.values()))
        while kills < arguments.kills:
            runs += 1
            folder = Path(temporary) / f"run{runs}"
            folder.mkdir()
            result = run_killed(folder, reference, chance, arguments.kills - kills)
            kills, repeats = kills + result.kills, repeats + result.repeats
            wrong += len(result.wrong)
            told = f"{result.kills} kills, {result.repeats} repeats, wrong: {result.wrong[:2]}"
            print(f"run {runs}: {told}", file=sys.stderr)  # noqa: T201 (the progress of a long proof)
            if not result.kills:
                break
    print(  # noqa: T201 (the result of a long proof)
        f"{kills} kills in {runs} runs of {due} messages each: {wrong} wrong, {repeats} messages "
        "written again under the same id"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
