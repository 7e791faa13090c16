"""How well the text of a page is found, beside other extractors.

    python -m benchmarks.fulltext [--peers PYTHON] [--by-layout]

PYTHON is an interpreter of an environment with trafilatura, newspaper4k and resiliparse; none of
them but trafilatura is a dependency of Pantau. The measure is the F1 of shingles of four words, as
https://github.com/scrapinghub/article-extraction-benchmark has it, averaged over the pages of
`fulltext_pages.py`.
"""

import argparse
import json
import re
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.fulltext_pages import Page, make_pages
from pantau.enricher.structure.boilerplate import find_boilerplate
from pantau.extractor.html.reading import read_page
from pantau.extractor.merging import without_clutter

_WORD = re.compile(r"\w+")
_WIDTH = 4


def f1(found: str, wanted: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a text."""
    here, there = _shingles(found), _shingles(wanted)
    both = sum((here & there).values())
    if not both:
        return (0.0, 0.0, 0.0)
    precision, recall = both / sum(here.values()), both / sum(there.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[at : at + _WIDTH]) for at in range(max(1, len(words) - _WIDTH + 1)))


def ours(pages: Sequence[Page]) -> tuple[list[str], float, int]:
    """Return the texts as the extractor publishes them, the time, and how many stubs it noticed."""
    read_page(pages[0].html.encode(), {"url": pages[0].url})
    began = time.perf_counter()
    read = [read_page(one.html.encode(), {"url": one.url}) for one in pages]
    texts = [without_clutter(one.text, find_boilerplate) for one in read]
    seconds = time.perf_counter() - began
    right = sum(found.stub == page.stub for found, page in zip(read, pages, strict=True))
    return texts, seconds, right


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="interpreter with the other extractors")
    parser.add_argument("--by-layout", action="store_true")
    given = parser.parse_args()
    pages = make_pages()
    texts, seconds, right = ours(pages)
    found: dict[str, Any] = {"pantau": {"texts": texts, "seconds": seconds}}
    if given.peers is not None:
        asked = json.dumps([[one.url, one.html] for one in pages])
        command = [str(given.peers), str(Path(__file__).with_name("fulltext_peers.py"))]
        done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)  # noqa: S603 (our own script)
        found |= json.loads(done.stdout)
    print(f"{len(pages)} pages; paywall noticed or rightly not: {right}")
    print("| extractor | precision | recall | F1 | ms a page |\n|---|---|---|---|---|")
    for name, one in found.items():
        scores = [f1(text, page.text) for text, page in zip(one["texts"], pages, strict=True)]
        means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
        cost = one["seconds"] / len(pages) * 1_000
        print(f"| {name} | {means[0]:.3f} | {means[1]:.3f} | {means[2]:.3f} | {cost:.1f} |")
        if given.by_layout:
            _print_layouts(pages, scores)


def _print_layouts(pages: Sequence[Page], scores: Sequence[tuple[float, float, float]]) -> None:
    by_layout: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for page, score in zip(pages, scores, strict=True):
        by_layout[page.layout].append(score)
    for layout, some in by_layout.items():
        means = [sum(column) / len(some) for column in zip(*some, strict=True)]
        print(f"|   {layout} | {means[0]:.3f} | {means[1]:.3f} | {means[2]:.3f} | |")


if __name__ == "__main__":
    main()
