"""Companies and institutes whose last word shows their kind, which an engine missed or cut.

`Kepala Riset Sarana Artha Sekuritas`, `ekonom Bright Institute`, `tim Gresini Racing`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.common import is_affixed, is_common
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.spans import Words
from pantau.enricher.ner.engine import Mention

TAILS: Final = frozenset(
    {
        "Sekuritas", "Securities", "Capital", "Futures", "Berjangka", "Ventures", "Holdings",
        "Institute", "Foundation", "Airlines", "Airways", "Racing", "Motorsport", "Watch",
        "Management", "Consulting", "Partners", "Initiative", "Manajemen",
    }
)  # fmt: skip
"""Last words of such names."""
_MANAGING: Final = frozenset({"Management", "Manajemen"})
_MANAGED: Final = frozenset({"Asset", "Aset", "Investment", "Investasi", "Wealth", "Fund"})
"""Words before these in the name of a company."""
_OF_THINGS: Final = frozenset(
    {
        "Capital", "Futures", "Ventures", "Holdings", "Racing", "Motorsport", "Watch", "Management",
        "Consulting", "Partners", "Initiative",
    }
)  # fmt: skip
"""Last words that things have as well: Human Capital, Drag Racing, Apple Watch."""
_HOME: Final = "Indonesia"
"""The word that may follow: Kiwoom Sekuritas Indonesia."""
_LONGEST: Final = 5
"""Words before the last one."""
_LEADING: Final = int(
    Flag.OFFICE
    | Flag.RANK
    | Flag.HONORIFIC
    | Flag.CALENDAR
    | Flag.NO_NAME
    | Flag.SPEAKING
    | Flag.THING
)
"""Kinds of words with a capital before such a name that are not part of it."""
_BEFORE: Final = frozenset(
    {"analis", "ekonom", "riset", "research", "head", "trader", "tim", "senior", "chief", "menurut"}
)
"""Further words of this kind."""


def with_tails(words: Words, tails: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the companies that end at the tokens `tails`, and a country."""
    if words.passage.headline:
        return mentions  # where every word has a capital
    found = [one for tail in tails for one in _company(words, tail)]
    if not found:
        return mentions
    gone: set[Mention] = set()
    added: list[Mention] = []
    starts = [old.start for old in mentions]
    for one in found:
        low = max(0, bisect_right(starts, one.start) - 1)
        near = mentions[low : bisect_left(starts, one.end)]
        touched = [old for old in near if old.end > one.start]
        if all(_is_part(old, one) or _is_led(words, old, one) for old in touched):
            gone.update(touched)
            led = any(old.start < one.start for old in touched)
            added.append(_without_leading(words, touched[0]) if led else one)
    return without_overlap([one for one in mentions if one not in gone] + added)


def _company(words: Words, tail: int) -> Iterator[Mention]:
    """Yield the name that ends at a token, if what stands before it has a name in it."""
    tokens = words.tokens
    if tokens[tail] in _MANAGING and (not tail or tokens[tail - 1] not in _MANAGED):
        return
    first = tail
    while first and tail - first < _LONGEST and _is_part_of_name(tokens[first - 1]):
        first -= 1
    while first < tail and not _is_special(tokens[first]):
        first += 1
    last = tail + 1
    if tokens[last : last + 1] == [_HOME]:
        last += 1
    after = tokens[last] if last < len(tokens) else ""
    if after in TAILS or (after[:1].isupper() and word_flags().get(after.lower(), 0) & Flag.THING):
        return  # the next word ends it, or makes it an event
    if tokens[tail] in _OF_THINGS and not any(map(_is_unlike_things, tokens[first:tail])):
        return
    if first < tail:
        yield words.mention(first, last, "organization")


def _is_part_of_name(token: str) -> bool:
    """Return whether a token may stand in such a name before its last word."""
    if not token[0].isupper() or not token.isalnum():
        return False
    low = token.lower()
    return low not in _BEFORE and not word_flags().get(low, 0) & _LEADING


def _is_special(token: str) -> bool:
    """Return whether a word is no common one, so that it names something."""
    low = token.lower()
    return not (is_common(low) or is_affixed(low))


def _is_unlike_things(token: str) -> bool:
    """Return whether a word is neither an English one nor a maker of things with such names."""
    seen = word_flags().get(token.lower(), 0)
    return token not in _MANAGED and not seen & (Flag.COMMON | Flag.ORG)


def _is_led(words: Words, old: Mention, one: Mention) -> bool:
    """Return whether a mention is the company with a word that is not part of it: Ekonom."""
    first = words.passage.text[old.start : old.end].partition(" ")[0].lower()
    return old.start < one.start and old.end == one.end and first in _BEFORE


def _without_leading(words: Words, old: Mention) -> Mention:
    """Return a company without such words before it: Senior Analis Sarana Artha Sekuritas."""
    start = old.start
    for word in words.passage.text[old.start : old.end].split(" "):
        if word.lower() not in _BEFORE:
            break
        start += len(word) + 1
    return Mention(start, old.end, "organization")


def _is_part(old: Mention, one: Mention) -> bool:
    """Return whether a mention lies in a company's name, and is no person before its holder."""
    if old.type == "organization" and old.end == one.end:
        return False  # as the engine has it
    return one.start <= old.start and old.end <= one.end
