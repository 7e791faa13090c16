"""People that an engine missed or merged into an organisation: Xi Jinping, the Budi of TNI Budi."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from pantau.enricher.lexicon.public_people import load_public_people
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.corrections.areas.named_sites import is_plain_name
from pantau.enricher.ner.corrections.persons.name_words import may_be_named
from pantau.enricher.ner.corrections.spans import Words, with_free
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.marks import PUBLIC_PERSON, tokens_with

_ALSO_WORDS: Final = frozenset({"mbs", "ibas", "ahy", "biden", "cr7", "sukarno", "soekarno"})
"""Names of one word that are short forms of other things, or of places."""
_COMPANY: Final = " Tbk "
_FORCES: Final = "TNI "
_NEAR: Final = 3
"""Names that may begin one after the other before a mention and hold it."""
_LEADING: Final = int(Flag.OFFICE | Flag.RANK | Flag.HONORIFIC | Flag.SPEAKING)
"""Kinds of words with a capital that may stand before a name."""
_LONGEST_RANK: Final = 20
_BLANK, _BINDS = frozenset({"", " ", "\n"}), frozenset({"-", "/", "'", "’"})


def with_known_people(words: Words, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with full names of people of the news where none is yet."""
    text = words.passage.text
    found = []
    for index in tokens_with(words.marked, PUBLIC_PERSON):
        for start, end in _at(text, words.starts[index], words.tokens[index]):
            if " " in text[start:end] or _stands_alone(text, start, end):
                found.append(Mention(start, end, "person"))
    if not found:
        return mentions
    starts = [name.start for name in found]  # in order
    kept = [
        one
        for one in mentions
        if not _is_in_any(one, found, starts) and not _ends_in_any(words, one, found, starts)
    ]
    return with_free(len(text), kept, found)


def begins_public_name(word: str) -> bool:
    """Return whether the name of a person of the news begins with a word."""
    return word in _by_first_word()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether no other capital or hyphen beside one word makes it part of another name."""
    if text[start - 1 : start] not in _BLANK or text[end : end + 1] in _BINDS:
        return False
    after = text[end + 1 : end + 2] if text[end : end + 1] == " " else ""
    before = text[max(0, start - _LONGEST_RANK) : start].rstrip(" ").rpartition(" ")[2]
    led = word_flags().get(before.lower(), 0) & _LEADING
    return not after.isupper() and (bool(led) or not before[:1].isupper())


def _is_in_any(one: Mention, names: Sequence[Mention], starts: Sequence[int]) -> bool:
    """Return whether a mention is a part of one of the names, of which `starts` are the starts."""
    at = bisect_right(starts, one.start)
    return any(_is_part_of(one, name) for name in names[max(0, at - _NEAR) : at])


def _ends_in_any(
    words: Words, one: Mention, names: Sequence[Mention], starts: Sequence[int]
) -> bool:
    """Return whether a person is one of the names behind the end of an office: Imipas Yusril ...

    A first name before it is another person's: Iriana Joko Widodo.
    """
    if one.type != "person":
        return False
    text = words.passage.text
    for name in names[bisect_right(starts, one.start) : bisect_left(starts, one.end)]:
        if one.end == name.end and " " in text[name.start : name.end]:
            before = text[one.start : name.start].lower().split()
            named = any(may_be_named(word, words.gazetteer) for word in before)
            return len(before) > 1 or not named
    return False


def _is_part_of(one: Mention, name: Mention) -> bool:
    """Return whether a name is a part of a person's: Jinping, the Israel of Israel Katz."""
    if one.type == "organization" or (one.end - one.start) >= name.end - name.start:
        return False
    return name.start <= one.start and one.end <= name.end


def known_people(text: str, starts: Iterable[int]) -> Iterator[Mention]:
    """Yield the full names of people of the news that begin at one of `starts`."""
    for start in starts:
        first = text[start : start + _LONGEST_RANK].partition(" ")[0]
        places = _at(text, start, first)
        longest = next((place for place in places if " " in text[slice(*place)]), None)
        if longest is not None:
            yield Mention(*longest, "person")


def _at(text: str, start: int, first: str) -> Iterator[tuple[int, int]]:
    """Yield where names that begin at `start` with the word `first` stand, the longest first."""
    for name in _by_first_word().get(first, ()):
        end = start + len(name)
        if text.startswith(name, start) and not text[end : end + 1].isalnum():
            yield start, end


@cache
def _by_first_word() -> Mapping[str, tuple[str, ...]]:
    """Return the names by their first word, the longest first.

    One word is a name that nobody else has: Trump, Jokowi.
    """
    people = load_public_people()
    names: dict[str, list[str]] = {}
    for name in (form for forms in people.names.values() for form in forms):
        if name.lower() in people.ids and (" " in name or name.lower() not in _ALSO_WORDS):
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
