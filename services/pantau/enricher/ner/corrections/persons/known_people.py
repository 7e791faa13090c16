"""People that an engine missed or took into a body's name: Xi Jinping, the Budi of TNI Budi."""

from collections.abc import Mapping
from functools import cache
from itertools import compress, count
from typing import Final

from pantau.enricher.lexicon.public_people import load_public_people
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.corrections.areas.named_sites import is_plain_name
from pantau.enricher.ner.corrections.spans import Words, with_free
from pantau.enricher.ner.engine import Mention

_COMPANY: Final = " Tbk "
_FORCES: Final = "TNI "
_LONGEST_RANK: Final = 20


def with_known_people(words: Words, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with full names of people of the news where none is yet."""
    text, firsts = words.passage.text, _by_first_word()
    found = []
    for index in compress(count(), map(firsts.__contains__, words.tokens)):
        start = words.starts[index]
        for name in firsts[words.tokens[index]]:
            end = start + len(name)
            if text.startswith(name, start) and not text[end : end + 1].isalnum():
                found.append(Mention(start, end, "person"))
    return with_free(len(text), mentions, found) if found else mentions


@cache
def _by_first_word() -> Mapping[str, tuple[str, ...]]:
    """Return the names of several words by their first word, the longest first."""
    people = load_public_people()
    names: dict[str, list[str]] = {}
    for name in (form for forms in people.names.values() for form in forms):
        if " " in name and name.lower() in people.ids:
            names.setdefault(name.partition(" ")[0], []).append(name)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in names.items()}


def with_holders_apart(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the person behind a company's or the forces' name on its own.

    So `Direktur PT Sinar Tbk Budi Hartono` and `Letjen TNI Budi Hartono` are read.
    """
    if _COMPANY not in text and _FORCES not in text:
        return mentions
    return [part for one in mentions for part in _parted(text, one)]


def _parted(text: str, one: Mention) -> list[Mention]:
    name = text[one.start : one.end]
    if one.type != "organization":
        return [one]
    if name.startswith(_FORCES):
        before = text[max(0, one.start - _LONGEST_RANK) : one.start].split()
        if not before or not word_flags().get(before[-1].lower(), 0) & Flag.RANK:
            return [one]
        cut = len(_FORCES) - 1
    elif _COMPANY in name:
        cut = name.rfind(_COMPANY) + len(_COMPANY) - 1
    else:
        return [one]
    holder = name[cut + 1 :]
    if not holder or not all(map(_may_be_named, holder.split())):
        return [one]
    body = Mention(one.start, one.start + cut, "organization")
    return [body, Mention(one.start + cut + 1, one.end, "person")]


def _may_be_named(word: str) -> bool:
    return is_plain_name(word) or bool(word_flags().get(word.lower(), 0) & Flag.PERSON)
