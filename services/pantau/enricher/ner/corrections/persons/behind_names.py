"""People after the name of the body they belong to, whom an engine missed.

In `Aktivis Swedia Greta Thunberg` and `Kapuspenkum Kejagung Anang Supriatna` an office or a word
for a person stands before a country or a body, and the name of the person right after it. A short
form between an office and a person is a body, even if no list has it: `Koordinator KKJ Erick`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.persons.name_words import is_after_office, may_be_full_name
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, NO_NAME, OFFICE, PERSON, RANK

_NAME: Final = re.compile(r" ([A-Z][a-z’']+(?: [A-Z][a-z’']+){0,3})(?![\w’'/-])(?! [A-Z(])")
"""All words with a capital that follow a name."""
_LEAST: Final = 3
"""Words of a body with its region."""
_LOOK_BACK: Final = 24
_SHORT: Final = re.compile(r" ([A-Z]{3,9})\Z")
"""A word of capitals that ends where a name follows."""
_WITH_FIELD: Final = re.compile(r"(?i:menteri|menko|wamen|kadis|wakadis|kasi|kabid|kanit)\Z")
"""Offices whose short form is a field: Menteri ESDM."""
_NO_BODY: Final = OFFICE | PERSON | RANK | HONORIFIC | NO_NAME | int(Flag.DEGREE)
_KINDS: Final = frozenset(
    {
        "UPT", "UPTD", "PPK", "SKW", "SKPD", "OPD", "TPS", "BUMD", "BUMN", "BUMDES", "KUA", "TPA",
        "PAUD", "SDN", "SMPN", "SMAN", "SMKN", "KTP", "UMKM", "SPPG", "SPBU", "PKL", "DPT", "SPKT",
        "RSUD", "RSUP", "SIM", "HUT", "DPO", "OTT", "TKP", "DPD", "DPC", "DPW", "DPP", "PAC",
        "ODGJ", "PMI", "TKI", "TKW", "WNI", "WNA", "ASN", "PNS", "TNI", "LSM", "ORMAS", "VAR",
    }
)  # fmt: skip
"""Short forms of kinds of bodies and things, not of one."""


def with_people_behind(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with such people."""
    found = [*_people(text, mentions, gazetteer), *_bodies(text, mentions)]
    return without_overlap(mentions + found) if found else mentions


def _people(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    for index, one in enumerate(mentions):
        if one.type == "person" or not text[one.end + 1 : one.end + 2].isupper():
            continue
        limit = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        name = _NAME.match(text, one.end)
        if name is None or name.end() > limit or not is_after_office(text, one.start):
            continue
        words = name[1].lower().split(" ")
        if _may_be_person(words, gazetteer) or (
            len(words) == 1
            and _is_whole(text, one, gazetteer)
            and may_be_full_name(words, gazetteer)
        ):
            yield Mention(*name.span(1), "person")


def _bodies(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the short forms of bodies between an office and a person."""
    for index, one in enumerate(mentions):
        if one.type != "person" or text[one.start - 1 : one.start] != " ":
            continue
        if not text[one.start - 2 : one.start - 1].isupper():
            continue  # as mostly
        floor = mentions[index - 1].end if index else 0
        short = _SHORT.search(text, max(floor, one.start - _LOOK_BACK), one.start - 1)
        if short is None or word_flags().get(short[1].lower(), 0) & _NO_BODY:
            continue
        held = _WITH_FIELD.search(text, max(floor, short.start() - _LOOK_BACK), short.start())
        if held is None and short[1] not in _KINDS and is_after_office(text, short.start(1)):
            yield Mention(*short.span(1), "organization")


def _is_whole(text: str, one: Mention, gazetteer: Gazetteer) -> bool:
    """Return whether a body ends with a region of Indonesia, so that nothing more of it follows."""
    words = text[one.start : one.end].split(" ")
    if one.type != "organization" or len(words) < _LEAST:
        return False
    ends = (gazetteer.get(" ".join(words[-size:])) for size in (1, 2, 3) if size < len(words))
    return any(end is not None and end.is_home for end in ends)


def _may_be_person(words: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Return whether words may be a person's name: several of them, or a given name."""
    if len(words) == 1 and not word_flags().get(words[0], 0) & PERSON:
        return False
    return may_be_full_name(words, gazetteer)
