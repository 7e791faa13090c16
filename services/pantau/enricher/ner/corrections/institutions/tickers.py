"""Tickers of agencies in angle brackets, `Toba Marine Inc <TBM.JK>`, which name nothing themselves.

A network takes them for organisations, or for the end of the company before them.
"""

import re
from typing import Final

from pantau.enricher.ner.engine import Mention

_OPENING: Final = "<"
_TICKER: Final = re.compile(r"[A-Z][A-Z0-9]{0,5}(?:[. ][A-Z]{1,3})?>")
"""A ticker and its closing bracket; a company that is not listed stands there with its name."""


def without_tickers(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions without tickers, which are dropped or end the name before them."""
    if _OPENING not in text:
        return mentions
    found: list[Mention] = []
    for one in mentions:
        if text[one.start - 1 : one.start] == _OPENING and _is_ticker(text, one):
            continue
        bracket = text.find(_OPENING, one.start, one.end)
        if bracket < 0 or _TICKER.match(text, bracket + 1) is None:
            found.append(one)
        else:
            name = text[one.start : bracket].rstrip()
            found.append(one._replace(end=one.start + len(name)))
    return found


def _is_ticker(text: str, one: Mention) -> bool:
    """Return whether a name after a bracket ends within a ticker."""
    ticker = _TICKER.match(text, one.start)
    return ticker is not None and one.end <= ticker.end()
