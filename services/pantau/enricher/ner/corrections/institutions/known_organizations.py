"""Organisations of one word that their list alone is sure of: Basarnas, OJK, inDrive."""

from collections.abc import Iterable
from typing import Final

from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.words import Flag
from pantau.enricher.ner.corrections.known_contexts import KnownNameHit, ScannedText
from pantau.enricher.ner.corrections.persons.name_words import may_be_named
from pantau.enricher.ner.scan import HONORIFIC, OFFICE, ORG_HEAD, PERSON, PLACE_HEAD, RANK, THING

_LEAST: Final = 3
"""Letters of such a name."""
_LEAST_SPEAKING: Final = 2
"""Letters of one that speaks: Menurut UI."""
_SPOKEN_FOR: Final = frozenset({"menurut", "bicara", "jubir", "humas"})
"""Words before one that speaks."""
_DULL: Final = int(Flag.COMMON | Flag.NO_NAME | Flag.CALENDAR)
"""Kinds of words that a list of organisations holds by chance: Tempo, Antara."""
_LEADING: Final = int(
    Flag.OFFICE | Flag.RANK | Flag.SPEAKING | Flag.COMMON | Flag.NO_NAME | Flag.CAPITAL
)
"""Words that may stand with a capital before the name of an organisation: Menurut, Ketua."""
_INITIALS: Final = 3
"""Letters of initials with which a suspect is named: berinisial OCN."""
_CALLED: Final = frozenset({"berinisial", "inisial"})
_EVENTS: Final = frozenset(
    {
        "aam",
        "syuriyah",
        "rakernas",
        "rapimnas",
        "munas",
        "musda",
        "muktamar",
        "kongres",
        "rapimda",
        "rakerda",
    }
)
"""Meetings and posts before the name of whose they are: Rakernas Apkasi, Rais Aam PBNU."""
_OFFICE_ENDS: Final = frozenset({"besar", "umum", "utama", "eksekutif", "harian", "jenderal"})
"""Last words of offices: Ketua Umum Apkasi Budi."""
_HOME: Final = "ID"
_BINDS: Final = frozenset({"-", "/"})
_OPENING: Final = frozenset({"(", "<"})


def is_organization(
    text: ScannedText, hit: KnownNameHit, surface: str, names: Iterable[str]
) -> bool:
    """Return whether a word is an organisation; its list has it written exactly so.

    `names` are all of its names.
    """
    before = text.before(hit.first).lower()
    if hit.last > hit.first + 1 or (before in _CALLED and len(surface) <= _INITIALS):
        return False
    speaks = before in _SPOKEN_FOR or (
        surface.isupper()
        and surface.lower() not in context_words("OF_MANY")
        and _is_office(text, hit.first - 1 - (before in _OFFICE_ENDS))
    )
    spelt = len(surface) < _LEAST and not text.flags.get(text.after(hit.last).lower(), 0) & THING
    # MU, where Manchester United is named.
    spelt = spelt and any(" " in name and text.has(name) for name in names)
    return _is_name(text, surface, speaks=speaks, spelt=spelt) and _stands_free(text, hit, surface)


def _is_name(text: ScannedText, surface: str, *, speaks: bool, spelt: bool) -> bool:
    """Return whether a listed word is long enough, and no common word unless it speaks.

    `spelt` says that the text has the name in full, too.
    """
    low = surface.lower()
    if speaks:
        return len(surface) >= _LEAST_SPEAKING
    if len(surface) < _LEAST:
        return spelt and surface.isupper()
    if low in context_words("OF_MANY"):
        return False
    return surface.isupper() or not text.flags.get(low, 0) & (_DULL | PERSON | THING)


def _stands_free(text: ScannedText, hit: KnownNameHit, surface: str) -> bool:
    """Return whether nothing around a word makes it a part of a longer name or a product."""
    before, after = text.before(hit.first), text.after(hit.last)
    if before in _OPENING or after in _BINDS or before in _BINDS:
        return False
    if after[:1].isdigit() and hit.known.country != _HOME:
        return False  # Boeing 737 is a product
    if before[:1].isupper():
        led = text.flags.get(before.lower(), 0)
        leading = led & _LEADING or before.lower() in _EVENTS
        leading = leading or (surface.isupper() and _is_office(text, hit.first - 2))
        if not leading or led & (ORG_HEAD | PLACE_HEAD):
            return False  # Kantor PBB
    if surface.isupper() or not after[:1].isupper():
        return True
    # Kapuspenkum Kejagung Anang, Kepala Basarnas Marsekal
    held = text.flags.get(after.lower(), 0)
    named = held & (RANK | HONORIFIC) or may_be_named(after.lower(), text.gazetteer)
    at = hit.first - 1 - (before.lower() in _OFFICE_ENDS)
    return bool(named) and _is_office(text, at)


def _is_office(text: ScannedText, index: int) -> bool:
    """Return whether the token at an index, if there is one, is an office."""
    return index >= 0 and bool(text.flags.get(text.tokens[index].lower(), 0) & OFFICE)
