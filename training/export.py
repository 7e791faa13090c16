"""Deterministic export of the student as integer arrays (see `pantau.enricher.ner.trained`).

Every weight table becomes 8-bit integers; the hidden units become integers up to `MOST`, the
largest value being one that all but a thousandth of them stay below on a sample of text.
(Post-training quantisation: Jacob et al. 2018, arXiv:1712.05877.)
"""

import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from pantau.enricher.ner.trained.features import Book
from pantau.enricher.ner.trained.network import FINE_BITS, MOST
from pantau.enricher.ner.trained.network import Network as RunTime
from training.network import Lesson, Network, Tensor, batches
from training.silver import LABELS
from training.student import Student
from training.vocabulary import Vocabulary

TOP: Final = 127
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
BELOW: Final = 99.9
"""Percentage of the non-zero hidden units that are kept exactly."""
SAMPLE: Final = 60
"""Number of batches that determine the range of hidden units."""
EXACT: Final = 2**24
"""Integers up to here are exact in 32-bit floats."""
MOST_BEGUN: Final = 5_000
"""Maximum initial value of a hidden unit, in steps of the cached rows."""
SURE: Final = 0.25
"""Additional certainty required for a name, in natural logarithms.

0 to 0.5 points of F1 on the development sets, all of it precision.
"""
Array = NDArray[np.generic]
Reals = NDArray[np.float64]


def write(path: Path, student: Student, sample: Sequence[Lesson], book: Book) -> int:
    """Write the model; return its size in bytes. `sample` determines the range of hidden units."""
    network, vocabulary = student.network, student.vocabulary
    hidden, first = tops(network, vocabulary, sample)
    order = [LABELS.index(label) for label in labels()]
    out, out_scale = columns(_reals(network.out.weight).T[:, order])
    arrays: dict[str, Array] = {
        "labels": _pack(labels()),
        "steps": student.steps[np.ix_(order, order)],
        "features": _pack(vocabulary.names),
        **_word_rows(student, hidden / MOST),
        **_layer("first", network.first, hidden / MOST, first / MOST),
        **_layer("second", network.second, first / MOST, first / MOST),
        "out": out,
        "out_scale": (out_scale * (first / MOST)).astype(np.float32),
        "out_bias": surer(_reals(network.out.bias)[order].astype(np.float32)),
        **_words(book),
    }
    save(path, arrays | {"open": open_words(arrays, book)})
    return path.stat().st_size


def surer(bias: NDArray[np.float32]) -> NDArray[np.float32]:
    """Add `SURE` to the score of O, the first label."""
    bias[0] += np.float32(SURE)
    return bias


def open_words(arrays: dict[str, Array], book: Book) -> Array:
    """Return the lower-case words that can be part of a name, according to the network."""
    plain = [word for word in sorted(book) if word == word.lower()]
    return _pack(RunTime(arrays | {"open": _pack([])}).unclear(plain))


def save(path: Path, arrays: dict[str, Array]) -> None:
    """Save arrays deterministically."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, arrays[name], allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", EPOCH), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9
            )


def labels() -> list[str]:
    """Return the labels in the order of `enricher.ner.trained.viterbi`: O, all B-, all I-."""
    return ["O", *sorted(label for label in LABELS if label != "O")]


def tops(network: Network, vocabulary: Vocabulary, sample: Sequence[Lesson]) -> tuple[float, float]:
    """Return the `BELOW` percentiles of the hidden units and of the first convolution's."""
    chance = random.Random(0)  # noqa: S311 (repeatable, not secret)
    seen: tuple[list[Reals], list[Reals]] = ([], [])
    with torch.no_grad():
        for batch, _ in zip(batches(sample, vocabulary, chance), range(SAMPLE), strict=False):
            for values, layer in zip(seen, network.layers(batch.words, batch.domains), strict=True):
                rows = _reals(layer)
                values.append(rows[rows > 0])
    hidden, first = (float(np.percentile(np.concatenate(values), BELOW)) for values in seen)
    return hidden, first


def columns(weights: Reals) -> tuple[NDArray[np.int8], Reals]:
    """Return integers, and their scale in each column."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-12) / TOP
    return np.rint(weights / scale).astype(np.int8), scale


def table(weights: Reals) -> tuple[NDArray[np.int8], float]:
    """Return integers, and their scale; the few largest are clipped."""
    scale = float(np.percentile(np.abs(weights), 99.99)) / TOP
    return np.clip(np.rint(weights / scale), -TOP, TOP).astype(np.int8), scale


def _word_rows(student: Student, unit: float) -> dict[str, Array]:
    """Return the arrays of a word's row.

    One more row of letters, of zeros, is for words without a known feature.
    """
    network = student.network
    letters, letters_scale = table(_reals(network.letters.weight)[1:])
    spread, spread_scale = table(_reals(network.spread.weight).T)
    begin = _reals(network.hidden) + _reals(network.domains.weight)[list(student.meant)].mean(
        axis=0
    )
    steps = 1 << FINE_BITS
    half = steps // 2  # rounds where the model truncates
    if np.abs(begin / unit * steps).max() >= MOST_BEGUN:
        msg = "a hidden unit begins with more than 16 bits hold beside three rows"
        raise ValueError(msg)
    return {
        "letters": np.concatenate([letters, np.zeros_like(letters[:1])]),
        "spread": spread,
        "spread_scale": np.array(letters_scale * spread_scale / unit * steps),
        "hidden": (np.rint(begin / unit * steps) + half).astype(np.int16),
    }


def _layer(name: str, layer: Tensor, unit: float, next_unit: float) -> dict[str, Array]:
    weights, scale = columns(_reals(layer.weight).T)
    if np.abs(weights.astype(np.int64)).sum(axis=0).max() * MOST >= EXACT:
        msg = f"the sums of layer {name} can be too large for 32-bit floats: lower MOST"
        raise ValueError(msg)
    return {
        name: weights,
        f"{name}_scale": (scale * unit / next_unit).astype(np.float32),
        f"{name}_bias": (_reals(layer.bias) / next_unit).astype(np.float32),
    }


def _reals(values: Tensor) -> Reals:
    found: Reals = values.detach().numpy().astype(np.float64)
    return found


def _pack(lines: Iterable[str]) -> Array:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _words(book: Book) -> dict[str, Array]:
    """Return the word book: every word with the numbers of its features."""
    names = sorted({name for found in book.values() for name in found})
    number = {name: at for at, name in enumerate(names)}
    words = sorted(book)
    return {
        "words": _pack(words),
        "book_features": _pack(names),
        "counts": np.array([len(book[word]) for word in words], np.uint8),
        "marks": np.array([number[name] for word in words for name in book[word]], np.uint16),
    }
