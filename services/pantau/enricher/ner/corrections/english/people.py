"""People in English text with words before their names that are not theirs, or without their own.

The initials of `A. B. Harlow`, the nephew of `nephew Harlow`, the field of `Minister of Defense
Adam Harlow`, the president of `the Harlow administration`.
"""

import re
from typing import Final

from pantau.enricher.lexicon.common import is_common_english
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import OFFICE

_PARTICLES: Final = frozenset(
    """al el bin binti de del della di da das dos do du la le van von der den ter ten ibn abu y af
    zu e ad az as ash an ar at abd st""".split()  # noqa: SIM905 (shorter)
)
"""Small words that begin names of people."""
_OF: Final = "of "
_INITIALS: Final = re.compile(r"(?<![\w.&'’-])(?:(?:[A-Z]\. ?){1,3}|[A-Z] [B-Z] )\Z")
_LONGEST_INITIALS: Final = 9
_NO_INITIALS: Final = re.compile(
    r"(?:(?:P\. ?S|U\. ?[SNK]|[AP]\. ?M|D\. ?C|E\. ?U|L\. ?A|N\. ?Y|I\. ?E|E\. ?G)\. ?"
    r"|(?i:plan|vitamin|part|section|grade|type|group|class|hepatitis|point|serie|exhibit|annex"
    r"|appendix|category|influenza) [A-Z]\. ?)\Z"
)
"""Single letters with dots that end a sentence, or are a place."""
_LONGEST_PHRASE: Final = 16
_FIELD: Final = re.compile(
    r"(?:Defen[cs]e|Finance|Health|Education|Energy|Trade|Justice|Labou?r|Agriculture|Commerce"
    r"|State|Transport(?:ation)?|Tourism|Information|Interior|Environment|Economy|Culture|Religion"
    r"|Sports?|Development|Industry|Planning|Foreign Affairs|Home Affairs|Treasury|Forestry"
    r"|Fisheries|Communications?)(?: and [A-Z]\w+)? (?=[A-Z])"
)
"""Fields of ministers."""
_CALLED: Final = frozenset({"cleric", "coach", "striker", "founder", "spokesman", "spokeswoman"})
"""Callings that stand in small letters before a name, besides the listed offices."""
_FIRM: Final = re.compile(r",? (?:Inc|Corp|Co|Ltd|plc|Plc|PLC|LLC|AG|SA|Bhd|Tbk|and|&)(?!\w)")
"""The words behind the name of a firm: W.R. Harlow and Co."""
ADMINISTRATION: Final = " Administration"
LED: Final = " administration"


def may_need_trim(name: str) -> bool:
    """Return whether a person's name has words at its beginning or end that are not its own."""
    first, blank, _ = name.partition(" ")
    if not blank:
        return False
    small = first.isalpha() and first.islower() and first not in _PARTICLES
    return name.endswith(" of") or small


def trimmed(text: str, one: Mention, gazetteer: Gazetteer) -> Mention:
    """Return a person without small words around the name: the Harlow of `nephew Harlow`."""
    start, end, _ = one
    if text.endswith(" of", start, end):
        end -= len(" of")
    if text.startswith(_OF, start, end):
        start += len(_OF)
        known = gazetteer.get(text[start:end])
        return Mention(start, end, "person" if known is None else known.type)
    while True:
        first, blank, rest = text[start:end].partition(" ")
        mine = not blank or first in _PARTICLES or not first.islower() or not rest[:1].isupper()
        if mine or not is_common_english(first):
            return Mention(start, end, "person")
        start = end - len(rest)


def with_initials(text: str, one: Mention, least: int) -> Mention:
    """Return a person with the initials before the name, which begin at `least` or later."""
    start = one.start
    found = _INITIALS.search(text, max(least, start - _LONGEST_INITIALS), start)
    if found is None or _NO_INITIALS.search(text, max(0, start - _LONGEST_PHRASE), start):
        return one
    return one if _FIRM.match(text, one.end) else one._replace(start=found.start())


def without_field(text: str, one: Mention) -> Mention:
    """Return a person who follows `of` without the field: `Minister of Defense Adam Harlow`."""
    field = _FIELD.match(text, one.start, one.end)
    return one if field is None else one._replace(start=field.end())


def head_of_administration(text: str, one: Mention, gazetteer: Gazetteer) -> Mention:
    """Return the president of an organisation that is an administration called after one."""
    name = text[one.start : one.end]
    head = name.removesuffix(ADMINISTRATION)
    if " " in head or (head == name and not text.startswith(LED, one.end)):
        return one
    if head.isupper() or is_common_english(head) or gazetteer.get(head) is not None:
        return one
    return Mention(one.start, one.start + len(head), "person")


def called_person(name: str) -> int:
    """Return where a person begins in an organisation's name that a calling parts from it.

    The 19 of `Northern faith cleric Adam Harlow`; 0 if there is none.
    """
    words = name.split(" ")
    flags = word_flags("en")
    for at in range(1, len(words) - 1):
        word = words[at]
        calling = word in _CALLED or flags.get(word, 0) & OFFICE
        if calling and word.islower() and words[at + 1][:1].isupper():
            return len(" ".join(words[: at + 1])) + 1
    return 0
