"""Ranks of the Indonesian police before names, written out: Ajun Komisaris Besar.

Their words are also those of offices (`komisaris` of a company), of numbers and of names.
"""

import re
from typing import Final

from pantau.enricher.lexicon.words import Flag, word_flags

_REACH: Final = 45
"""Characters before a name in which its rank is searched."""
_POLICE_RANK: Final = re.compile(
    r"\b(?:(?:Ajun )?(?:Komisaris(?: Besar)?|Inspektur(?: Polisi)? (?:Satu|Dua))"
    r"|Brigadir(?:(?: Polisi)? (?:Satu|Dua|Kepala))?"
    r"|(?:Komisaris|Inspektur|Brigadir) Jenderal)(?: Polisi| Pol\.?)? \Z"
)
"""A rank of the police that is written out directly before a name: `Ajun Komisaris Besar`."""
_ENDS: Final = (
    "Komisaris ", "Besar ", "Jenderal ", "Satu ", "Dua ", "Kepala ", "Brigadir ", "Polisi ",
    "Pol ", "Pol. ",
)  # fmt: skip


def rank_start(text: str, start: int, floor: int) -> int:
    """Return where a rank of the police begins that is written out before a name, or the name."""
    if not text.endswith(_ENDS, floor, start):
        return start
    found = _POLICE_RANK.search(text, max(floor, start - _REACH), start)
    return start if found is None else found.start()


def is_police_rank(role: str) -> bool:
    """Return whether a role is nothing but such a rank."""
    return _POLICE_RANK.fullmatch(f"{role} ") is not None


def follows_rank(text: str, start: int) -> bool:
    """Return whether the word before a position is a rank: the Kombes of Kombes Pol."""
    before = text[max(0, start - _REACH) : start].split()
    return bool(before) and bool(word_flags().get(before[-1].lower(), 0) & Flag.RANK)
