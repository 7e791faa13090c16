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
    rf"|{_EDGE}(?P<word>_)[^\W_]+(?:-[^\W_]+)*_{_END}"
)
_CODE: Final = re.compile(r"\s*(?P<sign>`{1,3}+)(?P<inner>\s*+[^`\s][^`]*+)(?P=sign)\s*")
_SEVERAL: Final = re.compile(r"\s(?:AND|OR|NOT|NEAR/\d+)\s|:|\s(?:and|or)\s.*\S", re.DOTALL)
"""Signs of a whole query, which a phrase in back quotes has not."""


def markup(text: str, language: str) -> Iterator[Finding]:
    """Find the signs of bold, italics and code around words, phrases and the whole query."""
    code = _CODE.fullmatch(text)
    if code is not None and (len(code["sign"]) > 1 or _SEVERAL.search(code["inner"])):
        sign = code["sign"]
        for start, end in (code.span("sign"), (code.end("inner"), code.end("inner") + len(sign))):
            yield Finding("markup", start, end, {"written": sign}, (Edit(start, end, ""),))
        return
    for found in _MARKED.finditer(masked(text, regex=language != "kql")):
        sign = found["sign"] or found["one"] or found["word"]
        for start in (found.start(), found.end() - len(sign)):
            end = start + len(sign)
            yield Finding("markup", start, end, {"written": sign}, (Edit(start, end, ""),))
