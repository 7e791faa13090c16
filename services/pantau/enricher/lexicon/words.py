"""Words by what they indicate about adjacent names.

Titles, heads of organisations and places, degrees. Manual lists (`data/words.txt`), Indonesian and
English, all in lower case, combined with `data/lexicon.tsv` (see `data/CREDITS.md`) into one table
from a word to its flags, so that the scanner looks up each word once.
"""

from enum import IntFlag
from functools import cache
from importlib.resources import files
from typing import Final


class Flag(IntFlag):
    """The roles of a word. A word may have several."""

    COMMON = 1  # more frequent in lower case than as a name
    CAPITAL = 2  # capitalised without being a name: Selasa, Islam
    PERSON = 4  # occurs in names of people
    PLACE = 8  # occurs in names of places
    ORG = 16  # occurs in names of organisations
    OFFICE = 32  # an office that a person holds: ketua, minister
    RANK = 64  # a military or police rank
    HONORIFIC = 128  # Dr, H., Pak, Mrs
    DEGREE = 256  # MH, S.Sos, PhD
    ORG_HEAD = 512  # begins a name of an organisation: Kementerian, Ministry
    ORG_TAIL = 1024  # ends one: Corp, University
    PLACE_HEAD = 2048  # begins a name of a place: Jalan, Gunung, Mount
    PLACE_TAIL = 4096  # ends one: Street, Airport
    CALENDAR = 8192  # months and days
    PLACE_PREPOSITION = 16384  # before places: di, ke, dari, in, near
    SPEAKING = 32768  # kata, ujar, said: a person is near
    THING = 131072  # a run of capitals with it names a thing: Undang-Undang, Piala, Work Plan
    NO_NAME = 65536  # never part of a name, though often capitalised: Allah, WIB, Covid-19


NAMELESS: Final = int(
    Flag.COMMON
    | Flag.CAPITAL
    | Flag.OFFICE
    | Flag.RANK
    | Flag.HONORIFIC
    | Flag.ORG_HEAD
    | Flag.ORG_TAIL
    | Flag.PLACE_HEAD
    | Flag.PLACE_TAIL
    | Flag.CALENDAR
    | Flag.SPEAKING
    | Flag.THING
    | Flag.NO_NAME
    | Flag.PLACE
    | Flag.ORG
)
"""Flags of words that are no part of a person's name."""
ENGLISH_HEADS: Final = "ORG_HEAD english"
"""The section of words such as Ministry or World.

They begin organisations, but also occur inside names.
"""
BALINESE: Final = frozenset(
    (
        "made",
        "wayan",
        "ketut",
        "nyoman",
        "gusti",
        "gede",
        "putu",
        "komang",
        "dewa",
        "nengah",
        "ngurah",
        "kadek",
        "gde",
    )
)
"""First names that follow the particle `I`, as in I Made."""
_LETTERS: Final = {
    "c": Flag.COMMON,
    "n": Flag.CAPITAL,
    "e": Flag.COMMON,
    "m": Flag.CAPITAL,
    "p": Flag.PERSON,
    "l": Flag.PLACE,
    "o": Flag.ORG,
}


@cache
def word_sections(name: str) -> dict[str, frozenset[str]]:
    """Parse a file of `data/`.

    `[section]` lines, words below them, comments after `#` at the start of a line.
    """
    sections: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in files("pantau.enricher").joinpath("data", name).read_text("utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            words.update(line.split())
    return {section: frozenset(found) for section, found in sections.items()}


def word_flags(lang: str = "id") -> dict[str, int]:
    """Return the flags of every known word in lower case; plain integers, for speed.

    Loaded once, never modified. Whether a word is a common word depends on the language: a name of
    people that is a word of the other language stays a name (Boy, Bill; Budi, Hari). All but
    English share the Indonesian list.
    """
    return _table("em" if lang == "en" else "cn")


@cache
def words_with(flags: int, lang: str = "id") -> dict[str, int]:
    """Return the part of `word_flags` with the words that have any of some flags.

    Most words are only checked for having none of them, and a small table stays in the CPU cache.
    """
    return {word: seen for word, seen in word_flags(lang).items() if seen & flags}


@cache
def _table(dull: str) -> dict[str, int]:
    table: dict[str, int] = {}
    lexicon = (
        files("pantau.enricher").joinpath("data", "lexicon.tsv").read_text("utf-8").splitlines()
    )
    combined = {
        letters: _combine(letters, dull)
        for letters in {line.rpartition("\t")[2] for line in lexicon}
    }
    for line in lexicon:
        word, _, letters = line.partition("\t")
        table[word] = combined[letters]
    for section, words in word_sections("words.txt").items():
        flag = int(Flag[section.partition(" ")[0]])
        for word in words:
            table[word] = table.get(word, 0) | flag
    return {word: flags for word, flags in table.items() if flags}


def _combine(letters: str, dull: str) -> int:
    flags = 0
    for letter in letters:
        if letter in dull or letter in "plo" or "p" not in letters:
            flags |= int(_LETTERS[letter])
    return flags
