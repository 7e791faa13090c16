"""Comparison of a text with its headline: is it about the same? Pure."""

import re
from typing import Final

_WORD: Final = re.compile(r"\w+")
_TELLING: Final = 4
"""Least letters of a word that shows the topic of a title."""
_MOST_WORDS: Final = 2_000
"""Words of a text that are looked at."""


def speaks_of(title: str, text: str) -> bool:
    """Return whether a text has at least a third of the telling words of a title."""
    telling = {word for word in _WORD.findall(title.casefold()) if len(word) >= _TELLING}
    spoken = set(_WORD.findall(" ".join(text.casefold().split(None, _MOST_WORDS)[:_MOST_WORDS])))
    return bool(telling) and len(telling & spoken) * 3 >= len(telling)
