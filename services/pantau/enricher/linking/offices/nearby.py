"""Years between an office and a name, and offices that say whom a person serves."""

import re
from typing import Final

_PERIOD: Final = re.compile(
    r"\s(?:(?:periode|tahun|masa\sjabatan)\s(?:tahun\s)?)?(?:(?:19|20)\d\d\s?[-–]\s?)?"
    r"(?:19|20)\d\d(?P<space>\s?)\Z"
)
_REACH: Final = 34
_RELATIVES: Final = frozenset({"putra", "kuasa hukum", "anggota keluarga", "kuasa"})
"""Words before a name that say who belongs to its holder, not what the holder is."""
_AGENTS: Final = frozenset(
    {"pengacara", "penasihat hukum", "kuasa hukum", "ajudan", "juru bicara", "manajer"}
)
"""Words that say so where another name follows: `Pengacara Ani Wijaya, Budi Santoso, hadir`."""
_SPOKEN_FOR: Final = "juru bicara"
_SERVING: Final = re.compile(rf",\s(?P<role>{'|'.join(sorted(_AGENTS))})\s")


def before_period(text: str, start: int, floor: int) -> int:
    """Return where a term of office begins that ends at `start`; `start` if there is none.

    `Bupati Demak periode 2019-2024 Ani Wijaya`
    """
    if not text[max(floor, start - 2) : start].strip()[-1:].isdigit():
        return start
    found = _PERIOD.search(text, max(floor, start - _REACH), start)
    return start if found is None else found.start() + len(found["space"])


def own_office(role: str, name: str, following: str) -> str | None:
    """Return the office before a name that is the person's own: no relative's or lawyer's.

    `following` is the text from the name to the next person. A spokesman is named in full where
    his office is, so the one of a single name is that person's: `Juru bicara Wijaya menolak`.
    """
    low = role.lower()
    if low in _RELATIVES or is_serving(low, following) or (low == _SPOKEN_FOR and " " not in name):
        return None
    _, purpose, served = role.partition(" untuk ")
    return served if purpose and served.islower() else role  # saksi untuk tersangka Ani Wijaya


def is_serving(role: str, following: str) -> bool:
    """Return whether an office in lower case before a name is the one of the next person.

    `Kuasa hukum Ani Wijaya, Budi Santoso, hadir`
    """
    return following == ", " and role in _AGENTS


def serving(text: str, end: int, ceiling: int) -> tuple[int, int] | None:
    """Return the span of the office behind a name that the name of the person served follows.

    `Ani Wijaya, pengacara Budi Santoso, hadir`
    """
    if text[ceiling - 1 : ceiling] != " " or not text.startswith(", ", end):
        return None
    found = _SERVING.fullmatch(text, end, ceiling)
    return None if found is None else (found.start("role"), ceiling)
