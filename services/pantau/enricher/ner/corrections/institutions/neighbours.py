"""Names that a model cuts in two or glues together at a list, at `dan` or at a title.

`Kementerian Kebudayaan, Belia dan Sukan`, `Pusat Gempabumi dan Tsunami BMKG` and `Polis Negeri
Datuk Mohd Khairi` are read with the words between two mentions.
"""

import re
from collections.abc import Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, ORG_HEAD, PERSON, RANK

_LISTED: Final = re.compile(
    r"(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?){1,4},? dan [A-Z][a-z]+(?: [A-Z][a-z]+)?"
    r"(?! [A-Z]|\w|, [A-Z][a-z]+ dan )"
)
"""Further fields of a ministry, up to the last one."""
_MINISTRY: Final = ("Kementerian ", "Kementrian ")
_MINISTER: Final = re.compile(r"(?:Menteri|Menko) [A-Z][a-z]+(?: [A-Z][a-z]+){0,2}, \Z")
_UNITS: Final = frozenset(
    {"pusat", "biro", "direktorat", "deputi", "bidang", "balai", "bagian", "divisi"}
)
"""Parts of an institution whose name the institution follows."""
_AND: Final = re.compile(r" dan [A-Z][a-z]+(?: [A-Z][a-z]+)? ")
_TAN, _SRI = " Tan", "Sri "
"""The words of a Malay title."""
_TITLES: Final = HONORIFIC | RANK
_BAPTISED: Final = "FX"
"""Initials of a first name that many bear: FX Hadi."""
_LOOK_BACK: Final = 50
_LONGEST: Final = 40
"""Characters between two mentions that are parts of one name."""


class Neighbours:
    """Decides about a mention by the one before and the text between them; pure."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._flags = word_flags()

    def with_fields(self, text: str, one: Mention) -> Mention:
        """Return a ministry with all its fields: Kementerian Kebudayaan, Belia dan Sukan."""
        if not text.startswith(", ", one.end) or not text.startswith(_MINISTRY, one.start):
            return one
        listed = _LISTED.match(text, one.end)
        if listed is None or any(map(self._names, re.findall("[A-Z][a-z]+", listed.group()))):
            return one
        return Mention(one.start, listed.end(), one.type)

    def is_field(self, text: str, one: Mention) -> bool:
        """Return whether a person is a field of a minister: Menteri Kebudayaan, Belia dan Sukan."""
        if text[one.start - 2 : one.start] != ", " or not text.startswith(" dan ", one.end):
            return False
        before = _MINISTER.search(text, max(0, one.start - _LOOK_BACK), one.start)
        return before is not None and not self._names(text[one.start : one.end])

    def joined(self, text: str, first: Mention, second: Mention) -> Mention | None:
        """Return two organisations as one: a unit of two fields, and its institution."""
        if first.type != "organization" or second.type != "organization":
            return None
        if not len(" dan ") < second.start - first.end <= _LONGEST:
            return None
        head = text[first.start : first.end].partition(" ")[0].lower()
        short = text[second.start : second.end].isupper()
        if head not in _UNITS or not short or _AND.fullmatch(text, first.end, second.start) is None:
            return None
        return Mention(first.start, second.end, "organization")

    def parted(self, text: str, first: Mention, second: Mention) -> Sequence[Mention]:
        """Return an organisation and the person right after it, whose title it swallowed, as two.

        So is the rest of its place, which the person took: BPS Sulawesi, Selatan Budi Santoso.
        Empty if both are right.
        """
        if first.type != "organization" or second.type != "person":
            return ()
        shared = self._shared_place(text, first, second)
        if shared:
            return shared
        if text.endswith(_TAN, first.start, first.end) and text.startswith(_SRI, second.start):
            end = first.end - len(_TAN)
            named = Mention(second.start + len(_SRI), second.end, "person")
            return Mention(first.start, end, "organization"), named
        # A title within the organisation is where the person begins.
        at = first.start
        for index, word in enumerate(text[first.start : first.end].split(" ")):
            seen = self._flags.get(word.lower(), 0)
            initials = word == _BAPTISED
            if index and (initials or (seen & _TITLES and not seen & (PERSON | ORG_HEAD))):
                return (
                    Mention(first.start, at - 1, "organization"),
                    Mention(at, second.end, "person"),
                )
            at += len(word) + 1
        return ()

    def _shared_place(self, text: str, first: Mention, second: Mention) -> Sequence[Mention]:
        """Return an organisation and a person apart whose border divides the name of a place."""
        last = text[first.start : first.end].rpartition(" ")[2]
        word, blank, _ = text[second.start : second.end].partition(" ")
        known = self._gazetteer.get(f"{last} {word}")
        if known is None or known.type != "place":
            return ()
        end = second.start + len(word)
        whole = Mention(first.start, end, "organization")
        return (whole, Mention(end + 1, second.end, "person")) if blank else (whole,)

    def _names(self, word: str) -> bool:
        """Return whether a word is a name of people or of anything known."""
        low = word.lower()
        return bool(self._flags.get(low, 0) & PERSON) or self._gazetteer.get(low) is not None
