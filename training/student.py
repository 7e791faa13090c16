"""Training of the student: the labelled sentences, and the teachers' silver data.

The result is the bundled model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from pantau.enricher.ner.trained.features import Book
from training.corpora import Sentence
from training.network import Lesson, Network, learn
from training.recipes import SILVER, SILVER_DOMAINS, Recipe
from training.silver import LABELS, Floats, read_silver
from training.spellings import rows, varied
from training.vocabulary import Vocabulary

REPEATED: Final = 2
"""Repetitions of a labelled sentence for each silver one."""
STEPS: Final = 0.35
"""The weight of the prior beside the network."""
RARE: Final = 0.1
"""The assumed count of a transition that never occurred."""


@dataclass(frozen=True, slots=True)
class Student:
    """A trained network, its word knowledge, the averaged domains, and `steps_of`."""

    network: Network
    vocabulary: Vocabulary
    meant: tuple[int, ...]
    steps: Floats


def teach(
    root: Path, silver: Sequence[Path], book: Book, recipe: Recipe, *, hold_out: bool
) -> Student:
    """Train on the corpora below `root` and on silver files.

    Raises OSError if either is missing.
    """
    domains = recipe.domains(hold_out=hold_out)
    lessons, steps = labelled_lessons(root, recipe, hold_out=hold_out)
    lessons += silver_lessons(silver)
    vocabulary = Vocabulary(
        dict.fromkeys(token for lesson in lessons for token in lesson.tokens), book
    )
    network = learn(lessons, vocabulary, len(domains), fused=recipe.fused)
    return Student(network, vocabulary, tuple(domains[name] for name in recipe.meant), steps)


def labelled_lessons(root: Path, recipe: Recipe, *, hold_out: bool) -> tuple[list[Lesson], Floats]:
    """Return the labelled sentences of a recipe as lessons, and the steps between their labels.

    Raises OSError if a corpus is missing.
    """
    domains = recipe.domains(hold_out=hold_out)
    lessons: list[Lesson] = []
    tags: list[tuple[str, ...]] = []
    for name in recipe.learnt(hold_out=hold_out):
        place = domains[recipe.domain(name)]
        sentences = varied(root, name, forms=recipe.forms)
        mine = [Lesson(one.tokens, certain(one), place) for one in sentences if one.tokens]
        if name in recipe.once:
            lessons += mine
        else:
            lessons += mine * REPEATED
            tags += [one.tags for one in sentences]
    return lessons, steps_of(tags)


def steps_of(tags: Iterable[Sequence[str]]) -> Floats:
    """Return the transition scores of a label (column) after another (row).

    The network labels each word by itself; these make names begin and end as annotated (pointwise
    mutual information, in natural logarithms, times `STEPS`). On the development sets: 0.5 to 2
    points of F1.
    """
    places = {label: at for at, label in enumerate(LABELS)}
    counts = np.full((len(LABELS), len(LABELS)), RARE)
    for sentence in tags:
        for before, after in pairwise(("O", *sentence, "O")):
            counts[places[before], places[after]] += 1
    joint, alone = counts / counts.sum(axis=1, keepdims=True), counts.sum(axis=0) / counts.sum()
    steps: Floats = (STEPS * np.log(joint / alone)).astype(np.float32)
    return steps


def certain(sentence: Sentence) -> Floats:
    """Return the labels of a labelled sentence as probabilities."""
    return np.eye(len(LABELS), dtype=np.float32)[[LABELS.index(tag) for tag in sentence.tags]]


def silver_lessons(paths: Iterable[Path]) -> list[Lesson]:
    """Load silver data; one to four sentences in a row, as with the labelled ones."""
    silver = read_silver(*paths)
    found: list[Lesson] = []
    for lang in dict.fromkeys(silver.langs):
        mine = [at for at, own in enumerate(silver.langs) if own == lang]
        for row in rows(mine, SILVER + lang):
            tokens = [token for at in row for token in silver.sentences[at]]
            probabilities = np.concatenate([silver.probabilities[at] for at in row])
            found.append(Lesson(tokens, probabilities, SILVER_DOMAINS[SILVER + lang]))
    return found
