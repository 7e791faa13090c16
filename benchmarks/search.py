"""How long searches of the embedded index take, by the kind of query.

    python benchmarks/search.py [SHARED_DATA] [--articles 100000] [--keep FILE]
    (or the variable PANTAU_SHARED)

The index is filled with articles put together from shuffled sentences of news articles, about 380
words each. With `--keep` the file stays and is used again by the next run. Each kind is asked with
words of several frequencies, with the exact total, twenty hits a page; times are those of
`SearchIndex.search` in this process. Then the same with each story once (`pantau search
--by-story`): three articles of five join a running story, popular ones more often.
"""

import argparse
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pantau.adapters.sqlite.store import SqliteStore
from pantau.common.time.clock import SystemClock
from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query import parse
from pantau.stories.merges import NO_MERGES
from pantau.usecases.search.by_story import search_by_story
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.ids import digest_id

START: Final = datetime(2026, 1, 1, tzinfo=UTC)
EVERY: Final = timedelta(seconds=60)
WORDS: Final = 380
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_NAME: Final = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_WORD: Final = re.compile(r"[a-z]{3,}")


class Corpus:
    """Random articles from a fixed seed, and words to search."""

    def __init__(self, shared: Path) -> None:
        self.random = random.Random(7)  # noqa: S311 (the same articles every time)
        self.titles: list[tuple[str, str]] = []
        self.sentences: dict[str, list[str]] = {"id": [], "en": []}
        with (shared / "news" / "sample.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                given: dict[str, Any] = json.loads(line)
                lang = "id" if given.get("lang") == "id" else "en"
                self.titles.append((given["title"], lang))
                self.sentences[lang] += _SENTENCE.split(given["text"])
        text = " ".join(self.sentences["id"])
        self.words = [
            word for word, times in Counter(_WORD.findall(text.lower())).most_common() if times > 2
        ]
        self.pairs = list(dict.fromkeys(re.findall(r"\b[a-z]{3,} [a-z]{3,}\b", text)))
        self.names = [
            name for name, times in Counter(_NAME.findall(text)).most_common(3_000) if times > 1
        ]

    def articles(self, count: int) -> Iterator[EnrichedArticle]:
        """Generate articles, a minute apart."""
        chance, stories = self.random, Stories()
        for number in range(count):
            title, lang = chance.choice(self.titles)
            parts: list[str] = []
            size = 0
            while size < WORDS:
                parts.append(chance.choice(self.sentences[lang]))
                size += parts[-1].count(" ") + 1
            people = tuple(dict.fromkeys(chance.choices(self.names, k=3)))
            story = stories.of(number)
            yield EnrichedArticle(
                article_id=digest_id(str(number)),
                title=title,
                text=" ".join(parts),
                url=f"https://news.example/{number}",
                source=f"source{int(chance.paretovariate(1.0))}.example",
                lang=lang,
                people=people,
                published=START + number * EVERY - timedelta(minutes=chance.randrange(600)),
                first_seen=START + number * EVERY,
                enricher_version="benchmark-1",
                story_id=story,
            )

    def queries(self, count: int) -> dict[str, list[tuple[str, Filters]]]:
        """Return queries by kind."""
        chance = random.Random(11)  # noqa: S311 (the same queries every time)
        everything = Filters()
        middle = START + count * EVERY / 2
        word = [self.words[int(len(self.words) ** chance.random())] for _ in range(400)]
        pick = iter(word * 10)
        pair = [chance.choice(self.pairs) for _ in range(60)]
        name = [chance.choice(self.names) for _ in range(60)]

        def some(*made: str) -> list[tuple[str, Filters]]:
            return [(query, everything) for query in made]

        turns = range(15)
        return {
            "one word": some(*(next(pick) for _ in turns)),
            "the commonest words": some("yang", "di", "dan", "the", "of", "title:di"),
            "phrase": some(*(f'"{pair[n]}"' for n in turns)),
            "phrase of common words": some(
                '"yang akan"', '"di jakarta"', '"of the"', '"in the"', '"tidak ada"'
            ),
            "name": some(*(f'"{name[n]}"' for n in turns)),
            "a AND b": some(*(f"{next(pick)} AND {next(pick)}" for _ in turns)),
            "a OR b OR c": some(*(f"{next(pick)} OR {next(pick)} OR {next(pick)}" for _ in turns)),
            "(a OR b) AND NOT c": some(
                *(f"({next(pick)} OR {next(pick)}) AND NOT {next(pick)}" for _ in turns)
            ),
            "all but": some(*(f"NOT {next(pick)}" for _ in range(5)), "*:*"),
            "prefix": some(*(f"{next(pick)[:5]}*" for _ in turns), "pem*", "ke*", "ban*"),
            "person": some(*(f'people:"{name[n]}"' for n in turns), "people:Joko*"),
            "proximity": some(*(f'"{pair[n]}"~5' for n in turns)),
            "date": some(
                f"published:>={middle:%Y-%m-%d} AND {next(pick)}",
                f"published:[{middle:%Y-%m-%d} TO {middle + timedelta(days=2):%Y-%m-%d}]",
                "published:<2026-01-08",
                f"first_seen:[{middle:%Y-%m-%d} TO {middle + timedelta(days=1):%Y-%m-%d}]",
            ),
            "with filters": [
                (next(pick), filters)
                for filters in (
                    Filters(sources=("source1.example",)),
                    Filters(sources=("source40.example",)),
                    Filters(languages=("en",)),
                    Filters(since=middle, until=middle + timedelta(days=3)),
                    Filters(historical=False, languages=("id",)),
                    Filters(entities=(name[3],)),
                    Filters(entities=(name[4],), sources=("source2.example",)),
                )
            ]
            + [
                ("*:*", Filters(entities=(name[5],))),
                ("*:*", Filters(sources=("source60.example",))),
            ],
            "pattern, fuzzy": some("ba?jir", "b*jir", "demokrasi~", "*wakilan"),
        }


class Stories:
    """The story of an article.

    A few large ones, many small ones, a third of the articles without one.
    """

    RUNNING: Final = 400
    JOINING: Final = 0.6

    def __init__(self) -> None:
        self._random = random.Random(4)  # noqa: S311 (the same stories every time)
        self._running: list[str] = []

    def of(self, number: int) -> str:
        """Return the story of the next article."""
        chance, running = self._random, self._running
        if running and chance.random() < self.JOINING:
            return running[int(len(running) * chance.random() ** 3)]
        story = digest_id(f"story {number}")
        running.insert(chance.randrange(min(len(running), 40) + 1), story)
        del running[self.RUNNING :]
        return story


def fill(index: SearchIndex, store: SqliteStore, corpus: Corpus, count: int) -> None:
    """Index the articles, a hundred per transaction."""
    started = time.perf_counter()
    batch: list[EnrichedArticle] = []
    for number, article in enumerate(corpus.articles(count), start=1):
        batch.append(article)
        if len(batch) == 100 or number == count:
            with store.atomically():
                index.put(batch)
            batch = []
        if number % 10_000 == 0:
            print(
                f"  {number:,} articles, {number / (time.perf_counter() - started):,.0f}/s",
                file=sys.stderr,
            )


def plainly(index: SearchIndex, request: SearchRequest) -> int | None:
    """Search."""
    return index.search(request).total


def by_story(index: SearchIndex, request: SearchRequest) -> int | None:
    """Search with each story once."""
    return search_by_story(index, request, NO_MERGES).total


def measure(
    index: SearchIndex,
    kinds: dict[str, list[tuple[str, Filters]]],
    ask: Callable[[SearchIndex, SearchRequest], int | None],
) -> None:
    """Run the searches and report."""
    print(f"{'kind':24} {'queries':>7} {'p50':>9} {'p95':>9} {'slowest':>9}   milliseconds")
    everything: list[float] = []
    for kind, asked in kinds.items():
        times: list[tuple[float, str, int | None]] = []
        for text, filters in asked:
            request = SearchRequest(parse(text), filters, marked=True)
            started = time.perf_counter()
            total = ask(index, request)
            times.append(((time.perf_counter() - started) * 1000, text, total))
        times.sort()
        only = [one for one, _, _ in times]
        if kind != "pattern, fuzzy":
            everything += only
        slowest = f"{times[-1][1]} ({times[-1][2]:,})"
        print(
            f"{kind:24} {len(only):7} {statistics.median(only):9.1f} {_p95(only):9.1f} "
            f"{only[-1]:9.1f}   {slowest}"
        )
    everything.sort()
    print(
        f"{'all but patterns':24} {len(everything):7} {statistics.median(everything):9.1f} "
        f"{_p95(everything):9.1f}"
    )


def _p95(ordered: list[float]) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", nargs="?", default=os.environ.get("PANTAU_SHARED", "../shared/data"), type=Path
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="a file for the index, used again if it is there")
    given = parser.parse_args()
    corpus = Corpus(given.shared)
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "search.db"
        filled = path.exists()
        store = SqliteStore(path, SystemClock())
        if not filled:
            fill(store.index, store, corpus, given.articles)
        print(f"{store.index.count():,} articles, {path.stat().st_size / 1e6:,.0f} MB")
        for title, ask in (("articles", plainly), ("stories", by_story)):
            print(title)
            measure(store.index, corpus.queries(given.articles), ask)
        store.close()


if __name__ == "__main__":
    main()
