"""Lists of names in stored queries, beside the same names joined by OR.

    python -m benchmarks.match_lists [SHARED_DATA] [--articles 1000] [--sizes 1000 10000]
        [--sharing 1000]

Without the folder the articles are made up. Half of the names are of the articles, half occur
nowhere. Measured are the processor time that an article costs over a matcher without the queries,
what a change of the list costs, and the memory; every figure is of one thread. Each matcher is
compared with the evaluator, and the list with the OR.

The OR has more leaves than a query may be written with: its tree is made of the list.
"""

import argparse
import os
import random
import re
import time
import tracemalloc
from pathlib import Path
from typing import Final

from benchmarks.match import Fields, load
from pantau.query import ast, parse
from pantau.query.listed import ListValues, bind, expanded
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document

_NAME: Final = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}\b")


def names(articles: list[Fields], count: int) -> list[str]:
    """Return so many names, half of them of the articles; always the same."""
    chance = random.Random(7)  # noqa: S311 (the same names every time)
    held = sorted({name for one in articles for name in _NAME.findall(str(one["text"]))})
    chance.shuffle(held)
    half = held[: count // 2]
    return half + [f"Orang{number} Lain{number % 97}" for number in range(count - len(half))]


def bound(text: str, values: ListValues) -> ast.Query:
    """Parse a query with the list."""
    return bind(parse(text, "pantau"), lambda _: values)


def seconds_per_article(queries: dict[str, ast.Query], articles: list[Fields]) -> tuple[float, int]:
    """Return the processor time that matching takes an article, tokens included, and the hits."""
    matcher = Matcher()
    for name, query in queries.items():
        matcher.put(name, query)
    for fields in articles[::4]:
        matcher.match(Document.from_fields(fields))
    started, hits = time.process_time(), 0
    for fields in articles:
        hits += len(matcher.match(Document.from_fields(fields)))
    taken = (time.process_time() - started) / len(articles)
    for fields in articles[:: max(1, len(articles) // 5)]:
        document = Document.from_fields(fields)
        expected = [name for name, query in queries.items() if accepts(query, document)]
        found = [name for name, _ in matcher.match(Document.from_fields(fields))]
        assert found == expected, "different from the evaluator"  # noqa: S101 (a benchmark)
    return taken, hits


def show(label: str, queries: dict[str, ast.Query], articles: list[Fields], base: float) -> int:
    """Measure and print a line; return the hits."""
    tracemalloc.start()
    matcher = Matcher()
    started = time.process_time()
    for name, query in queries.items():
        matcher.put(name, query)
    putting = time.process_time() - started
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    taken, hits = seconds_per_article(queries, articles)
    print(
        f"{label:<44} {(taken - base) * 1e6:10,.0f} {hits / len(articles):9.2f}"
        f" {putting * 1e3:9.1f} {memory / 1e6:7.1f}"
    )
    return hits


def show_change(queries: dict[str, ast.Query], new: ListValues) -> None:
    """Print what a change of one value costs."""
    matcher = Matcher()
    for name, query in queries.items():
        matcher.put(name, query)
    started = time.process_time()
    matcher.put_list(new)
    print(f"  a change of the list: {(time.process_time() - started) * 1e3:.1f} ms")


def main() -> None:
    """Run it."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    shared = os.environ.get("PANTAU_SHARED", "../shared/data")
    reader.add_argument("shared", nargs="?", type=Path, default=Path(shared))
    reader.add_argument("--articles", type=int, default=1_000)
    reader.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    reader.add_argument("--sharing", type=int, default=1_000)
    given = reader.parse_args()
    articles = load(given.shared, given.articles)
    base, _ = seconds_per_article({"none": parse("zzzz AND yyyy")}, articles)
    print(f"{len(articles):,} articles; {base * 1e6:,.0f} µs each without the queries")
    print(f"{'':<44} {'µs more':>10} {'matches/a':>9} {'put ms':>9} {'MB':>7}")
    words = sorted(
        {word for one in articles for word in re.findall(r"[a-z]{4,}", str(one["title"]))}
    )
    for size in given.sizes:
        values = ListValues("a", names(articles, size))
        changed = ListValues("a", [*values.values, "Orang Baru"])
        for field in ("@a", "people:@a"):
            listed = {"one": bound(field, values)}
            hits = show(f"1 query, {field}, {size:,} names", listed, articles, base)
            same = {"one": expanded(listed["one"])}
            others = show(f"1 query, {field} as OR, {size:,} names", same, articles, base)
            assert hits == others, "the list and the OR differ"  # noqa: S101 (a benchmark)
        many = {
            str(number): bound(f'@a AND title:"{words[number % len(words)]}"', values)
            for number in range(given.sharing)
        }
        show(f"{given.sharing:,} queries, @a AND title:..., {size:,}", many, articles, base)
        show_change(many, changed)
        alone = {str(number): bound("people:@a", values) for number in range(given.sharing)}
        show(f"{given.sharing:,} queries, people:@a, {size:,}", alone, articles, base)
        show_change(alone, changed)


if __name__ == "__main__":
    main()
