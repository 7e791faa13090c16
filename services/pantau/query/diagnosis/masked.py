"""A query with everything hidden that is a literal: quoted, escaped, or a regular expression.

Detectors that look at the text itself, which may not be readable yet, search the hidden text. It is
as long as the query, so places are the same.
"""

import re
from collections.abc import Iterator
from typing import Final

HIDDEN: Final = "\x1a"
"""Stands for a literal character. It counts as a character of a word."""

VENDOR_SLASHES: Final = r"(?i:/(?:near|adj|pre|sent|para|[nwfsp])?\d*/)"
"""Proximity as Factiva writes it, such as `/N5/`, which would be a regular expression."""
_LITERAL: Final = re.compile(
    r'"(?:[^"\\]|\\.)*+"|\\.|(?P<regex>(?<![^\s(:+\-!])(?!' + VENDOR_SLASHES + r"[\s(])"
    r"/(?:\\.|[^/\\\s])++/(?=[\s)^~]|$))",
    re.DOTALL,
)


def masked(text: str, *, regex: bool = True) -> str:
    """Return the query with literals hidden; the quotes around them stay."""

    def hide(found: re.Match[str]) -> str:
        if found[0][0] == '"':
            return f'"{HIDDEN * (len(found[0]) - 2)}"'
        if found["regex"] and not regex:
            return found[0]
        return HIDDEN * len(found[0])

    return _LITERAL.sub(hide, text)


_BRACKETS: Final = re.compile(r"[\[{][^\[\]{}]*[\]}]")
_TO: Final = re.compile(r"\sTO\s")


def ranges(hidden: str) -> Iterator[re.Match[str]]:
    """Yield ranges such as `[now/d TO *]` of a hidden text.

    The brackets are found first: a TO behind one that does not close is looked at once.
    """
    return (one for one in _BRACKETS.finditer(hidden) if _TO.search(hidden, *one.span()))


def without_ranges(hidden: str) -> str:
    """Return hidden text with its ranges hidden, too."""
    kept, at = [], 0
    for one in ranges(hidden):
        kept += [hidden[at : one.start()], HIDDEN * len(one[0])]
        at = one.end()
    return "".join((*kept, hidden[at:]))


_ALIKE: Final = str.maketrans("\u017f\u0131\u0130", "sii")
"""Letters that expressions without regard to case take for `s` and `i`; `lower` does not."""


def lower(text: str) -> str:
    """Return a text in the small letters of the words that an expression found in it."""
    return text.translate(_ALIKE).lower()
