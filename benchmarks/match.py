"""Articles a second against stored queries, one article at a time, one thread.

    python -m benchmarks.match [SHARED_DATA] [--sizes 1000 10000 100000] [--articles 2000]
    (or the variable PANTAU_SHARED)

Queries are those of media monitoring: names, phrases, AND, OR, NOT, proximity, prefixes, fields,
made from words and names of the articles, often met ones more often, and always the same; about
1.6, 17 and 170 of 1,000, 10,000 and 100,000 match an article. Without the folder the articles are
made up (and match far more). The time of an article holds all that the alerter does to know the
matches: tokens, candidates, verification; not the highlights. Every size is warmed up with a part
of the articles, and a part of the answers is compared with evaluating every query.
"""

import argparse
import gc
import json
import os
import random
import re
import time
import tracemalloc
from collections import Counter
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final

from pantau.query import ast, parse
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau.runtimes.collector import ease_collector
from tests import newsroom

_NAME: Final = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}\b")
_WORD: Final = re.compile(r"\b[a-z]{4,}\b")
_FAME: Final = 0.75
"""The exponent of the frequency with which a name, word or phrase is chosen;
found by trying, for as many matches an article as the measurements that we compare ourselves with
had.
"""

Fields = dict[str, str | tuple[str, ...]]


def load(shared: Path, count: int) -> list[Fields]:
    """Read articles, spread over the file, so half of them Indonesian and half English.

    Makes them up if it is missing.
    """
    try:
        with (shared / "news" / "sample.jsonl").open(encoding="utf-8") as lines:
            rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    except FileNotFoundError:
        made = newsroom.articles(count)
        rows = [
            {"title": title, "text": text, "lang": "id", "source": "made up"}
            for _, title, text in made
        ]
    return [
        {name: row[name] for name in ("title", "text", "lang", "source") if row.get(name)}
        | {"people": tuple(dict.fromkeys(_NAME.findall(row["text"])[:5]))}
        for row in rows[:: max(1, len(rows) // count)][:count]
    ]


class _Choice:
    """Chooses items, frequent ones more often."""

    def __init__(self, chance: random.Random, times: dict[str, int]) -> None:
        self._chance = chance
        self._things = list(times)
        self._weights = list(accumulate(count**_FAME for count in times.values()))

    def __call__(self) -> str:
        return self._chance.choices(self._things, cum_weights=self._weights)[0]


class Queries:
    """Random queries from a fixed seed."""

    def __init__(self, articles: list[Fields]) -> None:
        self.chance = random.Random(5)  # noqa: S311 (the same queries every time)
        text = [str(one["text"]) for one in articles]
        common = len(text) // 20
        words = Counter(word for one in text for word in dict.fromkeys(_WORD.findall(one)))
        pairs = Counter(" ".join(pair) for one in text for pair in pairwise(_WORD.findall(one)))
        rare = {word: times for word, times in words.items() if 3 <= times <= common}
        self.name = _Choice(
            self.chance, Counter(one for each in text for one in dict.fromkeys(_NAME.findall(each)))
        )
        self.topic = _Choice(self.chance, rare or words)
        self.phrase = _Choice(
            self.chance, {pair: times for pair, times in pairs.items() if 2 <= times <= common}
        )
        self.common: list[str] = [word for word, times in words.items() if times > common]

    def _any_word(self) -> str:
        return self.chance.choice(self.common)

    def make(self, count: int) -> list[str]:
        """Generate queries."""
        return [self._one() for _ in range(count)]

    def _one(self) -> str:  # noqa: PLR0911 (one return a kind of query)
        name, topic, phrase, any_word = self.name, self.topic, self.phrase, self._any_word
        match self.chance.randrange(12):
            case 0 | 1:
                return f'"{name()}"'
            case 2:
                return f'"{name()}" AND ({topic()} OR {topic()} OR "{phrase()}")'
            case 3:
                return (
                    f'("{phrase()}" OR "{phrase()}" OR {topic()}) AND {any_word()} AND NOT '
                    f"{topic()}"
                )
            case 4:
                return f"{topic()} AND {topic()}"
            case 5:
                return f'"{topic()} {topic()}"~8 OR "{phrase()}"~3'
            case 6:
                return f"{topic()[:6]}* AND ({any_word()} OR {any_word()}) AND NOT title:{topic()}"
            case 7:
                return f'title:("{phrase()}" OR {topic()}) AND {any_word()}'
            case 8:
                return f'people:"{name()}" AND (lang:id OR {topic()})'
            case 9:
                return (
                    f'("{name()}" OR "{name()}" OR "{name()}") AND {any_word()} AND -"{phrase()}"'
                )
            case 10:
                return f'"{phrase()}" AND {any_word()} AND NOT ({topic()} OR {topic()})'
            case _:
                return f"+{any_word()} +{topic()} {topic()} {any_word()}"


def measure(articles: list[Fields], queries: list[str]) -> None:
    """Register, match, report."""
    gc.collect()
    started = time.perf_counter()
    parsed = [parse(query) for query in queries]
    parsing = time.perf_counter() - started
    started = time.perf_counter()
    matcher = Matcher()
    for number, query in enumerate(parsed):
        matcher.put(str(number), query)
    putting = time.perf_counter() - started
    for fields in articles[::4]:
        matcher.match(Document.from_fields(fields))
    found = 0
    times = []
    for fields in articles:
        started = time.perf_counter()
        found += len(matcher.match(Document.from_fields(fields)))
        times.append(time.perf_counter() - started)
    times.sort()
    wrong = compare(matcher, parsed, articles[:: len(articles) // 3])
    print(
        f"{len(queries):9,} {len(articles) / sum(times):10,.0f} "
        f"{times[len(times) // 2] * 1e6:8,.0f}"
        f" {times[len(times) * 99 // 100] * 1e6:8,.0f} {found / len(articles):9.1f} "
        f"{parsing:8.2f} {putting:8.2f}   {wrong}"
    )


def compare(matcher: Matcher, parsed: list[ast.Query], articles: list[Fields]) -> str:
    """Compare with evaluating every query, on a few articles."""
    for fields in articles:
        document = Document.from_fields(fields)
        expected = [str(number) for number, query in enumerate(parsed) if accepts(query, document)]
        if [key for key, _ in matcher.match(Document.from_fields(fields))] != expected:
            return "DIFFERENT from the evaluator"
    return "equal to the evaluator"


def memory_of(queries: list[str]) -> tuple[float, float]:
    """Return the bytes that a subscription takes, and how many of them are its tree."""
    parse(queries[0])
    gc.collect()
    tracemalloc.start()
    parsed = [parse(query) for query in queries]
    gc.collect()
    trees = tracemalloc.get_traced_memory()[0]
    matcher = Matcher()
    for number, query in enumerate(parsed):
        matcher.put(str(number), query)
    gc.collect()
    whole = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return whole / len(queries), trees / len(queries)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", nargs="?", default=os.environ.get("PANTAU_SHARED", "../shared/data"), type=Path
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--articles", type=int, default=2_000)
    given = parser.parse_args()
    ease_collector()
    articles = load(given.shared, given.articles)
    makes = Queries(articles)
    queries = makes.make(max(given.sizes))
    started = time.perf_counter()
    words = 0
    for fields in articles:
        document = Document.from_fields(fields)
        words += len(document.tokens("title").sequence) + len(document.tokens("text").sequence)
    tokens = (time.perf_counter() - started) / len(articles) * 1e6
    print(
        f"{len(articles):,} articles of {words / len(articles):.0f} words; tokens alone take "
        f"{tokens:.0f} µs"
    )
    print("  queries articles/s   p50 µs   p99 µs matches/a  parse s    put s")
    for size in given.sizes:
        measure(articles, queries[:size])
    whole, trees = memory_of(queries[:20_000])
    print(f"bytes a subscription: {whole:,.0f}, of which the tree is {trees:,.0f}")


if __name__ == "__main__":
    main()
