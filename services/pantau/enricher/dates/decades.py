"""Decades: the 1980s, era 1990-an."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pantau.enricher.dates.names import Dated

_ENDINGS: Final = ("s", "-an", "an")
"""Ends of decades behind the last digit: texts have few zeros, and fewer with these."""
_DECADE: Final = re.compile(
    r"(?<![^\W_])(?:[Tt]he|[Ee]ra|[Dd]ekade|[Ee]arly|[Ll]ate|[Aa]wal|[Aa]khir)"
    r"\s(?P<decade>(?P<year>(?:1[6-9]|20)\d0)(?:s|-?an))(?!\w)"
)


def decade_dates(text: str) -> Iterator[Dated]:
    """Yield the decades of a text, from their first to their last day."""
    at = text.find("0")
    while at >= 0 and not text.startswith(_ENDINGS, at + 1):
        at = text.find("0", at + 1)
    if at < 0:
        return
    for found in _DECADE.finditer(text):
        first = int(found["year"])
        yield Dated(*found.span("decade"), date(first, 1, 1), date(first + 9, 12, 31))
