"""Offices that an article mentions without a holder: `hadir Deputi Bidang Kerja Sama BNPT`."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from pantau.enricher.budget import ROLES, UNLIMITED, Budget
from pantau.enricher.linking.roles import TITLES_REACH, role_before

_STRONG: Final = frozenset(
    (
        "kepala", "ketua", "wakil", "sekjen", "sekretaris", "menteri", "menko", "gubernur",
        "bupati", "walikota", "wali", "kapolri", "kapolda", "kapolres", "kapolsek", "panglima",
        "pangdam", "direktur", "dirut", "dirjen", "deputi", "juru", "jubir", "rektor", "dekan",
        "ketum", "waketum", "sekda", "camat", "duta", "dubes", "konsul", "komisaris", "koordinator",
        "kabid", "kasat", "kanit", "wakapolri", "wakapolda", "wakapolres", "wasekjen",
        "kabareskrim", "director", "minister", "chairman", "deputy", "secretary",
    )
)  # fmt: skip
"""Offices that are mentioned even without a holder."""
_NO_OFFICE_AFTER: Final = frozenset(
    (
        "kantor",
        "kementerian",
        "pemilihan",
        "calon",
        "rumah",
        "gedung",
        "keputusan",
        "peraturan",
        "surat",
        "instruksi",
        "edaran",
        "balon",
        "pilkada",
    )
)
"""After these an office names a house, a rule or an election, not its holder."""
_ENDS: Final = re.compile(
    r"[,;:\n\"“”]|\s(?:dan|and|serta|dengan|yang|di|ke|dari|akan|telah)\s|[a-z]{3}\.\s"
)


def roles_of_nobody(
    text: str,
    people: Sequence[tuple[int, int]],
    others: Iterable[tuple[int, int]],
    budget: Budget = UNLIMITED,
) -> list[str]:
    """Return the offices without a holder.

    `hadir Deputi Bidang Kerja Sama BNPT`. `people` and `others` (organisations, places) are
    mentions in order; an office ends with one of the others.
    """
    starts = [start for start, _ in people]
    found: list[str] = []
    for start, end in budget.within(ROLES, others):
        if (
            text[start - 1 : start] != " "
            or not text[text.rfind(" ", max(0, start - 30), start - 1) + 1].isupper()
        ):
            continue
        at = bisect_left(starts, end)
        following = starts[at] if at < len(starts) else len(text) + TITLES_REACH
        if following - end < TITLES_REACH and not _ENDS.search(text, end, following):
            continue  # the office of the next person
        role = role_before(text, end, people[at - 1][1] if at else 0, joined=False)
        if (
            role is not None
            and text.endswith(role, 0, end)
            and _stands_alone(text, end - len(role), role)
        ):
            found.append(role)
    return found


def _stands_alone(text: str, start: int, role: str) -> bool:
    """Return whether an office denotes its holder, not an apposition, a house or an election."""
    before = text[max(0, start - 16) : start]
    words = before.lower().split()
    return (
        role[0].isupper()
        and role.split(" ", 1)[0].lower() in _STRONG
        and not before.endswith(", ")
        and not (words and words[-1] in _NO_OFFICE_AFTER)
    )
