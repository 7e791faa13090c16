"""People behind the name of what they are of, whom an engine missed.

In `Aktivis Swedia Greta Thunberg` and `Kapuspenkum Kejagung Anang Supriatna` an office or a word
for a person stands before a country or a body, and the name of the person right after it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.persons.name_words import CALLINGS, may_be_full_name
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import OFFICE, PERSON

_NAME: Final = re.compile(r" ([A-Z][a-z’']+(?: [A-Z][a-z’']+){0,3})(?![\w’'/-])(?! [A-Z(])")
"""All words with a capital that follow a name."""
_LOOK_BACK: Final = 24


def with_people_behind(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with such people."""
    found = list(_people(text, mentions, gazetteer))
    return without_overlap(mentions + found) if found else mentions


def _people(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    for index, one in enumerate(mentions):
        if one.type == "person" or not text[one.end + 1 : one.end + 2].isupper():
            continue
        limit = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        name = _NAME.match(text, one.end)
        if name is None or name.end() > limit or not _after_office(text, one.start):
            continue
        if _may_be_person(name[1].lower().split(" "), gazetteer):
            yield Mention(*name.span(1), "person")


def _may_be_person(words: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Return whether words may be a person's name: several of them, or a given name."""
    if len(words) == 1 and not word_flags().get(words[0], 0) & PERSON:
        return False
    return may_be_full_name(words, gazetteer)


def _after_office(text: str, start: int) -> bool:
    """Return whether the word before is an office or a word for a person."""
    words = text[max(0, start - _LOOK_BACK) : start].rpartition("\n")[2].rsplit(None, 1)
    if not words or text[start - 1 : start] != " " or not words[-1].isalpha():
        return False
    low = words[-1].lower()
    return low in CALLINGS or bool(word_flags().get(low, 0) & OFFICE)
