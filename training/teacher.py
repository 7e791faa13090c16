"""The first teacher: multilingual-e5-small, fine-tuned to label names on openly licensed sentences.

Needs torch. The upper nine of its twelve layers and a new classification layer are trained;
embeddings and the lowest three layers stay frozen, which keeps what the few thousand sentences do
not cover. One thread and fixed seeds: one machine gives the same weights every time. Another kind
of processor may round differently, so its teacher, and everything trained on it, may differ
slightly.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.corpora import Sentence
from training.e5 import WeightFile
from training.encoder import Tagger, Tensor
from training.silver import LABELS, Floats
from training.work import Progress

SEED: Final = 1
ASKED: Final = {"id": "idner", "en": "wikigold"}
"""The domain in which news of a language is labelled.

The corpus nearest to news, and to common guidelines.
"""
MOST_PIECES: Final = 10
"""Maximum number of sub-words read of a word."""
MOST: Final = 250
"""Sub-words of a sentence after which no further word is read.

The encoder has 512 positions.
"""

FROZEN: Final = 3
EPOCHS: Final = 3.2
ENCODER_RATE: Final = 1.5e-4
HEAD_RATE: Final = 1e-3
DECAY: Final = 0.01
WARM: Final = 0.1
"""Share of the steps with a rising rate; it then falls to `LAST_RATE` of itself."""
LAST_RATE: Final = 0.02
BATCH: Final = 900
"""Sub-words per training batch, including padding."""
ASKED_BATCH: Final = 3000
_IGNORED: Final = -100


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence as ids.

    Sub-words, the start of each word among them, labels of words, the domain.
    """

    ids: list[int]
    firsts: list[int]
    labels: list[int]
    domain: int


class Teacher:
    """The network with its training and prediction."""

    def __init__(self, weights: WeightFile, domains: Sequence[str]) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(SEED)
        self.domains: Final = tuple(domains)
        self._cutter, self._marks = weights.cutter, weights.marks
        self._model = Tagger(weights, len(self.domains), len(LABELS))

    @classmethod
    def load(cls, weights: WeightFile, path: Path) -> "Teacher":
        """Load a saved teacher. Raises OSError."""
        kept: dict[str, Any] = torch.load(path, weights_only=True)
        teacher = cls(weights, kept["domains"])
        teacher._model.load_state_dict(kept["state"])
        return teacher

    def save(self, path: Path) -> None:
        """Save the trained weights; the file is written atomically."""
        scratch = path.with_name(path.name + ".part")
        torch.save({"domains": list(self.domains), "state": self._model.state_dict()}, scratch)
        scratch.replace(path)

    def learn(self, taught: Sequence[tuple[Sentence, str]], rate: float = ENCODER_RATE) -> None:
        """Train on sentences and their domains; `rate` is the encoder's."""
        items = [self._item(sentence.tokens, domain, sentence.tags) for sentence, domain in taught]
        self._model.encoder.freeze(FROZEN)
        chance = random.Random(SEED)  # noqa: S311 (repeatable, not secret)
        steps = int(len(_batches(items, BATCH, chance)) * EPOCHS)
        optimizer = torch.optim.AdamW(self._groups(rate), weight_decay=DECAY)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
        progress = Progress("teacher learns", steps)
        self._model.train()
        step = 0
        while step < steps:
            for batch in _batches(items, BATCH, chance)[: steps - step]:
                scores, labels = self._scores([items[at] for at in batch])
                loss = functional.cross_entropy(
                    scores.flatten(0, 1), labels.flatten(), ignore_index=_IGNORED
                )
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                step += 1
                progress.at(step)

    def predict(self, sentences: Sequence[Sequence[str]], domain: str) -> list[Floats]:
        """Return the probabilities of each token's labels in a domain.

        Words beyond `MOST` have equal probabilities.
        """
        self._model.eval()
        items = [self._item(tokens, domain) for tokens in sentences]
        found = [
            np.full((len(tokens), len(LABELS)), 1 / len(LABELS), np.float32) for tokens in sentences
        ]
        chance = random.Random(SEED)  # noqa: S311 (repeatable, not secret)
        for batch in _batches(items, ASKED_BATCH, chance):
            with torch.no_grad():
                scores, _ = self._scores([items[at] for at in batch])
            rows: Floats = scores.softmax(-1).numpy()
            for at, row in zip(batch, rows, strict=True):
                size = len(items[at].firsts)
                found[at][:size] = row[:size]
        return found

    def _item(self, tokens: Sequence[str], domain: str, tags: Sequence[str] = ()) -> Item:
        ids, firsts = [self._marks.start], []
        for token in tokens:
            firsts.append(len(ids))
            ids += self._cutter.cut(token)[:MOST_PIECES]
            if len(ids) > MOST:
                break
        labels = [LABELS.index(tag) for tag in tags[: len(firsts)]]
        return Item([*ids, self._marks.end], firsts, labels, self.domains.index(domain))

    def _scores(self, items: Sequence[Item]) -> tuple[Tensor, Tensor]:
        places, words = (
            max(map(len, column))
            for column in zip(*((i.ids, i.firsts) for i in items), strict=True)
        )
        ids = torch.full((len(items), places), self._marks.nothing)
        mask = torch.zeros(len(items), places, dtype=torch.bool)
        firsts = torch.zeros(len(items), words, dtype=torch.long)
        labels = torch.full((len(items), words), _IGNORED)
        for row, item in enumerate(items):
            ids[row, : len(item.ids)] = torch.tensor(item.ids)
            mask[row, : len(item.ids)] = True
            firsts[row, : len(item.firsts)] = torch.tensor(item.firsts)
            labels[row, : len(item.labels)] = torch.tensor(item.labels, dtype=torch.long)
        domains = torch.tensor([item.domain for item in items])
        with torch.autocast("cpu", torch.bfloat16):
            scores = self._model(ids, mask, firsts, domains)
        return scores.float(), labels

    def _groups(self, rate: float) -> list[dict[str, Any]]:
        named = [(name, one) for name, one in self._model.named_parameters() if one.requires_grad]
        encoder = [one for name, one in named if name.startswith("encoder.")]
        head = [one for name, one in named if not name.startswith("encoder.")]
        return [{"params": encoder, "lr": rate}, {"params": head, "lr": HEAD_RATE}]


def _batches(items: Sequence[Item], most: int, chance: random.Random) -> list[list[int]]:
    """Group sentences of similar length into batches, in random order."""
    order = sorted(range(len(items)), key=lambda at: len(items[at].ids) + chance.random() * 2)
    found: list[list[int]] = []
    longest = 0
    for at in order:
        longest = max(longest, len(items[at].ids))
        if not found or longest * (len(found[-1]) + 1) > most:
            found.append([])
            longest = len(items[at].ids)
        found[-1].append(at)
    chance.shuffle(found)
    return found


def _rate(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / (WARM * steps)) * max(LAST_RATE, 1 - step / steps)
