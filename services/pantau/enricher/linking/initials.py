"""Short forms that the initials or the beginnings of words spell: KPK, Bawaslu, Kemenkes."""

import re
from collections.abc import Sequence
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
SMALL: Final = frozenset(
    {
        "dan", "atas", "dalam", "pada", "dengan", "serta", "bagi", "untuk", "of", "the", "and",
        "for", "on", "in", "to", "de", "&",
    }
)  # fmt: skip
_SYLLABLE: Final = 6
"""Maximum characters per word in a short form such as Bawaslu."""


def spells(short: str, name: str) -> bool:
    """Return whether the initials of a name, small words aside, spell a short form."""
    return _spells(short, [word for word in WORD.findall(name) if word.lower() not in SMALL])


def follows(short: str, name: str) -> bool:
    """Return whether the letters of a short form occur in a name in this order.

    Those of Bakom do so in Badan Komunikasi Pemerintah.
    """
    letters = iter(name.lower())
    return all(letter in letters for letter in short.lower())


def _spells(short: str, words: Sequence[str]) -> bool:
    """Return whether the words' initials, or a prefix of each, spell the short form.

    KPK, Bawaslu, Kemenkes.
    """
    lowers = [word.lower() for word in words]
    return bool(words) and consumes(letters_of(short), lowers, syllables=not short.isupper())


def letters_of(short: str) -> str:
    """Return the letters and digits of a short form in lower case."""
    return "".join(filter(str.isalnum, short.lower()))


def consumes(letters: str, words: Sequence[str], *, syllables: bool) -> bool:
    """Return whether the letters consist of a prefix of each word, in order.

    A prefix is one letter, with `syllables` up to six. All alternatives are followed at once, as
    the set of positions reached in `letters`: time is linear in the words, whatever the letters.
    """
    longest = _SYLLABLE if syllables else 1
    reached = {0}
    for word in words:
        reached = {
            at + size
            for at in reached
            for size in range(1, _common(letters, at, word[:longest]) + 1)
        }
        if not reached:
            return False
    return len(letters) in reached


def _common(letters: str, start: int, word: str) -> int:
    """Return the length of the common prefix of `letters` from `start` on and `word`."""
    for size, letter in enumerate(word):
        if letters[start + size : start + size + 1] != letter:
            return size
    return len(word)
