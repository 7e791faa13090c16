"""The teacher's network in torch.

Multilingual-e5-small's encoder, and a classification layer per word.
"""

from typing import Any, Final

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.e5 import WeightFile

Tensor = Any
"""A `torch.Tensor`; torch is not installed where types are checked."""

DROPPED: Final = 0.1
"""Dropout rate during training, as the encoder itself was trained."""


class Layer(nn.Module):
    """One transformer layer, as in BERT.

    Attention and two dense layers, normalised after each.
    """

    def __init__(self, weights: WeightFile, number: int) -> None:
        super().__init__()
        sizes, name = weights.sizes, f"l{number}."
        self.heads: Final = sizes.heads
        width, inner = sizes.width, sizes.inner
        self.asked = _dense(
            np.concatenate([weights.packed(f"{name}{part}.w", width) for part in "qkv"]),
            np.concatenate([weights.floats(f"{name}{part}.b") for part in "qkv"]),
        )
        self.gathered = _dense(weights.packed(name + "ao.w", width), weights.floats(name + "ao.b"))
        self.gathered_norm = _norm(weights, name + "aln")
        self.widened = _dense(weights.packed(name + "fi.w", width), weights.floats(name + "fi.b"))
        self.narrowed = _dense(weights.packed(name + "fo.w", inner), weights.floats(name + "fo.b"))
        self.narrowed_norm = _norm(weights, name + "oln")
        self.drop = nn.Dropout(DROPPED)

    def forward(self, numbers: Tensor, mask: Tensor) -> Tensor:
        """Return the new vectors of the sub-words; `mask` is true for real ones."""
        rows, places, width = numbers.shape
        asked = self.asked(numbers).view(rows, places, 3, self.heads, width // self.heads)
        query, key, value = asked.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.gathered(seen.transpose(1, 2).reshape(rows, places, width))
        numbers = self.gathered_norm(numbers + self.drop(seen))
        inner = self.narrowed(functional.gelu(self.widened(numbers)))
        return self.narrowed_norm(numbers + self.drop(inner))


class Encoder(nn.Module):
    """The whole encoder. Its embedding table is never trained, nor saved.

    It is loaded from the package's file.
    """

    def __init__(self, weights: WeightFile) -> None:
        super().__init__()
        width = weights.sizes.width
        table = weights.packed("emb.word", width).astype(np.float16)
        self.register_buffer("table", torch.from_numpy(table), persistent=False)
        places = weights.floats("emb.pos").reshape(-1, width)
        kind = weights.floats("emb.type").reshape(-1, width)[:1]
        self.places = nn.Parameter(torch.from_numpy(places + kind))
        self.norm = _norm(weights, "emb.ln")
        self.layers = nn.ModuleList(
            Layer(weights, number) for number in range(weights.sizes.layers)
        )
        self.drop = nn.Dropout(DROPPED)

    def freeze(self, layers: int) -> None:
        """Disable training of the lowest layers and everything below them."""
        self.places.requires_grad_(False)  # noqa: FBT003 (torch's own way)
        for part in (self.norm, *self.layers[:layers]):
            part.requires_grad_(False)  # noqa: FBT003 (torch's own way)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of the sub-words."""
        numbers = self.table[ids].float()
        numbers = self.drop(self.norm(numbers + self.places[: ids.shape[1]]))
        for layer in self.layers:
            numbers = layer(numbers, mask[:, None, None, :])
        return numbers


class Tagger(nn.Module):
    """Scores of the labels of each word, from its first sub-word and the corpus of the sentence.

    A vector per corpus absorbs its annotation differences (a "domain", selected for prediction).
    """

    def __init__(self, weights: WeightFile, domains: int, labels: int) -> None:
        super().__init__()
        width = weights.sizes.width
        self.encoder = Encoder(weights)
        self.domains = nn.Embedding(domains, width)
        nn.init.zeros_(self.domains.weight)
        self.before = nn.Linear(width, width)
        self.labels = nn.Linear(width, labels)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, ids: Tensor, mask: Tensor, firsts: Tensor, domains: Tensor) -> Tensor:
        """Return a tensor of sentences, words and labels.

        `firsts` are positions of sub-words.
        """
        numbers = self.encoder(ids, mask)
        words = torch.gather(numbers, 1, firsts[:, :, None].expand(-1, -1, numbers.shape[2]))
        inner = functional.gelu(self.before(self.drop(words)) + self.domains(domains)[:, None, :])
        return self.labels(self.drop(inner))


def _dense(worth: np.ndarray[Any, Any], bias: np.ndarray[Any, Any]) -> Tensor:
    outputs, inputs = worth.shape
    layer = nn.Linear(inputs, outputs)
    layer.weight.data, layer.bias.data = torch.from_numpy(worth), torch.from_numpy(bias)
    return layer


def _norm(weights: WeightFile, name: str) -> Tensor:
    layer = nn.LayerNorm(weights.sizes.width, weights.sizes.epsilon)
    layer.weight.data = torch.from_numpy(weights.floats(name + ".w"))
    layer.bias.data = torch.from_numpy(weights.floats(name + ".b"))
    return layer
