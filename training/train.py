"""Trains the models: `python -m training.train SHARED_DATA` (or the variable PANTAU_SHARED), or `make model`.

For each language a linear-chain conditional random field (python-crfsuite, L-BFGS with L1 and L2) on openly licensed
sentences, as they are and in other spellings; its weights become small integers in a `.npz` of `pantau.enricher.model`.
The same data and packages give the same file, byte for byte. It takes a few minutes.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from training.corpora import Sentence, load
from training.crf import Sample, train
from training.export import write
from training.spellings import augmented, joined, thinned
from training.wordbook import load_book

FOLDER: Final = Path(__file__).parent.parent / "services" / "pantau" / "enricher" / "data"
MODELS: Final = {
    "linear-id.npz": ("idner", "nergrit"),
    "linear-en.npz": ("wikigold", "wnut", "btc"),
}
"""Each model and the corpora that it learns from; development sets are never among them."""


def samples(root: Path, names: Sequence[str]) -> list[Sample]:
    """Read corpora; a sentence knows its corpus, so that what is peculiar to one is not learnt for all."""
    found: list[Sample] = []
    for name in names:
        sentences: list[Sentence] = joined(augmented(thinned(load(root, name), name), name), name)
        found += [Sample(sentence, name) for sentence in sentences]
    return found


def main() -> None:
    """Train all models, or those named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", type=Path, nargs="?", default=os.environ.get("PANTAU_SHARED", "../shared/data")
    )
    parser.add_argument("--model", action="append", choices=sorted(MODELS), help="train this one alone")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the models go")
    arguments = parser.parse_args()
    book = load_book()
    for name in arguments.model or MODELS:
        with TemporaryDirectory() as scratch:
            weights = train(samples(arguments.shared, MODELS[name]), book, Path(scratch) / "crf")
        size = write(arguments.folder / name, weights, book)
        sys.stderr.write(f"{name}: {size:,} bytes\n")


if __name__ == "__main__":
    main()
