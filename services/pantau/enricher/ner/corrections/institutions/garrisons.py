"""Commands and battalions with their numbers: Kodim 0501/Jakarta Pusat, Korem 072/Pamungkas."""

import re
from typing import Final

from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.corrections.spans import put
from pantau.enricher.ner.engine import Mention

_KINDS: Final = ("Kod", "Korem ", "Koramil ", "Yon", "Batalyon ", "Brigif ", "Lantamal ")
_BEHIND_RANKS: Final = frozenset({"Pertama", "Muda", "Madya", "Inf", "Arm", "Kav", "Czi", "Mar"})
"""Words after the rank of an admiral, or of an officer of a branch."""
_GARRISON: Final = re.compile(
    r"(?P<numbered>(?<![\w-])(?:(?:Satgas |Satuan Tugas )?(?:Pamtas (?:RI-\w+ )?)?"
    r"(?:Yonif|Yonarmed|Yonkav|Yonzipur|Batalyon Infanteri|Batalyon)(?: (?:Raider|Mekanis|Para))?"
    r"|Kodim|Korem|Koramil|Brigif) \d{1,4}(?:[-/]\d{1,2})?"
    r"|(?<![\w-])(?:Lantamal|Kodam|Kodaeral)"
    r" (?:[IVX]+|\d)(?!\w))"
    r"(?:[/ ][A-Z][\w'-]+(?: [A-Z][\w'-]+)?)?"
)


def with_garrisons(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with garrisons in place of the places in their names.

    A rank and the name of a person behind one are the person's.
    """
    if not any(kind in text for kind in _KINDS):
        return mentions
    people = {one.start: one for one in mentions if one.type == "person"}
    found = []
    for one in _GARRISON.finditer(text):
        start, end = one.span()
        behind = (at for at in range(one.end("numbered"), end) if at in people)
        name_end = next((at for at in behind if text[at - 1] == " "), end)
        found.append(Mention(start, _without_ranks(text, start, name_end), "organization"))
    return put(mentions, found) if found else mentions


def _without_ranks(text: str, start: int, end: int) -> int:
    """Return where a name ends before the ranks behind it: Kodim 0712/Tegal Letkol."""
    words, flags = text[start:end].split(" "), word_flags()
    while (
        words[-1] == ""
        or flags.get(words[-1].lower(), 0) & Flag.RANK
        or (words[-1] in _BEHIND_RANKS and flags.get(words[-2].lower(), 0) & Flag.RANK)
    ):
        words.pop()
    return start + len(" ".join(words))
