"""Feeds a second of the poller, beside the library `reader` and Miniflux in the same run.

    python -m benchmarks.poll [--feeds 1000 5000] [--items 20] [--rounds 4] [--repeat 3]
        [--reader PYTHON]   (or PANTAU_BENCH_READER: a Python where `pip install reader` was run)
        [--miniflux PROGRAM]   (or PANTAU_BENCH_MINIFLUX; needs PostgreSQL, see `poll_miniflux.py`)

The feeds are served by a process of its own on loopback (`poll_server.py`), each at an address of
its own; the first round finds all of them new, in later ones 4 % have changed and the others answer
304. Only polling is measured: fetch, parse, identity, and the write to a SQLite file; no stage
runs. Politeness is off (`poll.domain_gap_seconds` 0). Starting the programs, adding the feeds (by
OPML) and making the documents are not counted. The processor time is that of all processes of the
program, without the server's.
"""

import argparse
import asyncio
import functools
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.poll_gauge import measure_rounds
from benchmarks.poll_server import address_of

PROJECT = Path(__file__).parents[1]
READER_WORKERS = 10
MINIFLUX_WORKERS = 16
"""Its default."""
Rounds = list[dict[str, float]]
Program = Callable[[Path, int, int, int], Rounds]
"""Runs a program in a folder, with so many feeds from a port, so many rounds."""


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, nargs="+", default=[1_000, 5_000])
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--reader", default=os.environ.get("PANTAU_BENCH_READER"))
    parser.add_argument("--miniflux", default=os.environ.get("PANTAU_BENCH_MINIFLUX"))
    parser.add_argument("--poll", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.poll is not None:
        poll_rounds(given.poll, given.port, given.rounds)
        return
    if given.reader is None:
        print("without `reader`: name a Python that has it with --reader", file=sys.stderr)
    for feeds in given.feeds:
        programs: dict[str, Program] = {"Pantau": run_pantau}
        if given.reader is not None:
            programs["reader"] = functools.partial(run_reader, given.reader)
        if given.miniflux is not None:
            programs["Miniflux"] = functools.partial(run_miniflux, given.miniflux)
        compare(programs, feeds, given.items, given.rounds, given.repeat)


def compare(
    programs: Mapping[str, Program], feeds: int, items: int, rounds: int, repeat: int
) -> None:
    """Run the programs in turns, and print the medians of each."""
    runs: dict[str, list[Rounds]] = {}
    for _ in range(repeat):
        for name, run in programs.items():
            with serving(feeds, items) as port, tempfile.TemporaryDirectory() as folder:
                runs.setdefault(name, []).append(run(Path(folder), feeds, port, rounds))
    load = os.getloadavg()[0]
    print(f"\n{feeds:,} feeds of {items} items, {os.cpu_count()} processors, load {load:.1f}")
    print("program  round    feeds/s  CPU ms/feed  peak MB   new articles")
    for name, several in runs.items():
        print(row_of(name, "first", feeds, [one[0] for one in several]))
        print(row_of(name, "4 %", feeds, [row for one in several for row in one[1:]]))


def row_of(name: str, round_: str, feeds: int, rows: Sequence[dict[str, float]]) -> str:
    """Return a line of the table: medians over the runs."""
    middle = {key: statistics.median(one[key] for one in rows) for key in rows[0]}
    rate, cost = feeds / middle["seconds"], middle["cpu"] / feeds * 1_000
    return (
        f"{name:8} {round_:6} {rate:9,.0f} {cost:12.2f} {middle['peak']:8,.0f} "
        f"{middle['new']:14,.0f}"
    )


@contextmanager
def serving(feeds: int, items: int) -> Iterator[int]:
    """Run the server; yields its port."""
    command = [sys.executable, "-m", "benchmarks.poll_server", str(feeds), str(items)]
    with subprocess.Popen(  # noqa: S603 (our own)
        command, cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield int((server.stdout or sys.stdin).readline())
        finally:
            server.kill()


def run_reader(python: str, folder: Path, feeds: int, port: int, rounds: int) -> Rounds:
    """Return the rounds of `reader`."""
    numbers = [str(one) for one in (feeds, port, rounds, READER_WORKERS)]
    return rows_of(
        [python, "-m", "benchmarks.poll_reader", str(folder), *numbers], dict(os.environ)
    )


def run_miniflux(program: str, folder: Path, feeds: int, port: int, rounds: int) -> Rounds:
    """Return the rounds of Miniflux."""
    numbers = [str(one) for one in (feeds, port, rounds, MINIFLUX_WORKERS)]
    command = [sys.executable, "-m", "benchmarks.poll_miniflux", str(folder), *numbers, program]
    return rows_of(command, dict(os.environ))


def run_pantau(folder: Path, feeds: int, port: int, rounds: int) -> Rounds:
    """Return the rounds of the poller."""
    outlines = "".join(
        f'<outline type="rss" text="F{one}" xmlUrl="http://{address_of(one)}:{port}/f/{one}"/>'
        for one in range(feeds)
    )
    opml = folder / "feeds.opml"
    opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")
    environment = {
        **os.environ,
        "PANTAU_DATA": str(folder / "data"),
        "PANTAU_FETCH__ALLOW_NETWORKS": '["127.0.0.0/8"]',
        "PANTAU_POLL__DOMAIN_GAP_SECONDS": "0",
    }
    imported = [sys.executable, "-m", "pantau.cli", "feeds", "import", str(opml)]
    subprocess.run(imported, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)
    own = ["--poll", str(folder / "data"), "--port", str(port), "--rounds", str(rounds)]
    return rows_of([sys.executable, "-m", "benchmarks.poll", *own], environment)


def rows_of(command: Sequence[str], environment: dict[str, str]) -> Rounds:
    """Run a program that prints a JSON object a line."""
    done = subprocess.run(  # noqa: S603 (our own)
        command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def poll_rounds(data: Path, port: int, rounds: int) -> None:
    """Poll all feeds of a data folder once a round, as `pantau run` builds the poller."""
    from pantau.bootstrap import build_fetcher, build_reader, open_store  # noqa: PLC0415 (in the process that polls)
    from pantau.common.time.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.poller.service import Poller  # noqa: PLC0415 (as above)
    from pantau.runtimes.collector import ease_collector  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)

    ease_collector()
    settings = load_settings(data)
    store = open_store(settings)
    with asyncio.Runner() as runner:
        fetcher = build_fetcher(settings)
        poller = Poller(store.log, fetcher, SystemClock(), settings.poll, reader=build_reader())

        def work() -> int:
            report = runner.run(poller.poll_once(all_feeds=True))
            if report.errors:
                message = f"{report.errors} feeds failed"
                raise RuntimeError(message)
            return report.new

        measure_rounds(port, rounds, work)
        runner.run(poller.close())
        runner.run(fetcher.close())
    store.close()


if __name__ == "__main__":
    main()
