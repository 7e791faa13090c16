"""Repair of organisations and facilities that a model splits, merges or truncates."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pantau.enricher.lexicon.common import is_common
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.memo import remembered_name
from pantau.enricher.lexicon.regional import OFFICES, REGIONAL_HEADS
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.areas.area_offices import AREA_OFFICES, heads_area
from pantau.enricher.ner.corrections.institutions.neighbours import Neighbours
from pantau.enricher.ner.corrections.institutions.parted_places import parted_places
from pantau.enricher.ner.corrections.persons.doubtful_persons import CORPS
from pantau.enricher.ner.corrections.persons.whole_persons import REPUBLIC
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, OFFICE, ORG_HEAD, PERSON, PLACE_HEAD, RANK

_FACILITY: Final = re.compile(
    r"(?:Bandar Udara|Rumah Sakit|[A-Z]\w+\.?)"
    r"(?: (?:[A-Z]\.|(?:[A-Z]\.){2,3}|(?:Dr|Ir|Hj|KH|Prof|Drs|Dra|Tgk|Tk|Jend|Letjen|Mayjen|Brigjen"
    r"|Kol|Kapt|St|Sr|Ny|Mgr|Mr|Moh|Muh|Abd)\.|Jenderal|Letjen|Kolonel|Letkol|Mayor|Kapten|Brigjen"
    r"|Marsekal|Laksamana|Sultan|Sunan|Pangeran|Raden|Teuku|dr\.?|drg\.?|Dr|Ir|KH|H|Hj|Prof|I))+"
    r"(?: ?[A-Z][\w’'-]+){1,4}"
)
"""A street, airport, stadium or hospital named after a person, with titles or initials."""
_BODY_HEADS: Final = ("Balai Besar ", "Majlis ", "Suruhanjaya ", "Jabatan ")
_BODY: Final = re.compile(r"(?:[A-Z][a-z]+ ){1,6}[A-Z][a-z]+(?![\w-])")
"""A public body, Indonesian or Malay, that begins with one of these heads."""
_SEATS: Final = frozenset({"kursi", "fungsional", "struktural", "eselon", "tinggi"})
"""Words after `Jabatan` where it means an office, as in Indonesian, and no Malay department."""
_REGION: Final = re.compile(r"(?:Kabupaten|Kota|Provinsi|Kab\.|Daerah|Kecamatan) ")
_OF_REGION: Final = frozenset({"provinsi", "kabupaten", "kota", "kecamatan", "kelurahan", "desa"})
"""Last words of an office's name that its region follows."""
_NEVER_PLACES: Final = {"polsek", "polsekta", "koramil", "pengadilan", "kejaksaan", "satgas"}
"""First words of names that are organisations wherever they stand."""
_WAYS: Final = frozenset(
    f"jalan {word}"
    for word in ["tengah", "keluar", "pintas", "damai", "buntu", "terakhir", "sehat", "santai"]
)
"""Ways that are no streets."""
_BRANCHES: Final = frozenset({"wilayah", "cabang"})
"""Last words after the name of an organisation that a number or a place should follow."""
_LEFT: Final = re.compile(
    r"(?:(?:Komisi|Panja|Pansus|Badan Legislasi|Badan Anggaran) (?:[IVX]{1,4}|[A-E])"
    r"|(?<!\w)(?:Itjen|Inspektorat Jenderal|Setjen|Sekretariat Jenderal|Balitbang|BPSDM|Puspen)) \Z"
)
"""Words of the name of a parliament's or ministry's body that may stand cut off before it."""
_LEFT_ENDS: Final = ("Itjen ", "Jenderal ", "Setjen ", "Balitbang ", "BPSDM ", "Puspen ")
_EVENTS: Final = frozenset({"ktt", "sidang", "kongres", "muktamar", "munas", "rapat"})
_CURRENCY: Final = "$"
_FACTION: Final = "Fraksi "
"""Words before the name of a party that stand for its members of a parliament."""
_INNER: Final = frozenset({"dan", "untuk", "atas", "pada", "dalam", "dengan", "serta", "of", "the"})
"""Small words that names of institutions hold before another head."""
_RULERS: Final = frozenset({"sultan", "sultanah", "tengku", "tunku", "tuanku", "raja", "puteri"})
"""Titles with which Malay hospitals and stadiums are named."""
_INITIALS: Final = 3
"""Letters of the initials of a person whose name is withheld."""
_WATERWORKS: Final = frozenset({"pdam", "perumda", "perumdam"})
_WATER: Final = "Tirta "
"""How their names begin, which an engine takes for a person: PDAM Tirta Moedal."""
_TRAIN: Final = "KA "
_LED: Final = " pimpinan "
_ACTING: Final = "Harian "
_CHAIRS: Final = frozenset({"ketua", "pelaksana", "pengurus", "plh"})
"""Words of an office whose last word may begin a newspaper's name: Ketua Harian."""
_INITIALED: Final = "inisial "
"""The word, or its end, that initials follow whose bearer is not named."""
_OF_PERSON: Final = re.compile(r" (?:selaku|\(\d\d(?: tahun)?\))")
_SUSPECTS: Final = frozenset(
    {"tersangka", "terdakwa", "terduga", "pelaku", "korban", "saksi", "inisial", "berinisial"}
)
"""Words before the initials of a person."""
_NEAR: Final = 40
_LONGEST_HEAD: Final = 12
"""Characters of the first word of a facility."""


class WholeInstitutions:
    """Repairs organisations and places that an engine found in Indonesian or Malay text; pure."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._flags = word_flags()
        self._neighbours = Neighbours(gazetteer)
        self._is_ordinary = remembered_name(self._find_ordinary)

    def postprocess(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions in order, not overlapping."""
        mentions = [
            self._leader(text, _without_acting(text, one))
            for one in self._with_bodies(text, mentions)
            if not self._is_nobody(text, one)
        ]
        found: list[Mention] = []
        for one in mentions:
            before = found[-1] if found else None
            floor = before.end if before is not None else 0
            if before is not None and one.start < before.end:
                continue  # within a facility
            if before is not None:
                together = self._together(text, before, one)
                if together:
                    found[-1:] = together
                    continue
            if one.type == "person":
                if not self._neighbours.is_field(text, one):
                    found.append(one)
                continue
            if one.type == "organization" and text.endswith(_FACTION, floor, one.start):
                found += self._faction(text, one)
                continue
            if self._is_ordinary(text[one.start : one.end]) and not _extends(text, one):
                found.append(self._neighbours.with_fields(text, one))
                continue
            whole = self._facility(text, one)
            if whole is one:
                found += self._repaired(text, one, floor)
            else:
                found.append(whole)
        return found

    def _together(self, text: str, first: Mention, second: Mention) -> Sequence[Mention]:
        """Return what two neighbours are together; empty if each is a name of its own."""
        if first.end + 1 != second.start or text[first.end] != " ":
            joined = self._neighbours.joined(text, first, second)
        else:
            joined = self._joined(text, first, second)
            if joined is None:
                return self._neighbours.parted(text, first, second)
        return () if joined is None else (joined,)

    def _find_ordinary(self, name: str) -> bool:
        """Return whether no repair applies to a name, wherever it stands, as to most names."""
        words = name.split(" ")
        first = words[0].lower()[:_LONGEST_HEAD]
        if first in context_words("FACILITY") or first in context_words("OF_COUNTRY"):
            return False
        if name.endswith(")") or "," in name or "-" in name:
            return False
        whole = Mention(0, len(name), "organization")
        if parted_places(name, self._gazetteer) != [(0, len(name))]:
            return False
        return (
            not self._is_rank(name)
            and not self._may_be_initials(name)
            and not self._is_office(name, 0, len(name))
            and self._beyond_small(name, 0, len(name)) == 0
            and list(self._known_within(name, whole)) == [whole]
        )

    def _joined(self, text: str, first: Mention, second: Mention) -> Mention | None:
        """Return two neighbours as one: an office and its region, a facility and its name."""
        low = text[first.start : first.end].lower()
        head = low.partition(" ")[0]
        regional = head in context_words("REGIONAL") or low in OFFICES
        if (
            first.type == "organization"
            and regional
            and second.type == "place"
            and _REGION.match(text, second.start) is not None
        ):
            return Mention(first.start, second.end, "organization")
        if low in _WATERWORKS and text.startswith(_WATER, second.start):
            return Mention(first.start, second.end, "organization")
        last = low.rpartition(" ")[2]
        if (first.type, second.type) == ("organization", "place") and last in _OF_REGION:
            return Mention(first.start, second.end, "organization")
        # A facility may bear a person's name, if it has none yet; behind an office stands a holder.
        if second.type == "person" and first.type != "person" and head in context_words("FACILITY"):
            words = text[max(0, first.start - _NEAR) : first.start].lower().split()[-2:]
            unnamed = all(self._is_generic(word) for word in text[first.start : first.end].split())
            if unnamed and not any(self._flags.get(word, 0) & OFFICE for word in words):
                return Mention(first.start, second.end, first.type)
        return None

    def _is_generic(self, word: str) -> bool:
        """Return whether a word is part of a facility's kind or a title, and names none yet."""
        low = word.lower()
        if low in context_words("FACILITY") or word.endswith(".") or low in _RULERS:
            return True
        seen = self._flags.get(low, 0)
        return bool(seen & (ORG_HEAD | PLACE_HEAD | HONORIFIC | RANK)) or is_common(low)

    def _faction(self, text: str, one: Mention) -> list[Mention]:
        """Return the party of a faction, apart from its parliament: Fraksi PKS DPR RI.

        The word for it is no part of the name: so idner-news-2k has it, 15 of 15 times.
        """
        words = text[one.start : one.end].split(" ")
        end = one.start
        for size, word in enumerate(words[:-1], start=1):
            end += len(word) + (size > 1)
            known = self._gazetteer.get(" ".join(words[:size]))
            if known is not None and words[size].startswith("DPR"):
                party = Mention(one.start, end, "organization")
                return [party, Mention(end + 1, one.end, "organization")]
        return [one]

    def _repaired(self, text: str, one: Mention, floor: int) -> Iterator[Mention]:
        start, end, kind = one
        name = text[start:end]
        if (kind == "place" and text.startswith(_CURRENCY, end)) or self._is_rank(name):
            return  # US$, AKP
        if kind == "place" and name.lower() in _WAYS:
            return
        if kind == "organization" and " " not in name and self._is_of_area(text, start, name):
            kind = "place"  # Kapolsek Bojongsari
        if self._may_be_initials(name) and _is_called_by_initials(text, start, end):
            yield Mention(start, end, "person")
            return
        if kind == "place":
            begin = self._office_before(text, one, floor)
            if begin < start or self._is_office(text, start, end):
                start, kind = begin, "organization"  # Pemkab Bantul
        if text[end - 1] == ")" and "(" not in text[start:end]:
            end -= 1
        if kind == "organization":
            left = _LEFT.search(text, max(floor, start - _NEAR), start)
            start = left.start() if left is not None else start
            start = self._beyond_small(text, start, end)
        yield from self._known_within(text, Mention(start, end, kind))

    def _is_of_area(self, text: str, start: int, name: str) -> bool:
        """Return whether a name is that of an area whose office stands before it."""
        kind = AREA_OFFICES.get(_word_before(text, start).lower())
        return kind is not None and heads_area(name.lower(), kind, "id", self._gazetteer)

    def _is_rank(self, name: str) -> bool:
        """Return whether a name is nothing but a rank: the AKP of AKP Made Surya."""
        seen = [self._flags.get(word, 0) for word in name.lower().split(" ")]
        ranks = all(one & RANK and not one & PERSON for one in seen)
        return ranks and self._gazetteer.get(name) is None

    def _is_nobody(self, text: str, one: Mention) -> bool:
        """Return whether a name is withheld, a branch of forces or a train: Letkol Inf."""
        name = text[one.start : one.end]
        short = one.type == "organization" and len(name) <= _INITIALS
        if short and text.endswith(_INITIALED, 0, one.start):
            return self._gazetteer.get(name) is not None
        if name.startswith(_TRAIN):
            return True
        if name.lower() not in CORPS:
            return False
        rank = self._flags.get(_word_before(text, one.start).lower(), 0)
        return bool(rank & RANK)

    def _leader(self, text: str, one: Mention) -> Mention:
        """Return who leads others as a person: kelompok pimpinan Elkius Kobak."""
        if one.type != "organization" or not text.endswith(_LED, 0, one.start):
            return one
        name = text[one.start : one.end]
        head = self._flags.get(name.partition(" ")[0].lower(), 0) & ORG_HEAD
        known = head or name.isupper() or self._gazetteer.get(name) is not None
        return one if known else Mention(one.start, one.end, "person")

    def _may_be_initials(self, name: str) -> bool:
        """Return whether a name may be the initials with which a suspect is named."""
        return len(name) <= _INITIALS and name.isupper() and self._gazetteer.get(name) is None

    def _is_office(self, text: str, start: int, end: int) -> bool:
        """Return whether a place is an office of the region that its name ends with."""
        head, blank, rest = text[start:end].partition(" ")
        low = head.lower()
        if blank and low in _NEVER_PLACES:
            return True
        return bool(blank) and low in REGIONAL_HEADS and bool(self._gazetteer.places(rest))

    def _office_before(self, text: str, place: Mention, floor: int) -> int:
        """Return the start of the office of a region that stands before its name, else its own."""
        word = _word_before(text, place.start)
        begin = place.start - len(word) - 1
        name = text[place.start : place.end]
        if begin < floor or not _is_regional(word) or not self._gazetteer.places(name):
            return place.start
        return begin

    def _beyond_small(self, text: str, start: int, end: int) -> int:
        """Return where an organisation begins after other words: Majelis hakim Pengadilan."""
        words = text[start:end].split(" ")
        at = start
        for before, word in pairwise(words):
            at += len(before) + 1
            head = self._flags.get(word.lower(), 0) & ORG_HEAD and word[:1].isupper()
            small = before.isalpha() and before.islower() and before not in _INNER
            if head and (small or before == "Humas"):
                return at
        return start

    def _known_within(self, text: str, one: Mention) -> Iterator[Mention]:
        """Yield the known name after an office or the word for a meeting: Menlu RI, KTT ASEAN."""
        name = text[one.start : one.end]
        if one.type == "place":
            parts = parted_places(name, self._gazetteer)
            if parts != [(0, len(name))]:
                yield from (Mention(one.start + at, one.start + end, "place") for at, end in parts)
                return
        known_part, blank, rest = name.rpartition(" ")
        if blank and rest.lower() in _BRANCHES and self._gazetteer.get(known_part) is not None:
            yield Mention(one.start, one.start + len(known_part), one.type)  # KPK Wilayah V
            return
        yield self._after_lead(text, one)

    def _after_lead(self, text: str, one: Mention) -> Mention:
        """Return the known name after an office, a people or a meeting, else the whole one."""
        name = text[one.start : one.end]
        first, blank, rest = name.partition(" ")
        low = first.lower()
        office = self._flags.get(low, 0) & OFFICE and not self._flags.get(low, 0) & ORG_HEAD
        if office and rest == REPUBLIC:
            return Mention(one.end - len(rest), one.end, "place")
        people = one.type == "place" and low in context_words("OF_COUNTRY")
        belongs = low in context_words("NO_NAME_WITH")
        led = office or people or low in _EVENTS
        known = self._gazetteer.get(rest) if blank and (led or belongs) else None
        if known is None or not (led or known.sure) or self._gazetteer.get(name) is not None:
            return one
        return Mention(one.end - len(rest), one.end, known.type)

    def _facility(self, text: str, one: Mention) -> Mention:
        """Return a facility with all of its name: titles and initials are part of it."""
        head = text[one.start : one.start + _LONGEST_HEAD].partition(" ")[0].lower()
        found = _FACILITY.match(text, one.start) if head in context_words("FACILITY") else None
        if found is None or found.end() <= one.end:
            return one
        return Mention(one.start, found.end(), one.type)

    def _with_bodies(self, text: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Put public bodies of several words in place of the parts of them that were found.

        The name of a person ends them.
        """
        bodies: list[Mention] = []
        for head in _BODY_HEADS:
            at = text.find(head)
            while at >= 0:
                body = _BODY.match(text, at)
                if body is not None and self._is_body(body.group()):
                    bodies.append(Mention(at, body.end(), "organization"))
                at = text.find(head, at + len(head))
        if not bodies:
            return mentions
        people = [one.start for one in mentions if one.type == "person"]
        cut: list[Mention] = []
        for start, end, kind in bodies:
            near = bisect_left(people, start)  # its holder may follow without a comma
            limit = people[near] - 1 if near < len(people) and people[near] < end else end
            if " " in text[start:limit]:
                cut.append(Mention(start, limit, kind))
        return without_overlap([*cut, *mentions])

    def _is_body(self, name: str) -> bool:
        """Return whether a name is a public body's; `Jabatan Ketua Komisi` is an office."""
        second = name.split(" ", 2)[1].lower()
        return not self._flags.get(second, 0) & OFFICE and second not in _SEATS


def _without_acting(text: str, one: Mention) -> Mention:
    """Return an organisation without the end of an office: the Harian of Ketua Harian PSI."""
    if one.type != "organization" or not text.startswith(_ACTING, one.start):
        return one
    if _word_before(text, one.start).lower() not in _CHAIRS:
        return one
    return Mention(one.start + len(_ACTING), one.end, one.type)


def _word_before(text: str, start: int) -> str:
    """Return the word that a space parts from the name at `start`, if it is short."""
    near = text[max(0, start - 1 - _LONGEST_HEAD) : start]
    return near[:-1].rpartition(" ")[2] if near.endswith(" ") else ""


def _is_regional(word: str) -> bool:
    """Return whether a word is the short head of an office that a region has: Kejati, BPBD."""
    return word[:1].isupper() and word.lower() in REGIONAL_HEADS


def _is_called_by_initials(text: str, start: int, end: int) -> bool:
    """Return whether the text around initials speaks of a person: tersangka FM, RR selaku."""
    if _OF_PERSON.match(text, end) is not None:
        return True
    words = text[max(0, start - _NEAR) : start].lower().split()
    return bool(words) and words[-1].lstrip("\"“'‘(") in _SUSPECTS


def _extends(text: str, one: Mention) -> bool:
    """Return whether the marks around a name may belong to it: Komisi XI DPR, US$."""
    if text.startswith(_CURRENCY, one.end) or text[one.start - 2 : one.start - 1].isupper():
        return True
    if one.type == "organization":
        office = _word_before(text, one.start).lower() in AREA_OFFICES
        return office or text.endswith(_LEFT_ENDS, max(0, one.start - _NEAR), one.start)
    return one.type == "place" and _is_regional(_word_before(text, one.start))
