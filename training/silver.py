"""Silver data: news sentences with the teachers' label probabilities, for training a student.

A small model that is trained on another's probabilities, not only its choices, learns more from
each sentence (knowledge distillation: Hinton, Vinyals and Dean, 2015, arXiv:1503.02531).
`training.distil` builds the files.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pantau.enricher.ner.trained.tokens import BREAK, tokenize

Floats = NDArray[np.float32]

LABELS: Final = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
"""The columns of all probabilities."""
LANGUAGES: Final = ("id", "en")
LEAST: Final = 4
"""Minimum number of tokens of a useful sentence."""
ENDS_FROM: Final = 8
"""Tokens after which a full stop ends a sentence.

Before that it may belong to a number or an initial.
"""
MOST: Final = 80
"""Tokens after which a sentence is cut, ended or not."""
FLOOR: Final = 1e-5
"""Added to every probability, so that a very certain teacher can still be outvoted."""
_ENDS: Final = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Silver:
    """Sentences, their languages, and for each an array of tokens by `LABELS`."""

    sentences: list[list[str]]
    langs: list[str]
    probabilities: list[Floats]


def sentences(text: str) -> Iterator[list[str]]:
    """Split an article into tokenized sentences: at line ends, at a full stop, at a length.

    The shortest are dropped.
    """
    sentence: list[str] = []
    for token in (*tokenize(text)[0], BREAK):
        if token != BREAK:
            sentence.append(token)
        if (
            token == BREAK
            or (token in _ENDS and len(sentence) > ENDS_FROM)
            or len(sentence) >= MOST
        ):
            if len(sentence) >= LEAST:
                yield sentence
            sentence = []


def geometric_mean(one: Floats, other: Floats, weight: float = 0.5) -> Floats:
    """Combine two teachers' probabilities.

    The mean of their logarithms, with `weight` for `one`, normalised.
    """
    logs = weight * np.log(one + FLOOR) + (1 - weight) * np.log(other + FLOOR)
    joined: Floats = np.exp(logs - logs.max(axis=-1, keepdims=True))
    joined /= joined.sum(axis=-1, keepdims=True)
    return joined.astype(np.float32)


def write_silver(path: Path, silver: Silver) -> None:
    """Write a `.npz` of plain arrays.

    Tokens as lines of UTF-8, lengths, language numbers, half floats. Deterministic. The file is
    written atomically.
    """
    tokens = "\n".join(token for sentence in silver.sentences for token in sentence)
    packed = np.frombuffer(tokens.encode("utf-8", "surrogatepass"), np.uint8)
    scratch = path.with_name(path.name + ".part")
    with scratch.open("wb") as file:
        np.savez_compressed(
            file,
            tokens=packed,
            lengths=np.array([len(sentence) for sentence in silver.sentences], np.uint16),
            langs=np.array([LANGUAGES.index(lang) for lang in silver.langs], np.uint8),
            probabilities=_joined(silver.probabilities).astype(np.float16),
        )
    scratch.replace(path)


def read_silver(*paths: Path) -> Silver:
    """Read one or several concatenated files.

    Raises OSError, or ValueError if arrays do not fit together.
    """
    found = Silver([], [], [])
    for path in paths:
        with np.load(path, allow_pickle=False) as arrays:
            lengths = arrays["lengths"].astype(np.int64)
            tokens = arrays["tokens"].tobytes().decode("utf-8", "surrogatepass").split("\n")
            rows = arrays["probabilities"].astype(np.float32)
            langs = arrays["langs"].tolist()
        tokens = tokens if lengths.size else []
        if not len(tokens) == len(rows) == int(lengths.sum()) or len(langs) != len(lengths):
            msg = (
                f"{path}: {len(tokens)} tokens, {len(rows)} rows, {len(langs)} languages do not "
                "fit; make it anew"
            )
            raise ValueError(msg)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            found.sentences.append(tokens[start:end])
            found.probabilities.append(rows[start:end])
        found.langs.extend(LANGUAGES[number] for number in langs)
    return found


def _joined(arrays: Sequence[Floats]) -> Floats:
    return np.concatenate(arrays) if arrays else np.zeros((0, len(LABELS)), np.float32)
