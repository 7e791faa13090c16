"""Queries that match everything or nothing: what is said of them is true of every article."""

import itertools
import random

import pytest

from pantau.query import parse, warnings
from pantau.query.diagnosis.checks.extremes import extremes
from pantau.query.meaning.verify import Verifier
from pantau.query.text.document import Document
from tests.support import enriched

NOTHING = [
    "banjir AND NOT banjir",
    "banjir AND Demak AND NOT (gempa OR banjir)",
    "(banjir AND Demak) AND NOT Demak",
    "title:banjir AND NOT banjir",
    "lang:id AND lang:en",
    "source:a.example AND banjir AND source:b.example",
    '"banjir besar" AND NOT "banjir besar"',
    "published:[2026-02-01 TO 2026-01-01]",
    "banjir AND first_seen:{2026-02-01 TO 2026-01-31}",
    "title:[z TO a]",
    "NOT *",
    "ban* AND -ban*",
]
EVERYTHING = [
    "*",
    "banjir OR (NOT banjir)",
    "banjir OR Demak OR (NOT Demak)",
    "title:*",
    "banjir OR *",
    "(-banjir) OR banjir",
]
NEITHER = [
    "banjir",
    "banjir AND NOT Demak",
    "banjir AND NOT title:banjir",
    "banjir OR NOT Demak",
    "lang:id OR lang:en",
    "people:A AND people:B",
    "title:[a TO z]",
    "title:[a TO a]",
    "published:[2026-01-01 TO 2026-01-01]",
    "published:[now-1d TO now]",
    "NOT banjir",
    "tags:a AND tags:b",
    "(banjir AND NOT banjir) OR Demak",
    '"banjir besar" AND NOT "besar banjir"',
]


def reported(query: str) -> set[str]:
    codes = {one.code for one in warnings(query)}
    return codes & {"matches_everything", "matches_nothing"}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        *((query, {"matches_nothing"}) for query in NOTHING),
        *((query, {"matches_everything"}) for query in EVERYTHING),
        *((query, set()) for query in NEITHER),
    ],
)
def test_what_is_said(query: str, codes: set[str]) -> None:
    assert reported(query) == codes


def test_what_is_said_of_made_queries_is_true_of_every_article() -> None:
    """Three words and two languages, joined in every way that a fixed seed gives."""
    words = ("banjir", "title:banjir", "text:demak", "lang:id", "lang:en", "demak", "*")
    articles = [
        Document.from_article(enriched("x", title=title or "-", text=text, lang=lang))
        for title, text, lang in itertools.product(
            ("banjir", "demak", "sawah"), ("", "demak", "banjir demak"), ("id", "en")
        )
    ]
    chance, counts = random.Random(11), {"matches_everything": 0, "matches_nothing": 0}

    def made(depth: int) -> str:
        if depth == 0 or chance.random() < 0.3:
            return (
                f"(NOT {chance.choice(words)})" if chance.random() < 0.4 else chance.choice(words)
            )
        sign = chance.choice((" AND ", " OR ", " "))
        return "(" + sign.join(made(depth - 1) for _ in range(chance.choice((2, 2, 3)))) + ")"

    for _ in range(1500):
        text = made(3)
        query = parse(text)
        accepted = [Verifier(query).accepts(one) for one in articles]
        for finding in extremes(query, text, "lucene"):
            counts[finding.code] += 1
            wanted = finding.code == "matches_everything"
            assert all(one is wanted for one in accepted), text
    assert min(counts.values()) > 50
