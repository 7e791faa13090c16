"""Names in English text that an engine cut short, or missed after a title.

`al - Sadr` in text whose marks stand apart, the III of Andrew Price III, the person of Ms Pugh, the
small word before a place (northwestern Europe), the calling before a person (Regent Budi Santoso).
"""

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Final

from pantau.enricher.lexicon.common import is_common_english
from pantau.enricher.lexicon.words import BALINESE, word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import CALENDAR, OFFICE, RANK
from pantau.enricher.quotations.verbs import ENGLISH

_ARTICLE: Final = re.compile(
    r"(?<![\w-])(?:[Aa][lnrstz]|[Ee]l|[Aa]d|[Aa]sh) - (?=[^\W\d_a-z][^\W\d_])"
)
"""An Arabic article before its noun, with the hyphen apart."""
_HYPHEN: Final = " - "
_NUMERAL: Final = re.compile(r" (?:I{2,3}|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI?)(?![\w-])")
"""The number of a ruler or of a generation; those of one letter may be another word."""
_NUMBERED: Final = frozenset({" I", " V", " X"})
_COURTESY: Final = re.compile(r"M(?<!\wM)(?:rs?|s)\.? (?=[^\W\d_a-z])")
"""Titles that only people have; begins with a letter, which is sought fast."""
_PART: Final = r"[^\W\d_a-z][\w'’-]*[^\W\d_]"
_PERSON: Final = re.compile(rf"{_PART}(?: (?:(?:de|di|van|von|der|al|bin) ){{0,2}}{_PART}){{0,2}}")
_PARTICLES: Final = frozenset({"al", "el", "de", "la", "le", "the", "den", "der", "van", "ad"})
"""Small words that begin names of places."""
_CALLING: Final = re.compile(
    r"(?:(?:Deputy|Former|Vice) )?"
    r"(?:Activist|Councill?or|Lawmaker|Legislator|Prosecutor|Regent|Researcher) "
    r"(?=[^\W\d_a-z])"
)
"""Offices and occupations that news writes with a capital before a name, and that begin none."""
_RANKS: Final = frozenset(
    {
        "Sr. Comr", "Comr", "Adj. Sr. Comr", "Adj. Comr", "Insp. Gen", "Gen", "Maj", "Maj. Gen",
        "Lt. Gen", "Brig. Gen", "Lt. Col", "Col", "Capt", "Sgt", "Adm", "Rear Adm", "Vice Adm",
        "Insp", "Comr. Gen", "Sen", "Rep", "Gov", "Supt", "Cpl", "Rev",
    }
)  # fmt: skip
"""Abbreviated ranks and offices that are taken for people."""
_PARTICIPLE: Final = re.compile(
    r"-(?:based|born|led|backed|owned|listed|bound|style|made|held|controlled|occupied)\Z"
)
"""The end of an adjective whose beginning is a name: Virginia-based."""
_LONGEST_PARTICIPLE: Final = 12
_BALI: Final = " I "
"""The particle of Balinese names, after another word: Regent I Made Satria."""
_NO_NAME: Final = CALENDAR | OFFICE | RANK
_LONGEST_FIRST: Final = 12
_START: Final = attrgetter("start")
_END: Final = attrgetter("end")


def with_english_forms(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions, each whole, with the people that a title shows."""
    if _HYPHEN in text:
        mentions = _with_articles(text, mentions)
    found: list[Mention] = []
    for one in mentions:
        start, end, kind = one
        if text[start:end] in _RANKS or (not start and _is_opening_word(text, one)):
            continue
        plain = kind != "person" and not text[start].islower() and "-" not in text[start:end]
        found.append(one if plain else _trimmed(text, one))
    return _with_titled(text, found)


def _with_articles(text: str, mentions: list[Mention]) -> list[Mention]:
    """Extend names to an article that stands apart, and join what precedes it."""
    articles = {found.end(): found.start() for found in _ARTICLE.finditer(text)}
    joined: list[Mention] = []
    for one in mentions:
        start = articles.get(one.start)
        if start is None:
            joined.append(one)
            continue
        before = joined[-1] if joined else None
        if before is not None and before.type == one.type == "person" and before.end + 1 == start:
            joined[-1] = before._replace(end=one.end)
        elif before is None or before.end <= start:
            joined.append(one._replace(start=start))
        else:
            joined.append(one)
    return joined


def _trimmed(text: str, one: Mention) -> Mention:
    """Return a person with the following number and no calling, a place without small words."""
    if one.type == "person":
        calling = _CALLING.match(text, one.start, one.end)
        start = one.start if calling is None else calling.end()
        if text.startswith(_BALI, start - len(_BALI)) and _first(text, start) in BALINESE:
            start -= len(_BALI) - 1
        number = None
        if text[one.end : one.end + 2] in _NUMBERED:
            number = _NUMERAL.match(text, one.end)
        if number is None and start == one.start:
            return one  # as mostly
        return Mention(start, one.end if number is None else number.end(), one.type)
    if "-" in text[one.start : one.end]:
        near = max(one.start, one.end - _LONGEST_PARTICIPLE)
        tail = _PARTICIPLE.search(text, near, one.end)
        one = one if tail is None else one._replace(end=tail.start())
    if one.type == "place" and text[one.start].islower():
        first, blank, rest = text[one.start : one.end].partition(" ")
        if blank and first.isalpha() and first not in _PARTICLES and rest[0].isupper():
            return one._replace(start=one.end - len(rest))
    return one


def _is_opening_word(text: str, one: Mention) -> bool:
    """Return whether a person is a common word that begins a text: Ferry sinks off Demak."""
    if one.type != "person" or one.start:
        return False
    name, after = text[: one.end], text[one.end : one.end + _LONGEST_FIRST].split(" ")
    small = len(after) > 1 and not after[0] and after[1].islower() and after[1] not in ENGLISH
    return small and name.isalpha() and is_common_english(name)


def _first(text: str, start: int) -> str:
    """Return the word at `start` in lower case."""
    return text[start : start + _LONGEST_FIRST].partition(" ")[0].lower()


def _with_titled(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions, which are in order, with the people whom a title of courtesy shows."""
    found = list(mentions)
    for title in _COURTESY.finditer(text):
        name = _PERSON.match(text, title.end())
        if name is not None:
            _add_person(title.start(), name, found)
    return found


def _add_person(title: int, name: re.Match[str], mentions: list[Mention]) -> None:
    """Put a person in place of the mentions that touch the name or its title.

    They are sought in the order of the mentions: a text may have a title every four characters.
    """
    low = bisect_right(mentions, title, key=_END)
    high = bisect_left(mentions, name.end(), lo=low, key=_START)
    touched = mentions[low:high]
    if any(one.type == "person" or one.start < title for one in touched):
        return
    first = name[0].partition(" ")[0].lower()
    if not touched and word_flags("en").get(first, 0) & _NO_NAME:
        return
    end = max([name.end(), *(one.end for one in touched)])
    mentions[low:high] = [Mention(name.start(), end, "person")]
