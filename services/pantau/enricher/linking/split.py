"""Mentions of an engine cut to the names in them.

Those that it merged are split by the article's own definitions: `UNOCT Vladimir Voronkov`.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags, words_with
from pantau.enricher.linking.abbreviations import LEGAL_IN_BRACKETS
from pantau.enricher.linking.names import Names
from pantau.enricher.linking.roles import SHORT_NAMES, trim_person
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType

_ARTICLE: Final = "The "
_POSSESSIVE: Final = "s "
_FRONTS: Final = (_ARTICLE, _POSSESSIVE)
_APOSTROPHES: Final = ("'", "’")
_TITLE = int(Flag.RANK | Flag.HONORIFIC)
_DEGREE: Final = int(Flag.DEGREE)
_DEGREES: Final = re.compile(r",? ")
"""The space or comma between degrees: `SE, MM`, `SE MM`."""
_LONGEST_DEGREES: Final = 24
_LONGEST_TITLE: Final = 8
"""Characters of abbreviated titles that are looked up; a longer person has a name."""
_AFTER_OWNER: Final = (", ", ",")
_BEFORE_NAMES: Final = frozenset(
    {"prof", "dr", "drs", "dra", "drg", "ir", "h", "hj", "kh", "hh", "ny", "tn", "sdr", "sdri"}
)
"""Abbreviated titles, which are no names: the `Dr` of `Dr Hj Siti Aminah`, if marked alone."""


def closed_mentions(text: str, mentions: Iterable[Mention]) -> Iterable[Mention]:
    """Split mentions at the bracket with their short form, closed or not.

    `Persatuan Pelayaran Rakyat (PELRA`.
    """
    return mentions if "(" not in text else _closed(text, mentions)


def _closed(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    for one in mentions:
        name = text[one.start : one.end]
        if "(" not in name and ")" not in name:  # as mostly
            yield one
            continue
        bracket = _bracket(text, one)
        if bracket < 0:
            yield _within_bracket(text, one)
            continue
        inside = text[bracket + 1 : one.end]
        if ")" in inside and not (inside.endswith(")") and " " not in inside):
            yield one
        elif text[one.start : bracket].strip():
            yield Mention(one.start, one.start + len(text[one.start : bracket].rstrip()), one.type)


def _bracket(text: str, one: Mention) -> int:
    """Return the position of the bracket in a name, that of a legal form passed over; -1 for none.

    `PT Acme (Persero) Tbk (ACM)`.
    """
    legal = text.find(LEGAL_IN_BRACKETS, one.start, one.end)
    start = one.start if legal < 0 else legal + len(LEGAL_IN_BRACKETS)
    found = text.find("(", start, one.end)
    return found if found >= 0 or legal < 0 else text.find("(", one.start, one.end)


def _within_bracket(text: str, one: Mention) -> Mention:
    """Return the part of a mention before a bracket that closes in it; of a person that after."""
    closing = text.find(")", one.start, one.end)
    if closing <= one.start:
        return one
    if one.type == "person" and text[closing : one.end - 1].startswith(") "):
        return Mention(closing + len(") "), one.end, one.type)
    return Mention(one.start, closing, one.type)


def split_mentions(text: str, mentions: Iterable[Mention], names: Names) -> list[Mention]:
    """Split a short form that the article defines from the name that follows it.

    That name is a person if the engine said so, here or elsewhere; ranks are removed.
    """
    if not names.short_to_long:
        return list(mentions)
    found = list(mentions)
    people = {text[one.start : one.end] for one in found if one.type == "person"}
    return [part for one in found for part in _parts(text, one, names, people)]


def _parts(text: str, one: Mention, names: Names, people: set[str]) -> Iterator[Mention]:
    first, space, rest = text[one.start : one.end].partition(" ")
    if not space or one.type == "place" or first not in names.short_to_long:
        yield one
        return
    flags = word_flags()
    titles = all(flags.get(word.lower().strip("."), 0) & _TITLE for word in rest.split())
    person = rest in people or (one.type == "person" and " " in rest)
    if not titles and not person:
        yield one
        return
    end = one.start + len(first)
    yield Mention(one.start, end, names.short_to_long[first][1])
    if person:
        yield Mention(end + 1, one.end, "person")


def outside_people(
    title: str, heading: list[Mention], surfaces: Mapping[str, EntityType]
) -> list[Mention]:
    """Remove what contradicts the text's names of several words.

    Places and organisations that are parts of its people (Kamal of Titi Kamal), and people that are
    parts of its places or begin or end amid one of its names: in Title Case the words beside a name
    look like more of it (`Jalan Ahmad Yani Macet`, `Nur Aini Tuai Pujian`).
    """
    spans = [
        (at, at + len(one), kind == "person")
        for one, kind in surfaces.items()
        if " " in one and (at := title.find(one)) >= 0
    ]
    return [
        one
        for one in heading
        if not any(
            _contradicts(one, start, end, person=person)
            or (person and one.start == start and _goes_on(title, one, end))
            for start, end, person in spans
        )
    ]


def _goes_on(title: str, one: Mention, end: int) -> bool:
    """Return whether a person's name goes on after its end in the text, by no word of names."""
    if one.type != "person" or end >= one.end or not title.startswith(" ", end):
        return False
    flags = word_flags()
    words = title[end : one.end].lower().split()
    return not any(flags.get(word, 0) & Flag.PERSON for word in words)


def _contradicts(one: Mention, start: int, end: int, *, person: bool) -> bool:
    """Return whether a name of a headline cannot be one beside a name of the text there."""
    within = start <= one.start and one.end <= end
    if one.type != "person":
        return person and within
    if within:
        return not person and one.end - one.start < end - start
    return one.start < start < one.end < end or start < one.start < end < one.end


def trimmed(text: str, mentions: Iterable[Mention], known: Gazetteer) -> list[Mention]:
    """Remove titles and degrees from people, the end of a possessive or `The` before others.

    People who are nothing else are left out.
    """
    mentions = list(mentions)
    owners = {end for _, end, kind in mentions if kind == "person"}
    found: list[Mention] = []
    for one in mentions:
        start, end, kind = one
        if kind == "person":
            if not _is_nameless(text, start, end, owners):
                found.append(_trimmed_person(text, one))
        elif text.startswith(_FRONTS, start):
            found.append(_after_article(text, _after_possessive(text, one), known))
        else:
            found.append(one)
    return found


def _trimmed_person(text: str, one: Mention) -> Mention:
    """Return a person without titles and degrees, mostly the mention itself."""
    start, end = trim_person(text, one.start, one.end)
    return one if end - start == one.end - one.start else Mention(start, end, one.type)


def _is_nameless(text: str, start: int, end: int, owners: Container[int]) -> bool:
    """Return whether a person is an abbreviated title, or the degrees of the name before.

    Degrees stand after a comma: elsewhere Ma and the like are names, and where no person ends at
    the comma: `Kemarin, Ma tiba`.
    """
    if end - start > _LONGEST_DEGREES:
        return False
    after_owner = text.endswith(_AFTER_OWNER, 0, start)
    if after_owner and text[start:end] in SHORT_NAMES:
        after_owner = text.rfind(",", 0, start) in owners
    if not after_owner and end - start > _LONGEST_TITLE:
        return False  # nearly all names
    words = _DEGREES.split(text[start:end].lower())
    if all(word.rstrip(".") in _BEFORE_NAMES for word in words):
        return True
    flags = words_with(_DEGREE)
    return after_owner and all(
        flags.get(word, 0) or flags.get(word.rstrip("."), 0) for word in words
    )


def _after_possessive(text: str, one: Mention) -> Mention:
    """Return a name without the `s` of a possessive before it: Indonesia's National Police."""
    start = one.start
    if not text.startswith(_POSSESSIVE, start) or text[start - 1 : start] not in _APOSTROPHES:
        return one
    rest = start + len(_POSSESSIVE)
    # An engine may have marked nothing else.
    return Mention(rest, one.end, one.type) if text[rest : one.end].strip() else one


def _after_article(text: str, one: Mention, known: Gazetteer) -> Mention:
    """Return a common name of organisations without its article: The Press Council."""
    if not text.startswith(_ARTICLE, one.start):
        return one
    start = one.start + len(_ARTICLE)
    return (
        Mention(start, one.end, one.type) if text[start : one.end].lower() in known.local else one
    )
