"""Tokenization for the trained engine: words and marks."""

import re
from itertools import accumulate
from typing import Final

BREAK: Final = "\n"
"""The token of a line's end, at which every sentence ends."""

_USUAL_MARKS: Final = "“”‘’–—…•"


def _pattern(alphanumeric: str, letter: str, mark: str) -> re.Pattern[str]:
    """Return the pattern of tokens, given classes of characters.

    A word (PDI-P, U.S, Kompas.com; without 's and -nya), one mark, or the end of a line. Every
    alternative has a fixed number of ways to match at a position, so time is linear. Most words
    end before a space, which is the quickest to see.
    """
    return re.compile(
        rf"({alphanumeric}++(?:(?= )|(?:(?=['’\-&@/.])(?:['’](?!s\b)|-(?!nya\b)|[&@/]|\.(?=[a-z])"
        rf"|(?<!{letter}{{3}})\.(?={letter})){alphanumeric}++)*)|{mark})"
    )


_TOKEN: Final = _pattern(r"[^\W_]", r"[^\W\d_]", r"[^\w\s]|_|\n")
_USUAL: Final = re.compile(rf"[\t\n\r -~\xa0{_USUAL_MARKS}]*+")
"""A text of the characters that nearly all articles are written with."""
_USUAL_TOKEN: Final = _pattern("[0-9A-Za-z]", "[A-Za-z]", rf"[!-/:-@\[-`{{-~{_USUAL_MARKS}\n]")
"""The same pattern for such a text; two thirds of the time, as each class is a table."""


def tokenize(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the tokens of a text, with their starts and ends in code points."""
    pattern = _TOKEN if _USUAL.fullmatch(text) is None else _USUAL_TOKEN
    parts = pattern.split(text)  # alternating: separator, token, separator, ...
    offsets = list(accumulate(map(len, parts)))
    return parts[1::2], offsets[0:-1:2], offsets[1::2]
