"""The word book: features of words that are known in advance.

`training/words.txt.xz` has those of external origin. A feature that begins with a dot is used as it
is, any other also combined with the word's shape.
"""

import lzma
from pathlib import Path
from typing import Final

from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.lexicon.words import word_sections

WORDS: Final = Path(__file__).with_name("words.txt.xz")
"""Lines `word TAB feature feature ...`: clusters, bands of frequency, given and family names.

See `training/sources.py`.
"""


def load_wordbook() -> dict[str, tuple[str, ...]]:
    """Combine the external list with Pantau's own lists and known names."""
    book: dict[str, dict[str, None]] = {}
    for line in lzma.decompress(WORDS.read_bytes()).decode("utf-8").splitlines():
        word, _, features = line.partition("\t")
        book[word] = dict.fromkeys(features.split(" "))
    for section, words in sorted(word_sections("words.txt").items()):
        for word in sorted(words):
            book.setdefault(word, {})["k=" + section.replace(" ", "_")] = None
    for name, known in sorted(load_gazetteer().names.items()):
        kind = "L" if known.type == "place" else "O"
        first, *rest = name.split(" ")
        if rest:
            book.setdefault(first, {})["m=B" + kind] = None
            for word in rest:
                book.setdefault(word, {})["m=I" + kind] = None
        else:
            book.setdefault(first, {})["g=" + kind + ("?" if known.weak else "")] = None
    return {word: tuple(features) for word, features in sorted(book.items()) if word}
