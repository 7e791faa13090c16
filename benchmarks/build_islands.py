"""Write how much commoner words are in Malay than in Indonesian, which tells the two apart.

    python benchmarks/build_islands.py services/pantau/enricher/data/islands.txt

Needs `wordfreq`, which Pantau itself does not: frequencies of words from subtitles, the web and
Wikipedia (CC BY-SA 4.0, credits in `services/pantau/enricher/data/CREDITS.md`). A section is twice
the natural logarithm of the ratio, rounded, 6 at most: words of [6] are twenty times as common in
Malay, those of [-6] in Indonesian.
"""

import argparse
import math
import textwrap
from collections import defaultdict
from pathlib import Path
from typing import Final

import wordfreq

FLOOR: Final = 1e-6
"""Added to each frequency, so that rare words carry little weight."""
LEAST: Final = 1.0
"""Logarithm below which a word is neutral."""
MOST: Final = 3.0


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path)
    target = parser.parse_args().target
    malay, indonesian = (wordfreq.get_frequency_dict(lang, "small") for lang in ("ms", "id"))
    sections: dict[int, list[str]] = defaultdict(list)
    for word in sorted(malay.keys() | indonesian.keys()):
        ratio = math.log((malay.get(word, 0) + FLOOR) / (indonesian.get(word, 0) + FLOOR))
        if word.isascii() and word.isalpha() and len(word) > 1 and abs(ratio) >= LEAST:
            sections[round(2 * max(-MOST, min(MOST, ratio)))].append(word)
    lines = ["# Made by benchmarks/build_islands.py from wordfreq; CC BY-SA 4.0, see CREDITS.md."]
    for score in sorted(sections):
        lines += ["", f"[{score}]", *textwrap.wrap(" ".join(sections[score]), 120)]
    target.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{sum(map(len, sections.values()))} words")


if __name__ == "__main__":
    main()
