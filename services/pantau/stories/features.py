"""The topic of an article as a short string: its most significant words with weights.

The weight of a word grows with its frequency in the article (logarithmically), with its rarity in
the language, and if it is a name; a word of the title counts as several occurrences in the text.
The `KEPT` heaviest are kept; together they are a vector of length 1, so that the sum of products of
two articles' weights (the cosine) is their similarity, 0 to 1. In a language whose common words are
unknown (`LANGUAGES`) only names and digits count: else its common words would make all articles
similar. Weights are integers in 1/`SCALE`: sums do not depend on their order.
"""

import base64
import math
import struct
from functools import lru_cache
from typing import Final

import numpy as np

from pantau.stories.rarity import load_rarity
from pantau.stories.templates import load_templates
from pantau.stories.words import ArticleWords, Numbers, firsts

VERSION: Final = "t1"
"""Version prefix; features of different versions have nothing in common."""
LANGUAGES: Final = frozenset(("id", "ms", "en", "und"))
"""Languages whose common words are known; `und` is usually a short text in one of them."""
KEPT: Final = 32
SCALE: Final = 255
_TITLE: Final = 2
_NAME: Final = 1.5
_COMMON: Final = 65.0
"""Words up to this rarity, as in `Rarity`, are insignificant: more frequent than one in 700."""
_DIGITS: Final = 90.0
"""Assumed rarity of digits, which the table lacks."""
_TITLE_OF_TEMPLATE: Final = 2.5
"""Further weight of the names in such a report's title: the official who speaks is in its text."""
_NOTHING: Final = 1e-9
_LEAST_OF_TEMPLATE: Final = 150.0
"""Least length of the vector of a report from a template, before it is made 1.

It is that of a rare name in title and text: a report that has only common names has no event.
"""
_HASH_BYTES: Final = 4

Features = dict[int, int]
"""Hashes of words to weights."""


def features(words: ArticleWords, lang: str | None = None) -> str:
    """Return the features of an article: at most 220 characters."""
    hashes, weights = _heaviest(words, names_only=lang is not None and lang not in LANGUAGES)
    packed = hashes.astype(">u4").tobytes() + weights.astype(np.uint8).tobytes()
    return f"{VERSION}:{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def _heaviest(words: ArticleWords, *, names_only: bool) -> tuple[Numbers, Numbers]:
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
    template = load_templates().find(distinct)
    if names_only or template is not None:
        names[digits] = True
        weights[~names] = 0
    least = _NOTHING
    if template is not None:
        cue = load_templates().service(words.title, distinct)
        if cue is not None and cue.alone:
            return every[:0], every[:0]  # no event, so no story
        weights[template.idle] = 0
        weights[np.isin(distinct, words.title)] *= _TITLE_OF_TEMPLATE
        least = _LEAST_OF_TEMPLATE
    # Of equal weights the smaller number comes first: `distinct` is ascending and the sort is
    # stable.
    order = (-weights).argsort(kind="stable")[:KEPT]
    weights = weights.take(order)
    weights /= max(math.sqrt((weights * weights).sum()), least)
    whole = np.rint(weights * SCALE).astype(np.uint64)
    kept = whole > 0
    return distinct.take(order)[kept], whole[kept]


@lru_cache(maxsize=256)
def read_features(text: str) -> Features:
    """Parse features; empty for another version or an invalid string.

    The result is cached and shared: do not modify it.
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
