"""What the trained model sees in one word.

Its letters, its shape, and what the model's word book says of it. The one place where features are
made, for training and for use; a change here needs a new model (`make model`). Every feature
belongs to one word, so that what it is worth can be added up once a word and kept.
"""

from collections.abc import Mapping
from typing import Final

from pantau.enricher.ner.tokens import BREAK

LONGEST: Final = 40
"""Letters of a word that count; longer ones are no words."""
_SHAPE_KINDS: Final = 10
_LONGEST_PIECE: Final = 4
"""Letters of a word's beginning and end that count together."""
BOUNDARY: Final = "="
"""The shape of what is beyond a sentence's ends."""

Book = Mapping[str, tuple[str, ...]]
"""What is known of words in lower case, as features."""


def shape(word: str) -> str:
    """Return the kinds of characters in a word, runs as one.

    Xx for Jakarta, XX for KPK, X for A, Xx-Xx for Asia-Pasifik.
    """
    if word.isascii() and word.isalpha() and len(word) > 1:  # as most are: quicker, and the same
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
    """Return the features of a word, most of all of one with letters.

    The first is the shape; a line's end has no other.
    """
    if word == BREAK:
        return ["s=" + BOUNDARY]
    word = word[:LONGEST]
    low, form = word.lower(), shape(word)
    found = ["s=" + form, "w=" + word, "l=" + low]
    if word[0].isalpha():
        size = len(low)
        if size > _LONGEST_PIECE:  # the same as below, written out: most words
            found += (
                "a=" + low[:2], "a=" + low[:3], "a=" + low[:4],
                "z=" + low[-1], "z=" + low[-2:], "z=" + low[-3:], "z=" + low[-4:],
            )  # fmt: skip
        else:
            found += ["a=" + low[:end] for end in range(2, _LONGEST_PIECE + 1) if size > end]
            found += ["z=" + low[-end:] for end in range(1, _LONGEST_PIECE + 1) if size > end]
        found += (f"Z={low[-3:]}{form}", f"S={form}{min(size, 8)}")
    known = book.get(low)
    if known is None:
        found.append("u=" + form)
    else:
        found += known
        found += [f"+{form}{one}" for one in known if one[0] != "."]
    if "-" in word:
        for part in low.split("-")[:2]:
            found += ["h" + one for one in book.get(part, ())]
    return found
