"""Lists as programs write them: `["banjir", "air laut"]`, `('banjir', 'rob')`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.writing import any_of, word_or_phrase

_ITEM: Final = (
    r"""(?:"[^"\\\n]+"|'(?:[^'"\\\n]|(?<=\w)'(?=\w))+'|\u201c[^"\u201c\u201d\\\n]+\u201d)"""
)
_ARRAY: Final = re.compile(
    rf"\s*(?P<open>[\[({{])\s*(?P<items>{_ITEM}(?:\s*[,;]\s*{_ITEM})*)\s*,?\s*(?P<close>[\])}}])\s*"
)
_ONE: Final = re.compile(_ITEM)
_IN_QUERIES: Final = re.compile(r"[-+!]|\w+:|NOT\s|.*\sNOT\s")
"""A negation or a field, which would be lost in a phrase."""
_PAIRS: Final = frozenset({"[]", "()", "{}"})


def arrays(text: str, language: str) -> Iterator[Finding]:
    """Find a whole text that is a list of strings, as JSON, Python and SQL write them."""
    found = _ARRAY.fullmatch(text)
    if found is None or found["open"] + found["close"] not in _PAIRS:
        return
    items = [one[1:-1].strip() for one in _ONE.findall(found["items"])]
    if len(items) < 2 or not all(items) or any(map(_IN_QUERIES.match, items)):
        return
    meant = any_of(dict.fromkeys(map(word_or_phrase, items)), language)
    edits = (Edit(0, len(text), meant),)
    yield Finding("line_list", 0, len(text), {"count": len(items)}, edits)
