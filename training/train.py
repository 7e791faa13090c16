"""Training of the bundled model: `python -m training.train [SHARED_DATA]`, or `make model`.

First the two teachers and the silver that they label (`training.distil`: about an hour on one core,
kept in the work folder), then the student (`training.network`, about ten minutes), which becomes
the file of `pantau.enricher.ner.trained.network`. The same data, packages and kind of processor
give the same file, byte for byte.

With `--hold-out` nothing is learnt from the development sets, by nobody, so that figures can be
measured on them:

    python -m training.train --hold-out --target held-out.npz
    python benchmarks/ner_f1.py --model held-out.npz
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from training.distil import arguments, make_silver, order_of
from training.wordbook import load_wordbook

TARGET: Final = (
    Path(__file__).parent.parent / "services" / "pantau" / "enricher" / "data" / "network.npz"
)


def main(given: Sequence[str] | None = None) -> None:
    """Build the model."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--target", type=Path, default=TARGET, help="the file of the model")
    wanted = parser.parse_args(given)
    silver = make_silver(order_of(wanted))
    size = make_model(wanted.shared, silver, wanted.target, hold_out=wanted.hold_out)
    sys.stderr.write(f"{wanted.target}: {size:,} bytes\n")


def make_model(shared: Path, silver: Sequence[Path], target: Path, *, hold_out: bool) -> int:
    """Train the student and write the model; return its size in bytes."""
    from training import export, student  # noqa: PLC0415 (torch is needed when the student learns)

    book = load_wordbook()
    taught = student.teach(shared, silver, book, hold_out=hold_out)
    sample = student.silver_lessons(silver[:1])
    return export.write(target, taught, sample, book)


if __name__ == "__main__":
    main()
