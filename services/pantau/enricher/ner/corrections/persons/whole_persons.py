"""Repair of names of people: initials, patronymics, clan names, and adjacent text.

Indonesian and Malay names contain words that a model takes for the end of a name (`bin`, `br`,
`La`) or for the end of a sentence (`M. Yusuf`), and are adjacent to numbers and short forms that
are not part of them (`Ketua RT 05 Gatot`, `Menlu RI Sugiarto`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.common import GIVEN_NAMES, is_common, is_seldom_a_name
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import BALINESE, NAMELESS, Flag, word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.areas.area_offices import AREA_OFFICES
from pantau.enricher.ner.corrections.persons.doubtful_persons import DoubtfulPersons
from pantau.enricher.ner.corrections.persons.line_ups import players
from pantau.enricher.ner.corrections.persons.name_words import CALLINGS, may_be_full_name
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import COMMON, OFFICE, PERSON

_INITIALS_BEFORE: Final = re.compile(
    r"(?<![\w.])(?:(?:[A-Z]\.\s?){1,3}|(?:Muh|Moh|Mochamad|Abd|St|Rr?)\.\s)\Z"
)
"""Initials that stand before a name: `M. `, `A.A. `."""
_CUT_INITIAL: Final = re.compile(r"(?<![\w.])[A-Z] ([A-Z][a-z]+) \Z")
"""An initial without a dot and a first name, before the rest of the name."""
_KIN: Final = re.compile(
    r" (?:bin|binti|br|bt|anak|alias|a/l|a/p) (?:(?:Haji|Hajah|Hj?\.|Datuk|Pengiran|Puang|Daeng) )*"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}"
)
"""The parent of a person, the clan, or also called; with the name that follows."""
_NEXT: Final = re.compile(r" ([A-Z][a-z'’]+)(?![\w’'…-]|\.\.)")
_SHORTENED: Final = re.compile(r"(?:[A-Z]\.){0,2}[A-Z]|Muh|Moh|Mochamad|Abd")
"""Initials and shortened first names, without their last dot."""
_PARTICLES: Final = ("I ", "Ni ")
"""Particles before Balinese first names: I Made, Ni Wayan."""
_CAPITALISED: Final = re.compile(r"(?<![\w.'’-])([A-Z][a-z]+) \Z")
"""The word before a name."""
_BARE: Final = (
    "Mohd ", "Muhd ", "Muhammad ", "Mohamad ", "Md ", "Abd ", "Nik ", "Wan ", "Siti ", "Nur ",
    "Muh ", "Moh ", "Lalu ", "Baiq ", "Andi ", "Cut ", "La Ode ", "Wa Ode ", "Anak Agung ",
    "I Gusti ", "Ida Bagus ", "Ida Ayu ", "I Dewa ", "Tengku ", "Teuku ", "Cokorda ", "Putri ",
)  # fmt: skip
"""First names that a model leaves out, mostly at the beginning of a sentence."""
_BARE_WORDS: Final = frozenset({"Lalu ", "Cut ", "Putri "})
"""Those that begin a sentence as words: then, the daughter."""
_ALIAS: Final = " alias "
_KIN_WORDS: Final = (" bin ", " binti ", " br ", " br. ", " boru ", " a/l ", " a/p ", _ALIAS)
"""Words between a name and the parent's or the clan's."""
_OF_KIN: Final = re.compile(r"(?<![\w.-])[A-Z][\w'’]+(?: [A-Z][\w'’]+){0,3}\Z")
_PARENT: Final = re.compile(
    r"(?:(?:Haji|Hajah|Hj?\.|Datuk|Dato'|Pengiran|Puang|Daeng) )*[A-Z][\w'’-]+"
    r"(?: [A-Z][\w'’-]+){0,2}"
)
_LEFT: Final = {"ode": ("La ", "Wa "), "agung": ("Anak ",), "oka": ("Anak Agung ",)}
"""First words of names, and what belongs to the name before them: La Ode, Anak Agung."""
REPUBLIC: Final = "RI"
"""The short form of the republic: Menlu RI."""
_EMBASSY: Final = "Besar "
"""The end of the words for an ambassador and an embassy, whose country is a part of the title."""
_BOARDS: Final = ("PB ", "PP ", "DPP ", "DPW ", "DPD ", "DPC ", "PW ", "PC ")
"""Boards before the short form of their organisation: Ketua Umum PB IDI."""
_POSTS: Final = frozenset({"Rais Aam", "Rais Syuriyah", "Katib Aam", "Rais"})
"""Offices that are taken for names: Rais Aam PBNU."""
_BEFORE: Final = frozenset(
    {
        "sambung", "lanjut", "ujar", "kata", "ucap", "tutur", "imbuh", "ungkap", "tegas", "papar",
        "pungkas", "tandas", "beber", "timpal", "tukas", "menurut", "tambah", "cetus", "sebut",
    }
).union(CALLINGS, AREA_OFFICES)  # fmt: skip
"""Words that an engine takes into the name after them: of who speaks, who bears a title."""
_NUMBER: Final = re.compile(r"\d+(?:\s+|[-–.])")
_SMALL_FRONT: Final = re.compile(
    r"[a-z]+[-–]"
    r"|(?!(?:al|el|an|as|ar|van|von|de|da|di|la|le|bin|ibn|den|der|ter|abu) )[a-z]+ (?=[A-Z])"
)
_SMALL_END: Final = re.compile(r"[-–][a-z]+\Z")
_CUT: Final = frozenset("….")
"""How the dots begin that stand for the rest of a word."""
_ALONE: Final = re.compile(r"(?:^|[.!?\n][\"”’]?\s*[\"“”'‘’]?|[\"“‘])\Z")
"""Characters before a word that begins a sentence."""
_INITIALLED: Final = re.compile(
    r"(?:[A-Z]\. ){1,3}[A-Z][a-z’']+(?: [A-Z][a-z’']+){1,3}(?!\w|-[A-Z])"
)
_LISTED: Final = re.compile(
    r"(?P<office>[^:–]{4,120}?)(?::| [–-]) (?P<name>[A-Z][\w.'’]+(?: [A-Z][\w.'’]+){1,4})"
)
"""A line of a list: an office, a colon or a dash, and a name."""
_DULL: Final = NAMELESS | int(Flag.DEGREE)
_LOOK_BACK: Final = 24
_LONGEST_NAME: Final = 60
"""Characters of a name before the word for its kin."""
_SHORTEST: Final = 2
"""Letters that are too few for a first name: Wilayah V."""
_LONGEST_LINE: Final = 160
"""Characters of a line of a list."""


class _Spaced:
    """A text with the words that stand between two spaces.

    They are found once: a search of the text for each name takes time in the square of its length.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.text.split(" ")[1:-1])


class WholePersons:
    """Repairs the names of people that an engine found in Indonesian or Malay text; pure."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._flags = word_flags()
        self._doubtful = DoubtfulPersons()

    def postprocess(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions in order, not overlapping, the names of people whole."""
        found: list[Mention] = []
        spaced = _Spaced(text)
        for index, one in enumerate(mentions):
            floor = found[-1].end if found else 0
            if one.start < floor:
                continue  # taken into the name before
            if one.type != "person":
                found.append(one)
                continue
            after = mentions[index + 1] if index + 1 < len(mentions) else None
            if _is_of_next(text, one, after):
                continue
            judged = self._doubtful.classified(text, one, floor)
            if judged is None or judged.type != "person":
                found += [judged] if judged is not None else []
                continue
            found += self._repaired(spaced, judged, floor, after)
        return self._with_unseen(text, found)

    def _repaired(
        self, spaced: "_Spaced", one: Mention, floor: int, after: Mention | None
    ) -> Iterator[Mention]:
        text = spaced.text
        start, end = _trimmed(text, one.start, one.end)
        if start >= end:
            return
        first, blank, rest = text[start:end].partition(" ")
        low = first.lower()
        if blank and (low in _BEFORE or self._ends_an_office(low, rest)):
            start += len(first) + 1
            first, blank, _ = text[start:end].partition(" ")
        if (
            blank
            and first.isupper()
            and (first == REPUBLIC or self._gazetteer.get(first) is not None)
            and (self._after_office(text, start) or text.endswith(_BOARDS, 0, start))
        ):
            known = self._gazetteer.get(first)
            if known is not None:  # RI before a minister's name says nothing
                yield Mention(start, start + len(first), known.type)
            start += len(first) + 1
        if (not blank and self._begins_sentence(spaced, start, end)) or text[start:end] in _POSTS:
            return
        if blank and first.lower() in context_words("OF_PLACE") and self._is_home(text, start, end):
            yield Mention(start + len(first) + 1, end, "place")  # Nelayan Karimunjawa
            return
        yield Mention(self._begin(text, start, floor), self._end(text, end, after), "person")

    def _ends_an_office(self, first: str, rest: str) -> bool:
        """Return whether a word before a Balinese first name is none: Dirjen ... Darat Nyoman."""
        if rest.partition(" ")[0].lower() not in BALINESE:
            return False
        flags = self._flags.get(first, 0)
        usual = is_common(first) or is_seldom_a_name(first) or flags & COMMON
        return bool(usual and not flags & PERSON)

    def _is_home(self, text: str, start: int, end: int) -> bool:
        """Return whether what follows the first word of a name is a place: Nelayan Pati."""
        first, _, rest = text[start:end].partition(" ")
        if self._flags.get(first.lower(), 0) & PERSON:
            return False
        return bool(self._gazetteer.places(rest) or find_areas(rest.lower()))

    def _after_office(self, text: str, start: int) -> bool:
        """Return whether the word before is an office: the Menlu of Menlu RI Sugiarto."""
        words = text[max(0, start - _LOOK_BACK) : start].rsplit(None, 1)
        return bool(words) and bool(self._flags.get(words[-1].lower(), 0) & OFFICE)

    def _begin(self, text: str, start: int, floor: int) -> int:
        """Return where a name begins, with its initials and particles."""
        low = max(floor, start - _LOOK_BACK)
        if text[max(text.rfind(" ", low, start - 1) + 1, low) : start - 1].islower():
            return start  # as mostly: all that belongs to a name has a capital
        before = _CAPITALISED.search(text, low, start)
        if before is not None and before[1].lower() in BALINESE:
            start = before.start()  # an office took it: Direktur Infrastruktur Digital Wayan
        if "." in text[max(floor, start - 2) : start]:
            initials = _INITIALS_BEFORE.search(text, low, start)
            if initials is not None:
                return initials.start()
        cut = _CUT_INITIAL.search(text, low, start)
        if cut is not None and may_be_full_name([cut[1].lower()], self._gazetteer):
            return cut.start()  # Menteri Transmigrasi M Iftitah Sulaiman
        if floor and text[floor : floor + 1] == " " and start > floor + 1:
            word = text[floor + 1 : start - 1]  # the Rovan of Kapolres Gresik Rovan Ricardo
            first = text[start : start + _LOOK_BACK].partition(" ")[0].lower()
            if (
                len(word) > _SHORTEST
                and word.isalpha()
                and word.istitle()
                and may_be_full_name([word.lower(), first], self._gazetteer)
            ):
                return floor + 1
        if text.endswith(_BARE, low, start):
            return _before_bare(text, low, start)
        first = text[start : start + _LOOK_BACK].partition(" ")[0].lower()
        for particle in _PARTICLES if first in BALINESE else _LEFT.get(first, ()):
            begin = start - len(particle)
            if text.endswith(particle, low, start) and not text[begin - 1 : begin].isalnum():
                return begin
        return start

    def _end(self, text: str, end: int, after: Mention | None) -> int:
        """Return where a name ends, with the parent or clan and the words that follow it."""
        if not text.startswith(" ", end):
            return end
        if not (text[end + 1 : end + 2].isupper() or text[end + 1 : end + 2] in "ab"):
            return end  # no name follows, nor a word for kin
        limit = len(text) if after is None or after.type == "person" else after.start
        while (kin := _KIN.match(text, end, limit)) is not None:
            end = kin.end()
        limit = len(text) if after is None or end > after.start else after.start
        following = _NEXT.match(text, end, limit)
        while following is not None and self._goes_on(following[1].lower()):
            end = following.end()
            following = _NEXT.match(text, end, limit)
        return end

    def _goes_on(self, low: str) -> bool:
        """Return whether a capitalised word after a name belongs to it."""
        seen = self._flags.get(low, 0)
        if low in GIVEN_NAMES:
            return True
        if self._gazetteer.get(low) is not None:
            return False
        return not seen & _DULL and not is_common(low)

    def _begins_sentence(self, spaced: "_Spaced", start: int, end: int) -> bool:
        """Return whether only the beginning of a sentence gives a single word its capital.

        So it is if the word is a common one, which newspapers write small, or this text does.
        """
        word = spaced.text[start:end]
        if self._flags.get(word.lower(), 0) & PERSON or word.isupper():
            return False
        if _ALONE.search(spaced.text, max(0, start - 3), start) is None:
            return False
        return is_common(word) or is_seldom_a_name(word) or word.lower() in spaced.words

    def _with_unseen(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Add names after initials, and those of lists of offices, that no engine found."""
        unseen = [
            *_initialled(text),
            *self._of_kin(text),
            *self._listed(text),
            *players(text),
        ]
        added: list[Mention] = []
        if not unseen:
            return mentions
        starts = [one.start for one in mentions]
        gone: set[Mention] = set()
        for start, end in unseen:
            low = max(bisect_right(starts, start) - 1, 0)
            near = mentions[low : bisect_left(starts, end)]
            touched = [one for one in near if one.end > start]
            if _ALIAS in text[start:end] and not any(one.end == end for one in touched):
                continue  # two names of a thing
            if any(_ALIAS in text[one.start : one.end] for one in touched):
                continue  # whole already
            # It may hold parts of a person that an engine found, but cut nothing else.
            if all(
                one.type == "person" and start <= one.start and one.end <= end for one in touched
            ):
                gone.update(touched)
                added.append(Mention(start, end, "person"))
        return without_overlap([one for one in mentions if one not in gone] + added)

    def _of_kin(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the names that hold a word for the parent or clan: Tiurma br Simanjuntak."""
        for word in _KIN_WORDS:
            at = text.find(word)
            while at > 0:
                name = _OF_KIN.search(text, max(0, at - _LONGEST_NAME), at)
                parent = _PARENT.match(text, at + len(word))
                if name is not None and parent is not None:
                    start = self._without_titles(text, name.start(), at)
                    if start < at:
                        yield start, parent.end()
                at = text.find(word, at + len(word))

    def _without_titles(self, text: str, start: int, end: int) -> int:
        """Return where a run of capitalised words goes on after titles and common words."""
        while start < end:
            word = text[start:end].partition(" ")[0]
            seen = self._flags.get(word.lower(), 0)
            if seen & PERSON or not (seen & NAMELESS or is_common(word)):
                return start
            start += len(word) + 1
        return end

    def _listed(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the names that end short lines and stand after an office and a colon or dash."""
        if "\n" not in text and len(text) > _LONGEST_LINE:
            return
        at = 0
        for line in text.split("\n"):
            if len(line) <= _LONGEST_LINE and (":" in line or "– " in line or " - " in line):
                found = _LISTED.fullmatch(line)
                if found is not None and self._is_office(found):
                    start, end = found.span("name")
                    yield at + start, at + end
            at += len(line) + 1

    def _is_office(self, line: re.Match[str]) -> bool:
        """Return whether a line of a list names an office, and after it nothing but a name."""
        words = re.findall(r"\w+", line["office"].lower())[:3]
        office = any(self._flags.get(word, 0) & OFFICE for word in words)
        return office and not any(
            self._flags.get(word, 0) & _DULL and not self._flags.get(word, 0) & PERSON
            for word in line["name"].lower().split()
        )


def _is_of_next(text: str, one: Mention, after: Mention | None) -> bool:
    """Return whether a name is only the initials of the name that follows."""
    if text.startswith(". ", one.end):
        return _SHORTENED.fullmatch(text, one.start, one.end) is not None
    return (
        text[one.end - 1] == "."  # which a model takes into the name, too
        and after is not None
        and after.type == "person"
        and after.start == one.end + 1
        and _SHORTENED.fullmatch(text, one.start, one.end - 1) is not None
    )


def is_of_envoy(text: str, start: int, end: int) -> bool:
    """Return whether a name is the republic in the title of its envoy: Duta Besar RI."""
    return text[start:end] == REPUBLIC and text.endswith(_EMBASSY, 0, start)


def _initialled(text: str) -> Iterator[tuple[int, int]]:
    """Yield the names that begin with initials: M. Yusuf Subandi."""
    dot = text.find(". ")
    while dot > 0:
        if text[dot - 1].isupper() and not text[dot - 2 : dot - 1].isalnum():
            found = _INITIALLED.match(text, dot - 1)
            if found is not None:
                yield found.span()
        dot = text.find(". ", dot + 1)


def _before_bare(text: str, low: int, start: int) -> int:
    """Return where one of the first names `_BARE` begins that ends at `start`; else `start`."""
    begin = start - next(len(word) for word in _BARE if text.endswith(word, low, start))
    if text[begin - 1 : begin].isalnum():
        return start
    word = _ALONE.search(text, max(0, begin - 3), begin) and text[begin:start] in _BARE_WORDS
    return start if word else begin


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Remove numbers, words joined by a hyphen that have no capital, and a word that is cut."""
    cut = text[end : end + 1] in _CUT or text[start].islower()
    if text[start:end].replace(" ", "").isalpha() and not cut:
        return start, end  # as mostly
    number = _NUMBER.match(text, start, end)
    start = number.end() if number is not None else start
    front = _SMALL_FRONT.match(text, start, end)
    # A first name may be written small by mistake: ahmad Hidayat.
    if front is not None and not word_flags().get(front[0].rstrip(" -–"), 0) & PERSON:
        start = front.end()
    back = _SMALL_END.search(text, start, end)
    end = back.start() if back is not None else end
    if text.startswith(("…", "..."), end):
        end = max(text.rfind(" ", start, end), start)
    while end > start and text[end - 1] in "( ":
        end -= 1
    if text[end - 1 : end] == ")" and "(" not in text[start:end]:
        end -= 1
    return start, end
