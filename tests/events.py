"""Fictional events, covered by several sources.

Seeded, well separated, with different wording for each.
"""

import random
from dataclasses import dataclass

_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ji",
    "ke",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "wa",
    "yo",
    "za",
    "mbi",
    "nga",
    "ndo",
    "sri",
    "kla",
    "tre",
]
_PLAIN = [
    "warga",
    "petugas",
    "keterangan",
    "pagi",
    "kemarin",
    "besok",
    "jalan",
    "laporan",
    "rumah",
    "keluarga",
    "bantuan",
    "wilayah",
    "perkembangan",
    "keadaan",
    "cuaca",
    "hujan",
    "menurut",
    "pemerintah",
    "daerah",
    "kantor",
    "sekolah",
    "pasar",
    "kepada",
    "dengan",
    "untuk",
    "dari",
    "pada",
    "oleh",
    "akan",
    "telah",
    "dapat",
]


@dataclass(frozen=True)
class Coverage:
    """An article, and the event that it is about."""

    event: int
    title: str
    text: str


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(4, 5)))


def coverage(events: int, each: int, seed: int = 11) -> list[Coverage]:
    """Return so many articles of each event, event by event."""
    chance = random.Random(seed)
    found = []
    for event in range(events):
        names = [_word(chance).title() for _ in range(6)]
        things = [_word(chance) for _ in range(10)]
        figures = [str(chance.randint(11, 9999)) for _ in range(4)]
        for _ in range(each):
            sentences = [_sentence(chance, names, things, figures) for _ in range(12)]
            title = f"{names[0]} {chance.choice(things)} {chance.choice(things)} di {names[1]}"
            found.append(Coverage(event, title, " ".join(sentences)))
    return found


def _sentence(
    chance: random.Random, names: list[str], things: list[str], figures: list[str]
) -> str:
    words = [chance.choice(_PLAIN) for _ in range(5)]
    words[2:2] = [chance.choice(names[:3]), chance.choice(names[3:])]
    words[5:5] = [chance.choice(things), chance.choice(things), chance.choice(figures)]
    return (
        " ".join(words)
        .capitalize()
        .replace(words[2].lower(), words[2])
        .replace(words[3].lower(), words[3])
        + "."
    )
