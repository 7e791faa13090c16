"""Organisations in English text that an engine runs together with what stands beside them.

The article of `The Corruption Eradication Commission`, the place of `Finance Ministry in Central
Jakarta`, the second name of `SoftBank and Taobao`, and the field of a minister, who is no body:
`Energy and Mineral Resources Minister`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import ORG_HEAD, ORG_TAIL

_THE: Final = "The "
_IN: Final = " in "
_AND: Final = " and "
_MINISTER: Final = re.compile(r"(?: and [A-Z]\w+)? (?:Ministers?|Undersecretary)\b")
_COORDINATING: Final = "Coordinating "
_SITE: Final = re.compile(r" (?:Airport|Stadium|Bridge|Highway)\Z")
"""The end of a name that is a place, whoever it is named after."""
_LONGEST_SITE: Final = 9
_GOVERNED: Final = (
    "government of ", "governments of ", "province of ", "state of ", "city of ", "town of ",
    "village of ", "district of ", "island of ", "region of ", "capital of ", "port of ",
)  # fmt: skip
"""Words before the name of a place."""
_GOVERNED_REACH: Final = 15
_FORCE: Final = re.compile(r" (?:Police|Government|Council|Court|Legislature)\Z")
"""The end of a name that is a body, although a place begins it: Papua Police."""
_LONGEST_FORCE: Final = 12
_FIELDS: Final = ("Minist", "Department", "Office", "Agency")
"""Beginnings of words that make a field of a minister a body again."""


def with_english_bodies(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> list[Mention]:
    """Return the mentions, such organisations apart from what is beside them."""
    found: list[Mention] = []
    for each in mentions:
        one = each if each.type == "person" else _of_its_kind(text, each)
        if one.type == "organization" and text.find(" ", one.start, one.end) >= 0:
            found += _parts(text, one, gazetteer)
        else:
            found.append(one)
    return found


def _of_its_kind(text: str, one: Mention) -> Mention:
    """Return a body or place with the type that its last word or the words before it show."""
    start, end, kind = one
    if kind == "organization":
        site = _SITE.search(text, max(start, end - _LONGEST_SITE), end)
        led = text.endswith(_GOVERNED, max(0, start - _GOVERNED_REACH), start)
        if site is not None or (
            led and " " not in text[start:end] and not text[start:end].isupper()
        ):
            return one._replace(type="place")
    elif kind == "place" and _FORCE.search(text, max(start, end - _LONGEST_FORCE), end):
        return one._replace(type="organization")
    return one


def _parts(text: str, one: Mention, gazetteer: Gazetteer) -> Iterator[Mention]:
    start, end, kind = one
    name = text[start:end]
    if gazetteer.get(name) is not None:
        yield one
        return
    if _is_field(text, end, name):
        return
    if name.startswith(_THE) and _may_lose_article(name[len(_THE) :], gazetteer):
        start += len(_THE)
        name = text[start:end]
    at = name.find(_IN)
    if at > 0 and _is_place(name[at + len(_IN) :], gazetteer):
        yield Mention(start, start + at, kind)
        yield Mention(start + at + len(_IN), end, "place")
        return
    at = name.find(_AND)
    if at > 0 and _is_first_of_two(name[:at], name[at + len(_AND) :], gazetteer):
        yield Mention(start, start + at, kind)
        yield Mention(start + at + len(_AND), end, kind)
        return
    yield Mention(start, end, kind)


def _is_field(text: str, end: int, name: str) -> bool:
    """Return whether a name is the field of a minister: Energy and Mineral Resources Minister."""
    minister = _MINISTER.match(text, end)
    if minister is None or any(map(name.count, _FIELDS)):
        return False
    return name.startswith(_COORDINATING) or _AND in name + minister[0]


def _is_first_of_two(first: str, second: str, gazetteer: Gazetteer) -> bool:
    """Return whether a known body stands before another name, and not before `and Co`."""
    known = gazetteer.get(first)
    if known is None or known.type != "organization" or first not in gazetteer.aliases(known.id):
        return False
    tail = word_flags("en").get(second.partition(" ")[0].lower(), 0) & ORG_TAIL
    return second[0].isupper() and not tail


def _may_lose_article(rest: str, gazetteer: Gazetteer) -> bool:
    """Return whether a name is known without its article, or is a body by its last word."""
    name = rest.partition(" (")[0]
    known = gazetteer.get(name)
    if known is not None:
        return known.type == "organization"
    last = name.rpartition(" ")[2].lower()
    return bool(word_flags("en").get(last, 0) & (ORG_HEAD | ORG_TAIL)) and " " in name


def _is_place(name: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.get(name)
    return known is not None and known.type == "place"
