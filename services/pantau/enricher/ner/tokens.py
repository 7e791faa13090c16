"""A text as the words and marks that the trained engine reads."""

import re
from itertools import accumulate
from typing import Final

BREAK: Final = "\n"
"""The token of a line's end, at which every sentence ends."""

_TOKEN: Final = re.compile(
    r"([^\W_]+(?:(?:['’](?!s\b)|-(?!nya\b)|[&@/]|\.(?=[a-z])|(?<![^\W\d_]{3})\.(?=[^\W\d_]))[^\W_]+)*"
    r"|[^\w\s]|_|\n)"
)
"""A word as `pantau.enricher.ner.scan` reads it (PDI-P, U.S, Kompas.com; not the possessive 's, not -nya), one mark,
or a line's end. Every alternative has a fixed number of ways to match at a place, so time is
linear.
"""


def tokenize(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the tokens of a text, where each begins and where it ends, in code points."""
    parts = _TOKEN.split(text)  # what is between, a token, what is between, ...
    offsets = list(accumulate(map(len, parts)))
    return parts[1::2], offsets[0:-1:2], offsets[1::2]
