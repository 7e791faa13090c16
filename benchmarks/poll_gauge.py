"""Measures a round of polls for `poll.py` and its peers; needs the standard library alone."""

import json
import os
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family() -> list[int]:
    """Return the process ids of this process and everything below it."""
    found = [os.getpid()]
    for pid in found:
        with suppress(FileNotFoundError, ProcessLookupError):  # it ends just now
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(one) for one in children.read_text().split()]
    return found


def processor_seconds() -> float:
    """Return the processor time of this process and all below it, ended ones included."""
    ticks = 0
    for pid in family():
        with suppress(FileNotFoundError, ProcessLookupError):  # it ends just now
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, after_name[11:15]))  # its own, and that of children that ended
    return ticks / _TICKS


def peak_megabytes() -> float:
    """Return the sum of the peak resident sizes of this process and all below it."""
    peaks = 0
    for pid in family():
        with suppress(FileNotFoundError, ProcessLookupError):  # it ends just now
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    peaks += int(line.split()[1])
    return peaks / 1_000


def start_round(port: int, number: int) -> None:
    """Start a round on the server."""
    urllib.request.urlopen(f"http://127.0.0.1:{port}/round/{number}").close()


def measure_rounds(
    port: int,
    rounds: int,
    work: Callable[[], int],
    *,
    before: Callable[[], None] = lambda: None,
    after: Callable[[], int] | None = None,
) -> None:
    """Run `work` once a round; print a JSON object a round. It returns the new articles.

    `before` and `after` are not measured; where `after` is given, it returns the new articles.
    """
    for number in range(rounds):
        start_round(port, number)
        before()
        spent, began = processor_seconds(), time.perf_counter()
        new = work()
        seconds = time.perf_counter() - began
        cost = processor_seconds() - spent
        new = after() if after is not None else new
        row = {"seconds": seconds, "cpu": cost, "peak": peak_megabytes(), "new": new}
        print(json.dumps(row), flush=True)
