"""Fuzz every target: `python -m fuzz [--seconds N] [TARGET...]`; exits 1 on a broken promise."""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from fuzz.targets import load, names
from tests.growth.given.pieces import PIECES

_FOLDER: Final = Path("build") / "fuzz"
_STATS: Final = re.compile(rb"^#(\d+)\s+\w+\s+.*?cov: (\d+) ft: (\d+) corp: (\d+)", re.MULTILINE)
_EXECUTED: Final = re.compile(rb"^stat::number_of_executed_units: (\d+)", re.MULTILINE)
_TIMEOUT: Final = 30
"""Seconds after which one input counts as hanging, whatever it does."""
_MEGABYTES: Final = 2_000


def main() -> int:
    """Fuzz one target after the other; return the exit code."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"some of: {', '.join(names())}"
    )
    given = parser.parse_args()
    unknown = set(given.targets) - set(names())
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}")
    return max([fuzz(name, given.seconds) for name in given.targets or names()])


def fuzz(name: str, seconds: int) -> int:
    """Fuzz a target and print figures and failing inputs; return 1 on a failure or an early end."""
    corpus, crashes = _FOLDER / name / "corpus", _FOLDER / name / "found"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    target = load(name)
    for number, seed in enumerate(target.SEEDS):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = _FOLDER / name / "words"
    words.write_text("".join(_entry(piece) for piece in PIECES[target.KIND]), encoding="ascii")  # type: ignore[index]
    log = _FOLDER / name / "log"
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={target.MAX_LEN}",
        f"-dict={words}",
        f"-artifact_prefix={crashes}/",
    ]
    options += [
        f"-timeout={_TIMEOUT}",
        f"-rss_limit_mb={_MEGABYTES}",
        "-print_final_stats=1",
        str(corpus),
    ]
    began = time.monotonic()
    with log.open("wb") as out:
        command = [sys.executable, "-m", "fuzz.run", name, *options]
        code = subprocess.run(  # noqa: S603 - our own command
            command, stdout=out, stderr=subprocess.STDOUT, check=False
        ).returncode
    said = log.read_bytes()
    outcome = _outcome(code, said, log)
    print(f"{name}: {_figures(said)} in {time.monotonic() - began:.0f} s; {outcome}", flush=True)
    return 1 if code else 0


def _entry(piece: str) -> str:
    """Write a piece as an entry of libFuzzer's dictionary."""
    coded = piece.encode("utf-8", "surrogatepass")
    return '"' + "".join(f"\\x{byte:02x}" for byte in coded) + '"\n'


def _figures(log: bytes) -> str:
    """Return how much was tried, and how much of the code it came to."""
    stats = _STATS.findall(log)
    tried, coverage, features, corpus = (int(one) for one in (stats[-1] if stats else (0, 0, 0, 0)))
    executed = _EXECUTED.search(log)
    tried = int(executed[1]) if executed else tried
    return f"{tried:,} inputs, coverage {coverage:,}, features {features:,}, corpus {corpus:,}"


def _outcome(code: int, log: bytes, where: Path) -> str:
    if not code:
        return "nothing found"
    if b"run interrupted" in log:
        return "INTERRUPTED before its time"
    return f"FOUND, see {where} and {where.parent / 'found'}"


if __name__ == "__main__":
    sys.exit(main())
