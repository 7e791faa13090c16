"""Count which words newspapers hardly ever write with a capital within a sentence.

    python benchmarks/build_common.py ARTICLES.jsonl services/pantau/enricher/data/common.txt
    python benchmarks/build_common.py ARTICLES.jsonl --lang en \
        services/pantau/enricher/data/common_english.txt

A capital at the beginning of a sentence says nothing of such a word. Of articles (JSON Lines of
{lang, text}) only single words are kept, in alphabetical order: the common ones, which stand in at
least three articles, and those that are seldom a name, for which less speaks. No sentence and no
count of any article is in the file.
"""

import argparse
import json
import re
import textwrap
from collections import Counter
from pathlib import Path
from typing import Final

from pantau.enricher.lexicon.common import is_affixed

LEAST_ARTICLES: Final = 3
LEAST_SHARE: Final = 0.85
"""Share of a word's uses within sentences that have no capital."""
SELDOM_SHARE: Final = 0.7
"""The same share of a rarer word, in two articles."""
LEAST_LETTERS: Final = 4
"""Letters of a rarer word: short ones are often parts of names."""
LEAST_STEMS: Final = 2
"""Articles that have a verb whose stem counts."""
_PREFIXED: Final = (
    (re.compile(r"di([a-z]{4,})"), ""),
    (re.compile(r"mem([bfpv][a-z]{3,})"), ""),
    (re.compile(r"men([cdjtz][a-z]{3,})"), ""),
    (re.compile(r"meng([aeioughk][a-z]{3,})"), ""),
    (re.compile(r"me([lmnrwy][aeiou][a-z]{2,})"), ""),
    (re.compile(r"mem([aeiou][a-z]{2,})"), "p"),
    (re.compile(r"men([aeiou][a-z]{2,})"), "t"),
    (re.compile(r"meny([aeiou][a-z]{2,})"), "s"),
)
"""Prefixes of verbs, and the first letter of the stem that they swallow."""
_WORD: Final = re.compile(r"(?<=[a-z,;] )[^\W\d_]{3,}(?![\w.])")
"""A word after a small letter or a comma: not at the beginning of a sentence."""


def count(path: Path, lang: str) -> tuple[Counter[str], Counter[str]]:
    """Return in how many articles of a language a word is without a capital, and with one."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article.get("lang") == lang:
                words = set(_WORD.findall(article.get("text") or ""))
                small.update(word for word in words if word.islower())
                capital.update(word.lower() for word in words if not word.islower())
    return small, capital


def _stems(small: Counter[str], capital: Counter[str]) -> set[str]:
    """Return the stems of verbs: `goda` of `menggoda`, `tahan` of `ditahan` and `menahan`."""
    stems: set[str] = set()
    for word, times in small.items():
        if times < LEAST_STEMS or not word.isascii():
            continue
        for prefixed, swallowed in _PREFIXED:
            found = prefixed.fullmatch(word)
            stem = swallowed + found[1] if found else ""
            if stem and not capital[stem] and not is_affixed(stem):
                stems.add(stem)
    return stems


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--lang", choices=("id", "en"), default="id")
    arguments = parser.parse_args()
    small, capital = count(arguments.articles, arguments.lang)
    common = {
        word
        for word, times in small.items()
        if word.isascii()
        and times >= LEAST_ARTICLES
        and times >= LEAST_SHARE * (times + capital[word])
    }
    stems = _stems(small, capital) if arguments.lang == "id" else set()
    seldom = stems | {
        word
        for word, times in small.items()
        if word.isascii()
        and len(word) >= LEAST_LETTERS
        and times >= (LEAST_SHARE if times == 1 else SELDOM_SHARE) * (times + capital[word])
        and not is_affixed(word)
    }
    seldom -= common
    head = "# Made by benchmarks/build_common.py; single words alone, see CREDITS.md."
    sections = [head]
    for section, words in (("COMMON", common), ("SELDOM A NAME", seldom)):
        sections += [f"[{section}]", textwrap.fill(" ".join(sorted(words)), 120)]
    arguments.target.write_text("\n".join(sections) + "\n", "utf-8")
    print(f"{len(common)} common words, {len(seldom)} that are seldom a name")


if __name__ == "__main__":
    main()
