"""Count word frequencies in open corpora, and write the table for the features of stories.

    python benchmarks/build_frequencies.py SHARED_DATA services/pantau/stories/data/frequencies.tsv

Only single words and a figure go into the table. The sources are the training splits of
idner-news-2k and NERGrit for Indonesian, of wikigold, WNUT17 and Broad Twitter Corpus for English,
all openly licensed; credits are beside the table.
"""

import argparse
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SOURCES: Final = {
    "id": ("ner/idner-news-2k/train.txt", "ner/nergrit/train_preprocess.txt"),
    "en": (
        "ner/open-en/wikigold.conll.txt",
        "ner/open-en/wnut17train.conll",
        "ner/open-en/btc/*.conll",
    ),
}
LEAST: Final = 3
"""Minimum frequency: rarer words count as unseen."""
WORD: Final = re.compile(r"[^\W\d_]+")


def words(path: Path) -> Iterator[str]:
    """Yield the words of a corpus, in the first column, in lower case."""
    for line in path.read_text("utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 2 and not line.startswith("# "):
            yield from WORD.findall(parts[0].lower())


def main() -> None:
    """Write the table: word, and ten times the negative logarithm of its highest share."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("output", type=Path)
    given = parser.parse_args()
    levels: dict[str, int] = {}
    for patterns in SOURCES.values():
        paths = [path for pattern in patterns for path in sorted(given.shared.glob(pattern))]
        counts = Counter(word for path in paths for word in words(path))
        total = counts.total()
        for word, count in counts.items():
            if count >= LEAST:
                level = round(-10 * math.log(count / total))
                levels[word] = min(level, levels.get(word, level))
    lines = [f"{word}\t{level}\n" for word, level in sorted(levels.items())]
    given.output.write_text("".join(lines), "utf-8")
    print(f"{len(lines)} words")


if __name__ == "__main__":
    main()
