"""Where names end: of organisations and places after their heads, and of runs of capitals."""

from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import ENGLISH_HEADS, word_sections
from pantau.enricher.ner.rules.classify import is_personal
from pantau.enricher.ner.scan import (
    CALENDAR,
    COMMON,
    HONORIFIC,
    OFFICE,
    ORG,
    ORG_HEAD,
    ORG_TAIL,
    PERSON,
    PLACE,
    PREPOSITION,
    RANK,
    THING,
    Scan,
)

_INNER_ORG: Final = frozenset({"dan", "of", "for", "the", "and", "untuk", "&"})
_INNER_PERSON: Final = frozenset(
    {
        "bin",
        "binti",
        "van",
        "von",
        "de",
        "der",
        "den",
        "al",
        "el",
        "da",
        "dos",
        "bint",
        "ibn",
        "la",
        "ul",
    }
)
_HOLLOW_HEADS: Final = frozenset(
    {"kantor", "sekretariat", "biro", "tim", "timnas", "forum", "panitia", "harian", "the"}
)
"""Heads that make an organisation only with at least three more words.

Kantor PBB is the UN's, an office of it.
"""
_SCHOOL_KINDS: Final = frozenset(
    {
        "negeri",
        "menengah",
        "atas",
        "pertama",
        "dasar",
        "tinggi",
        "umum",
        "kejuruan",
        "lanjutan",
        "tingkat",
    }
)
"""Words for the kind of an institution, which do not identify it."""
_LONGEST_RUN: Final = 8
_LONGEST_PLACE: Final = 5
_TITLE: Final = OFFICE | RANK | HONORIFIC
_STOPS: Final = RANK | HONORIFIC | OFFICE


class NameExtents:
    """The ends of names in one scanned passage."""

    __slots__ = ("_english_heads", "_gazetteer", "_scan")

    def __init__(self, scan: Scan, gazetteer: Gazetteer) -> None:
        self._scan = scan
        self._gazetteer = gazetteer
        self._english_heads = word_sections("words.txt")[ENGLISH_HEADS]

    def organization_end(self, index: int) -> int:
        """Return the end of an organisation's name whose head is at `index`, else `index` + 1."""
        scan, end, stop = self._scan, index + 1, len(self._scan.words)
        if end < stop and scan.lowers[index] == "dewan" and scan.lowers[end] == "pimpinan":
            return index + 1
        # Words that identify the organisation: further heads and the kind of a school do not.
        telling = 0
        while end < stop and end - index < _LONGEST_RUN and scan.joined(end):
            flags = scan.flags[end]
            if scan.capital[end]:
                if self._ends_organization(end, telling):
                    break
                telling += not flags & (ORG_HEAD | THING) and scan.lowers[end] not in _SCHOOL_KINDS
                end += 1
            elif scan.lowers[end] in _INNER_ORG and self._goes_on(
                end + 1, whole=scan.lowers[end] == "of"
            ):
                end += 1
            # A short number near the head tells one of many: SMA Negeri 3.
            elif scan.words[end].isdigit() and end - index < 4 and len(scan.words[end]) < 4:
                telling += 1
                end += 1
            else:
                break
        if not telling or (scan.lowers[index] in _HOLLOW_HEADS and telling < 4):
            return index + 1
        return end

    def _ends_organization(self, end: int, telling: int) -> bool:
        """Return whether a capitalised word is not part of the organisation before it."""
        flags = self._scan.flags[end]
        if flags & (CALENDAR | _STOPS) and not flags & ORG:
            return True
        # Parties are listed without commas; the first word may be "partai" itself.
        return bool(telling) and self._scan.lowers[end] == "partai"

    def without_holder(self, index: int, end: int) -> int:
        """Remove the person after the organisation whose office he or she holds."""
        scan = self._scan
        for at in range(index + 2, end):
            if is_personal(scan, at):
                return at
        return end

    def _goes_on(self, index: int, *, whole: bool) -> bool:
        """Return whether an organisation's name continues after a lower-case word.

        After `of` also with a known name.
        """
        scan = self._scan
        return (
            index < len(scan.words)
            and scan.capital[index]
            and scan.joined(index)
            and not scan.flags[index] & (_TITLE | ORG_HEAD)
            and (whole or self._gazetteer.longest(scan.lowers, index, len(scan.words)) is None)
        )

    def place_end(self, index: int) -> int:
        """Return the end of a place's name whose head is at `index`."""
        scan, end = self._scan, index + 1
        if (
            end + 1 < len(scan.words)
            and scan.lowers[end] == "of"
            and scan.capital[end + 1]
            and scan.joined(end)
        ):
            end += 1
        while (
            end < len(scan.words)
            and end - index < _LONGEST_PLACE
            and scan.capital[end]
            and scan.joined(end)
        ):
            flags = scan.flags[end]
            # A day, a title or the head of an organisation ends the name of a place.
            if flags & (CALENDAR | _STOPS | ORG_HEAD) and not flags & PLACE:
                break
            end += 1
        return end

    def run_end(self, index: int) -> int:
        """Return the end of the run of words that may be one name."""
        scan, end, stop = self._scan, index + 1, len(self._scan.words)
        if scan.begins_balinese(index):
            end += 1
        while end < stop and end - index < _LONGEST_RUN and scan.joined(end):
            flags = scan.flags[end]
            if scan.capital[end]:
                if self._breaks(end, flags):
                    break
                end += 1
            elif self._inner(end, flags):
                end += 2
            else:
                break
        return end

    def _breaks(self, end: int, flags: int) -> bool:
        """Return whether a capitalised word begins something else.

        A title, an organisation, a known name.
        """
        scan = self._scan
        if flags & (RANK | OFFICE) and not flags & PERSON:
            return True
        if (
            flags & HONORIFIC
            and not flags & PERSON
            and len(scan.words[end]) > 1
            and scan.upper[end - 1]
        ):
            # Ketua BX Prof Dr Siti Rahma: the preceding words are not part of the person
            return True
        if (
            flags & ORG_HEAD
            and not flags & (PERSON | ORG_TAIL)
            and scan.lowers[end] not in self._english_heads
        ):
            return True
        short_form = scan.upper[end] and not scan.upper[end - 1]
        if short_form and (
            len(scan.words[end]) > 2 or self._gazetteer.get(scan.lowers[end]) is not None
        ):
            return True
        return self._known_begins(end, flags)

    def _known_begins(self, end: int, flags: int) -> bool:
        """Return whether a known name of its own begins at a word."""
        scan = self._scan
        if flags & COMMON or scan.lowers[end] not in self._gazetteer.lengths:
            return False
        known = self._gazetteer.longest(scan.lowers, end, min(end + 4, len(scan.words)))
        if known is None or known[1].weak or scan.flags[end - 1] & THING:
            return False
        if known[0] - end > 1:
            return not scan.flags[end - 1] & PERSON
        return bool(flags & (PLACE | ORG)) and not flags & PERSON and not known[1].minor

    def _inner(self, end: int, flags: int) -> bool:
        """Return whether a lower-case word joins two parts of a name.

        Bin, van, of after the head of an organisation.
        """
        scan = self._scan
        if end + 1 >= len(scan.words) or not scan.capital[end + 1] or not scan.joined(end + 1):
            return False
        if scan.lowers[end] == "of":
            return bool(scan.flags[end - 1] & (ORG_TAIL | ORG_HEAD))
        return scan.lowers[end] in _INNER_PERSON and not flags & PREPOSITION
