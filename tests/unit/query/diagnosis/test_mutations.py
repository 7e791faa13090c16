"""Correct queries, mutated: what means the same stays alone, what is broken is repaired to it.

PANTAU_MUTATIONS sets how many queries are tried; the gate tries few.
"""

import json
import os
import random
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote_plus

from pantau.query import parse
from pantau.query.diagnosis.engine import diagnose, whole_repair

QUERIES: Final = int(os.environ.get("PANTAU_MUTATIONS", "300"))
_WORDS: Final = ("banjir", "Demak", "rob", "KPK", "gempa", "tanggul", "Bupati", "2026", "Jum'at")
_PHRASES: Final = ('"banjir rob"', '"air laut"', '"anak-anak Demak"', '"UU 11/2020"')
_FIELDS: Final = (
    "title:banjir",
    'people:"Siti Rahma"',
    'people:"Abdul Aziz bin Baz"',
    'organizations:"Bank of England"',
    'organizations:"DPRD Demak"',
    "places:Kudus",
    "lang:id",
    "source:kabar.example",
    "place_codes:ID",
    "published:[2026-09-01 TO 2026-09-30]",
    "published:>=2026-09-01",
    "_exists_:author",
    "title:(rob OR tanggul)",
    "ban*r",
    "/banj[ie]r/",
    "tanggul~1",
)


class _Maker:
    """Makes queries of which nothing is to be said."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def query(self, depth: int = 2) -> str:
        kind = self.chance.random()
        if depth == 0 or kind < 0.2:
            return self.chance.choice(self.chance.choice((_WORDS, _PHRASES, _FIELDS)))
        parts = [self.part(depth) for _ in range(self.chance.randint(2, 4))]
        if kind < 0.6:
            negated = self.chance.random() < 0.3
            return " AND ".join((*parts, *(("NOT latihan",) if negated else ())))
        return " OR ".join(parts)

    def part(self, depth: int) -> str:
        inner = self.query(depth - 1)
        return f"({inner})" if re.search(r" (?:AND|OR|NOT) ", inner) else inner


def _outside(text: str, pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> str:
    """Replace outside of quotes, ranges and regular expressions."""
    parts = re.split(r'("[^"]*"|\[[^\]]*\]|/[^/ ]+/)', text)
    return "".join(
        part if number % 2 else re.sub(pattern, replacement, part)
        for number, part in enumerate(parts)
    )


NEUTRAL: Final[dict[str, Callable[[str], str]]] = {
    "as it is": lambda text: text,
    "wider spaces": lambda text: _outside(text, " ", "   "),
    "line breaks": lambda text: _outside(text, " ", "\n"),
    "parentheses": lambda text: f"({text})",
    "double ampersands": lambda text: _outside(text, r"\bAND\b", "&&"),
    "bars": lambda text: _outside(text, r"\bOR\b", "||"),
    "zero-width spaces in words": lambda text: _outside(text, "njir", "n\u200bjir"),
    "another apostrophe": lambda text: text.replace("'", "’"),
}
DAMAGE: Final[dict[str, Callable[[str], str]]] = {
    "curly quotes": lambda text: re.sub(r'"([^"]*)"', r"“\1”", text),
    "low quotes": lambda text: re.sub(r'"([^"]*)"', r"„\1“", text),
    "angle quotes": lambda text: re.sub(r'"([^"]*)"', r"«\1»", text),
    "entities": lambda text: text.replace('"', "&quot;"),
    "a field of CSV": lambda text: (
        f'"{text.replace(chr(34), chr(34) * 2)}"' if '"' in text else text
    ),
    "no-break spaces": lambda text: _outside(text, " ", "\u00a0"),
    "full-width brackets": lambda text: _outside(
        text, "[()]", lambda found: "（" if found[0] == "(" else "）"
    ),
    "small operators": lambda text: _outside(text, r"\b(AND|OR)\b", lambda found: found[0].lower()),
    "Indonesian operators": lambda text: _outside(
        text,
        r"\b(AND|OR|NOT)\b",
        lambda found: {"AND": "DAN", "OR": "ATAU", "NOT": "BUKAN"}[found[0]],
    ),
    "title-case operators": lambda text: _outside(
        text, r"\b(AND|OR|NOT)\b", lambda found: found[0].title()
    ),
    "single ampersands": lambda text: _outside(text, r"\bAND\b", "&"),
    "Indonesian fields": lambda text: _outside(text, r"\btitle:", "judul:"),
    "dates of people": lambda text: text.replace(
        "2026-09-01 TO 2026-09-30", "01/09/2026 - 30/9/2026"
    ),
    "codes in other letters": lambda text: text.replace("lang:id", "lang:ID").replace(
        "place_codes:ID", "place_codes:id"
    ),
    "an address for a source": lambda text: text.replace(
        "source:kabar.example", 'source:"https://www.kabar.example/"'
    ),
    "names in small letters": lambda text: re.sub(
        r'(?<=people:|places:)("[^"]*"|\w+)', lambda found: found[0].lower(), text
    ),
    "names in capitals": lambda text: re.sub(
        r'(?<=people:)"[^"]*"', lambda found: found[0].upper(), text
    ),
    "names half in capitals": lambda text: text.replace("Bank of", "bank of").replace(
        "DPRD Demak", "DPRD demak"
    ),
    "small operators between quotes": lambda text: re.sub(
        r'(?<=") (OR|NOT) (?=")',
        lambda found: {" OR ": " maupun ", " NOT ": " tanpa "}[found[0]],
        text,
    ),
    "the address of a search": lambda text: f"https://a.example/search?q={quote_plus(text)}",
    "an object of JSON": lambda text: json.dumps({"query": text}),
    "double equals signs": lambda text: _outside(
        text, r"\b(title|lang|places|source|place_codes):(?=\w)", r"\1 == "
    ),
    "doubled angle brackets": lambda text: re.sub(r'"([^"]*)"', r"<<\1>>", text),
    "an empty group": lambda text: f"({text}) AND ( )",
    "a law without quotes": lambda text: text.replace('"UU 11/2020"', "UU 11/2020"),
    "a missing parenthesis": lambda text: text.removesuffix(")"),
}


def test_the_queries_are_correct() -> None:
    for seed in range(QUERIES):
        query = _Maker(seed).query()
        assert [one.code for one in diagnose(query, "pantau")] == [], query


def test_no_repair_changes_what_a_correct_query_means() -> None:
    for seed in range(QUERIES):
        query = _Maker(seed).query()
        name = list(NEUTRAL)[seed % len(NEUTRAL)]
        mutated = NEUTRAL[name](query)
        meant = parse(query, "lucene")
        assert parse(mutated, "lucene") == meant, (name, mutated)
        ended = whole_repair(mutated, "lucene")
        if ended is not None:
            assert parse(*ended) == meant, (name, mutated, ended)


def test_what_is_broken_is_repaired_to_what_was_meant() -> None:
    for seed in range(QUERIES):
        query = _Maker(seed).query()
        name = list(DAMAGE)[seed % len(DAMAGE)]
        broken = DAMAGE[name](query)
        ended = whole_repair(broken, "lucene") or (broken, "lucene")
        assert parse(*ended) == parse(query, "lucene"), (name, broken, ended)
