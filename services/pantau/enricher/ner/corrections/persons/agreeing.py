"""People whom the rest of the article shows without a word that an engine took into their name.

`Haru Rohana Wijaya pulang` begins a sentence in a text about Rohana Wijaya, and `Desak Rohana` is a
headline above one about Rohana.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Final

from pantau.enricher.lexicon.common import GIVEN_NAMES, is_affixed, is_common
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.linking.nicknames import by_initials, initialled
from pantau.enricher.ner.corrections.areas.bracketed_names import with_bracketed
from pantau.enricher.ner.corrections.areas.listed_places import with_listed_places
from pantau.enricher.ner.corrections.institutions.led_bodies import with_led_bodies
from pantau.enricher.ner.corrections.persons.line_ups import with_last_of_lists
from pantau.enricher.ner.corrections.persons.withheld import with_withheld
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType

_LEAST: Final = 4
"""Letters of a single name that decides about a longer one."""
_OPENS: Final = re.compile(r"(?:^|[.!?\n][\"”’]?\s*[\"“”]?|[\"“])\Z")
"""The end of a sentence before a name, or nothing."""
_OF_BIRTH: Final = frozenset({"anak", "lalu"})
"""Common words that are titles of birth as well: Anak Agung, Lalu Muhammad."""
_NAMING: Final = int(Flag.PERSON | Flag.RANK | Flag.HONORIFIC | Flag.OFFICE)
_CLEARLY: Final = 3
"""Times as often that a name is one kind as the next one, if it is that kind."""
_MOST_UNCLEAR: Final = 50
"""Names of one article that are read again; a bound for hostile texts."""
_MOST_INITIALS: Final = 4
_AFFIXES: Final = ("di", "me", "mem", "men", "meng", "ber", "ter")
"""Affixes of verbs, which headlines leave out: Desak."""
_TEAM: Final = frozenset({"tim", "kubu", "pihak"})
"""Words for those around a person, of which one is a name abroad: Tim Rossa."""
_START: Final = attrgetter("start")
_END: Final = attrgetter("end")


def with_agreement(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions as other mentions, and the words between them, show what they are."""
    mentions = with_withheld(text, mentions, gazetteer)
    mentions = with_bracketed(text, with_led_bodies(text, mentions), gazetteer)
    mentions = with_listed_places(text, mentions, gazetteer)
    mentions = with_last_of_lists(text, _as_mostly(text, mentions, gazetteer), gazetteer)
    return without_words(text, mentions)


def _as_mostly(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions, each name that no list knows as what it clearly is most often.

    A part of a body's name is the body, and initials are the person who is named in full.
    """
    kinds: dict[str, EntityType] = {}
    unclear: dict[str, None] = {}
    for start, end, kind in mentions:
        name = text[start:end]
        if kinds.setdefault(name, kind) != kind or (
            end - start <= _MOST_INITIALS and kind != "person" and name.isupper()
        ):
            unclear[name] = None
    asked = [name for name in list(unclear)[:_MOST_UNCLEAR] if gazetteer.get(name) is None]
    if not asked:
        return mentions
    counts = {name: Counter[EntityType]() for name in asked}
    for one in mentions:
        if (name := text[one.start : one.end]) in counts:
            counts[name][one.type] += 1
    alone = any(len(one) == 1 for one in counts.values())
    people = by_initials(one for one, kind in kinds.items() if kind == "person") if alone else {}
    several = {
        name: sure for name in asked if (sure := _clear_kind(name, counts[name], kinds, people))
    }
    if not several:
        return mentions
    return [one._replace(type=several.get(text[one.start : one.end], one.type)) for one in mentions]


def _clear_kind(
    name: str,
    counts: Counter[EntityType],
    kinds: Mapping[str, EntityType],
    people: Mapping[str, set[str]],
) -> EntityType | None:
    """Return the kind that a name has by its mentions and by the other names, if it is clear.

    `people` are the names of people by their initials.
    """
    if len(counts) == 1:
        return None if initialled(name, people) is None else "person"
    longer = {kind for one, kind in kinds.items() if f" {name} " in f" {one} " and one != name}
    body = kinds[name] == "organization" or "organization" in longer
    if body and "place" not in longer:  # the Krajan of Kampung Krajan is the place
        return "organization"  # Garuda, of Garuda Indonesia
    (first, most), (_, next_most) = counts.most_common(2)
    return first if most >= next_most * _CLEARLY else None


def without_words(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions, people without common words that only one of their mentions has."""
    people = Counter[str]()
    found = mentions
    for index, (start, end, kind) in enumerate(mentions):
        if kind != "person":
            continue
        name = text[start:end]
        if name.count(" ") > 1:
            one = _without_opening(text, mentions[index])
            if one.start != start:
                found = list(mentions) if found is mentions else found
                found[index] = one
                name = text[one.start : end]
        people[name] += 1
    longer = {name for name in people if name.partition(" ")[2] in people}
    cut = {name for name in longer if _begins_with_word(name, people)}
    if not cut:
        return found
    return [
        Mention(text.index(" ", one.start) + 1, one.end, "person")
        if one.type == "person" and text[one.start : one.end] in cut and _may_open(text, one)
        else one
        for one in found
    ]


def _may_open(text: str, one: Mention) -> bool:
    """Return whether a word for a team begins a sentence; another one may stand anywhere."""
    if text[one.start : one.end].partition(" ")[0].lower() not in _TEAM:
        return True
    return _OPENS.search(text, max(0, one.start - _LEAST), one.start) is not None


def _without_opening(text: str, one: Mention) -> Mention:
    """Return a person without the word that begins the sentence: Hadir Rudi Hartono."""
    first, _, rest = text[one.start : one.end].partition(" ")
    if " " not in rest or _OPENS.search(text, max(0, one.start - _LEAST), one.start) is None:
        return one
    low = first.lower()
    flags = word_flags()
    named = flags.get(rest.partition(" ")[0].lower(), 0) & Flag.PERSON
    if (
        not named
        or low in _OF_BIRTH
        or low in GIVEN_NAMES
        or not is_common(low)
        or flags.get(low, 0) & _NAMING
    ):
        return one
    return Mention(one.end - len(rest), one.end, "person")


def _begins_with_word(name: str, people: Mapping[str, int]) -> bool:
    """Return whether a name begins with a common word, and is rarer than the rest of it alone.

    `people` are the names with the numbers of their mentions.
    """
    first, _, rest = name.partition(" ")
    if len(rest) < _LEAST or rest[0].islower() or people[name] > people[rest]:
        return False
    low = first.lower()
    return low in _TEAM or _is_word(low)


def _is_word(low: str) -> bool:
    """Return whether a word, or a verb made of it, is a common one, and no name of people."""
    if len(low) == 1 or word_flags().get(low, 0) & _NAMING:
        return False  # one letter is an initial: M Iqbal
    return is_common(low) or is_affixed(low) or any(is_common(f"{one}{low}") for one in _AFFIXES)


def with_names_agreeing(
    title: str, heading: list[Mention], text: str, body: Sequence[Mention]
) -> list[Mention]:
    """Return the mentions of a headline, people and places as the text names them.

    A verb before the name of a person is cut off; a part of a longer place is that place.
    """
    if any(one.type == "person" and title.find(" ", one.start, one.end) > 0 for one in heading):
        people = {text[one.start : one.end] for one in body if one.type == "person"}
        heading = [
            _as_in_text(title, one, text, people) if one.type == "person" else one
            for one in heading
        ]
    if not any(one.type == "place" for one in heading):
        return heading
    return _with_whole_places(title, heading, text, body)


def _with_whole_places(
    title: str, heading: list[Mention], text: str, body: Sequence[Mention]
) -> list[Mention]:
    """Return the mentions of a headline, with a place of the text instead of its parts."""
    names = {text[one.start : one.end] for one in body if one.type == "place"}
    places = [name for name in names if " " in name and name in title]
    wholes = [
        Mention(at, at + len(name), "place")
        for name in sorted(sorted(places), key=len, reverse=True)
        if _stands_free(title, at := title.find(name), len(name))
    ]
    # In order without overlaps, so that what a place touches is found by its ends: a headline may
    # have a place every few characters.
    heading = list(heading)
    for whole in wholes:
        low = bisect_right(heading, whole.start, key=_END)
        high = bisect_left(heading, whole.end, lo=low, key=_START)
        parts = all(
            one.type == "place" and whole.start <= one.start and one.end <= whole.end
            for one in heading[low:high]
        )
        if low < high and parts:
            heading[low:high] = [whole]
    return heading


def _as_in_text(title: str, one: Mention, text: str, people: set[str]) -> Mention:
    name = title[one.start : one.end]
    first, blank, rest = name.partition(" ")
    if not blank or name in people or rest not in people or len(rest) < _LEAST:
        return one
    if name in text or not _is_word(first.lower()):
        return one
    return Mention(one.end - len(rest), one.end, "person")


def _stands_free(title: str, at: int, length: int) -> bool:
    around = title[at - 1 : at] + title[at + length : at + length + 1]
    return not any(mark.isalnum() or mark == "-" for mark in around)
