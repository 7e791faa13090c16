"""`Full Name (ABBR)` and `ABBR (Full Name)`: what an article says that a short form stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pantau.enricher.engine import Mention, Ranges
from pantau.enricher.taken import Taken
from pantau.enricher.words import Flag, word_flags
from pantau_schemas.article import EntityType

_LONG_SHORT: Final = re.compile(r" \((?P<short>[^\W\d_](?:[\w&/.-]{0,18}\w)?)\)")
_SHORT_LONG: Final = re.compile(r"\b(?P<short>[A-Z][\w&/-]{1,10}) \((?P<long>[A-Z][^()\n]{5,90})\)")
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SMALL: Final = frozenset({"dan", "of", "the", "and", "for", "untuk", "on", "in", "to", "de", "&"})
_LONGEST: Final = 10
"""Words of a long name that are looked at."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the name that it stands for, each as a range of the text.

    A `thing` is defined too (Keluarga Penerima Manfaat, KPM), but is nobody, no organisation and no place.
    """

    short: Mention
    long: Mention
    thing: bool = False


def find_definitions(text: str, mentions: Sequence[Mention], skip: Ranges) -> list[Definition]:
    """Give the definitions in a text, where the short form fits the name by its letters or the name was found."""
    if "(" not in text:
        return []
    by_end = {mention.end: mention for mention in mentions}
    by_start = {mention.start: mention for mention in mentions}
    skipped = Taken(len(text), skip)
    found: dict[int, Definition] = {}
    for match in _LONG_SHORT.finditer(text):
        if not skipped.touches(*match.span("short")):
            definition = _long_first(text, match, by_end)
            if definition is not None and not _touches(definition.long, skipped):
                found[match.start("short")] = definition
    for match in _SHORT_LONG.finditer(text):
        if match.start("long") not in found and not skipped.touches(*match.span("long")):
            definition = _short_first(match, by_start)
            if definition is not None and not (
                _touches(definition.short, skipped) or _touches(definition.long, skipped)
            ):
                found[match.start("long")] = definition
    return [found[at] for at in sorted(found)]


def _touches(one: Mention, skipped: Taken) -> bool:
    return skipped.touches(one.start, one.end)


def _long_first(text: str, match: re.Match[str], by_end: dict[int, Mention]) -> Definition | None:
    short = match["short"]
    start, end = match.span("short")
    name_end = match.start()
    named = by_end.get(name_end)
    if named is not None and named.type == "person":
        if _nickname(short, text[named.start : named.end]):
            return Definition(Mention(start, end, "person"), named)
        return None
    if not _looks_short(short):
        return None
    spelt = _spelt_by(text, name_end, short)
    if named is None and spelt is not None and not _is_organization(text[spelt:name_end]):
        thing = Mention(spelt, name_end, "organization")  # the type means nothing here
        return Definition(Mention(start, end, "organization"), thing, thing=True)
    if named is None and spelt is None:
        return None
    kind: EntityType = "organization" if named is None else named.type
    if kind == "place" and spelt is not None and named is not None and spelt < named.start:
        kind = "organization"
    if named is not None and (spelt is None or spelt > named.start):
        spelt = named.start
    if spelt is None or " " not in text[spelt:name_end]:
        return None
    return Definition(Mention(start, end, kind), Mention(spelt, name_end, kind))


def _short_first(match: re.Match[str], by_start: dict[int, Mention]) -> Definition | None:
    short, long = match["short"], match["long"]
    named = by_start.get(match.start("long"))
    if not _looks_short(short) or " " not in long:
        return None
    fits = _is_organization(long) and _spells(
        short, [word for word in _WORD.findall(long) if word.lower() not in _SMALL]
    )
    covered = named is not None and named.end == match.end("long")
    if not fits and not (covered and named is not None and named.type == "organization"):
        return None
    kind = by_start[match.start("short")].type if match.start("short") in by_start else "organization"
    if kind == "person":
        kind = "organization"
    return Definition(Mention(*match.span("short"), kind), Mention(*match.span("long"), kind))


def _is_organization(name: str) -> bool:
    """Whether a name that no engine found says by its first or last word that it is one of an organisation."""
    words, flags = name.lower().split(), word_flags()
    return bool(flags.get(words[0], 0) & Flag.ORG_HEAD or flags.get(words[-1], 0) & Flag.ORG_TAIL)


def _looks_short(short: str) -> bool:
    """Whether it can be an abbreviation: two capitals at least, or one short word with a capital."""
    capitals = sum(map(str.isupper, short))
    return capitals >= 2 or (
        capitals == 1 and short[0].isupper() and 3 <= len(short) <= 12 and short.isalpha()
    )


def _spelt_by(text: str, end: int, short: str) -> int | None:
    """Give where the name before `end` begins whose initials are the short form."""
    start = max(0, end - 120)
    words = list(_WORD.finditer(text, start, end))[-_LONGEST:]
    chosen: list[str] = []
    after = end
    for word in reversed(words):
        if not re.fullmatch(r"[ ,&\"”’']*", text[word.end() : after]):
            return None
        after = word.start()
        if word.group().lower() in _SMALL:
            continue
        if not word.group()[0].isupper():
            return None
        chosen.insert(0, word.group())
        if _spells(short, chosen):
            return word.start()
    return None


def _spells(short: str, words: Sequence[str]) -> bool:
    """Whether the words' initials, or a first piece of each, spell the short form: KPK, Bawaslu, Kemenkes."""
    letters = "".join(filter(str.isalnum, short.lower()))
    return bool(words) and _consume(letters, [word.lower() for word in words], syllables=not short.isupper())


def _consume(letters: str, words: Sequence[str], *, syllables: bool) -> bool:
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    longest = min(len(word), 6 if syllables else 1)
    return any(
        letters.startswith(word[:length]) and _consume(letters[length:], rest, syllables=syllables)
        for length in range(1, longest + 1)
    )


def _nickname(short: str, name: str) -> bool:
    """Whether a word in parentheses after a person's name is a short form of it: SBY, Jokowi, Sandi."""
    if not short[0].isupper() or not short.isalpha():
        return False
    words = [word.lower() for word in _WORD.findall(name)]
    low = short.lower()
    if short.isupper() and len(short) <= 5:
        return "".join(word[0] for word in words).endswith(low) or low in words
    return any(low.startswith(word[:2]) and len(word) > 1 for word in words)
