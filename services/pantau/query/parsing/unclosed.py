"""Where a phrase without a closing quotation mark was meant to end."""

import re
from typing import Final

_QUOTE: Final = re.compile(r'\\.|(")', re.DOTALL)
_BEFORE: Final = " \t\n(:+-=!"
"""Characters that an opening quotation mark stands after."""
_ENDS: Final = re.compile(
    r"(?<!\s)(?:\s++(?:(?:AND|OR|NOT|O?NEAR/\d{1,5})(?=[\s(])|&&|\|\|)|\s*+[()])"
)


def closed(query: str) -> str:
    """Return a query with the quotation marks that its phrases lack.

    A phrase ends before an operator in capitals or before the `)` of a group around it, and
    where the next phrase begins; without any of these at the end.
    """
    parts: list[str] = []
    done, opened = 0, None
    for place in (found.start() for found in _QUOTE.finditer(query) if found[1]):
        if opened is None:
            opened = place
        elif _opens(query, place):
            end = _end(query, opened, place)
            parts += query[done:end], '"'
            done, opened = end, place
        else:
            opened = None
    if opened is not None:
        end = _end(query, opened, len(query))
        parts += query[done:end], '"'
        done = end
    return "".join((*parts, query[done:]))


def _opens(query: str, place: int) -> bool:
    """Return whether a quotation mark can only begin a phrase."""
    before, after = query[place - 1 : place], query[place + 1 : place + 2]
    return before in _BEFORE and after not in {"", ")"} and not after.isspace()


def _end(query: str, start: int, limit: int) -> int:
    """Return where the phrase ends that begins at `start`."""
    found = _ENDS.search(query, start + 1, limit)
    if found is not None and not found[0].endswith("("):
        phrase = query[start + 1 : found.start()]
        if phrase.strip():
            return found.start()
    return limit if limit == len(query) else len(query[:limit].rstrip())
