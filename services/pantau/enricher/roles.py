"""Titles around the names of people: which are offices (kept as roles), which are only politeness or a degree."""

import re
from typing import Final

from pantau.enricher.words import Flag, word_flags

_WORD: Final = re.compile(r"[^\W_]+(?:(?:[-'’/]|\.(?=[^\W\d_]))[^\W_]+)*")
_LOOK_BACK: Final = 110
"""Characters before a name in which its titles are looked for."""
_INNER: Final = frozenset(
    {"dan", "of", "the", "for", "and", "bidang", "urusan", "umum", "non", "ad", "interim"}
)
_SMALL: Final = frozenset({"dan", "of", "the", "for", "and", "urusan", "bidang"})
_RETIRED: Final = frozenset({"purn", "purnawirawan", "ret", "retd"})
"""In brackets after a rank: no longer in service."""
_FORCES: Final = frozenset({"tni", "polri", "ad", "al", "au", "pol", "marinir"})
"""Part of a rank that they follow: Letjen TNI, Brigjen Pol."""
_OFFICE, _RANK, _HONORIFIC, _DEGREE = map(int, (Flag.OFFICE, Flag.RANK, Flag.HONORIFIC, Flag.DEGREE))
_TITLE: Final = _OFFICE | _RANK | _HONORIFIC


def trim_person(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out titles before a person's name and degrees after it: `Dr Boy Rafli Amar, MH` is Boy Rafli Amar."""
    flags = word_flags()
    words = [
        (word.start(), word.end(), flags.get(word.group().lower(), 0))
        for word in _WORD.finditer(text, start, end)
    ]
    if words and words[0][2] & _TITLE:
        last = max(at for at, word in enumerate(words) if word[2] & _TITLE)
        words = words[last + 1 :] or words[-1:]
    while len(words) > 1 and words[-1][2] & _DEGREE:
        words.pop()
    return (words[0][0], words[-1][1]) if words else (start, end)


def role_beside(text: str, span: tuple[int, int], floor: int, ceiling: int) -> tuple[str | None, int]:
    """Give the office of the person whose name spans `span`, and from where on the next person's may stand.

    Nothing before `floor` and after `ceiling` is looked at: the people before and after stand there.
    """
    del ceiling
    return role_before(text, span[0], floor), span[1]


def role_before(text: str, start: int, floor: int) -> str | None:
    """Give the office that stands right before a person's name at `start`, such as `Kepala BNPT`.

    Nothing before `floor` is looked at: the end of the person before. A rank is given where no office is named.
    """
    begin = max(floor, start - _LOOK_BACK)
    line = text.rfind("\n", begin, start)
    words = list(_WORD.finditer(text, max(begin, line + 1), start))
    flags = word_flags()
    edge, first, last, rank = start, None, None, None
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        seen = flags.get(word.group().lower(), 0) | _of_rank(words, at, flags)
        if not _joins(text[word.end() : edge], word.group(), seen):
            break
        if (
            not word.group()[0].isupper()
            and not seen & (_OFFICE | _RANK | _HONORIFIC)
            and word.group() not in _INNER
        ):
            break
        if word.group() in {"dan", "and"} and (first == at + 1 or last is None):
            break
        edge = word.start()
        if seen & _OFFICE:
            first = at
        if last is None and not seen & (_RANK | _HONORIFIC):
            if word.group() in _SMALL:
                break  # a spokesman for Acme: the name is not the spokesman's
            last = at
        elif last is None and seen & _RANK:
            rank = (at, rank[1] if rank else at)
    if first is not None and last is not None and first <= last:
        return text[words[first].start() : words[last].end()]
    if rank is not None:
        return text[words[rank[0]].start() : words[rank[1]].end()]
    return None


def _of_rank(words: list[re.Match[str]], at: int, flags: dict[str, int]) -> int:
    """Give the flag of a rank for a word that is part of the rank before it."""
    low = words[at].group().lower()
    before = flags.get(words[at - 1].group().lower(), 0) if at else 0
    return _RANK if low in _RETIRED or (low in _FORCES and before & _RANK) else 0


def _joins(gap: str, word: str, flags: int) -> bool:
    if flags & _RANK and gap in {" (", ") "}:
        return True
    return gap in {" ", "  "} or (gap == ". " and (len(word) <= 4 or bool(flags & (_RANK | _HONORIFIC))))
