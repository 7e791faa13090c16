"""Tokenization for the trained engine: words and marks."""

import re
from itertools import accumulate
from typing import Final

BREAK: Final = "\n"
"""The token of a line's end, at which every sentence ends."""

_TOKEN: Final = re.compile(
    r"([^\W_]++(?:(?=['’\-&@/.])"
    r"(?:['’](?!s\b)|-(?!nya\b)|[&@/]|\.(?=[a-z])|(?<![^\W\d_]{3})\.(?=[^\W\d_]))[^\W_]++)*+"
    r"|[^\w\s]|_|\n)"
)
"""A word (PDI-P, U.S, Kompas.com; without 's and -nya), one mark, or the end of a line.

Every alternative has a fixed number of ways to match at a position, so time is linear.
"""


def tokenize(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the tokens of a text, with their starts and ends in code points."""
    parts = _TOKEN.split(text)  # alternating: separator, token, separator, ...
    offsets = list(accumulate(map(len, parts)))
    return parts[1::2], offsets[0:-1:2], offsets[1::2]
