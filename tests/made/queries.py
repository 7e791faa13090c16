"""Queries and articles at random, the same for the same seed.

All operators, everyday words, and what is odd. The words are our own. Queries are made of what the
articles hold, so that most of them find something.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pantau.common.text.normal_text import normalise_text

Fields = dict[str, Any]
"""An article as JSON has it."""

WORDS = [
    "banjir",
    "Demak",
    "Kudus",
    "anak",
    "anak-anak",
    "undang-undang",
    "BNPT",
    "KPK",
    "polisi",
    "presiden",
    "Jakarta",
    "New",
    "York",
    "the",
    "of",
    "bank",
    "Bank",
    "market",
    "prices",
    "oil",
    "kerja",
    "sama",
    "kerja-sama",
    "2019",
    "10/9/2019",
    "3,5",
    "U.S.",
    "can't",
    "don’t",
    "x.com",
    "test@example.org",
    "Jum’at",
    "Jum'at",
    "Qur\u02bcan",
    "\ufb01nal",
    "final",
    "cafe\u0301",
    "caf\u00e9",
    "ban\u200bjir",
    "pe\u00adkan",
    "İstanbul",
    "ΣΑΣ",
    "Straße",
    "naïve",
    "日本",
    "ニュース",
    "한국",
    "ไทย",
    "👍",
    "👍🏽",
    "C++",
    "a_b",
    "AND",
    "OR",
    "di",
    "ke",
    "berita",
    "beritakan",
    "diberitakan",
    "pemberitaan",
]
KEYWORDS: dict[str, tuple[str, ...]] = {
    "people": (
        "Boy Rafli Amar",
        "Joko Widodo",
        "boy rafli amar",
        "Hasto",
        "Vladimir Voronkov",
        "O'Neil",
    ),
    "places": ("Jakarta", "New York", "Bali", "Demak", "Asia Tenggara"),
    "tags": ("Politik", "politik nasional", "a:b", "C++", "banjir", "👍👍"),
    "feed": ("k3q5ab", "Kabar Pagi", "kabar pagi"),
    "organizations": ("BNPT", "PBB", "Bank Indonesia"),
    "place_codes": ("ID", "US"),
    "lang": ("id", "en", "ID", ""),
    "source": ("antara.example", "Kabar-21578", "sindo.example"),
}
TEXTS = ("title", "text", "roles", "quotes")
_SINGLE = ("lang", "source")
_DAYS = ("2019-09-10", "2020-03-27", "2020-03-28", "2022-09-09", "2024-02-29")
_TIMES = ("00:00:00.000", "23:59:59.999", "12:30:15.250", "17:00:00.000", "16:59:59.999")
_SIGNS = '+-!():^[]"{}~*?\\/&|'


def articles(seed: int, count: int) -> list[Fields]:
    """Generate small articles in which every field may be missing, empty or unusual."""
    chance = random.Random(seed)

    def words(most: int) -> str:
        return " ".join(
            chance.choice(WORDS) + chance.choice(("", "", "", ",", ".", "\n"))
            for _ in range(chance.randint(0, most))
        )

    made = []
    for _ in range(count):
        fields: Fields = {"title": words(6), "text": words(chance.choice((1, 3, 8, 20, 40)))}
        fields["roles"] = [words(3) for _ in range(chance.randint(0, 3))]
        fields["quotes"] = [words(9) for _ in range(chance.randint(0, 3))]
        for name, values in KEYWORDS.items():
            many = [chance.choice(values) for _ in range(chance.randint(0, 3))]
            fields[name] = chance.choice(values) if name in _SINGLE else many
        fields["published"] = f"{chance.choice(_DAYS)}T{chance.choice(_TIMES)}Z"
        kept = {name: value for name, value in fields.items() if chance.random() < 0.8}
        seen = chance.choice(("2025-12-31", "2026-01-01"))
        made.append({**normal_fields(kept), "first_seen": f"{seen}T{chance.choice(_TIMES)}Z"})
    return made


def normal_fields(given: Mapping[str, Any]) -> Fields:
    """Return an article as the poller publishes it: its text in its one form."""
    return {name: _normal(value) for name, value in given.items()}


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return normalise_text(value)
    return [_normal(one) for one in value] if isinstance(value, list) else value


class Maker:
    """The base of makers of both languages: words, phrases and values of the articles."""

    def __init__(self, seed: int, given: Sequence[Mapping[str, Any]]) -> None:
        self.chance = random.Random(seed)
        self.given = given
        self.vocabulary = [
            word
            for one in given
            for word in f"{one.get('title', '')} {one.get('text', '')}".split()[:80]
        ]

    def query(self) -> str:
        """Generate a query."""
        raise NotImplementedError

    def any_word(self) -> str:
        """Choose a word as an article or the list has it."""
        return self.chance.choice(self.vocabulary if self.chance.random() < 0.4 else WORDS)

    def some_words(self, least: int, most: int) -> list[str]:
        """Choose neighbours of an article."""
        one = self.chance.choice(self.given)
        words = (one.get(self.chance.choice(("title", "text"))) or "kosong kata").split() or [
            "kosong"
        ]
        start = self.chance.randrange(len(words))
        return words[start : start + self.chance.randint(least, most)]

    def phrase(self) -> str:
        """Generate a phrase, which may have a word that does not occur."""
        words = self.some_words(1, 4) + (["zzz"] if self.maybe(0.1) else [])
        return quoted("" if self.maybe(0.05) else " ".join(words))

    def keyword(self) -> tuple[str, str]:
        """Choose a keyword field and a value that it may have."""
        name = self.chance.choice(list(KEYWORDS))
        return name, self.chance.choice(KEYWORDS[name]) if self.maybe(0.9) else "zzz"

    def maybe(self, share: float) -> bool:
        """Return True with this probability."""
        return self.chance.random() < share

    def one_of(self, *makers: tuple[float, Callable[[], str]]) -> str:
        """Call one of the makers, by their weights."""
        return self.chance.choices([make for _, make in makers], [weight for weight, _ in makers])[
            0
        ]()


def quoted(text: str) -> str:
    """Write a text in quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def escaped(text: str, signs: str = _SIGNS) -> str:
    """Escape special characters with a backslash."""
    return "".join(f"\\{char}" if char in signs else char for char in text)
