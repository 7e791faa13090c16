"""B-cubed precision, recall and F1 of stories on labelled news, beside a plain clusterer.

Cost and memory of a full window.

    python benchmarks/stories.py [SHARED_DATA] [--articles 30000]   (or PANTAU_SHARED)

`data/stories.tsv` holds the labels: half, day, digest of the address and story of articles of
`news/sample.jsonl`, no text; `data/stories.md` tells by what rule they were given, how articles to
compare were found and how far two readings agree. Nine in ten were found through TF-IDF neighbours,
which favours the clusterer that is compared with; the others are a random choice with what was near
by TF-IDF, by names or by the title, judged without a clusterer's answer. A story is an event with
its follow-ups and reactions of the next days. Articles with `-` are alone: some are from templates
(markets, earnings), some are near others by TF-IDF, some are far from all. All articles of the
sample that have a date are grouped, in the order of their days; those with a label are counted. The
halves are parts of time: thresholds are chosen on the first, the second is reported.

The plain clusterer takes articles one by one, joins each to the story with the nearest centroid
(cosine of TF-IDF, all words, document frequencies of the whole sample) that had an article in the
window, or founds one.
"""

import argparse
import json
import math
import os
import random
import re
import time
import tracemalloc
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pantau.runtimes.collector import ease_collector
from pantau.stories import grouping as groupings
from pantau.stories.features import features
from pantau.stories.fingerprint import fingerprint
from pantau.stories.grouping import Grouping
from pantau.stories.words import read_words
from pantau_schemas.ids import digest_id

LABELS: Final = Path(__file__).parent / "data" / "stories.tsv"
WINDOW_DAYS: Final = 3
DAY_MS: Final = 24 * 3_600_000
WORD: Final = re.compile(r"\w+")
OURS: Final = (0.16, 0.18, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3)
PLAIN: Final = (0.2, 0.225, 0.25, 0.275, 0.3, 0.325, 0.35)
WRONG_DATES: Final = "Kompas.com"
"""Dates of this source have day and month exchanged; only labelled articles of it are used."""


@dataclass(frozen=True)
class Item:
    """An article: digest of its address, day, title, text."""

    key: str
    day: int
    title: str
    text: str


Labels = dict[str, tuple[str, str]]
Assigned = Mapping[str, str]


def load(shared: Path) -> tuple[list[Item], Labels]:
    """Load the articles in the order of their days, and the labels: half and story by digest."""
    labels: Labels = {}
    days: dict[str, int] = {}
    for line in LABELS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            half, day, key, story = line.split("\t")
            labels[key] = half, key if story == "-" else story
            days[key] = _day(day)
    found: dict[str, Item] = {}
    with (shared / "news" / "sample.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            key = digest_id(row["url"])
            if key not in days and row.get("published") and row["source"] != WRONG_DATES:
                days[key] = _day(row["published"][:10])
            if key in days:
                found.setdefault(key, Item(key, days[key], row["title"], row["text"]))
    return sorted(found.values(), key=lambda one: one.day), labels


def _day(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) // 86_400


def bcubed(assigned: Assigned, labels: Labels, half: str) -> tuple[float, float, float]:
    """Return precision, recall and F1, with equal weight per article (Bagga and Baldwin, 1998)."""
    keys = [key for key, (part, _) in labels.items() if part == half and key in assigned]
    truth, said = defaultdict(set), defaultdict(set)
    for key in keys:
        truth[labels[key][1]].add(key)
        said[assigned[key]].add(key)
    precision = recall = 0.0
    for key in keys:
        right, wanted = said[assigned[key]], truth[labels[key][1]]
        precision += len(right & wanted) / len(right)
        recall += len(right & wanted) / len(wanted)
    precision, recall = precision / len(keys), recall / len(keys)
    return precision, recall, 2 * precision * recall / (precision + recall)


def ours(items: Sequence[Item], made: Mapping[str, str], threshold: float) -> Assigned:
    """Group the articles as the enricher does."""
    grouping = Grouping(WINDOW_DAYS * DAY_MS, 10**9, threshold)
    for item in items:
        moment = item.day * DAY_MS
        placed = grouping.place(item.key, moment, moment, made[item.key], item.key)
        grouping.add(placed.member)
        for ended in placed.merges:
            grouping.merge(ended)
    return {key: story for story, members in grouping.stories() for key in members}


def vectors(items: Sequence[Item]) -> dict[str, dict[str, float]]:
    """Return the TF-IDF vectors, of length 1."""
    counted = {one.key: Counter(WORD.findall(f"{one.title} {one.text}".lower())) for one in items}
    spread = Counter(word for one in counted.values() for word in one)
    found = {}
    for key, counts in counted.items():
        weights = {
            word: (1 + math.log(count)) * math.log(len(items) / spread[word])
            for word, count in counts.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1
        found[key] = {word: weight / length for word, weight in weights.items() if weight > 0}
    return found


def plain(
    items: Sequence[Item], weighed: Mapping[str, dict[str, float]], threshold: float
) -> Assigned:
    """Group the articles by the nearest centroid."""
    sums: list[dict[str, float]] = []
    squares: list[float] = []
    last: list[int] = []
    index: defaultdict[str, set[int]] = defaultdict(set)
    assigned = {}
    for item in items:
        scores: defaultdict[int, float] = defaultdict(float)
        for word, weight in weighed[item.key].items():
            old = []
            for story in index[word]:
                if item.day - last[story] > WINDOW_DAYS:
                    old.append(story)
                else:
                    scores[story] += weight * sums[story][word]
            index[word].difference_update(old)
        ranked = [(score / math.sqrt(squares[story]), story) for story, score in scores.items()]
        best, story = max(ranked, default=(0.0, -1))
        if best < threshold:
            story = len(sums)
            sums.append({})
            squares.append(0.0)
            last.append(item.day)
        for word, weight in weighed[item.key].items():
            before = sums[story].get(word, 0.0)
            sums[story][word] = before + weight
            squares[story] += weight * (2 * before + weight)
            index[word].add(story)
        last[story] = item.day
        assigned[item.key] = str(story)
    return assigned


def row(name: str, assigned: Assigned, labels: Labels) -> float:
    """Print a row of the table; return F1 on the half for tuning."""
    halves = [bcubed(assigned, labels, half) for half in ("tune", "report")]
    print(f"{name:34}", *(f"  {p:.3f} {r:.3f} {f:.3f}" for p, r, f in halves))
    return halves[0][2]


def measure(items: Sequence[Item], count: int) -> None:
    """Print the cost of an article in a full window, and the memory.

    The window holds the sample several times, with seven of eight of the rarer words of each copy
    changed, so that they are about other events.
    """
    spread = Counter(word for one in items for word in set(WORD.findall(one.text)))
    common = {word for word, number in spread.items() if number * 200 > len(items)}
    made = []
    for at in range(count + 2_000):
        one, copy = items[at % len(items)], at // len(items)
        made.append((_renamed(one.title, copy, common), _renamed(one.text, copy, common)))
    random.Random(2).shuffle(made)  # noqa: S311 (seeded, so that every run has the same)
    ease_collector()
    grouping = Grouping(WINDOW_DAYS * DAY_MS, count)
    step = WINDOW_DAYS * DAY_MS // (count + 2_000)
    tracemalloc.start()
    spent = prints = 0.0
    for at, (title, text) in enumerate(made):
        if at == count:
            held = tracemalloc.get_traced_memory()[0]
            tracemalloc.stop()
            print(
                f"\n{held / count:,.0f} bytes an article of {count:,} in the window, "
                f"{held / 1e6:.0f} MB"
            )
        begun = time.process_time()
        words = read_words(title, text)
        fingerprint(words)
        printed = time.process_time()
        placed = grouping.place(str(at), at * step, at * step, features(words), str(at))
        grouping.add(placed.member)
        for ended in placed.merges:
            grouping.merge(ended)
        grouping.forget(at * step)
        if at >= count:
            spent += time.process_time() - printed
            prints += printed - begun
    each = 1e6 / (len(made) - count)
    print(
        f"{prints * each:.0f} µs an article to read it and for its fingerprint, "
        f"{spent * each:.0f} µs for its story"
    )


def _renamed(text: str, copy: int, common: set[str]) -> str:
    """Change seven words of eight, consistently, except common ones."""

    def word(found: re.Match[str]) -> str:
        renamed = f"{found[0]}{copy}"
        return found[0] if found[0] in common or not zlib.crc32(renamed.encode()) & 7 else renamed

    return WORD.sub(word, text)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared",
        type=Path,
        nargs="?",
        default=Path(os.environ.get("PANTAU_SHARED", "../shared/data")),
    )
    parser.add_argument(
        "--articles", type=int, default=30_000, help="in the window when cost is measured"
    )
    given = parser.parse_args()
    items, labels = load(given.shared)
    for half in ("tune", "report"):
        sizes = Counter(story for part, story in labels.values() if part == half)
        several = [size for size in sizes.values() if size > 1]
        alone = len(sizes) - len(several)
        print(f"{half}: {sum(several)} articles of {len(several)} stories, {alone} alone")
    print(f"{len(items)} articles are grouped\n\n{'':34}   tune: P  R     F1     report: P  R  F1")
    made = {one.key: features(read_words(one.title, one.text)) for one in items}
    weighed = vectors(items)
    best = max(
        (row(f"plain TF-IDF {one}", plain(items, weighed, one), labels), one) for one in PLAIN
    )[1]
    chosen = max((row(f"pantau {one}", ours(items, made, one), labels), one) for one in OURS)[1]
    print("\nwith the thresholds that were best for tuning, and with the one of the program")
    row(f"plain TF-IDF {best}", plain(items, weighed, best), labels)
    row(f"pantau {chosen}", ours(items, made, chosen), labels)
    row(
        f"pantau {groupings.THRESHOLD} (the program's)",
        ours(items, made, groupings.THRESHOLD),
        labels,
    )
    for seed in range(3):
        mixed = list(items)
        random.Random(seed).shuffle(mixed)  # noqa: S311 (as above)
        row(f"pantau, in another order ({seed})", ours(mixed, made, groupings.THRESHOLD), labels)
    measure(items, given.articles)


if __name__ == "__main__":
    main()
