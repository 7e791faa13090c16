"""The keys by which a query is found.

They are chosen by word frequencies, which are learned from the articles seen. An anchor of a query
is a set of keys of which every article that the query accepts has at least one: of a conjunction
the rarest of its parts' anchors, of a disjunction all of them together. Queries without one
(negatives, infix wildcards) are tried on every article. The idea is that of Lucene Monitor's
term-filtered presearcher.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from pantau.query import ast
from pantau.query.listed import values_of
from pantau.query.matching.document_view import Gram
from pantau.query.meaning import patterns, proximity_rules

_COMMON: Final = frozenset(
    """
    yang di dan dari ke dengan untuk ini itu pada dalam tidak akan juga ada adalah oleh saat kata
    telah sudah karena bisa para lebih atau sebagai menjadi tersebut kepada mereka dia ia kami kita
    saya jakarta indonesia tahun hari orang baru satu dua the a an of to in and for on is that it
    with as at by be from was has have are he she his her said will not which this its or but had
    were been new year one two id en
    """.split()  # noqa: SIM905 (a list of words is read easier as text)
)
"""Words of most articles: the worst anchors until better is known."""
_COMMON_RATE: Final = 0.5
_PRIOR_ARTICLES: Final = 20
"""The weight of the first guess in articles."""
_PAIR_RATE: Final = 0.2
"""Probability of a pair given its rarer word; a guess, which only orders anchors."""
_TOUCH: Final = 0.2
"""The cost of a key whose guard rejects the query, relative to evaluating the query."""
_MOST_WORDS: Final = 100_000
"""Maximum number of words remembered; beyond, those met once are dropped."""
_ROUND: Final = 32
_LAST_ROUND: Final = 8_192


Key = str | tuple[str] | tuple[str, str] | ast.InList
"""A word or value, a prefix (alone in a tuple), a pair of neighbours, or a list in some fields.

A list stands for all of its values, so that thousands of queries can share it (`list_keys`).
"""
Guarded = tuple[Key, Gram | None]
"""A key, and a gram that a matching article with that key has too.

The guard is looked up before the query itself is evaluated.
"""


class Anchor(NamedTuple):
    """Keys of which a matching article has at least one, and their estimated frequency."""

    keys: tuple[Guarded, ...]
    rate: float


_RATE: Final = attrgetter("rate")


class Frequencies:
    """The fraction of the articles with a word.

    Learns from every eighth article once it has seen a few hundred.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._sorted: list[str] = []
        self._seen = 0
        self._met = 0
        self._next = _ROUND
        self._lists: dict[ast.InList, tuple[int, float]] = {}
        """Per list: the number of its values, and the rate of all of them together."""

    def learn(self, words: Iterable[str]) -> bool:
        """Record the words of an article.

        Returns, at growing intervals, whether rates changed enough to reconsider anchors.
        """
        self._met += 1
        # Counting every word of every article would cost more than better anchors save.
        if self._seen >= 256 and self._met % 8:
            return False
        self._counts.update(words)
        self._seen += 1
        if self._seen < self._next:
            return False
        self._tidy()
        return True

    def _tidy(self) -> None:
        if self._seen >= _LAST_ROUND:  # so that new articles weigh as much as old ones
            self._seen //= 2
            self._counts = Counter(
                {word: count // 2 for word, count in self._counts.items() if count > 1}
            )
        else:
            self._next = min(self._next * 4, _LAST_ROUND)
        if len(self._counts) > _MOST_WORDS:
            self._counts = Counter(dict(self._counts.most_common(_MOST_WORDS // 2)))
        self._sorted = sorted(self._counts)
        self._lists.clear()

    def word(self, text: str) -> float:
        """Return the rate of a word or value."""
        guess = _COMMON_RATE if text in _COMMON else 0.1 / (1 + len(text))
        return (self._counts.get(text, 0) + guess * _PRIOR_ARTICLES) / (
            self._seen + _PRIOR_ARTICLES
        )

    def prefix(self, text: str) -> float:
        """Return an upper bound of the rate of words with a prefix."""
        low = bisect_left(self._sorted, text)
        high = bisect_left(self._sorted, text + "\U0010ffff", low)
        counted = sum(self._counts[word] for word in self._sorted[low : min(high, low + 100)])
        guess = 2.0 ** (1 - len(text))
        return min(1.0, (counted + guess * _PRIOR_ARTICLES) / (self._seen + _PRIOR_ARTICLES))

    def key(self, key: Key) -> float:
        """Return the rate of a key."""
        if isinstance(key, str):
            return self.word(key)
        if isinstance(key, ast.InList):
            return self._listed(key)
        return self.prefix(key[0]) if len(key) == 1 else _PAIR_RATE * min(map(self.word, key))

    def _listed(self, query: ast.InList) -> float:
        """Return an upper bound of the rate of a list; computed once a round for all queries."""
        size = len(values_of(query))
        known = self._lists.get(query)
        if known is None or known[0] != size:
            total = sum(map(self.key, value_keys(query)))
            known = self._lists[query] = (size, min(1.0, total))
        return known[1]


def value_keys(query: ast.InList) -> Iterator[str | tuple[str, str]]:
    """Yield the keys of which an article with a value of the list has at least one."""
    values = values_of(query)
    if not query.as_words:
        yield from values.values
        return
    yield from values.words.words
    yield from values.words.lengths


def anchor(query: ast.Query, rates: Frequencies) -> Anchor | None:  # noqa: PLR0911 (one return a kind of node)
    """Return the best anchor, or None."""
    match query:
        case ast.Term(text=text):
            return _of(rates, text)
        case ast.Prefix(text=text) if text:
            return _of(rates, (text,))
        case ast.Wildcard(pattern=pattern):
            start, _ = patterns.literal_parts(pattern)
            return _of(rates, (start,)) if start else None
        case ast.Phrase(terms=terms, slop=slop):
            # Pairs of words are much rarer than words, but only an exact phrase has them.
            grams: Iterable[Gram] = terms if slop or len(terms) == 1 else pairwise(terms)
            return _all([_of(rates, gram) for gram in dict.fromkeys(grams)])
        case ast.MatchNone():
            return Anchor((), 0.0)
        case ast.InList():
            return _of(rates, query)
        case ast.Near(first=first, second=second):
            return _all(_anchors((first, second), rates))
        case ast.AtLeast(operand=operand):
            return anchor(operand, rates)
        case ast.ExactCase():
            return anchor(proximity_rules.lowered(query), rates)
        case ast.Boolean(must=()):
            return _any([anchor(clause, rates) for clause in query.should])
        case ast.Boolean(must=must):
            return _all(_anchors(must, rates))
        case _:
            return None


def _anchors(parts: Iterable[ast.Query], rates: Frequencies) -> list[Anchor]:
    """Return the anchors of those parts that have one; all parts must match."""
    found = (anchor(part, rates) for part in parts)
    return [one for one in found if one is not None]


def _of(rates: Frequencies, key: Key) -> Anchor:
    return Anchor(((key, None),), rates.key(key))


def _all(parts: list[Anchor]) -> Anchor | None:
    """Return the rarest one, guarded by the next that is a single gram."""
    if len(parts) < 2:
        return parts[0] if parts else None
    best, *others = sorted(parts, key=_RATE)
    for other in others:
        guard = _gram(other)
        if guard is not None and best.keys:
            keys = tuple((key, guard if known is None else known) for key, known in best.keys)
            return Anchor(keys, best.rate * (_TOUCH + (1 - _TOUCH) * other.rate))
    return best


def _gram(one: Anchor) -> Gram | None:
    """Return the only key if it is a gram that an article can be checked for."""
    if len(one.keys) != 1:
        return None
    ((key, _),) = one.keys
    if isinstance(key, ast.InList):
        return None
    return key if isinstance(key, str) or len(key) == 2 else None


def _any(parts: list[Anchor | None]) -> Anchor | None:
    """Return the union, if each part has an anchor."""
    keys: dict[Guarded, None] = {}
    rate = 0.0
    for one in parts:
        if one is None:
            return None
        keys |= dict.fromkeys(one.keys)
        rate += one.rate
    return Anchor(tuple(keys), rate)
