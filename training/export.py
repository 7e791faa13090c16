"""Weights as a `.npz` of plain arrays, the same bytes for the same weights (see `pantau.enricher.model`)."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pantau.enricher.features import BOUNDARY, OTHER_SHAPE, Book
from pantau.enricher.model import REACH
from training.crf import NEIGHBOURS, Weights

MOST_SHAPES: Final = 24
TOP: Final = 127
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
Array = NDArray[np.generic]


def write(path: Path, weights: Weights, book: Book) -> int:
    """Write the model; give its size in bytes."""
    labels = ["O", *sorted({label for _, label in weights.features} - {"O"})]
    arrays = {
        "labels": _pack(labels),
        "steps": _steps(weights, labels),
        "bias": _bias(weights, labels),
        **_features(weights, labels),
        **_pairs(weights, labels),
        **_words(book),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, arrays[name], allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", EPOCH), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9
            )
    return path.stat().st_size


def _pack(lines: Iterable[str]) -> Array:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _steps(weights: Weights, labels: list[str]) -> Array:
    return np.array([[weights.steps.get((a, b), 0.0) for b in labels] for a in labels], np.float32)


def _bias(weights: Weights, labels: list[str]) -> Array:
    """Give each label's worth in no corpus in particular: the mean of what it is worth in each."""
    corpora = {name for name, _ in weights.features if name.startswith("D=")}
    sums = [sum(weights.features.get((name, label), 0.0) for name in corpora) for label in labels]
    return np.array(sums, np.float32) / max(len(corpora), 1)


def _features(weights: Weights, labels: list[str]) -> dict[str, Array]:
    """One row a feature of a word, for all its neighbours at once."""
    columns = {label: at for at, label in enumerate(labels)}
    offsets = {letter: offset + REACH for offset, letter in NEIGHBOURS.items()}
    names = sorted({name[1:] for name, _ in weights.features if name[0] in offsets})
    rows = {name: row for row, name in enumerate(names)}
    worth = np.zeros((len(names), len(offsets) * len(labels)), np.float32)
    for (name, label), weight in weights.features.items():
        if name[0] in offsets:
            worth[rows[name[1:]], offsets[name[0]] * len(labels) + columns[label]] = weight
    small, scale = _rounded(worth, 99.97)
    kept = np.flatnonzero(np.any(small, axis=1))
    return {
        "features": _pack([names[row] for row in kept]),
        "worth": small[kept],
        "scale": np.array(scale, np.float32),
    }


def _rounded(values: NDArray[np.float32], percentile: float) -> tuple[Array, float]:
    """Give 8-bit integers and what one of them is worth; the few largest values are cut off."""
    sizes = np.abs(values[values != 0])
    top = float(np.percentile(sizes, percentile)) if sizes.size else 1.0
    scale = top / TOP
    return np.clip(np.rint(values / scale), -TOP, TOP).astype(np.int8), scale


def _pairs(weights: Weights, labels: list[str]) -> dict[str, Array]:
    counts: dict[str, int] = {}
    for name, _ in weights.features:
        if name[0] in "<>":
            for form in name[1:].split("|"):
                counts[form] = counts.get(form, 0) + 1
    common = sorted(counts, key=lambda form: (-counts[form], form))
    shapes = [BOUNDARY, OTHER_SHAPE, *[form for form in common if form not in {BOUNDARY, OTHER_SHAPE}]]
    shapes = shapes[:MOST_SHAPES]
    number = {form: at for at, form in enumerate(shapes)}
    size = len(shapes)
    tables = {
        "<": np.zeros((size**2, len(labels)), np.float32),
        ">": np.zeros((size**2, len(labels)), np.float32),
        "^": np.zeros((size**3, len(labels)), np.float32),
    }
    for (name, label), weight in weights.features.items():
        forms = name[1:].split("|")
        if (
            name[0] in tables
            and len(forms) == (3 if name[0] == "^" else 2)
            and all(form in number for form in forms)
        ):
            place = 0
            for form in forms:
                place = place * size + number[form]
            tables[name[0]][place, labels.index(label)] = weight
    small, scale = _rounded(np.concatenate(list(tables.values())), 100)
    cuts = np.cumsum([len(table) for table in tables.values()])[:-1]
    before, after, around = np.split(small, cuts)
    return {
        "shapes": _pack(shapes),
        "pairs_scale": np.array(scale, np.float32),
        "before": before,
        "after": after,
        "around": around,
    }


def _words(book: Book) -> dict[str, Array]:
    """Give the word book: every word with the numbers of its features."""
    names = sorted({name for found in book.values() for name in found})
    number = {name: at for at, name in enumerate(names)}
    words = sorted(book)
    return {
        "words": _pack(words),
        "book_features": _pack(names),
        "counts": np.array([len(book[word]) for word in words], np.uint8),
        "marks": np.array([number[name] for word in words for name in book[word]], np.uint16),
    }
