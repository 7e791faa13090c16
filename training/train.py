"""Training of the bundled models: `python -m training.train [SHARED_DATA]`, or `make model`.

First the two teachers and the silver that they label (`training.distil`: about an hour on one core,
kept in the work folder), then a student (`training.network`, about ten minutes), which becomes a
file of `pantau.enricher.ner.trained.network`. `--recipe english` makes the one that reads English
(`training.recipes`), whose teachers learn no development set. The same data, packages and kind of
processor give the same file, byte for byte.

With `--hold-out` nothing is learnt from the development sets, by nobody, so that figures can be
measured on them:

    python -m training.train --hold-out --target held-out.npz
    python -m training.train --hold-out --recipe english --target english.npz
    python benchmarks/ner_f1.py --model held-out.npz --english english.npz
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from training.distil import arguments, make_silver, order_of
from training.recipes import RECIPES, Recipe
from training.wordbook import load_wordbook

DATA: Final = Path(__file__).parent.parent / "services" / "pantau" / "enricher" / "data"


def main(given: Sequence[str] | None = None) -> None:
    """Build a model."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--recipe", choices=RECIPES, default="all", help="what the model reads")
    parser.add_argument("--target", type=Path, help="the file of the model")
    wanted = parser.parse_args(given)
    recipe, order = RECIPES[wanted.recipe], order_of(wanted)
    target = wanted.target or DATA / recipe.file
    silver = make_silver(replace(order, hold_out=order.hold_out or recipe.untold))
    size = make_model(wanted.shared, silver, recipe, target, hold_out=wanted.hold_out)
    sys.stderr.write(f"{target}: {size:,} bytes\n")


def make_model(
    shared: Path, silver: Sequence[Path], recipe: Recipe, target: Path, *, hold_out: bool
) -> int:
    """Train the student and write the model; return its size in bytes."""
    from training import export, student  # noqa: PLC0415 (torch is needed when the student learns)

    book = load_wordbook()
    taught = student.teach(shared, silver, book, recipe, hold_out=hold_out)
    sample = student.silver_lessons(silver[:1])
    return export.write(target, taught, sample, book)


if __name__ == "__main__":
    main()
