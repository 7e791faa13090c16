"""Corrections of the trained engine's names by single words.

Words that are not part of a name, and names of no entity.
"""

import re
from collections.abc import Sequence
from typing import Final

from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, NO_NAME, ORG_HEAD, PLACE_HEAD, RANK, THING

_NEXT: Final = re.compile(r" ([A-Z][a-z]+)\b")
"""A capitalised word that follows directly."""
_SMALL_WORD: Final = re.compile(r" ([a-z]{2,}) (?=[A-Z])")
"""A lower-case word between two capitalised ones."""
_INITIAL: Final = re.compile(r" [A-Z]\Z")
_PARTICLES: Final = frozenset(
    {
        "bin",
        "binti",
        "al",
        "el",
        "ibn",
        "ben",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
    }
    | {
        "di",
        "la",
        "le",
        "du",
        "ter",
        "ten",
        "zu",
        "af",
        "av",
        "st",
        "no",
        "of",
        "the",
        "dan",
        "and",
        "ul",
        "ud",
        "ur",
    }
)
"""Words that occur in names of people."""
_ON: Final = frozenset({"protection"})
"""Words that end names of things, besides those of `THING`, which is part of the model.
"""
_SHORTEST_VERB: Final = 3
"""Letters of a word behind a name that can be none of it, as the un of Kim Jong un can."""
_SHORTEST_OF_PAIR: Final = 2
_NUMBER: Final = re.compile(r" \d{1,3}\Z")
_MEASURE: Final = re.compile(
    r" (?:tahun|bulan|minggu|pekan|hari|malam|jam|menit|detik|orang|kali|persen|meter|kilometer|km"
    r"|years?|months?|weeks?|days?|hours?|minutes?|times|people)(?!\w)"
)
_AND: Final = frozenset({"dan", "and"})
_MEMBERS: Final = frozenset({"pemuda", "mahasiswa", "pelajar", "santri", "relawan"})
"""Members of a body that also head names of others: Aliansi Mahasiswa dan Pemuda Pesisir."""
_LEAST_OF_TWO: Final = 3
"""Words of which the third may join two bodies."""
_QUOTES: Final = frozenset("\"'“”‘’")
_WORK: Final = re.compile(
    r"(?<!\w)(?:bertajuk|berjudul|judul|lagu|album|film|single|novel|sinetron|drama|serial|puisi)"
    r" [\"'“‘]\Z",
    re.IGNORECASE,
)
"""A word for a work, before its title."""
_LONGEST_WORK: Final = 12
_AJUN: Final = "Ajun"
_RANKS_AFTER: Final = (" Komisaris", " Inspektur", " Brigadir")
"""The ranks of the police that the word makes lower ones; it is also a name."""
_COUNTED: Final = frozenset({"seekor", "sebuah", "seorang", "sejumlah", "sepasang", "puluhan"})
_FRONTS: Final = (
    "kediaman ",
    "Tanggul Sungai ",
    "Tanggul Kali ",
    "Bantaran Sungai ",
    "Bantaran Kali ",
)
_SENTENCE: Final = frozenset(
    {"", ". ", ".\n", "? ", "! ", "- ", "– ", "— ", ' "', " “", '\n"', "\n“", '"', "“", ": "}
)
"""Characters before the beginning of a sentence."""
_ALL_OF: Final = frozenset({"umat"})
"""Words for everyone of a kind."""


def without_small_end(text: str, mention: Mention) -> Mention:
    """Strip lower-case words from the end of a name that begins with a capital.

    PT Sumber Rejeki rugi.
    """
    start, end, kind = mention
    if text[start].isupper():
        blank = text.rfind(" ", start, end)
        while blank > start and text[blank + 1 : end].isalpha() and text[blank + 1 : end].islower():
            end = blank
            blank = text.rfind(" ", start, end)
    return mention if end == mention.end else Mention(start, end, kind)


def without_measure(text: str, mention: Mention) -> Mention:
    """Strip a number that counts what follows: the Istana of `di Istana 4 tahun lalu`."""
    start, end, kind = mention
    if not text[end - 1].isdigit() or _MEASURE.match(text, end) is None:
        return mention
    number = _NUMBER.search(text, start, end)
    return mention if number is None else Mention(start, number.start(), kind)


def without_works(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Remove the places that are titles of works: album bertajuk "Buenos Aires"."""
    return [
        one
        for one in mentions
        if one.type != "place"
        or text[one.start - 1 : one.start] not in _QUOTES
        or text[one.end : one.end + 1] not in _QUOTES
        or _WORK.search(text, max(0, one.start - _LONGEST_WORK), one.start) is None
    ]


def without_homes(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions without words before places: kediaman Cikeas, Tanggul Sungai Wulan."""
    return [
        Mention(text.index(" ", one.start) + 1, one.end, "place")
        if one.type == "place" and text.startswith(_FRONTS, one.start)
        else one
        for one in mentions
    ]


def without_kinds(text: str, mentions: Sequence[Mention], flags: dict[str, int]) -> list[Mention]:
    """Remove the words for kinds of places that begin a sentence: Bandar besarnya lari."""
    return [
        one
        for one in mentions
        if one.type != "place"
        or text[one.end : one.end + 1] != " "
        or not text[one.end + 1 : one.end + 2].islower()
        or text[max(0, one.start - 2) : one.start] not in _SENTENCE
        or not _is_kind(text[one.start : one.end].lower(), flags)
    ]


def _is_kind(low: str, flags: dict[str, int]) -> bool:
    """Return whether a word is one for a kind of places, or counts animals: Seekor gajah."""
    return bool(flags.get(low, 0) & PLACE_HEAD) or low in _COUNTED


def goes_on(text: str, end: int, flags: dict[str, int]) -> bool:
    """Return whether a phrase continues with a capital and names a thing.

    The Vulnerable Targets of Vulnerable Targets Programme.
    """
    following = _NEXT.match(text, end)
    if following is None:
        return False
    word = following[1].lower()
    return word in _ON or bool(flags.get(word, 0) & THING)


def persons(text: str, person: Mention, flags: dict[str, int]) -> list[Mention]:
    """Split a person from the object of a verb, as in Jane Foster met Gen.

    A verb at the end goes, as in SBY melukis, and so do names of no entity.
    """
    if text[person.end - _SHORTEST_VERB : person.end].islower():
        shorter = without_small_end(text, person)
        person = shorter if shorter.end - shorter.start >= _SHORTEST_VERB else person  # Da silva
    name = text[person.start : person.end]
    if " " not in name:
        return _both_of_pair(text, person) or [person]
    if all_nobody(name.lower().split(), flags):
        return []
    parts = _both_of_pair(text, person) or [person]
    for word in _SMALL_WORD.finditer(name):
        # A small word within the name is a verb between two people, unless names have it: van, bin.
        if word[1] not in _PARTICLES:
            low, high = person.start + word.start(), person.start + word.end()
            parts = [Mention(person.start, low, "person"), Mention(high, person.end, "person")]
            break
    return [
        one
        for one in parts
        if not flags.get(text[one.start : one.end].lower(), 0) & (RANK | HONORIFIC)
        or len(parts) == 1
    ]


def _both_of_pair(text: str, person: Mention) -> list[Mention]:
    """Return both players of a pair: Fajar Alfian/Rian Ardianto; none if a name is no pair."""
    slash = text.find("/", person.start, person.end)
    if slash < 0 or not (text[slash - 1].isalpha() and text[slash + 1 : slash + 2].isupper()):
        return []
    if min(slash - person.start, person.end - slash - 1) < _SHORTEST_OF_PAIR:
        return []  # S/P
    return [Mention(person.start, slash, "person"), Mention(slash + 1, person.end, "person")]


def uncut_persons(text: str, mentions: Sequence[Mention], flags: dict[str, int]) -> list[Mention]:
    """Return the mentions, people whose name was cut at an initial whole: Martin J. Simon.

    A title that was cut off at its dot is dropped, the Gen of Gen. Simon, and so is the first word
    of a rank: the Ajun of Ajun Komisaris Simon.
    """
    found: list[Mention] = []
    for one in mentions:
        before = found[-1] if found else None
        if (
            one.type == "person"
            and text.startswith(". ", one.end)
            and flags.get(text[one.start : one.end].lower(), 0) & (RANK | HONORIFIC)
        ):
            continue
        if text.startswith(_RANKS_AFTER, one.end) and text[one.start : one.end] == _AJUN:
            continue
        # The engine ended the name at the dot of its initial.
        if (
            before is not None
            and one.type == before.type == "person"
            and before.end + 2 == one.start
            and text.startswith(". ", before.end)
            and _INITIAL.search(text, before.start, before.end) is not None
        ):
            found[-1] = Mention(before.start, one.end, "person")
        else:
            found.append(one)
    return found


def all_nobody(words: Sequence[str], flags: dict[str, int]) -> bool:
    """Return whether all words are of a kind that names no entity: Idul Fitri, Umat Islam."""
    return len(words) > 1 and all(word in _ALL_OF or flags.get(word, 0) & NO_NAME for word in words)


def two_bodies(words: Sequence[tuple[int, int, str]], kinds: Sequence[int]) -> int:
    """Return the position of the `and` that joins two organisations, each with its head.

    0 if there is none.
    """
    for at in range(_LEAST_OF_TWO - 1, len(words) - 2):
        second = at + 1 + (words[at + 1][2] == "the")
        if (
            words[at][2] in _AND
            and second < len(words) - 1
            and kinds[second] & ORG_HEAD
            and words[second][2] not in _MEMBERS
            and kinds[0] & ORG_HEAD
        ):
            return at
    return 0
