"""The features of a word for the trained model.

Its letters, its shape, and its entry in the model's word book. The only place where features are
computed, for training and for use; a change here requires a new model (`make model`). Every feature
belongs to one word, so that its contribution can be summed up once per word and cached.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from pantau.enricher.ner.trained.tokens import BREAK

LONGEST: Final = 40
"""Number of letters of a word that count; longer ones are not words."""
_SHAPE_KINDS: Final = 10
LONGEST_PIECE: Final = 4
"""Maximum length of the prefixes and suffixes used as features."""
BOUNDARY: Final = "="
"""The shape beyond the ends of a sentence."""

Book = Mapping[str, tuple[str, ...]]
"""Known features of words in lower case."""


def shape(word: str) -> str:
    """Return the character classes of a word, with runs collapsed.

    Xx for Jakarta, XX for KPK, X for A, Xx-Xx for Asia-Pasifik.
    """
    # a fast path for most words, with the same result
    if word.isascii() and word.isalpha() and len(word) > 1:
        if word.islower():
            return "x"
        if word.isupper():
            return "XX"
        if word[0].isupper() and word[1:].islower():
            return "Xx"
    kinds: list[str] = []
    for mark in word[:LONGEST]:
        kind = "X" if mark.isupper() else "x" if mark.islower() else "d" if mark.isdigit() else mark
        if not kinds or kind != kinds[-1]:
            kinds.append(kind)
    if kinds == ["X"] and len(word) > 1:
        return "XX"
    return "".join(kinds[:_SHAPE_KINDS])


def word_features(word: str, book: Book) -> list[str]:
    """Return the features of a word, most of them for one with letters.

    The first is the shape; the end of a line has no other.
    """
    if word == BREAK:
        return ["s=" + BOUNDARY]
    word = word[:LONGEST]
    low, form = word.lower(), shape(word)
    found = ["s=" + form, "w=" + word, "l=" + low]
    if word[0].isalpha():
        size = len(low)
        if size > LONGEST_PIECE:  # most words: the same as below, unrolled
            found += (
                "a=" + low[:2], "a=" + low[:3], "a=" + low[:4],
                "z=" + low[-1], "z=" + low[-2:], "z=" + low[-3:], "z=" + low[-4:],
            )  # fmt: skip
        else:
            found += ["a=" + low[:end] for end in range(2, LONGEST_PIECE + 1) if size > end]
            found += ["z=" + low[-end:] for end in range(1, LONGEST_PIECE + 1) if size > end]
        found += (f"Z={low[-3:]}{form}", f"S={form}{min(size, 8)}")
    found += _entry_features(form, book.get(low))
    if "-" in word:
        for part in low.split("-")[:2]:
            found += ["h" + one for one in book.get(part, ())]
    return found


@lru_cache(maxsize=4096)
def _entry_features(form: str, known: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the features that a word of a shape has by its entry in the book; most are alike."""
    if known is None:
        return ("u=" + form,)
    return (*known, *(f"+{form}{one}" for one in known if one[0] != "."))
