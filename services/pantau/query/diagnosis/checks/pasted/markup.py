"""Mark-up of chats and documents that is copied with a query: `**banjir**`, `*"air laut"*`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked

_EDGE: Final = r"(?<![^\s():])"
_END: Final = r"(?=[\s)]|$)"
_MARKED: Final = re.compile(
    rf'{_EDGE}(?P<sign>\*\*|__)(?=[\w"\x1a])[^*\n]{{0,200}}?[\w"\x1a](?P=sign){_END}'
    rf'|{_EDGE}(?P<one>[*_])"[^"]+"(?P=one){_END}'
)


def markup(text: str, language: str) -> Iterator[Finding]:
    """Find the signs of bold and italics around words and phrases."""
    for found in _MARKED.finditer(masked(text, regex=language != "kql")):
        sign = found["sign"] or found["one"]
        for start in (found.start(), found.end() - len(sign)):
            end = start + len(sign)
            yield Finding("markup", start, end, {"written": sign}, (Edit(start, end, ""),))
