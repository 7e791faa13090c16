"""Marks of words: which corrections a word of a text matters to.

They depend on the word alone. So they are looked up once, when an engine sees a word first, and not
again at each of its places in each text.
"""

from collections.abc import Callable, Sequence
from typing import Final

Marking = Callable[[str], int]
"""Returns the marks of a word, as bits; 0 for most words."""
Marked = Sequence[tuple[int, int]]
"""The tokens of a text whose words have marks: their indices, in order, and the marks."""

KNOWN_NAME: Final = 1
"""A known name may begin with the word."""
PUBLIC_PERSON: Final = 2
"""The name of a person of the news begins with it."""
FIRST_CUE: Final = 2
"""The bit of the first kind of words that show a name beside them."""


def no_marks(word: str) -> int:
    """Return that a word matters to no correction."""
    del word
    return 0


def tokens_with(marked: Marked, mark: int) -> list[int]:
    """Return the tokens whose words have a mark."""
    return [index for index, marks in marked if marks & mark]
