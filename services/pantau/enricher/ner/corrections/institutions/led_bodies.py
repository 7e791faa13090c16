"""Bodies and facilities with a short form before them that is not theirs, or without their board.

`OTT Propam Polda Bali` and `ICU Rumah Sakit Bakti` begin with what happened and with a ward;
`Pengurus Pusat PBSI` begins with its board.
"""

from typing import Final

from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.regional import REGIONAL_HEADS
from pantau.enricher.lexicon.words import BALINESE, word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import ORG_HEAD

_NO_PART: Final = (
    "OTT ", "ICU ", "IGD ", "UGD ", "TKP ", "SK ", "MoU ", "CSR ", "CCTV ", "SPDP ", "LP ", "HUT ",
    "HPN ", "RUPS ", "Rapim ", "Rakor ", "Raker ",
)  # fmt: skip
"""Short forms of events, wards and papers before a body's name."""
_UNITS: Final = frozenset({"bidpropam", "propam", "satgas", "tim", "satreskrim", "satlantas"})
_PARTICLES: Final = (" I", " Ni")
_LAST: Final = "Ii"
"""The last letters of particles; the name of a person stands behind one and a blank."""
_BOARDS: Final = ("Pengurus ", "Pimpinan ", "Dewan Pimpinan ", "Dewan Pengurus ")
_OF_BOARD: Final = ("Pusat ", "Besar ", "Wilayah ", "Daerah ", "Cabang ")
_LETTERS: Final = 3
_BEGINNINGS: Final = frozenset(word[:_LETTERS] for word in (*_NO_PART, *_OF_BOARD))
"""First letters of these, by which most names are passed over."""


def with_led_bodies(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with such names as they are."""
    particles = led = False
    for start, _, kind in mentions:
        if kind == "person":
            particles = particles or text[start - 2 : start - 1] in _LAST
        elif text[start : start + _LETTERS] in _BEGINNINGS:
            led = True
    mentions = _with_particles(text, mentions) if particles else mentions
    return [_led(text, one) for one in mentions] if led else mentions


def _led(text: str, one: Mention) -> Mention:
    if one.type == "person":
        return one
    if text.startswith(_OF_BOARD, one.start):
        return _with_board(text, one) if one.type == "organization" else one
    return _without_lead(text, one) if text.startswith(_NO_PART, one.start) else one


def _with_particles(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the particle of a name that a body took: DPRD Bangli I, Made Adi."""
    found: list[Mention] = []
    for one in mentions:
        before = found[-1] if found else None
        if (
            before is not None
            and one.type == "person"
            and before.end + 1 == one.start
            and text.endswith(_PARTICLES, max(0, before.start - 1), before.end)
            and text[one.start : one.end].partition(" ")[0].lower() in BALINESE
        ):
            start = text.rfind(" ", 0, before.end) + 1
            if start > before.start + 1:
                found[-1] = before._replace(end=start - 1)
            else:
                found.pop()
            found.append(one._replace(start=start))
        else:
            found.append(one)
    return found


def _without_lead(text: str, one: Mention) -> Mention:
    """Return a name without the short form before it, if the next word begins a name."""
    blank = text.find(" ", one.start, one.end)
    if blank < 0:
        return one
    first = text[blank + 1 : one.end].partition(" ")[0].lower()
    heads = word_flags().get(first, 0) & ORG_HEAD or first in context_words("FACILITY")
    if not (heads or first in REGIONAL_HEADS or first in _UNITS):
        return one
    return Mention(blank + 1, one.end, one.type)


def _with_board(text: str, one: Mention) -> Mention:
    """Return a body with the first word of its board."""
    board = next((word for word in _BOARDS if text.endswith(word, 0, one.start)), "")
    return Mention(one.start - len(board), one.end, one.type) if board else one
