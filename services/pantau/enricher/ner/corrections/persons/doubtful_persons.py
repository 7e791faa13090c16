"""False people: facilities, villages, ranks and parts of offices taken for persons.

`RSUP Dr. Kariadi`, `Padukuhan Boyo`, `Kapten Inf` and `Wadir Penindakan` show by the words before
what they are.
"""

import re
from typing import Final

from pantau.enricher.lexicon.common import GIVEN_NAMES, is_affixed, is_common
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, OFFICE, PERSON, RANK
from pantau_schemas.events.article import EntityType

CORPS: Final = frozenset(
    {
        "adm", "arh", "arm", "caj", "cba", "chb", "chk", "ckm", "cku", "cpl", "cpm", "cpn", "ctp",
        "czi", "inf", "kav", "kes", "kh", "lek", "mar", "nav", "pas", "pnb", "pom", "sus", "tek",
    }
)  # fmt: skip
"""Branches of the armed forces, which follow a rank: Kapten Inf, Letkol Czi."""
_TITLES: Final = frozenset(
    {"dato", "dato'", "datuk", "datin", "seri", "sri", "tan", "toh", "tun", "yang"}
)
"""First words of Malay titles."""
_HONOURS: Final = re.compile(
    r"(?:(?:Tan Sri|Toh Puan|Yang (?:Amat )?(?:Berhormat|Mulia)|Dato['’]?|Datuk|Datin|Tun|Seri"
    r"|Setia|Paduka|Haji|Hajah|Dr\.?|Ir\.?)(?: |\Z))+"
)
"""Malay titles, of which several may stand before a name."""
_CUT: Final = (("Tan ", "Sri "), ("Datuk ", "Seri "), ("Dato' ", "Seri "), ("Dato’ ", "Seri "))
"""Titles of two words, of which a name may begin with the second."""
_SCHOOLS: Final = frozenset(
    {"universitas", "institut", "politeknik", "sma", "sman", "smp", "smk", "sd", "uin", "iain"}
)
"""Facilities named after people that are organisations rather than places."""
_BUILDINGS: Final = frozenset(
    {
        "aula", "auditorium", "balai", "bendungan", "gedung", "gor", "kampus", "lapangan", "makam",
        "monumen", "pasar", "tugu", "waduk",
    }
)  # fmt: skip
"""Further facilities that people are honoured with."""
_UNNAMED: Final = frozenset(
    {"rumah", "rt", "rw", "kali", "perumahan", "asal", "kota", "kabupaten", "kab", "provinsi"}
)
"""Words of these lists that a person may follow: Rumah Budi, Kapolres Solok Kota Budi."""
_SITES: Final = frozenset({"lapas", "rutan", "lanud", "rs", "rsud", "rsup", "rsu", "stadion"})
_BODIES: Final = frozenset(
    {"lanal", "lantamal", "koops", "pdam", "perumda", "perumdam", "ditlantas", "satgas"}
)
"""First words of facilities and bodies that a name takes into itself: Lanud Halim."""
_LEAST_CAPITALS: Final = 4
"""Letters of a word in capitals that is rather an organisation's short form than a person."""
_VERBAL: Final = ("ber", "di", "mem", "men", "ter")
"""Affixes of verbs, which are no scope of an office, but names begin so: Bernadus, Dirga."""
_FAREWELL: Final = "Selamat "
"""The word that makes of Jalan no street: Selamat Jalan."""
_MOST_TITLES: Final = 4
_LONGEST_WORD: Final = 24
"""Characters of the words before a name that are read."""


class DoubtfulPersons:
    """Decides what the name of a person is by the words before it; pure."""

    def __init__(self) -> None:
        self._flags = word_flags()

    def classified(self, text: str, one: Mention, floor: int) -> Mention | None:
        """Return the mention of a person as what it is; None if it names nobody.

        `floor` is the end of the mention before, which is not read.
        """
        first, space, _ = text[one.start : one.end].partition(" ")
        low = first.lower()
        if not space and self._is_office(low):
            return None
        if space and low in _TITLES:
            named = self._untitled(text, one, floor)
            if named is None:
                return None
            one = named
        kind = _kind_of_several(low) if space else self._kind_alone(text, one)
        if kind is not None:
            return Mention(one.start, one.end, kind)
        start, seen = self._word_before(text, one.start, floor)
        if low in CORPS and seen & RANK:
            begin = one.start + len(first) + len(space)
            return Mention(begin, one.end, "person") if space else None
        if start == one.start or not text[start].isupper():
            return one
        # Behind an office stands its holder, or nobody; behind any other word with a capital, a
        # facility may bear the name.
        if seen & OFFICE:
            return one if self._may_be_person(text[one.start : one.end]) else None
        return self._facility(text, one, start, floor)

    def _untitled(self, text: str, one: Mention, floor: int) -> Mention | None:
        """Return a person without Tan Sri; None if a mention is nothing but titles."""
        cut = next(
            (
                len(front)
                for front, rest in _CUT
                if text.startswith(rest, one.start) and text.endswith(front, floor, one.start)
            ),
            0,
        )
        titles = _HONOURS.match(text, one.start - cut, one.end)
        if titles is None or titles.end() <= one.start:
            return one
        if titles.end() == one.end:
            return None
        return (
            Mention(titles.end(), one.end, "person") if cut or titles[0].startswith("Tan") else one
        )

    def _kind_alone(self, text: str, one: Mention) -> EntityType | None:
        """Return what a word in capitals is, unlike the words around it, that names nobody."""
        name = text[one.start : one.end]
        if len(name) < _LEAST_CAPITALS or not (name.isupper() and name.isalpha()):
            return None
        if self._flags.get(name.lower(), 0) & PERSON or name.lower() in GIVEN_NAMES:
            return None
        around = text[max(0, one.start - _LONGEST_WORD) : one.start]
        return "organization" if any(map(str.islower, around)) else None

    def _is_office(self, low: str) -> bool:
        """Return whether a word is nothing but an office: the Wadir of Wadir Penindakan."""
        seen = self._flags.get(low, 0)
        return bool(seen & OFFICE) and not seen & PERSON and low not in GIVEN_NAMES

    def _facility(self, text: str, one: Mention, start: int, floor: int) -> Mention:
        """Return a facility or a village that bears a person's name, with its head."""
        for titles in range(_MOST_TITLES):
            head = text[start : one.start].split(" ", 1)[0].lower()
            before, seen = self._word_before(text, start, floor)
            if head in _SCHOOLS or _names_place(head, titled=titles > 0):
                if seen & OFFICE or text[before:start] == _FAREWELL:
                    return one  # Kepala Stasiun Budi, Kepala Dusun Budi
                return Mention(start, one.end, "organization" if head in _SCHOOLS else "place")
            titled = self._flags.get(head.rstrip("."), 0) & (HONORIFIC | RANK)
            if not titled or before == start:
                break
            start = before
        return one

    def _may_be_person(self, name: str) -> bool:
        """Return whether a name after an office is no scope of it, as in Wadir Penindakan."""
        words = name.lower().split(" ")
        scope = is_affixed(words[0]) and not (len(words) > 1 and words[0].startswith(_VERBAL))
        if not (scope or is_common(words[0])):
            return True
        return any(self._flags.get(word, 0) & PERSON for word in words)

    def _word_before(self, text: str, start: int, floor: int) -> tuple[int, int]:
        """Return where the word directly before begins, and its flags.

        `start` itself if a name, a line or a mark other than a space comes before.
        """
        if start - 1 <= floor or text[start - 1] != " ":
            return start, 0
        low = max(floor, start - 1 - _LONGEST_WORD)
        begin = max(text.rfind(" ", low, start - 1), text.rfind("\n", low, start - 1)) + 1
        if begin == 0:
            begin = low
        word = text[begin : start - 1].lower()
        return (begin, self._flags.get(word.rstrip("."), 0)) if word else (start, 0)


def _kind_of_several(first: str) -> EntityType | None:
    """Return what several words are whose first tells it; None if it tells nothing."""
    if first in _BUILDINGS or first in _SITES:
        return "place"
    return "organization" if first in _BODIES else None


def _names_place(head: str, *, titled: bool) -> bool:
    """Return whether a word names a facility or, directly before a name, a small place."""
    if head in _UNNAMED:
        return False
    if head in _BUILDINGS or head in context_words("FACILITY"):
        return True
    return not titled and head in context_words("HOME")
