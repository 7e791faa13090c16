"""The rounds of `poll.py` by the library `reader`, run by a Python that has it.

python -m benchmarks.poll_reader FOLDER FEEDS PORT ROUNDS WORKERS
"""

import sys
from pathlib import Path

from reader import make_reader

from benchmarks.poll_gauge import measure_rounds
from benchmarks.poll_server import address_of


def main() -> None:
    """Add the feeds, and update all of them once a round."""
    folder, (feeds, port, rounds, workers) = sys.argv[1], map(int, sys.argv[2:6])
    reader = make_reader(str(Path(folder) / "reader.sqlite"))
    for feed in range(feeds):
        reader.add_feed(f"http://{address_of(feed)}:{port}/f/{feed}")

    def update() -> int:
        new = 0
        for _, value in reader.update_feeds_iter(scheduled=False, workers=workers):
            if isinstance(value, Exception):
                raise value
            new += value.new if value is not None else 0
        return new

    measure_rounds(port, rounds, update)


if __name__ == "__main__":
    main()
