"""Places in English text by the way they are written: a state's code, a text without capitals.

Also what only looks like a name: addresses of mail, names of files.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from pantau.enricher.lexicon.common import is_common_english
from pantau.enricher.lexicon.gazetteer import Gazetteer, KnownName
from pantau.enricher.ner.corrections.spans import with_free
from pantau.enricher.ner.engine import Mention

_CODES: Final = frozenset(
    """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
    NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY""".split()  # noqa: SIM905 (shorter)
)
"""The states of the United States by their postal codes."""
_OTHERWISE: Final = frozenset(
    {"MD", "MA", "PA", "IN", "OR", "OK", "HI", "ME", "MS", "DE", "CO", "CA"}
)
"""Codes that are also words, degrees or companies: they need a place before them."""
_CODE: Final = re.compile(r", [A-Z][A-Z](?=\s?[\d.,;)\n]| [a-z]|\Z)")
_TOWN: Final = re.compile(r"(?<![\w-])[A-Z][a-z]+(?: [A-Z][a-z]+){0,2} ?\Z")
_LONGEST_TOWN: Final = 40
_CARELESS: Final = " i "
"""The word that shows that a text is written without capitals."""
_WORD: Final = re.compile(r"[\w'’]+|[^\w\s]")
_LEADING: Final = frozenset({"in", "from", "to", "near", "around", "at", "of", "visit", "visiting"})
_JOINING: Final = frozenset({"and", "or", ","})
_ALSO: Final = frozenset(
    {"turkey", "china", "chad", "jersey", "guinea", "georgia", "jordan", "cuba", "mali", "virginia"}
)
"""Names of countries and states that are also words or given names."""
_COUNTRY: Final = "iso:"
_LEAST: Final = 4
_LONGEST_NAME: Final = 4
_READ: Final = 10_000
"""Characters of a text without capitals that are read."""
_MARKS: Final = frozenset("@_.-")
_NO_NAME: Final = re.compile(
    r"@[\w-]+(?:\.[\w-]+)*\.[a-z]|\A(?:https?:|www\.)"
    r"|\.(?:docx?|xlsx?|pdf|jpe?g|png|txt|pptx?)\Z"
)
"""An address of mail or of a page, a file."""
_LONGEST_ADDRESS: Final = 80
_START: Final = attrgetter("start")
_AROUND: Final = "<>()[]\",;:'.!?"


def with_states(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the state of a town, and with the town: `Malden, OH`."""
    found: list[Mention] = []
    for code in _CODE.finditer(text):
        comma = code.start()
        if code[0][-2:] not in _CODES:
            continue
        town = _TOWN.search(text, max(0, comma - _LONGEST_TOWN), comma)
        if town is None:
            continue
        end = town.start() + len(town[0].rstrip())
        at = bisect_left(mentions, end, key=_START) - 1
        own = mentions[at] if at >= 0 and mentions[at].end > town.start() else None
        sure = code[0][-2:] not in _OTHERWISE
        if (own is None and sure) or (own is not None and own.type == "place" and own.end == end):
            found.append(Mention(town.start(), end, "place"))
            found.append(Mention(comma + 2, code.end(), "place"))
    return with_free(len(text), mentions, found) if found else mentions


def is_careless(text: str) -> bool:
    """Return whether a text is written without capitals."""
    return _CARELESS in text or text[:1].islower()


def with_small_places(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with the known places of a text that has no capitals: `from kerala`."""
    return with_free(len(text), mentions, _small_places(text, gazetteer))


def _small_places(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(text, 0, _READ)]
    past = 0
    for index, (word, start, _) in enumerate(words):
        if index < past or not word.islower() or word not in gazetteer.lengths:
            continue
        lowers = [one for one, _, _ in words[index : index + _LONGEST_NAME]]
        found = gazetteer.longest(lowers, 0, len(lowers))
        if found is None or found[1].type != "place" or found[1].weak:
            continue
        before = words[index - 1][0].lower() if index else ""
        after_place = past and past == index - (before in _JOINING)
        led = before in _LEADING or bool(after_place)
        if found[0] == 1 and not _may_be_small(word, found[1], led=led):
            continue
        past = index + found[0]
        yield Mention(start, words[past - 1][2], "place")


def _may_be_small(word: str, known: KnownName, *, led: bool) -> bool:
    """Return whether a word in small letters is a place: a country, or a town after `in`."""
    if word in _ALSO or len(word) < _LEAST:
        return False
    if known.id is not None and known.id.startswith(_COUNTRY):
        return True
    return led and not is_common_english(word)


def may_have_addresses(text: str) -> bool:
    """Return whether a text may have addresses or names of files, which most have not."""
    return "@" in text or "_" in text or "www." in text


def without_addresses(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions without addresses and files, nor the part of a name in one."""
    kept = (_before_address(text, one) for one in mentions)
    return [one for one in kept if one is not None]


def _before_address(text: str, one: Mention) -> Mention | None:
    """Return what of a mention precedes an address or a file that it ends in; None if nothing."""
    after = text[one.end : one.end + 2]
    bound = after[:1] in _MARKS and (after[1:].isalnum() or after[0] == "_")
    if not (bound or text[one.start - 1 : one.start] in _MARKS or "." in text[one.start : one.end]):
        return one
    low, high = max(0, one.end - _LONGEST_ADDRESS), one.end + _LONGEST_ADDRESS
    begin = max(text.rfind(" ", low, one.end), text.rfind("\n", low, one.end)) + 1
    rest = text[max(begin, low) : high].split(None, 1)
    if not rest or _NO_NAME.search(rest[0].strip(_AROUND)) is None:
        return one
    return one._replace(end=begin - 1) if begin - 1 > one.start else None
