"""The rule engine: capitals, titles, heads and tails of organisations and places, known names.

One pass over the words. At a capitalised word, in this order: a known name, the head of an
organisation or a place, a title (remembered: a person follows), else a run of capitalised words is
classified by its words and its neighbours.
"""

from itertools import compress, count
from typing import Final

from pantau.enricher.budget import FINDING, Budget
from pantau.enricher.lexicon.gazetteer import Gazetteer, KnownName, load_gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.rules.classify import classify_run
from pantau.enricher.ner.rules.extents import NameExtents
from pantau.enricher.ner.scan import (
    CALENDAR,
    COMMON,
    HONORIFIC,
    NO_NAME,
    OFFICE,
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

_PLAIN_HEADS: Final = frozenset(
    (
        "badan",
        "kementerian",
        "komisi",
        "dewan",
        "lembaga",
        "dinas",
        "direktorat",
        "ditjen",
        "otoritas",
        "satgas",
        "majelis",
    )
)
"""Heads of organisations that are called by their function, not by a person's name."""
_SMALL_PLACES: Final = frozenset({"desa", "kecamatan", "dusun", "kelurahan", "jalan"})
_NEVER: Final = CALENDAR | NO_NAME
_BEGINNING: Final = ORG_HEAD | PLACE_HEAD | THING | PERSON
_TITLE: Final = OFFICE | RANK | HONORIFIC


class RuleEngine:
    """Finds names by rules; needs no model, only word lists."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer or load_gazetteer()

    @property
    def version(self) -> str:
        """Incremented when a change of rules or lists changes results."""
        return "rules-1"

    def find(self, passage: Passage) -> list[Mention]:
        """Return the names, in order, without overlaps."""
        return _Pass(passage, self._gazetteer).run()


class _Pass:
    """One pass over one passage.

    `titled` holds the flags of the titles directly before, 0 if there are none.
    """

    __slots__ = ("_budget", "_extents", "_found", "_gazetteer", "_headline", "scan")

    def __init__(self, passage: Passage, gazetteer: Gazetteer) -> None:
        self.scan = Scan(passage.text, word_flags(passage.lang))
        self.scan.blank(passage.skip)
        self._headline = passage.headline
        self._budget: Budget = passage.budget
        self._gazetteer = gazetteer
        self._extents = NameExtents(self.scan, gazetteer)
        self._found: list[Mention] = []

    def run(self) -> list[Mention]:
        """Process the capitalised words.

        `position` is the first unprocessed word.
        """
        scan = self.scan
        position, titled = 0, 0
        for index in self._budget.within(FINDING, list(compress(count(), scan.capital))):
            if index < position:
                continue
            if index > position:  # lower-case words in between
                titled = scan.flags[index - 1] & _TITLE
            if not scan.joined(index):
                titled = 0
            elif index > position and scan.lowers[index - 1] in _SMALL_PLACES:
                position = self._small_place(index)
                if position > index:
                    continue
            position, titled = self._capitalised(index, titled)
        return self._found

    def _small_place(self, index: int) -> int:
        """Process a place with its lower-case kind, as in desa Sukamaju; return its end."""
        end = self._extents.place_end(index - 1)
        if end == index or self.scan.flags[index] & CALENDAR:
            return index
        self._add(index - 1, end, "place")
        return end

    def _capitalised(self, index: int, titled: int) -> tuple[int, int]:
        """Process the capitalised word at `index`; return the next position and the titles."""
        scan = self.scan
        known = self._known(index, titled)
        if known is not None:
            return self._take_known(index, known[0], known[1], titled)
        if self._headline:
            return index + 1, 0
        flags = scan.flags[index]
        # Days, months and verbs begin no name, unless the word can begin an institution, too, or a
        # title before it says that a person follows.
        if (
            flags & _NEVER
            and not flags & _BEGINNING
            and not titled
            and not scan.begins_balinese(index)
        ):
            return index + 1, 0
        if flags & ORG_HEAD and not titled & (RANK | HONORIFIC):
            end = self._extents.organization_end(index)
            if titled & OFFICE and scan.lowers[index] in _PLAIN_HEADS:
                # Kepala Badan Pangan Budi Santoso: who holds the office is not part of it.
                end = self._extents.without_holder(index, end)
            if end > index + 1:
                self._add(index, end, "organization")
                return end, titled
        if flags & PLACE_HEAD and not titled:
            end = self._extents.place_end(index)
            if end > index + 1:
                self._add(index, end, "place")
                return end, 0
        # A title that is a first name, too, begins a name, unless it is an office or a rank.
        if flags & _TITLE and not (flags & PERSON and not flags & (OFFICE | RANK)):
            return index + 1, titled | flags & _TITLE
        return self._classified(index, titled)

    def _known(self, index: int, titled: int) -> tuple[int, KnownName] | None:
        scan = self.scan
        limit = index + 1
        if scan.lowers[index] not in self._gazetteer.lengths:
            return None
        while limit < len(scan.words) and limit - index < 6 and scan.joined(limit):
            limit += 1
        found = self._gazetteer.longest(scan.lowers, index, limit)
        if found is None:
            return None
        end, known = found
        if known.name.isupper() and not scan.upper[index]:
            return None  # an abbreviation, written as an ordinary word
        # After a title, and before another name, a place of one word is a person's name.
        if known.type == "place" and end - index == 1 and not scan.upper[index]:
            if titled & (RANK | HONORIFIC):
                return None
            if end < limit and scan.capital[end] and self._somebody(index, end, known):
                return None
        if known.weak:
            before = scan.before(index)
            return found if before & PREPOSITION and not before & SPEAKING else None
        return found

    def _somebody(self, index: int, end: int, known: KnownName) -> bool:
        """Return whether a place's name before a capitalised word is a person's first name."""
        following = self.scan.flags[end]
        if (
            following & (PLACE_TAIL | ORG_TAIL | CALENDAR | _TITLE | THING | COMMON)
            or self.scan.upper[end]
        ):
            return False
        seen = self.scan.flags[index]
        return known.minor or bool(seen & PERSON and not seen & PLACE)

    def _take_known(self, index: int, end: int, known: KnownName, titled: int) -> tuple[int, int]:
        """Process a known name, extended to a longer known one (Jakarta Post)."""
        scan = self.scan
        # An American place before the head of an organisation is the beginning of its name.
        if (
            known.country == "US"
            and end < len(scan.words)
            and scan.flags[end] & ORG_HEAD
            and scan.joined(end)
        ):
            last = self._extents.organization_end(end)
            if last > end + 1 and scan.capital[end]:
                self._add(index, last, "organization")
                return last, titled & OFFICE
        if known.type == "place":
            last = end if self._headline else self._extents.run_end(end - 1)
            tail = scan.flags[last - 1]
            if last > end and tail & ORG_TAIL and not tail & PLACE_TAIL:
                self._add(index, last, "organization")
                return last, titled
            while (
                end < len(scan.words)
                and scan.joined(end)
                and scan.capital[end]
                and scan.flags[end] & PLACE_TAIL
            ):
                end += 1
        self._add(index, end, known.type)
        return end, titled & OFFICE

    def _classified(self, index: int, titled: int) -> tuple[int, int]:
        """Classify a run of capitalised words that is unknown."""
        end = self._extents.run_end(index)
        if titled & OFFICE and not titled & (RANK | HONORIFIC) and self._ends_in_name(end):
            return end, titled  # not the person yet: Kabid Humas Polda Jateng
        found = classify_run(self.scan, index, end, titled)
        if found is None:
            return end, titled & OFFICE
        start, stop, kind = found
        self._add(start, stop, kind)
        return end, 0

    def _ends_in_name(self, end: int) -> bool:
        """Return whether another name or title directly follows a run."""
        scan = self.scan
        return (
            end < len(scan.words)
            and scan.capital[end]
            and scan.joined(end)
            and not scan.flags[end] & PERSON
        )

    def _add(self, start: int, end: int, kind: EntityType) -> None:
        stop, last = self.scan.ends[end - 1], self.scan.words[end - 1]
        if last[-2:-1] == "." and self.scan.text.startswith(".", stop):
            stop += 1  # the last dot of U.S. is its own
        self._found.append(Mention(self.scan.starts[start], stop, kind))
