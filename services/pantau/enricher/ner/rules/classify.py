"""Classification of a run of capitalised words.

A person, an organisation, a place, or none of them.
"""

import re
from typing import Final

from pantau.enricher.ner.scan import (
    CALENDAR,
    CAPITAL,
    COMMON,
    DEGREE,
    HONORIFIC,
    NO_NAME,
    ORG,
    ORG_HEAD,
    ORG_TAIL,
    PERSON,
    PLACE,
    PLACE_HEAD,
    PLACE_TAIL,
    PREPOSITION,
    RANK,
    SPEAKING,
    THING,
    Scan,
)
from pantau_schemas.events.article import EntityType

Run = tuple[int, int, EntityType]

_OUTLET: Final = re.compile(r"[A-Z][\w-]*\.(?:com|id|co\.id|net|org|tv|co)", re.IGNORECASE)
_ABSTRACT: Final = re.compile(
    # words formed by affixes; a name looks like this only by chance
    r"(?:pe|per|pem|pen|peng|peny|ke)[a-z]{4,}an|[a-z]{3,}(?:isme|isasi|itas|ologi|asional|grafi|iah)|(?:ber|mem|men|meng|meny|ter)[a-z]{4,}"
    r"|[a-z]{3,}(?:tion|tions|ment|ness|ism|ability|ship|ships|ally|ings|able|ible|ically|ative|ness|less)"
)
_ALPHABETIC: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_OPENINGS: Final = frozenset((" (", " ( "))
_PARTS: Final = ORG_HEAD | ORG_TAIL | PLACE_HEAD | PLACE_TAIL
_NAMING: Final = PERSON | PLACE | ORG
_DULL: Final = COMMON | CAPITAL
_NEVER: Final = CALENDAR | NO_NAME
_KINDS: Final[tuple[tuple[int, EntityType], ...]] = (
    (PERSON, "person"),
    (PLACE, "place"),
    (ORG, "organization"),
)
_LONGEST_PERSON: Final = 4
_LONGEST_SHORT_FORM: Final = 8


def classify_run(scan: Scan, start: int, end: int, titled: int) -> Run | None:
    """Return the part of a run that is a name, with its type; None if there is none."""
    whole = end
    tail = scan.flags[end - 1]
    if any(flags & THING for flags in scan.flags[start:end]) and not titled:
        return None
    if end - start > 1 and tail & (ORG_TAIL | PLACE_TAIL):
        kind = _by_tail(scan, start, end)
        if kind is not None:
            return kind
    if scan.begins_balinese(start):
        return start, end, "person"
    while start < end and _is_dull(scan, start, end, titled):
        start += 1
    while end > start and (scan.flags[end - 1] & DEGREE or _is_dull_end(scan, start, end - 1)):
        end -= 1
    if start == end:
        return None
    found = _classify(scan, start, end, titled, cut=end < whole)
    if found is None:
        return None
    if (
        found != "person"
        and end - start > 1
        and not scan.flags[start]
        and scan.begins_sentence(start)
    ):
        start += 1  # an unknown word that begins a sentence
    return start, end, found


def is_personal(scan: Scan, index: int) -> bool:
    """Return whether a word is only used in person names, or is unknown without affixes."""
    flags = scan.flags[index]
    if scan.upper[index] or flags & (_DULL | PLACE | ORG | _NEVER | _PARTS | THING):
        return False
    return not _ABSTRACT.fullmatch(scan.lowers[index])


def _by_tail(scan: Scan, start: int, end: int) -> Run | None:
    """Classify a run by its last word: Acme Corp, Orchard Road."""
    while start < end - 1 and scan.flags[start] & (_NEVER | COMMON) and scan.begins_sentence(start):
        start += 1
    if end - start < 2 or all(flags & COMMON for flags in scan.flags[start : end - 1]):
        return None
    tail = scan.flags[end - 1]
    if tail & ORG_TAIL and not tail & PLACE_TAIL:
        return start, end, "organization"
    if tail & PLACE_TAIL and not tail & PERSON:
        return start, end, "place"
    return None


def _is_dull(scan: Scan, index: int, end: int, titled: int) -> bool:
    """Return whether the first word of the rest of a run is not part of a name."""
    flags, low = scan.flags[index], scan.lowers[index]
    if flags & _NEVER:
        return not (titled and flags & PERSON)
    alone = index + 1 == end
    if alone and flags & (ORG_HEAD | PLACE_HEAD) and not scan.upper[index]:
        return True
    if flags & _NAMING and not flags & _DULL:
        if flags & PERSON:
            return alone and low in scan.plain and scan.begins_sentence(index)
        return bool(titled) and not alone and bool(flags & ORG)
    if scan.upper[index] and not flags & _DULL:
        return False
    if flags & (_DULL | ORG_HEAD | PLACE_HEAD | ORG_TAIL):
        if flags & PERSON and not alone:
            return low in scan.plain and scan.begins_sentence(index)
        return not titled & (RANK | HONORIFIC)
    return _is_dull_unknown(scan, index, titled, alone=alone)


def _is_dull_unknown(scan: Scan, index: int, titled: int, *, alone: bool) -> bool:
    """Return whether an unknown word is not a name.

    In lower case elsewhere, formed by affixes, or only at the start.
    """
    low = scan.lowers[index]
    if low in scan.plain or ((not titled or not alone) and _ABSTRACT.fullmatch(low)):
        return True
    return alone and not titled and scan.begins_sentence(index) and not scan.after(index) & SPEAKING


def _is_dull_end(scan: Scan, start: int, index: int) -> bool:
    """Return whether the last word of a run is not part of a name."""
    flags = scan.flags[index]
    if flags & _NEVER:
        return True
    if flags & _NAMING or scan.upper[index]:
        return False
    return bool(flags & _DULL) and index - start > 1


def _classify(scan: Scan, start: int, end: int, titled: int, *, cut: bool) -> EntityType | None:
    """Classify by the words, then by the neighbours."""
    length = end - start
    if titled and not scan.upper[start]:
        return "person" if length <= _LONGEST_PERSON + 1 else None
    if length == 1:
        return _classify_word(scan, start, titled)
    if all(scan.upper[start:end]):
        return "person" if titled else None
    return _classify_run(scan, start, end, cut=cut)


def _classify_run(scan: Scan, start: int, end: int, *, cut: bool) -> EntityType | None:
    """Classify several words by the kind that most of them have, else by the word before."""
    words = scan.flags[start:end]
    counts = [sum(bool(flags & kind) for flags in words) for kind, _ in _KINDS]
    unknown = sum(not flags & (_NAMING | _DULL) for flags in words)
    dull = sum(bool(flags & _DULL) and not flags & PERSON for flags in words)
    best = max(range(3), key=lambda at: counts[at])
    # One word of a person makes the run a person; other kinds need as many as are unknown.
    if counts[best] and (best == 0 or counts[best] >= unknown):
        if best == 0 and dull > counts[0] + unknown:
            return None
        return _KINDS[best][1]
    before = scan.before(start)
    if before & PREPOSITION and not before & SPEAKING:
        return "place"
    if end - start <= _LONGEST_PERSON and unknown >= dull and not cut:
        return "person"
    return None


def _classify_word(scan: Scan, index: int, titled: int) -> EntityType | None:
    """Classify one word by its list, then by its form, then by its neighbours."""
    word, flags = scan.words[index], scan.flags[index]
    if scan.gap(index).endswith("<"):
        return None  # a ticker: <ABC.L>
    if _OUTLET.fullmatch(word):
        return "organization"
    if len(word) < 2 or not _ALPHABETIC.fullmatch(word):
        return "organization" if scan.upper[index] and sum(map(str.isupper, word)) > 2 else None
    if flags & _PARTS and not scan.upper[index] and not flags & PERSON:
        return None
    if flags & _NAMING and not flags & _DULL:
        return next(name for kind, name in _KINDS if flags & kind)
    if scan.upper[index]:
        return _classify_short_form(scan, index, titled)
    if len(word) < 3 or flags & _DULL or scan.gap(index) in _OPENINGS:
        return None
    return _classify_by_neighbours(scan, index)


def _classify_short_form(scan: Scan, index: int, titled: int) -> EntityType | None:
    """Classify a word in capitals.

    An organisation, unless a title says otherwise or everything is in capitals.
    """
    if titled & (RANK | HONORIFIC):
        return "person"
    if index and not scan.capital[index - 1] and scan.gap(index) in _OPENINGS:
        return None  # the short form of a lower-case term
    fits = len(scan.words[index]) <= _LONGEST_SHORT_FORM and not scan.flags[index] & _DULL
    return "organization" if fits and not scan.in_capitals(index) else None


def _classify_by_neighbours(scan: Scan, index: int) -> EntityType | None:
    before = scan.before(index)
    if (before | scan.after(index)) & SPEAKING:
        return "person"
    return "place" if before & PREPOSITION else None
