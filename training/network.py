"""The student: the network of `pantau.enricher.ner.trained.network` in torch, and its training.

Needs torch. It is trained on the labelled sentences, and on the teachers' probabilities of the
silver data (`training.silver`). One thread and fixed seeds: one machine gives the same weights
every time; another kind of processor may round differently.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from pantau.enricher.ner.trained.network import NEAR, WIDTH
from pantau.enricher.ner.trained.tokens import BREAK
from training.silver import LABELS, Floats
from training.vocabulary import Vocabulary
from training.work import Progress

Tensor: TypeAlias = Any
"""A torch.Tensor; torch is not installed where types are checked."""

SEED: Final = 1
LETTERS: Final = 64
"""Dimension of a word's feature sum."""
HIDDEN: Final = 64
UNITS: Final = 48
"""Units of each convolution."""
EPOCHS: Final = 4
RATE: Final = 3e-3
LAST_RATE: Final = 0.05
WARM: Final = 50
"""Steps of linear warm-up."""
DECAY: Final = 1e-5
BATCH: Final = 3000
"""Tokens per training batch."""
DROPPED: Final = 0.15
DROPPED_FEATURES: Final = 0.1
CLIPPED: Final = 5.0
_EDGE: Final = 2
"""Ends of sentences between two, as many as a convolution reads to one side."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence: tokens, a row of probabilities of `LABELS` for each, and its origin."""

    tokens: Sequence[str]
    probabilities: Floats
    domain: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Concatenated sentences, with ends between and around them.

    Words, their labels, their domains.
    """

    words: NDArray[np.int64]
    probabilities: Floats
    domains: NDArray[np.int64]


class Network(nn.Module):
    """Maps words to scores of labels; every end of a sentence is zero, in every layer."""

    def __init__(self, vocabulary: Vocabulary, domains: int) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.letters = nn.Embedding(len(vocabulary.names) + 1, LETTERS)
        nn.init.normal_(self.letters.weight, 0, 0.1)
        self.spread = nn.Linear(LETTERS, (2 * NEAR + 1) * HIDDEN, bias=False)
        nn.init.normal_(self.spread.weight, 0, 0.15)
        self.hidden = nn.Parameter(torch.zeros(HIDDEN))
        self.domains = nn.Embedding(domains, HIDDEN)
        nn.init.zeros_(self.domains.weight)
        width = 2 * WIDTH + 1
        self.first = nn.Linear(width * HIDDEN, UNITS)
        self.second = nn.Linear(width * UNITS, UNITS)
        self.out = nn.Linear(UNITS, len(LABELS))
        self._drop = nn.Dropout(DROPPED)

    def forward(self, words: NDArray[np.int64], domains: NDArray[np.int64]) -> Tensor:
        """Return a row of scores for each word."""
        _, first = self.layers(words, domains)
        inside = self._inside(words)
        second = self._drop(functional.relu(self.second(_windows(first)))) * inside
        return self.out(second + first)

    def layers(self, words: NDArray[np.int64], domains: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Return the hidden units and the first convolution's."""
        inside = self._inside(words)
        hidden = self.begun(words) + self.hidden + self.domains(torch.from_numpy(domains))
        hidden = self._drop(functional.relu(hidden)) * inside
        return hidden, self._drop(functional.relu(self.first(_windows(hidden)))) * inside

    def begun(self, words: NDArray[np.int64]) -> Tensor:
        """Sum up each word's contributions to the hidden units of itself and its neighbours."""
        distinct, places = np.unique(words, return_inverse=True)
        rows = [self._vocabulary.rows[word] for word in distinct]
        starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        flat = torch.from_numpy(np.concatenate(rows))
        kept = torch.ones(len(flat))
        if self.training:
            kept = (torch.rand(len(flat)) > DROPPED_FEATURES).float()
        sums = functional.embedding_bag(
            flat, self.letters.weight, torch.from_numpy(starts), mode="sum", per_sample_weights=kept
        )
        spread = self.spread(sums).view(len(distinct), 2 * NEAR + 1, HIDDEN)
        padded = functional.pad(
            torch.from_numpy(places.reshape(-1)), (NEAR, NEAR)
        )  # word 0 is an end
        size = len(words)
        # the contribution to the previous word comes first, so it is taken from the next word
        return sum(
            spread[:, part][padded[2 * NEAR - part :][:size]] for part in range(2 * NEAR + 1)
        )

    def _inside(self, words: NDArray[np.int64]) -> Tensor:
        return torch.from_numpy(words != 0).float()[:, None]


def _windows(rows: Tensor) -> Tensor:
    padded = functional.pad(rows, (0, 0, WIDTH, WIDTH))
    return torch.cat([padded[part : part + len(rows)] for part in range(2 * WIDTH + 1)], 1)


def learn(
    lessons: Sequence[Lesson], vocabulary: Vocabulary, domains: int, *, fused: bool = False
) -> Network:
    """Train a new network."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311 (repeatable, not secret)
    network = Network(vocabulary, domains)
    steps = max(1, sum(len(one.tokens) + _EDGE for one in lessons) * EPOCHS // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY, fused=fused)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    progress = Progress("student learns", steps)
    network.train()
    step = 0
    while step < steps:
        for batch in batches(lessons, vocabulary, chance):
            wanted = torch.from_numpy(batch.probabilities)
            logs = functional.log_softmax(network(batch.words, batch.domains), -1)
            loss = -(wanted * logs).sum() / wanted.sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), CLIPPED)
            optimizer.step()
            schedule.step()
            step += 1
            progress.at(step)
            if step == steps:
                break
    network.eval()
    return network


def batches(
    lessons: Sequence[Lesson], vocabulary: Vocabulary, chance: random.Random
) -> Iterator[Batch]:
    """Yield shuffled sentences in batches of about `BATCH` tokens."""
    order = list(range(len(lessons)))
    chance.shuffle(order)
    some: list[Lesson] = []
    size = 0
    for at in order:
        some.append(lessons[at])
        size += len(lessons[at].tokens)
        if size >= BATCH:
            yield batch_of(some, vocabulary)
            some, size = [], 0
    if some:
        yield batch_of(some, vocabulary)


def batch_of(lessons: Sequence[Lesson], vocabulary: Vocabulary) -> Batch:
    """Join sentences; labels of ends are not trained."""
    end = vocabulary.number(BREAK)
    words: list[int] = [end] * _EDGE
    domains: list[int] = [0] * _EDGE
    nothing = np.zeros((_EDGE, len(LABELS)), np.float32)
    rows = [nothing]
    for one in lessons:
        words += [*map(vocabulary.number, one.tokens), *[end] * _EDGE]
        domains += [one.domain] * (len(one.tokens) + _EDGE)
        rows += [one.probabilities, nothing]
    return Batch(np.array(words), np.concatenate(rows), np.array(domains))


def _rate(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / WARM) * (LAST_RATE + (1 - LAST_RATE) * max(0.0, 1 - step / steps))
