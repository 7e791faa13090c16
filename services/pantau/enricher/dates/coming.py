"""Weekdays of the future: `Presiden akan tiba pada Rabu`, `the talks are scheduled for Friday`.

A word of the future puts the weekday behind it in the same clause there. The day on which the
article reports a statement is another one: `Jalan akan ditutup, kata Ani Wijaya, Rabu`.
"""

import re
from typing import Final

from pantau.enricher.quotations.verbs import SAYS, STEMS, WITH_SUFFIX

_REACH: Final = 120
"""Characters before a weekday in which a word of the future is searched."""
_FUTURE: Final = frozenset(
    (
        "akan", "bakal", "hendak", "rencananya", "berencana", "direncanakan", "dijadwalkan",
        "terjadwal", "diagendakan", "diperkirakan", "diprediksi", "ditargetkan", "jadwalnya",
        "will", "would", "scheduled", "expected", "due", "plans",
    )
)  # fmt: skip
_PAST: Final = frozenset(
    (
        "setelah", "sejak", "usai", "seusai", "sesudah", "yang", "menyusul", "karena", "pasca",
        "terkait", "sebelumnya", "ketika", "akibat", "atas", "after", "since", "which", "who",
        "because", "following",
    )
)  # fmt: skip
"""Words that begin a clause about what happened before."""
_STATEMENT: Final = STEMS | WITH_SUFFIX | {"said", "says", "told"}
_SENTENCE: Final = re.compile(
    r"[!?;.\n\"“”](?:(?<=[\n\"“”])|(?<=[!?;])[\s\"”’]|(?<=\.)(?<![.\s][A-Z]\.)[\s\"”’])"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_HELD: Final = re.compile(r"\b(?:is|are|begins?|starts?|opens?|closes?|takes? place) on \Z")
"""Verbs of the present before a weekday in English: The meeting is on Friday."""
_PLAYED: Final = re.compile(
    r"\b(?:travels? to|heads? to|flies? to|go(?:es)? to|faces?|hosts?|plays?|meets?|visits?)"
    r"(?: (?:the|a|an|in|at|of|polls|[A-Z][\w.'’-]*)){1,6} on \Z"
)
"""Verbs of the present with the names behind them: Demak travel to Kudus on Wednesday."""
_TOMORROW: Final = ("esok, ", "lusa, ", "Lusa, ", "omorrow, ")


def is_coming(text: str, start: int) -> bool:
    """Return whether the words before a weekday at `start` put it in the future."""
    near = text[max(0, start - _REACH) : start]
    if near.endswith(_TOMORROW) or _HELD.search(near) or _PLAYED.search(near):
        return True
    clause = near[max((one.end() for one in _SENTENCE.finditer(near)), default=0) :].lower()
    words = _WORD.findall(clause)
    for at in range(len(words) - 1, -1, -1):
        if words[at] in _FUTURE:
            # A comma and a verb before: it is the day of the statement.
            return not clause.endswith(", ") or SAYS.isdisjoint(words[:at])
        if words[at] in _PAST or words[at] in _STATEMENT:
            return False
    return False
