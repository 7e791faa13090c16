"""Offices that a clause behind a name gives to the person.

`Ani Wijaya selaku Ketua KPK`, `Ani Wijaya yang kini menjabat sebagai Bupati Demak`,
`Ani Wijaya dilantik menjadi Menteri Sosial`, `Ani Wijaya yang juga Ketua PMI Demak`. No comma ends
such an office: it goes on as long as its words do.
"""

import re
from typing import Final

from pantau.enricher.lexicon.titles import title_flags
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.linking.offices.words import COMPLEMENTS
from pantau.enricher.quotations.verbs import LONG

_BEGINNINGS: Final = (
    " selaku ", " sebagai ", " yang ", ", yang ", " sekaligus ", " menjabat ", " menjadi ",
    " dilantik ", " ditunjuk ", " diangkat ", " didapuk ", " dikukuhkan ", " dipercaya ",
    " terpilih ", " resmi ",
)  # fmt: skip
_HELD: Final = re.compile(
    r",?\s(?:"
    r"selaku|sebagai|menjadi|(?:yang\s)?(?:juga|sekaligus)(?:\smerupakan)?"
    r"|(?:yang\s)?(?:(?:kini|sekarang|saat\s(?:ini|itu)|ketika\situ|kala\situ|waktu\situ|pernah"
    r"|telah|sudah|masih|juga|baru|resmi|kembali|lama)\s){0,3}"
    r"(?:menjabat|menduduki\sjabatan|bertindak|merupakan|menjadi"
    r"|(?:di(?:lantik|tunjuk|angkat|dapuk|kukuhkan|percaya)|terpilih)\s(?:sebagai|menjadi))"
    r"(?:\s(?:sebagai|selaku))?"
    r")\s(?=\w)"
)
_NEXT: Final = re.compile(
    r"(?P<gap>\s|,\s(?=(?:\w+,\s){0,4}(?:\w+\s)?dan\s)|)(?P<word>\w+(?:[/.-]\w+)*)"
)
"""The next word of an office; commas stand in a list only: `Riset, Teknologi, dan Inovasi`."""
_VERB: Final = re.compile(r"\s(me[a-z]{4,12})\s")
_SHORT_FORM: Final = re.compile(r"\s\([A-Z][\w /-]{1,15}\)")
_LINKS: Final = frozenset({"dan", "bidang", "urusan", "umum", "dari", "asal", "of", "the", "for"})
"""Words within an office that end none."""
_OFFICE: Final = int(Flag.OFFICE)
_CALENDAR: Final = int(Flag.CALENDAR)
_SMALL_OFFICES: Final = frozenset(
    (
        "ketua",
        "kepala",
        "anggota",
        "wakil",
        "direktur",
        "pendiri",
        "juru",
        "mantan",
        "eks",
        "sekretaris",
        "politikus",
        "politisi",
        "aktivis",
        "dosen",
        "guru",
        "pengusaha",
        "pelatih",
        "pengacara",
        "bupati",
        "wali",
        "gubernur",
        "menteri",
        "rektor",
        "camat",
        "bendahara",
    )
)
"""Offices that may be in lower case here: others are mostly no offices of the person."""
_LONGEST: Final = 12
"""Words of an office."""
_REACH: Final = 130


def held_office(text: str, end: int, ceiling: int) -> tuple[int, int] | None:
    """Return the span of the office that a clause after a name at `end` gives, or None.

    Nothing behind `ceiling`, where the next person is named, belongs to it.
    """
    if not text.startswith(_BEGINNINGS, end):
        return None
    ceiling = min(ceiling, end + _REACH)
    cue = _HELD.match(text, end, ceiling)
    if cue is None:
        return None
    start = cue.end()
    stop = _end_of_office(text, start, ceiling)
    vague = text[start].islower() and " " not in text[start:stop]
    return (start, stop) if stop > start and not vague else None


def office_before_verb(text: str, start: int, ceiling: int) -> tuple[int, int] | None:
    """Return the span of the office at `start` that a verb follows in place of a comma.

    `Ani Wijaya, Ketua DPRD Demak menambahkan`.
    """
    stop = _end_of_office(text, start, ceiling)
    verb = _VERB.match(text, stop)
    return (start, stop) if stop > start and verb is not None and verb[1] in LONG else None


def _end_of_office(text: str, start: int, ceiling: int) -> int:
    """Return where the words of an office at `start` end; `start` if there is none."""
    stop = at = start
    for number in range(_LONGEST):
        word = _NEXT.match(text, at, ceiling)
        if word is None or (number and not word["gap"]) or not _goes_on(word["word"], number):
            break
        at = word.end()
        short = _SHORT_FORM.match(text, at, ceiling)
        at = short.end() if short is not None else at
        if word["word"] not in _LINKS:
            stop = at
    return stop


def _goes_on(word: str, number: int) -> bool:
    """Return whether a word is one of an office; the first one must be an office itself."""
    low = word.rstrip(".").lower()
    if number == 0:
        if not title_flags().get(low, 0) & _OFFICE:
            return False
        return word[0].isupper() or low in _SMALL_OFFICES
    if word[0].isupper() or word.isdigit():
        return not word_flags().get(low, 0) & _CALENDAR
    return low in _LINKS or low in COMPLEMENTS or bool(title_flags().get(low, 0) & _OFFICE)
