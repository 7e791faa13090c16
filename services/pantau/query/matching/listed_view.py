"""Lists in the text of one article, by its sets of words: equivalent to `meaning.lists`."""

from typing import Final

from pantau.query.listed import ListedWords
from pantau.query.text.document import Document, Tokens

_NONE: Final = -1


def has_words(
    words: ListedWords,
    document: Document,
    names: tuple[str, ...],
    held: set[str | tuple[str, str]],
) -> bool:
    """Return whether one of some text fields has a value of a list.

    `held` are the words and the pairs of neighbours of all of these fields. Sets decide nearly
    always; only where they have the first two words of a longer phrase are places looked up, and
    charged.
    """
    if not held.isdisjoint(words.words) or not held.isdisjoint(words.pairs):
        return True
    if len(held) < len(words.lengths):  # the smaller of the two is walked
        begun = [pair for pair in held if pair in words.lengths]
    else:
        begun = [pair for pair in words.lengths if pair in held]
    return any(
        _begins(words, document.tokens(name), pair)
        for pair in begun
        if isinstance(pair, tuple)
        for name in names
    )


def _begins(words: ListedWords, tokens: Tokens, pair: tuple[str, str]) -> bool:
    """Return whether a phrase that begins with two words occurs."""
    sequence = tokens.sequence
    ends = (*tokens.starts[1:], len(sequence))
    most = words.lengths[pair][-1]
    for start, end in zip(tokens.starts, ends, strict=True):
        place = start - 1
        while (place := _next(sequence, pair[0], place + 1, end)) != _NONE:
            tokens.meter.spend(1 + most)
            if next(words.ending(sequence, place, end), None) is not None:
                return True
    return False


def _next(sequence: list[str], word: str, start: int, end: int) -> int:
    """Return the next place of a word, or `_NONE`."""
    try:
        return sequence.index(word, start, end)
    except ValueError:
        return _NONE
