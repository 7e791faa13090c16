"""The names of one article.

Its short forms, and the forms under which a name may occur elsewhere.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from pantau.enricher.budget import LINKING, UNLIMITED, Budget
from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.occurrences import LONGEST, Occurrences, in_word
from pantau.enricher.lexicon.regional import OFFICES
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.linking.abbreviations import Definition, find_definitions
from pantau.enricher.linking.initials import follows, spells
from pantau.enricher.linking.legal_forms import without_legal_form
from pantau.enricher.linking.nicknames import find_nicknames
from pantau.enricher.ner.engine import Mention, Ranges
from pantau_schemas.events.article import EntityType

MOST_BEARERS: Final = 100
"""Maximum number of people of one article that share a word of their names; the first count.

A bound for hostile texts.
"""
MOST_WORDS: Final = 16
"""Maximum number of words of a person's name whose parts may refer to it.

A bound for hostile texts: the parts grow quadratically.
"""
_MARKED: Final = b"\x01"
LEAST_ALONE: Final = 3
"""Minimum number of letters of a single word that may refer to the whole name."""
_NOT_ALONE: Final = int(
    Flag.COMMON | Flag.CAPITAL | Flag.CALENDAR | Flag.NO_NAME | Flag.OFFICE | Flag.ORG_HEAD
)
_PERSON: Final = int(Flag.PERSON)
_PAIRED: Final = re.compile(r"/(?<=[a-z’']/)(?=[A-Z])")
_PAIR: Final = re.compile(r"([A-Z](?<![\w/][A-Z])[a-z’']+)/([A-Z][a-z’']+)(?![\w/])")
_REGION: Final = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}")
"""The words after an office among which its region may be."""


class Names:
    """Collects definitions, then people, then returns all surface forms."""

    def __init__(self, known: Gazetteer, budget: Budget = UNLIMITED) -> None:
        self.known = known
        self._budget = budget
        self.short_to_long: dict[str, tuple[str, EntityType]] = {}
        self.parts: dict[str, str] = {}
        """Short forms of what follows the head of a name, to the head with them: Dinas LH."""
        self.people: dict[tuple[str, ...], str] = {}
        # By each word of their names, in order.
        self._bearers: dict[str, list[tuple[str, ...]]] = {}
        self._sure: dict[tuple[str, ...], tuple[str, ...]] = {}  # words that refer to a single name
        self._fuller_ones: dict[tuple[str, ...], list[tuple[str, ...]]] = {}  # by requested words
        self.nicknames: dict[str, str] = {}

    def define(self, text: str, mentions: list[Mention], skip: Ranges) -> list[Mention]:
        """Collect the definitions of a text; both sides become mentions of the defined type."""
        for nickname, name in find_nicknames(text, mentions):
            self.nicknames.setdefault(nickname.lower(), name)
        extra: list[Mention] = []
        things: set[str] = set()
        spans: list[Mention] = []
        for one in find_definitions(text, mentions, skip, self._budget):
            short, long = text[one.short.start : one.short.end], text[one.long.start : one.long.end]
            known = self.known.get(long) if one.thing else None
            if one.thing and (known is None or known.type != "organization"):
                things.add(short)  # a tax is no party, whatever its letters are elsewhere
                spans.append(one.long)
                continue
            if self._means_another(short, long, one.short.type):
                continue
            whole = _with_region(text, one, self.known)
            if whole is not None:
                extra.append(whole)
                for form in (long, short):  # of this region, while the article says no more
                    name = text[whole.start : whole.end]
                    self.short_to_long.setdefault(form, (name, "organization"))
                continue
            if one.long.type == "person":
                self.nicknames.setdefault(short.lower(), long)
            else:
                headed = _headed(short, long)
                if headed is not None:  # Dinas LH, of Dinas Lingkungan Hidup (LH)
                    self.parts[short] = headed
                    self.short_to_long.setdefault(headed, (long, one.long.type))
                self.short_to_long.setdefault(short, (long, one.long.type))
            extra += [one.long, one.short]
        if things:
            mentions = [
                one
                for one in without_parts(text, mentions, spans)
                if text[one.start : one.end] not in things and one not in spans
            ]
        if not extra:
            return mentions
        taken = CharMask(len(text), ((one.start, one.end) for one in extra))
        kept = [one for one in mentions if not taken.touches(one.start, one.end)]
        return without_overlap(kept + extra)

    def _means_another(self, short: str, long: str, kind: EntityType) -> bool:
        """Return whether the word in brackets is known as another's: Partai Golkar (DKI)."""
        known = self.known.get(short)
        if known is None or spells(short, long) or follows(short, long):
            return False
        whole = self.known.get(long)
        return known.type != kind or (whole is not None and whole.id not in {None, known.id})

    def collect_people(self, text: str, mentions: Iterable[Mention]) -> None:
        """Collect the people named in full."""
        self._sure.clear()
        self._fuller_ones.clear()
        for start, end, kind in mentions:
            if kind == "person":
                name = text[start:end]
                words = tuple(name.lower().split())
                if len(words) > 1 and words not in self.people:
                    self.people[words] = name
                    for word in dict.fromkeys(words) if len(words) <= MOST_WORDS else ():
                        bearers = self._bearers.setdefault(word, [])
                        if len(bearers) < MOST_BEARERS:
                            bearers.append(words)

    def surfaces(self, text: str, mentions: Sequence[Mention]) -> dict[str, EntityType]:
        """Return every form under which the names found may occur elsewhere, with its type.

        The longest first. The type of an earlier one is more certain.
        """
        surfaces: dict[str, EntityType] = {}
        for short, (long, kind) in self.short_to_long.items():
            surfaces[short] = surfaces[long] = kind
        named = dict.fromkeys((text[start:end], kind) for start, end, kind in mentions)
        parts = dict.fromkeys(self._parts_of_people())
        for name, kind in named:
            if kind != "person" and name in parts and self.known.get(name) is None:
                continue  # rumah Endang, of Endang Sulastri
            if kind != "person":
                surfaces.setdefault(name, kind)
                if kind == "organization" and len(base := without_legal_form(name)) >= LEAST_ALONE:
                    surfaces.setdefault(base, kind)
        for part in parts:
            surfaces.setdefault(part, "person")
        for short, name in self.nicknames.items():
            for form in (short.upper(), short.capitalize(), name):
                surfaces[form] = "person"
        for name, kind in named:
            if kind == "person" and " " not in name:
                surfaces.setdefault(name, "person")
        return {form: surfaces[form] for form in sorted(sorted(surfaces), key=len, reverse=True)}

    def full_name(
        self, words: tuple[str, ...], recent: Mapping[tuple[str, ...], int]
    ) -> tuple[str, ...]:
        """Return the full name that some words of it refer to, in lower case.

        Of several people with that name it is the one mentioned last, who has the highest number in
        `recent`; before any mention, the first.
        """
        known = self._sure.get(words)
        if known is not None:
            return known
        asked, sure = words, True
        nickname = self.nicknames.get(" ".join(words)) if self.nicknames else None
        if nickname is not None:
            words = tuple(nickname.lower().split())
        while fuller := self._fuller(words):
            sure = sure and len(fuller) == 1
            words = (
                fuller[0]
                if len(fuller) == 1
                else max(fuller, key=lambda full: recent.get(full, -1))  # the first of equal ones
            )
        if sure:
            self._sure[asked] = words
        return words

    def is_sure(self, words: tuple[str, ...]) -> bool:
        """Return whether `full_name` gave the only one of these words, whoever was mentioned."""
        return words in self._sure

    def _fuller(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the names that contain these words and more, in order of discovery."""
        found = self._fuller_ones.get(words)
        if found is None:
            bearers = min([self._bearers.get(word, ()) for word in words], key=len, default=())
            found = [full for full in bearers if len(full) > len(words) and _within(words, full)]
            self._fuller_ones[words] = found
        return found

    def _parts_of_people(self) -> Iterator[str]:
        flags = word_flags()
        for name in self._budget.within(LINKING, list(self.people.values())):
            words = name.split()
            if len(words) > MOST_WORDS:
                yield name
                continue
            for size in range(len(words), 0, -1):
                for start in range(len(words) - size + 1):
                    if size > 1 or self._stands_alone(words[start], flags):
                        yield " ".join(words[start : start + size])

    def _stands_alone(self, word: str, flags: dict[str, int]) -> bool:
        """Return whether a single word of a person's name always refers to the person."""
        low = word.lower()
        if len(word) < LEAST_ALONE or not word[0].isupper() or self.known.get(low) is not None:
            return False
        seen = flags.get(low, 0)
        return not seen & _NOT_ALONE or bool(seen & _PERSON)


def _with_region(text: str, one: Definition, known: Gazetteer) -> Mention | None:
    """Return an office whose region follows its short form: Pengadilan Negeri (PN) Lembata."""
    if one.short.type == "person" or not text.startswith(") ", one.short.end):
        return None
    long = text[one.long.start : one.long.end].lower()
    if long not in OFFICES and long.partition(" ")[0] not in context_words("REGIONAL"):
        return None
    found = _REGION.match(text, one.short.end + len(") "))
    words = found.group().split(" ") if found is not None else []
    while words and not known.places(" ".join(words)):
        words.pop()
    if not words:
        return None
    end = one.short.end + len(") ") + len(" ".join(words))
    return Mention(one.long.start, end, "organization")


def _headed(short: str, long: str) -> str | None:
    """Return a short form with the first word of its name, if it spells the others only."""
    head, _, rest = long.partition(" ")
    if not (short.isupper() and word_flags().get(head.lower(), 0) & Flag.ORG_HEAD):
        return None
    return f"{head} {short}" if spells(short, rest) and not spells(short, long) else None


def _within(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Return whether the words are a subsequence of the others."""
    rest = iter(full)
    return all(word in rest for word in words)


def without_overlap(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep the longest of mentions that overlap, the first of equal ones; in order of start."""
    ordered = sorted(mentions)
    if not any(one.end > after.start for one, after in pairwise(ordered)):
        return ordered
    kept: list[Mention] = []
    taken = CharMask(max(one.end for one in ordered))
    for one in sorted(ordered, key=lambda one: (one.start - one.end, one.start)):
        if not taken.touches(one.start, one.end):
            kept.append(one)
            taken.add(one.start, one.end)
    return sorted(kept)


def without_parts(
    text: str, mentions: Sequence[Mention], spans: Sequence[Mention]
) -> list[Mention]:
    """Remove the people and organisations that are parts of longer names of things.

    Bea Perolehan Hak atas Tanah names no organisation. Both are in order, without overlaps.
    """
    starts = [span.start for span in spans]
    kept: list[Mention] = []
    for one in mentions:
        near = bisect_right(starts, one.start) - 1
        span = spans[near] if near >= 0 else None
        part = span is not None and one.end < span.end and " " in text[one.end : span.end]
        if span is not None and span.start < one.start and one.end == span.end:
            part = one.type == "organization"  # Laporan Harta Kekayaan
        if not part or one.type == "place":
            kept.append(one)
    return kept


def project(
    text: str,
    mentions: list[Mention],
    surfaces: dict[str, EntityType],
    skip: Ranges = (),
    budget: Budget = UNLIMITED,
) -> list[Mention]:
    """Find the other occurrences of names.

    A mention that is one of them gets the type found elsewhere. The first of `surfaces` at a
    position wins. A name of several words also replaces mentions that are parts of it.
    """
    mentions = _completed(text, mentions, surfaces, skip)
    taken = CharMask(len(text), skip)
    found: list[Mention] = []
    for one in mentions:
        start, end, kind = one
        taken.add(start, end)
        known = surfaces.get(text[start:end], kind)
        found.append(one if known == kind else Mention(start, end, known))
    marks = taken.marks
    occurrences = Occurrences(text, len(surfaces), mentions)
    for surface, kind in budget.within(LINKING, list(surfaces.items())):
        if not occurrences.may_have(surface):
            continue
        size = len(surface)
        for at in occurrences.of(surface, marks):
            if not marks[at] and not taken.touches(at, at + size):  # the first one usually decides
                if marks[at + size + 1 : at + size + 2] == _MARKED and _is_office(surface):
                    continue  # Hakim Abdul Hakim
                found.append(Mention(at, at + size, kind))
                taken.add(at, at + size)
    if _PAIRED.search(text) is not None:
        found += _pairs(text, surfaces, taken)
    found.sort()
    return found


def _pairs(text: str, surfaces: Mapping[str, EntityType], taken: CharMask) -> Iterator[Mention]:
    """Yield both people of a pair that the article has named in full: Ketut/Tania."""
    for pair in _PAIR.finditer(text):
        if all(surfaces.get(name) == "person" for name in pair.groups()):
            for group in (1, 2):
                if not taken.touches(*pair.span(group)):
                    yield Mention(*pair.span(group), "person")


def _is_office(surface: str) -> bool:
    """Return whether a part of a person's name is an office, too."""
    return bool(word_flags().get(surface.lower(), 0) & Flag.OFFICE)


def _completed(
    text: str, mentions: list[Mention], surfaces: dict[str, EntityType], skip: Ranges
) -> list[Mention]:
    """Replace a mention that is the beginning of a known organisation, if the full name follows."""
    lengths = _lengths_of_organizations(surfaces) if mentions else {}
    if not lengths:
        return mentions
    skipped = CharMask(len(text), skip)
    found: list[Mention] = []
    past = 0
    for one in mentions:
        if one.start < past:
            continue  # a part of the one before
        past = one.end
        first = text[one.start : past].partition(" ")[0]
        if first not in lengths:  # as mostly
            found.append(one)
            continue
        for length in lengths[first]:
            end = one.start + length
            if end <= one.end:
                break
            if _stands_whole(text, one.start, end, first, surfaces):
                if not skipped.touches(one.start, end):
                    past = end
                break
        found.append(one if past == one.end else Mention(one.start, past, "organization"))
    return found


def _lengths_of_organizations(surfaces: Mapping[str, EntityType]) -> dict[str, list[int]]:
    """Return the lengths of multi-word organisation names, by their first word, descending.

    A mention is compared once per length, and so with few names, however many begin alike.
    """
    lengths: dict[str, dict[int, None]] = {}
    for surface, kind in surfaces.items():  # the longest first
        if kind == "organization" and len(surface) <= LONGEST:
            first, blank, _ = surface.partition(" ")
            if blank:
                lengths.setdefault(first, {})[len(surface)] = None
    return {first: list(found) for first, found in lengths.items()}


def _stands_whole(
    text: str, start: int, end: int, first: str, surfaces: Mapping[str, EntityType]
) -> bool:
    """Return whether a range is the name of an organisation that begins with the word `first`."""
    name = text[start:end]
    return (
        len(name) == end - start  # the text may end before
        and surfaces.get(name) == "organization"
        and name.partition(" ")[0] == first
        and not in_word(text[end : end + 1])
    )
