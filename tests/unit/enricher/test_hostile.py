"""Texts made to keep the enricher busy: every shape ends quickly, whatever the length."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pantau.enricher import build_enricher
from pantau.enricher.enricher import REACH
from pantau_schemas.article import TEXT_LIMIT, Article

QUICK = 10.0  # seconds; each takes below two here, the rest is for slow machines
NOW = datetime(2026, 3, 2, tzinfo=UTC)
CHANCE = random.Random(7)


def _word() -> str:
    return "".join(CHANCE.choice("abdegiklmnoprstu") for _ in range(5)).capitalize()


def _nickname() -> str:
    first = _word()
    return f"Menteri {first} {_word()} ({first}) ujar "


SHAPES: dict[str, Callable[[], str]] = {
    "one first name": lambda: f"Siti {_word()}. ",
    "many people": lambda: f'"{_word()} {_word()}" kata {_word()} {_word()} {_word()}. ',
    "nicknames": _nickname,
    "one person of thousands of words": lambda: f"Budi Anu{CHANCE.randrange(10**6)} ",
    "abbreviations": lambda: f"Badan {_word()} {_word()} (B{_word()[0]}{_word()[0]}) ",
    "repeated abbreviation": lambda: "Badan Abc Def (BAD) ",
    "boilerplate": lambda: f"(ANTARA) {_word()} {_word()} - (Foto: {_word()}) ",
    "organisations": lambda: f"PT {_word()} {_word()} Tbk, ",
    "parentheses": lambda: "(",
    "lines": lambda: "Baca juga: A\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_long_texts_end_quickly(shape: str) -> None:
    text, make = "", SHAPES[shape]
    pieces: list[str] = []
    while len(text) < TEXT_LIMIT:
        pieces += [make() for _ in range(1_000)]
        text = "".join(pieces)
        if len(pieces) >= 20_000:  # then again from the start
            text *= -(-TEXT_LIMIT // len(text))
    article = Article(
        schema_version=1, article_id="a", title=text[:2_000], text=text[:TEXT_LIMIT], first_seen=NOW
    )
    enricher = build_enricher()
    started = time.perf_counter()
    enricher.enrich(article)
    assert time.perf_counter() - started < QUICK


def test_names_beyond_the_reach_are_not_looked_for() -> None:
    text = "Presiden Joko Widodo berkata. " + "x " * (REACH // 2) + "Presiden Megawati Soekarnoputri berkata."
    article = Article(schema_version=1, article_id="a", text=text, first_seen=NOW, lang="id")
    assert build_enricher().enrich(article).people == ("Joko Widodo",)
