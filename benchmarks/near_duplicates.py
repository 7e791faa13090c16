"""Precision and recall of near-duplicates, on pairs derived from a news sample by typical edits.

    python benchmarks/near_duplicates.py [SHARED_DATA] [--show 20]   (or PANTAU_SHARED)

The articles are split into a half for tuning, on which the threshold of
`pantau.stories.fingerprint` was chosen, and a half that is reported. Positives are an article and
an edited copy of it: agency copy with another lead, cut to half, with paragraphs appended, with
small edits, under another headline, and several of these at once. Negatives are an article and one
from the same template (all names, numbers and dates changed for others of the same kind; or only
the numbers and dates, as in a market report of another day), and an article and its nearest
neighbours by TF-IDF. What the sample itself has twice (the same text from two pages of a site) is
no negative: `TWICE` of its words in a row are shared.
"""

import argparse
import json
import math
import os
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from pantau.stories.fingerprint import NEAR, fingerprint, near_duplicates
from pantau.stories.words import read_words

TWICE: Final = 0.4
"""Share of the 5-word shingles of the shorter text that the longer has, too.

From here on the pair is excluded.
"""
NEIGHBOURS: Final = 2
WORD: Final = re.compile(r"[^\W_]+")
CAPITAL: Final = re.compile(r"(?<=[\w,;] )[A-Z][^\W_]*")
NUMBER: Final = re.compile(r"\d+")
DAYS: Final = (
    ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    ("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    ("Januari", "Februari", "Maret", "April", "Juni", "Juli", "Agustus", "September", "Oktober"),
)

Item = dict[str, str]
Pair = tuple[str, Item, Item]


def paragraphs(text: str) -> list[str]:
    """Split a text into paragraphs, or without any into pieces of three sentences."""
    lines = [line for line in re.split(r"\n+|(?<=[.”\"]),(?=\S| )", text) if line.strip()]
    if len(lines) >= 4:
        return lines
    sentences = re.split(r"(?<=[.!?]) +", text)
    return [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]


def other_lead(item: Item, other: Item, chance: random.Random) -> Item:
    """Rewrite the first paragraph from the second of another article and own words."""
    own = paragraphs(item["text"])
    words = own[0].split()
    chance.shuffle(words)
    lead = " ".join(paragraphs(other["text"])[-1].split()[:15] + words[:20])
    return {"title": other["title"], "text": "\n".join([lead, *own[1:]])}


def cut(item: Item, other: Item, chance: random.Random) -> Item:
    """Keep the first half, as news is written to be cut from the end."""
    del other
    own = item["text"].split(" ")
    return item | {"text": " ".join(own[: round(len(own) * chance.uniform(0.45, 0.65))])}


def appended(item: Item, other: Item, chance: random.Random) -> Item:
    """Append related paragraphs, up to the length of the article itself."""
    more = other["text"].split(" ")
    return item | {
        "text": item["text"]
        + "\n"
        + " ".join(more[: round(len(item["text"].split()) * chance.uniform(0.3, 1))])
    }


def small_edits(item: Item, other: Item, chance: random.Random) -> Item:
    """Change, drop or add one word in sixteen."""
    pool, made = other["text"].split(), []
    for word in item["text"].split(" "):
        draw = chance.random()
        if draw < 0.02:
            continue
        made.append(word if draw > 0.06 else chance.choice(pool))
    return item | {"text": " ".join(made)}


def other_headline(item: Item, other: Item, chance: random.Random) -> Item:
    """Replace the title, and the dateline by that of another outlet."""
    del chance
    return {"title": other["title"], "text": f"JAKARTA, Kabar - {item['text']}"}


def several(item: Item, other: Item, chance: random.Random) -> Item:
    """Apply another lead, small edits, and a cut to two thirds."""
    made = other_lead(small_edits(item, other, chance), other, chance)
    own = made["text"].split(" ")
    return made | {"text": " ".join(own[: len(own) * 2 // 3])}


EDITS: Final[dict[str, Callable[[Item, Item, random.Random], Item]]] = {
    "another lead": other_lead,
    "cut to half": cut,
    "paragraphs appended": appended,
    "small edits": small_edits,
    "another headline": other_headline,
    "several at once": several,
}


def same_template(
    item: Item, pool: Sequence[str], chance: random.Random, *, names: bool = True
) -> Item:
    """Rewrite the article about another event.

    Its names, numbers and dates are replaced by others of the same kind.
    """
    changed: dict[str, str] = {}
    if names:
        for name in dict.fromkeys(CAPITAL.findall(item["text"])):
            changed[name] = chance.choice(pool)
    for group in DAYS:
        for day in group:
            changed[day] = chance.choice(group)

    def word(found: re.Match[str]) -> str:
        return changed.get(found[0], found[0])

    def number(found: re.Match[str]) -> str:
        digits = found[0]
        first = chance.choice("123456789") if digits[0] != "0" else "0"
        return first + "".join(chance.choice("0123456789") for _ in digits[1:])

    return {
        field: NUMBER.sub(number, re.sub(r"[^\W\d_]+", word, item[field]))
        for field in ("title", "text")
    }


def load(path: Path) -> list[Item]:
    """Load the articles, each address once, those of at least 40 words."""
    rows: dict[str, Item] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if len(row["text"].split()) >= 40:
                rows.setdefault(
                    row["url"], {"title": row["title"], "text": row["text"], "lang": row["lang"]}
                )
    return list(rows.values())


def neighbours(items: Sequence[Item]) -> list[list[int]]:
    """Return the nearest articles of each, by the cosine of TF-IDF vectors."""
    counted = [Counter(WORD.findall(f"{one['title']} {one['text']}".lower())) for one in items]
    spread = Counter(word for one in counted for word in one)
    place = {
        word: at
        for at, word in enumerate(sorted(word for word, count in spread.items() if count > 1))
    }
    matrix = np.zeros((len(items), len(place)), dtype=np.float32)
    for row, one in enumerate(counted):
        for word, count in one.items():
            if word in place:
                matrix[row, place[word]] = (1 + math.log(count)) * math.log(
                    len(items) / spread[word]
                )
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    alike = matrix @ matrix.T
    np.fill_diagonal(alike, 0)
    return [[int(at) for at in np.argsort(-row)[:NEIGHBOURS]] for row in alike]


def twice(one: Item, other: Item) -> bool:
    """Return whether the sample itself contains this text twice."""
    runs = []
    for item in (one, other):
        words = WORD.findall(item["text"].lower())
        runs.append(set(zip(*(words[at:] for at in range(5)), strict=False)))
    return len(runs[0] & runs[1]) >= TWICE * max(1, min(map(len, runs)))


def make_pairs(items: Sequence[Item], seed: int) -> tuple[list[Pair], list[Pair]]:
    """Build positives and negatives."""
    chance = random.Random(seed)  # noqa: S311 (seeded, so that every run has the same)
    pools = {
        lang: [
            name for one in items if one["lang"] == lang for name in CAPITAL.findall(one["text"])
        ]
        for lang in {one["lang"] for one in items}
    }
    near = neighbours(items)
    good, bad = [], []
    for at, item in enumerate(items):
        other = items[near[at][0]] if at % 2 else chance.choice(items)
        for name, edit in EDITS.items():
            good.append((name, item, edit(item, other, chance)))
        pool = pools[item["lang"]]
        bad.append(("names, numbers, dates changed", item, same_template(item, pool, chance)))
        if len(NUMBER.findall(item["text"])) >= 12:
            bad.append(
                (
                    "only numbers and dates changed",
                    item,
                    same_template(item, pool, chance, names=False),
                )
            )
        bad += [
            ("nearest neighbours", item, items[one])
            for one in near[at]
            if not twice(item, items[one])
        ]
    return good, bad


def print_of(item: Item) -> str:
    """Return an article's fingerprint."""
    return fingerprint(read_words(item["title"], item["text"]))


def report(name: str, good: Sequence[Pair], bad: Sequence[Pair], show: int) -> None:
    """Print recall by edit, false positives by kind, and overall precision and recall."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    wrong = []
    for pairs, value in ((good, True), (bad, False)):
        for kind, one, other in pairs:
            score = near_duplicates(print_of(one), print_of(other))
            said = score >= NEAR
            counts[kind][0] += said
            counts[kind][1] += 1
            if said != value:
                wrong.append((kind, score, one["title"], other["title"]))
    print(f"\n{name}")
    for kind, (near, total) in counts.items():
        print(f"  {kind:34} {near:6} of {total:6} said to be near-duplicates, {near / total:.4f}")
    hits = sum(counts[kind][0] for kind in EDITS)
    alarms = sum(near for kind, (near, _) in counts.items() if kind not in EDITS)
    print(
        f"  precision {hits / (hits + alarms):.4f}, recall {hits / len(good):.4f} ({len(good)} "
        f"positives, {len(bad)} negatives)"
    )
    random.Random(1).shuffle(wrong)  # noqa: S311 (as above)
    for kind, score, first, second in wrong[:show]:
        print(f"    {kind} {score:.2f}: {first[:60]} | {second[:60]}")


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
    parser.add_argument("--show", type=int, default=0, help="mistakes to show of each half")
    given = parser.parse_args()
    items = load(given.shared / "news" / "sample.jsonl")
    random.Random(3).shuffle(items)  # noqa: S311 (as above)
    half = len(items) // 2
    report("tuning half", *make_pairs(items[:half], 1), given.show)
    report("reported half", *make_pairs(items[half:], 2), given.show)
    begun = time.process_time()
    made = [print_of(one) for one in items]
    spent = time.process_time() - begun
    longest = max(map(len, made))
    print(
        f"\n{spent / len(items) * 1e6:.0f} µs an article, its words read; at most {longest} "
        "characters"
    )


if __name__ == "__main__":
    main()
