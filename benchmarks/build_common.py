"""Count which Indonesian words newspapers hardly ever write with a capital within a sentence.

    python benchmarks/build_common.py ARTICLES.jsonl services/pantau/enricher/data/common.txt

A capital at the beginning of a sentence says nothing of such a word. Of articles (JSON Lines of
{lang, text}) only single words are kept, those that stand in at least three articles, in
alphabetical order; no sentence and no count of any article is in the file.
"""

import argparse
import json
import re
import textwrap
from collections import Counter
from pathlib import Path
from typing import Final

LEAST_ARTICLES: Final = 3
LEAST_SHARE: Final = 0.85
"""Share of a word's uses within sentences that have no capital."""
_WORD: Final = re.compile(r"(?<=[a-z,;] )[^\W\d_]{3,}(?![\w.])")
"""A word after a small letter or a comma: not at the beginning of a sentence."""


def count(path: Path) -> tuple[Counter[str], Counter[str]]:
    """Return in how many articles a word stands without a capital, and with one."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article.get("lang") == "id":
                words = set(_WORD.findall(article.get("text") or ""))
                small.update(word for word in words if word.islower())
                capital.update(word.lower() for word in words if not word.islower())
    return small, capital


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    small, capital = count(arguments.articles)
    words = sorted(
        word
        for word, times in small.items()
        if word.isascii()
        and times >= LEAST_ARTICLES
        and times >= LEAST_SHARE * (times + capital[word])
    )
    head = "# Made by benchmarks/build_common.py; single words alone, see CREDITS.md.\n[COMMON]\n"
    text = textwrap.fill(" ".join(words), 120)
    arguments.target.write_text(f"{head}{text}\n", "utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
