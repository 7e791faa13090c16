"""The one text of an item that has several: a description, a content, a summary.

All of them count where one does not repeat another: a standfirst that the body leaves out is
searched for like the body. Most descriptions are the beginning of the content, though, or the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_TEXTS: Final = 5
"""Texts of an item that are put together at most, the longest."""
REPEATED: Final = 0.6
"""The part of a text's word triples that another one has where it repeats it.

A shortened beginning ends in an ellipsis, "continue reading" and the like.
"""


def join_texts(texts: Iterable[str]) -> str:
    """Return plain texts as one, in their order, without those that another one repeats."""
    given = list(dict.fromkeys(one for one in texts if one))
    if len(given) < 2:
        return given[0] if given else ""
    longest = sorted(given, key=len, reverse=True)[:MOST_TEXTS]
    kept: list[str] = []
    said: list[_Words] = []
    for one in longest:
        words = _words(one)
        if not any(_repeats(words, other) for other in said):
            kept.append(one)
            said.append(words)
    return "\n\n".join(one for one in given if one in kept)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text: in threes, and as a whole between spaces."""

    triples: frozenset[tuple[str, ...]]
    whole: str


def _words(text: str) -> _Words:
    words = [word.strip(".,;:!?…()[]\"'“”") for word in text.casefold().split()]
    words = [word for word in words if word]
    triples = frozenset(zip(words, words[1:], words[2:], strict=False))
    return _Words(triples, f" {' '.join(words)} ")


def _repeats(one: _Words, other: _Words) -> bool:
    """Return whether a text says what a longer one says."""
    if not one.triples:
        return one.whole in other.whole
    return len(one.triples & other.triples) >= REPEATED * len(one.triples)
