"""What an article is about, as a short string: its most telling words with their weights.

A word weighs the more the oftener it stands in the article (by the logarithm), the rarer it is in
the language, and if it is a name; a word of the title counts as if it stood in the text so often
more. The `KEPT` heaviest are kept; together they are a vector of length 1, so that the sum of
products of two articles' weights (the cosine) says how much they are about the same, 0 to 1. In a
language whose common words are not known (`LANGUAGES`) only names and digits count: else all its
articles would be alike by those. Weights are whole numbers in 1/`SCALE`: sums do not depend on
their order.
"""

import base64
import math
import struct
from functools import lru_cache
from typing import Final

import numpy as np

from pantau.stories.rarity import load_rarity
from pantau.stories.words import Numbers, Words, firsts

VERSION: Final = "t1"
"""What features begin with; those of another version have nothing in common with these."""
LANGUAGES: Final = frozenset(("id", "ms", "en", "und"))
"""Languages whose common words are known; `und` is mostly a short text of one of them."""
KEPT: Final = 32
SCALE: Final = 255
_TITLE: Final = 2
_NAME: Final = 1.5
_COMMON: Final = 65.0
"""Rarity up to which a word tells nothing, as in `Rarity`: one word in 700 is commoner."""
_DIGITS: Final = 90.0
"""How rare digits are taken to be; the table has none."""
_HASH_BYTES: Final = 4

Features = dict[int, int]
"""Hashes of words to weights."""


def features(words: Words, lang: str | None = None) -> str:
    """Return the features of an article: at most 220 characters."""
    hashes, weights = _heaviest(words, names_only=lang is not None and lang not in LANGUAGES)
    packed = hashes.astype(">u4").tobytes() + weights.astype(np.uint8).tobytes()
    return f"{VERSION}:{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def _heaviest(words: Words, *, names_only: bool) -> tuple[Numbers, Numbers]:
    every = np.concatenate((words.text, *(words.title,) * _TITLE))
    if not len(every):
        return every, every
    every.sort()
    first = firsts(every).nonzero()[0]
    distinct = every.take(first)
    counts = np.empty_like(first)
    np.subtract(first[1:], first[:-1], out=counts[:-1])
    counts[-1] = len(every) - first[-1]
    rare = load_rarity().of(distinct)
    digits = distinct.searchsorted(words.text[words.digits])
    rare[digits] = _DIGITS
    weights = (1 + np.log(counts)) * np.maximum(rare - _COMMON, 0)
    names = np.zeros(len(distinct), dtype=np.bool_)
    names[distinct.searchsorted(words.text[words.names])] = True
    weights[names] *= _NAME
    if names_only:
        names[digits] = True
        weights[~names] = 0
    # Of equal weights the smaller number comes first: `distinct` ascends and the sort is stable.
    order = (-weights).argsort(kind="stable")[:KEPT]
    weights = weights.take(order)
    weights /= max(math.sqrt((weights * weights).sum()), 1e-9)
    whole = np.rint(weights * SCALE).astype(np.uint64)
    kept = whole > 0
    return distinct.take(order)[kept], whole[kept]


@lru_cache(maxsize=256)
def read_features(text: str) -> Features:
    """Read features; empty for another version, or what is none.

    The result is shared: do not change it.
    """
    version, _, coded = text.partition(":")
    if version != VERSION:
        return {}
    try:
        packed = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
    except ValueError:
        return {}
    count, beyond = divmod(len(packed), _HASH_BYTES + 1)
    if beyond:
        return {}
    hashes = struct.unpack_from(f">{count}I", packed)
    return dict(zip(hashes, packed[count * _HASH_BYTES :], strict=True))


def similarity(one: Features, other: Features) -> float:
    """Return the cosine of two articles, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    common = one.keys() & other.keys()
    return sum(one[word] * other[word] for word in common) / SCALE**2
