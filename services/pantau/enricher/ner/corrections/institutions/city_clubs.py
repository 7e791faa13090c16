"""Football clubs that are called by their city alone, where a match is spoken of.

In `kontra Lyon`, `pelatih Brentford` and `Monaco menahan` the city plays; in `di Lyon` it lies.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from pantau.enricher.lexicon.gazetteer import ASKED_FOR, data_lines
from pantau.enricher.ner.corrections.spans import Words, put
from pantau.enricher.ner.engine import Mention

_MARKS: Final = frozenset(
    {"FC", "AFC", "CF", "CFC", "SC", "AS", "US", "OGC", "LOSC", "Olympique", "Calcio", "1907", "&"}
)
"""Words that mark an organisation's name as a club's."""
_BEFORE: Final = frozenset(
    {
        "kontra", "lawan", "melawan", "menjamu", "mengalahkan", "menahan", "menghadapi", "vs",
        "gawang", "skuad", "klub", "rumah", "tamu", "membela", "memperkuat", "menaklukkan",
        "menumbangkan", "menekuk", "membekuk", "mengimbangi", "dibela", "bersama", "atas", "untuk",
    }
)  # fmt: skip
"""Words before a club. `rumah` and `tamu` end tuan rumah and tim tamu."""
_ROLES: Final = frozenset(
    {"pelatih", "kiper", "bek", "gelandang", "striker", "penyerang", "winger", "pemain"}
)
"""Words for people of a club, whose name may follow the club's."""
_LYING: Final = frozenset({"di", "ke", "dari", "kota", "warga"})
"""Words before a city that is a city."""
_AFTER: Final = frozenset(
    {
        "menang", "kalah", "imbang", "takluk", "unggul", "tumbang", "menjamu", "menahan", "juara",
        "mengalahkan", "bertandang", "tersingkir", "melaju", "degradasi", "menekuk", "ditahan",
        "dikalahkan", "ditekuk", "finis", "tertinggal", "menghadapi", "vs", "kontra",
    }
)  # fmt: skip
"""Words after a club."""
_FOOTBALL: Final = ("gol", "liga", "laga", "klub", "bola", "serie a", "ligue 1", "menit ke-")
"""Words of a text that speaks of football."""


@cache
def club_cities() -> frozenset[str]:
    """Return the cities by which clubs are called, as the list of organisations has them."""
    found: set[str] = set()
    for line in data_lines("organizations.tsv"):
        _, _, usual, *others = line.split("\t")
        if not _MARKS.isdisjoint(usual.split()):
            asked = (one[1:] for one in others if one.startswith(ASKED_FOR))
            found.update(city for city in asked if " " not in city and city in usual)
    return frozenset(found)


def with_city_clubs(words: Words, cities: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the clubs among the cities, which are the tokens `cities`."""
    text = words.passage.text.lower()
    if not any(word in text for word in _FOOTBALL):
        return mentions
    found = list(_played(words, cities))
    return put(mentions, found) if found else mentions


def _played(words: Words, cities: Sequence[int]) -> Iterator[Mention]:
    tokens = words.tokens
    for at in cities:
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        lost = before == "dari" and at > 1 and tokens[at - 2] in _AFTER
        if before.lower() in _ROLES or lost:
            yield words.mention(at, at + 1, "organization")
        elif after[:1].isupper() or before[:1].isupper() or before in _LYING:
            continue
        elif before in _BEFORE or after in _AFTER:
            yield words.mention(at, at + 1, "organization")
