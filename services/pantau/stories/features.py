"""The topic of an article as a short string: its most significant words with weights.

The weight of a word grows with its frequency in the article (logarithmically), with its rarity in
the language, and if it is a name; a word of the title counts as several occurrences in the text.
The `KEPT` heaviest are kept; together they are a vector of length 1, so that the sum of products of
two articles' weights (the cosine) is their similarity, 0 to 1. In a language whose common words are
unknown (`LANGUAGES`) only names and digits count: else its common words would make all articles
similar. Weights are integers in 1/`SCALE`: sums do not depend on their order.

Beside the weights stands what kind of evidence a word is: a name or number, another word, or a word
of `data/general.txt`, which tells only who acts and by what procedure. Facts of a quake
(`quakes.py`) are words of the least weight.
"""

import base64
import math
import struct
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np

from pantau.stories import quakes
from pantau.stories.rarity import load_rarity
from pantau.stories.templates import load_templates
from pantau.stories.words import ArticleWords, Flags, Numbers, firsts, hash_words

VERSION: Final = "t2"
"""Version prefix."""
_PLAIN_VERSION: Final = "t1"
"""The version before, without kinds of evidence; its weights are comparable."""
LANGUAGES: Final = frozenset(("id", "ms", "en", "und"))
"""Languages whose common words are known; `und` is usually a short text in one of them."""
KEPT: Final = 32
SCALE: Final = 255
_TITLE: Final = 2
_NAME: Final = 1.5
_COMMON: Final = 65.0
"""Words up to this rarity, as in `Rarity`, are insignificant: more frequent than one in 700."""
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


class EventWords(NamedTuple):
    """Which words of an article can show its event: names and numbers, and those with others."""

    names: frozenset[int]
    telling: tuple[int, ...]


class _Heaviest(NamedTuple):
    """The heaviest words of an article, in order, with weights and which are names or numbers."""

    hashes: Numbers
    weights: Numbers
    names: Flags
    facts: tuple[int, ...] = ()


_NO_WORDS: Final = _Heaviest(
    np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.bool_)
)


def features(words: ArticleWords, lang: str | None = None) -> str:
    """Return the features of an article: at most 220 characters."""
    found = _heaviest(words, names_only=lang is not None and lang not in LANGUAGES)
    # 32 words at most: lists are quicker here than arrays.
    hashes, weights = found.hashes.tolist(), found.weights.tolist()
    general = _load_general()
    names: list[int] = []
    others: list[int] = []
    untelling: list[int] = []
    for at, name in enumerate(found.names.tolist()):
        (untelling if hashes[at] in general else names if name else others).append(at)
    order = names + others + untelling
    packed = struct.pack(
        f">BB{len(hashes) + len(found.facts)}I",
        len(names),
        len(others),
        *[hashes[at] for at in order],
        *found.facts,
    )
    packed += bytes([*[weights[at] for at in order], *[1] * len(found.facts)])
    return f"{VERSION}:{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def _heaviest(words: ArticleWords, *, names_only: bool) -> _Heaviest:
    every = np.concatenate((words.text, *(words.title,) * _TITLE))
    if not len(every):
        return _NO_WORDS
    every.sort()
    first = firsts(every).nonzero()[0]
    distinct = every.take(first)
    counts = np.empty_like(first)
    np.subtract(first[1:], first[:-1], out=counts[:-1])
    counts[-1] = len(every) - first[-1]
    rare = load_rarity().of(distinct)
    digits = distinct.searchsorted(words.text[words.digits])
    weights = (1 + np.log(counts)) * np.maximum(rare - _COMMON, 0)
    names = np.zeros(len(distinct), dtype=np.bool_)
    names[distinct.searchsorted(words.text[words.names])] = True
    weights[names] *= _NAME
    names[digits] = True
    template = load_templates().find(distinct)
    if names_only or template is not None:
        weights[~names] = 0
    least = _NOTHING
    facts: tuple[int, ...] = ()
    if template is not None:
        cue = load_templates().service(words.title, distinct)
        if cue is not None and cue.alone:
            return _NO_WORDS  # no event, so no story
        if template.topic == quakes.TOPIC:
            facts = quakes.facts(words)
        weights[template.idle] = 0
        weights[np.isin(distinct, words.title)] *= _TITLE_OF_TEMPLATE
        least = _LEAST_OF_TEMPLATE
    # Of equal weights the smaller number comes first: `distinct` is ascending and the sort is
    # stable.
    order = (-weights).argsort(kind="stable")[: KEPT - len(facts)]
    weights = weights.take(order)
    weights /= max(math.sqrt((weights * weights).sum()), least)
    whole = np.rint(weights * SCALE).astype(np.uint64)
    kept = whole > 0
    return _Heaviest(distinct.take(order)[kept], whole[kept], names.take(order)[kept], facts)


@cache
def _load_general() -> frozenset[int]:
    text = files("pantau.stories").joinpath("data", "general.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(hash_words(" ".join(lines)).tolist())


def read_features(text: str) -> Features:
    """Parse features; empty for another version or an invalid string.

    The result is cached and shared: do not modify it.
    """
    return _read(text)[0]


def read_event_words(text: str) -> EventWords:
    """Parse which words are evidence; of the version before, every word counts as a name."""
    return _read(text)[1]


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[Features, EventWords]:
    packed, head = _unpack(text)
    count = (len(packed) - head) // (_HASH_BYTES + 1)
    hashes = struct.unpack_from(f">{count}I", packed, head)
    names, others = (packed[0], packed[1]) if head else (count, 0)
    words = EventWords(frozenset(hashes[:names]), hashes[: names + others])
    return dict(zip(hashes, packed[head + count * _HASH_BYTES :], strict=True)), words


def _unpack(text: str) -> tuple[bytes, int]:
    """Return the bytes of features and where the words begin; empty for an invalid string."""
    version, _, coded = text.partition(":")
    if version not in {VERSION, _PLAIN_VERSION}:
        return b"", 0
    try:
        packed = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
    except ValueError:
        return b"", 0
    head = 2 if version == VERSION else 0
    if len(packed) < head or (len(packed) - head) % (_HASH_BYTES + 1):
        return b"", 0
    return packed, head


def similarity(one: Features, other: Features) -> float:
    """Return the cosine of two articles, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    common = one.keys() & other.keys()
    return sum(one[word] * other[word] for word in common) / SCALE**2
