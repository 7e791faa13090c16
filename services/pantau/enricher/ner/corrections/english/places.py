"""Places in English text that an engine runs together, overlooks or takes for people.

`Malden California` and `Malden, East Jakarta` are two, and the Hanoi of `Hanoi-based` is one.
"""

import re
from collections.abc import Iterator
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.ner.corrections.spans import with_free
from pantau.enricher.ner.engine import Mention

IN: Final = frozenset({"in", "near"})
"""Words before a place; a person may follow them, too, if the name is that of no place."""
_BEARINGS: Final = frozenset(
    """North South East West Northern Southern Eastern Western Central New Upper Lower Republic
    Federal""".split()  # noqa: SIM905 (shorter)
)
"""Words that begin names of places, and are none by themselves."""
_COUNTRY: Final = "iso:"
_COMMA: Final = ", "
_ADJECTIVES: Final = frozenset({"Swiss"})
"""Names of places in Indonesian that are English adjectives."""
_BASED: Final = ("-based", "-born")
_NAME: Final = re.compile(r"(?<![\w-])[A-Z][\w.]+(?: [A-Z]\w+){0,2}\Z")
_LONGEST: Final = 40
_LONGEST_PAIR: Final = 100
"""Characters of two places that are run together."""
_MOST: Final = 100
"""Maximum number of adjectives that are looked up in a text."""


def is_place(name: str, gazetteer: Gazetteer, *, led: bool) -> bool:
    """Return whether a name is that of a known place: of several words, or after `in` if `led`."""
    known = gazetteer.get(name)
    if known is None or known.type != "place" or known.weak:
        return False
    return led or (not known.minor and " " in name)


def parted(name: str, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """Return where the first of two places in a name ends and the second begins.

    (6, 7) of `Malden California`; None if it is one.
    """
    if " " not in name or len(name) > _LONGEST_PAIR or gazetteer.get(name) is not None:
        return None
    first, comma, second = name.rpartition(_COMMA)
    if comma:
        return (len(first), len(first + comma)) if _is_known(second, gazetteer) else None
    at = name.find(" ")
    while at > 0:
        known = gazetteer.get(name[at + 1 :])
        country = known is not None and known.id is not None and known.id.startswith(_COUNTRY)
        if country and _is_known(name[:at], gazetteer) and _ends_well(name[:at]):
            return at, at + 1
        at = name.find(" ", at + 1)
    return None


def with_based(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with the places of adjectives: Hanoi-based."""
    if not any(map(text.__contains__, _BASED)):
        return mentions
    return with_free(len(text), mentions, _based(text, gazetteer))


def _based(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    tries = 0
    for ending in _BASED:
        end = text.find(ending)
        while end >= 0 and tries < _MOST:
            tries += 1
            name = _NAME.search(text, max(0, end - _LONGEST), end)
            start = end if name is None else name.start()
            while start < end:
                found = text[start:end]
                if found not in _ADJECTIVES and _is_known(found, gazetteer):
                    yield Mention(start, end, "place")
                    break
                start = text.find(" ", start, end) + 1 or end
            end = text.find(ending, end + 1)


def _is_known(name: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.get(name)
    return known is not None and known.type == "place" and not known.weak


def _ends_well(name: str) -> bool:
    return name.rpartition(" ")[2] not in _BEARINGS
