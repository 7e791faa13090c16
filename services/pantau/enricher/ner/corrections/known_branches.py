"""Bodies of a list with the region that their branch is for: Ketua Perbakin Sulbar Hajrul Malik."""

from collections.abc import Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.persons.name_words import is_after_office
from pantau.enricher.ner.engine import Mention

_LONGEST: Final = 24
"""Characters of the word before a region."""
_BOARDS: Final = frozenset({"DPC", "DPD", "DPW", "BPC", "PAC", "Korwil", "Asprov", "Pengprov"})
"""Words before the name of a body and its region, which may be one that no list has."""
_LEAST: Final = 4
"""Letters of a short form that a region follows without an office."""
_HOME: Final = "ID"


def with_known_branches(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with such branches in place of the region alone."""
    found: list[Mention] = []
    gone: set[Mention] = set()
    for index, one in enumerate(mentions):
        if one.type == "organization" or text[one.start - 1 : one.start] != " ":
            continue
        before = mentions[index - 1] if index else None
        floor = before.end if before is not None else 0
        if before is not None and before.end + 1 == one.start and before.type == "organization":
            floor = before.start
        start = _body_start(text, one.start, floor, gazetteer)
        end = _region_end(text, one, gazetteer) if start < one.start else 0
        if not end or not (
            is_after_office(text, _led_start(text, start)) or _is_short(text, start, one, end)
        ):
            continue
        gone.add(one)
        found.append(Mention(start, end, "organization"))
        if one.type == "person" and end < one.end:
            found.append(Mention(end + 1, one.end, "person"))
    if not found:
        return mentions
    return without_overlap([*found, *(one for one in mentions if one not in gone)])


def _is_short(text: str, start: int, one: Mention, end: int) -> bool:
    """Return whether a region right behind a body's short form can only be its: PSSI Jatim."""
    name = text[start : one.start - 1]
    alone = one.type == "place" and end == one.end and not text[end + 1 : end + 2].isupper()
    return alone and name.isupper() and len(name) >= _LEAST


def _body_start(text: str, end: int, floor: int, gazetteer: Gazetteer) -> int:
    """Return where a listed body of one word begins that ends before `end`; else `end`."""
    word = text[max(floor, end - _LONGEST) : end - 1].rpartition(" ")[2]
    if not word[:1].isupper() or not word.isalpha():
        return end
    start = end - 1 - len(word)
    known = gazetteer.get(word)
    if known is None:
        led = text[max(floor, start - _LONGEST) : start].rstrip(" ").rpartition(" ")[2]
        return start if led in _BOARDS else end
    if known.type != "organization" or known.country != _HOME:
        return end
    return start if word in gazetteer.aliases(known.id) else end


def _led_start(text: str, start: int) -> int:
    """Return the start of a board's name before a body: the DPC of Ketua DPC Gahawisri."""
    led = text[max(0, start - _LONGEST) : start].rstrip(" ").rpartition(" ")[2]
    return start - 1 - len(led) if led in _BOARDS else start


def _region_end(text: str, one: Mention, gazetteer: Gazetteer) -> int:
    """Return where a region of Indonesia ends with which a mention begins; 0 if none does."""
    words: Sequence[str] = text[one.start : one.end].split(" ")
    sizes = range(len(words), 0, -1) if one.type == "person" else (len(words),)
    for size in sizes:
        name = " ".join(words[:size])
        known = gazetteer.get(name)
        if known is not None and known.is_home:
            return one.start + len(name)
    return 0
