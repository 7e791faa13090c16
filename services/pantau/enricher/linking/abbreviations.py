"""`Full Name (ABBR)` and `ABBR (Full Name)`: short forms that an article defines."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from pantau.enricher.budget import LINKING, UNLIMITED, Budget
from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.linking.initials import SMALL, WORD, consumes, letters_of, spells
from pantau.enricher.ner.engine import Mention, Ranges
from pantau.enricher.ner.scan import ORG_HEAD, ORG_TAIL, THING
from pantau_schemas.events.article import EntityType

_SHORT: Final = re.compile(r" \( ?(?P<short>[^\W\d_](?:[\w&/.-]{0,18}\w)?)(?: RI)? ?\)")
"""A short form in brackets, which blanks may part from it."""
_SHORT_BEFORE: Final = re.compile(r"\b[A-Z][\w&/-]{1,10}\Z")
_LEGAL_FORM: Final = "Persero"
LEGAL_IN_BRACKETS: Final = f" ({_LEGAL_FORM})"
"""Words after the name of a state's company that are no short form of it."""
_LONGEST_BEFORE: Final = 30
"""Characters of the word before a short form."""
_MOST_BEFORE: Final = 11
"""Maximum length of a short form before brackets."""
_LONG: Final = re.compile(r" \((?P<long>[A-Z][^()\n]{5,90})\)")
"""A name in brackets."""
_JOINS: Final = re.compile(r"[ ,&\"”’']*")
_REST: Final = re.compile(r"(?: [A-Z][a-z]+){1,5}")
"""Words that complete a name."""
_RUN: Final = re.compile(r"(?<![\w-])([A-Z][\w-]*)(?: [A-Z][\w-]*){2,7}\Z")
_LONGEST_RUN: Final = 90
"""Maximum length of such a name in characters."""
_LONGEST: Final = 10
"""Maximum number of words of a long name that are read."""
_THINGS: Final = frozenset(
    {
        "laporan", "daftar", "izin", "pajak", "upah", "iuran", "tunjangan", "anggaran", "nilai",
        "standar", "tes", "ujian", "sistem", "biaya", "tarif", "kredit", "sertifikat", "retribusi",
    }
)  # fmt: skip
"""First words of names of things, besides those that are listed."""
_BODIES: Final = frozenset({"gerakan", "angkatan", "fakultas", "jurusan"})
"""Listed words for things that names of organisations begin with, too."""
_CENTRE: Final = "pusat"
_STUDIES: Final = frozenset(
    {"studi", "kajian", "penelitian", "riset", "pengkajian", "pengembangan", "bantuan", "pelaporan"}
)
"""Words after the one for a centre with which it is an institute: Pusat Studi Hukum."""
_LONGEST_REST: Final = 200
"""Maximum length of the rest of a name: five words are shorter."""


class Definition(NamedTuple):
    """A short form and its full name, each as a range of the text.

    A `thing` is defined too (Keluarga Penerima Manfaat, KPM), but is not a person, organisation or
    place.
    """

    short: Mention
    long: Mention
    thing: bool = False


def find_definitions(
    text: str, mentions: Sequence[Mention], skip: Ranges, budget: Budget = UNLIMITED
) -> list[Definition]:
    """Return the definitions in a text whose short form fits a name."""
    brackets = _brackets(text)
    if not brackets:
        return []
    by_end = {mention.end: mention for mention in mentions}
    by_start = {mention.start: mention for mention in mentions}
    skipped = CharMask(len(text), skip)
    found: list[Definition] = []
    for bracket in budget.within(LINKING, brackets):
        definition = _long_first(text, bracket, by_end, mentions)
        if definition is None or _touches(definition, skipped):
            definition = _short_first(text, bracket, by_start)
        if definition is not None and not _touches(definition, skipped):
            found.append(definition)
    return found


def _brackets(text: str) -> list[int]:
    """Return the positions of spaces that precede an opening bracket and no number or mark."""
    found: list[int] = []
    bracket = text.find(" (")
    while bracket >= 0:
        first = text[bracket + 2 : bracket + 4].lstrip()[:1]
        if first.isalnum() and not first.isdecimal():
            found.append(bracket)
        bracket = text.find(" (", bracket + 2)
    return found


def _touches(one: Definition, skipped: CharMask) -> bool:
    return skipped.touches(one.short.start, one.short.end) or skipped.touches(
        one.long.start, one.long.end
    )


def _long_first(
    text: str, bracket: int, by_end: dict[int, Mention], mentions: Sequence[Mention]
) -> Definition | None:
    """Parse `Full Name (ABBR)`; `bracket` is the position of the space before it."""
    match = _SHORT.match(text, bracket)
    if match is None:
        return None
    short = match["short"]
    start, end = match.span("short")
    named = by_end.get(bracket) or _reaching(text, bracket, mentions)
    # Brackets behind a person hold a nickname, or define nothing.
    if named is not None and named.type == "person":
        if _nickname(short, text[named.start : named.end]):
            return Definition(Mention(start, end, "person"), named)
        return None
    if short == _LEGAL_FORM or not _looks_short(short):
        return None
    spelt = _spelt_by(text, bracket, short)
    if named is None and spelt is not None:
        named = _beginning(text, spelt, bracket, mentions)
    if named is not None:
        return _of_named(text, (start, end), named, spelt, bracket)
    if spelt is None and short.isupper():
        spelt = _headed(text, bracket)
    return None if spelt is None else _of_spelt(text, (start, end), spelt, bracket)


def _of_spelt(text: str, short: tuple[int, int], spelt: int, bracket: int) -> Definition | None:
    """Return the abbreviation of words that no engine found, from `spelt` to `bracket`."""
    long = Mention(spelt, bracket, "organization")
    if not _is_organization(text[spelt:bracket]):
        # A thing with an abbreviation; the type of its mention means nothing.
        return Definition(Mention(*short, "organization"), long, thing=True)
    if " " not in text[spelt:bracket]:
        return None
    return Definition(Mention(*short, "organization"), long)


def _of_named(
    text: str, short: tuple[int, int], named: Mention, spelt: int | None, bracket: int
) -> Definition | None:
    """Return the abbreviation of a mention, extended to where the letters are spelt from."""
    kind: EntityType = named.type
    if kind == "place" and spelt is not None and spelt < named.start:
        kind = "organization"  # Dinas Kesehatan Demak (DKD): the place is only its end
    begin = named.start if spelt is None else min(spelt, named.start)
    if " " not in text[begin:bracket]:
        return None
    thing = kind == "organization" and spelt == begin and _is_thing(text[begin:bracket])
    return Definition(Mention(*short, kind), Mention(begin, bracket, kind), thing)


def _reaching(text: str, bracket: int, mentions: Sequence[Mention]) -> Mention | None:
    """Return an organisation's name extended over capitalised words up to the bracket."""
    before = bisect_left(mentions, bracket, key=attrgetter("start")) - 1
    if before < 0 or mentions[before].type != "organization":
        return None
    start, end, kind = mentions[before]
    if not end < bracket <= end + _LONGEST_REST or _REST.fullmatch(text, end, bracket) is None:
        return None
    return Mention(start, bracket, kind)


def _beginning(text: str, spelt: int, bracket: int, mentions: Sequence[Mention]) -> Mention | None:
    """Return the organisation that begins a name, extended up to the bracket.

    The letters after it spell its end: the PUPR of Dinas Pekerjaan Umum dan Penataan Ruang.
    """
    before = bisect_left(mentions, bracket, key=attrgetter("start")) - 1
    if before < 0 or mentions[before].type != "organization":
        return None
    start, end, kind = mentions[before]
    whole = spelt < end < bracket and _is_organization(text[start:bracket])
    return Mention(start, bracket, kind) if whole else None


def _headed(text: str, bracket: int) -> int | None:
    """Return the start of a capitalised run before the bracket that begins like an organisation.

    This covers abbreviations of another language: the UNOCT of Kantor PBB Bidang Kontra Terorism.
    """
    run = _RUN.search(text, max(0, bracket - _LONGEST_RUN), bracket)
    if run is None:
        return None
    flags = word_flags()
    return run.start() if flags.get(run[1].lower(), 0) & ORG_HEAD else None


def _short_first(text: str, bracket: int, by_start: dict[int, Mention]) -> Definition | None:
    """Parse `ABBR (Full Name)`; `bracket` is the position of the space before it."""
    before = _SHORT_BEFORE.search(text, max(0, bracket - _MOST_BEFORE), bracket)
    if before is None or not _looks_short(short := before.group()):
        return None
    match = _LONG.match(text, bracket)
    if match is None or " " not in (long := match["long"]):
        return None
    start, end = match.span("long")
    named, defined = by_start.get(start), by_start.get(before.start())
    whole = named is not None and named.end == end and named.type == "organization"
    if not spells(short, long):  # of a name in capitals that begins there: an article's own words
        whole = whole and short.isupper() and not _continues(text, before.start())
    elif not whole and not _is_organization(long):
        return None
    else:
        whole = True
    if not whole:
        return None
    kind: EntityType = (
        "organization" if defined is None or defined.type == "person" else defined.type
    )
    return Definition(Mention(before.start(), bracket, kind), Mention(start, end, kind))


def _continues(text: str, start: int) -> bool:
    """Return whether the word at `start` ends a longer name, as in PT X Indonesia."""
    if text[start - 1 : start] != " ":
        return False
    before = text[max(0, start - _LONGEST_BEFORE) : start - 1].rpartition(" ")[2]
    return before[:1].isupper()


def _is_organization(name: str) -> bool:
    """Return whether the first or last word of an unrecognised name marks it as an organisation."""
    words, flags = name.lower().split(), word_flags()
    if words[0] == _CENTRE and words[1:2] and words[1] in _STUDIES:
        return True
    return bool(flags.get(words[0], 0) & ORG_HEAD or flags.get(words[-1], 0) & ORG_TAIL)


def _is_thing(name: str) -> bool:
    """Return whether the first word of a name says that it names no organisation: Laporan Harta."""
    first = name.partition(" ")[0].lower()
    seen = word_flags().get(first, 0)
    return (first in _THINGS or bool(seen & THING)) and not seen & ORG_HEAD and first not in _BODIES


def _looks_short(short: str) -> bool:
    """Return whether it can be an abbreviation.

    At least two capitals, or one short capitalised word.
    """
    capitals = sum(map(str.isupper, short))
    return capitals >= 2 or (
        capitals == 1 and short[0].isupper() and 3 <= len(short) <= 12 and short.isalpha()
    )


def _spelt_by(text: str, end: int, short: str) -> int | None:
    """Return the start of the name before `end` whose initials are the short form."""
    letters = letters_of(short)
    initials = short.isupper()  # else syllables, as in Bawaslu
    chosen: list[str] = []
    after = end
    for word in reversed(list(WORD.finditer(text, max(0, end - 120), end))[-_LONGEST:]):
        if not _JOINS.fullmatch(text, word.end(), after):
            return None
        after = word.start()
        low = word.group().lower()
        if low in SMALL:
            continue
        if not text[after].isupper():
            return None
        chosen.insert(0, low)
        if initials:  # a letter a word, the last one first
            if low[0] != letters[-len(chosen)]:
                return None
            if len(chosen) == len(letters):
                return after
        elif consumes(letters, chosen, syllables=True):
            return after
    return None


def _nickname(short: str, name: str) -> bool:
    """Return whether a word in parentheses after a person's name is a short form of it.

    SBY, Jokowi, Sandi.
    """
    if not short[0].isupper() or not short.isalpha():
        return False
    words = [word.lower() for word in WORD.findall(name)]
    low = short.lower()
    if short.isupper() and len(short) <= 5:
        return "".join(word[0] for word in words).endswith(low) or low in words
    return any(low.startswith(word[:2]) and len(word) > 1 for word in words)
