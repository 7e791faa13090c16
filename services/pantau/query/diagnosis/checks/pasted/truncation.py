"""Signs by which other search engines cut words off: `korup!`, `korup$`, `korup+`, `%korup%`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.checks.names import known_name
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked

_EDGE: Final = r'(?<![^\s()":])'
_END: Final = r"(?=[\s)]|$)"
_SIGN: Final = re.compile(rf"{_EDGE}[a-z]{{3,}}(?P<sign>[!+]|\$\d?){_END}")
_PERCENT: Final = re.compile(rf"{_EDGE}%?[^\W\d_]{{2,}}%?{_END}")
_BEGINNING: Final = re.compile(rf"{_EDGE}(?P<word>[^\W\d_]{{2,}}):\*{_END}")
"""`korup:*`, as PostgreSQL writes it."""
_OPERATOR: Final = re.compile(
    r"(?<!\S)(?:and|or|not|dan|atau|bukan|andnot|(?:near|adj|pre|w|n)?/?\d{1,3}|w/[sp])(?![^\s(])",
    re.IGNORECASE,
)


def truncations(text: str, language: str) -> Iterator[Finding]:
    """Find words that are cut off by a sign that is ordinary text here.

    `!` and `$` may also belong to a name or end a sentence, so they count behind words in small
    letters alone, in a query that has operators.
    """
    hidden = masked(text, regex=language != "kql")
    if _OPERATOR.search(hidden):
        for found in _SIGN.finditer(hidden):
            yield _starred(found["sign"], found.start("sign"), found.end())
    for found in _BEGINNING.finditer(hidden):
        if known_name(found["word"]) is None:
            yield _starred(":*", found.end() - 2, found.end())
    for found in _PERCENT.finditer(hidden):
        for place in (found.start(), found.end() - 1):
            if hidden[place] == "%":
                yield _starred("%", place, place + 1)


def _starred(written: str, start: int, end: int) -> Finding:
    params = {"written": written, "meant": "*"}
    return Finding("foreign_wildcard", start, end, params, (Edit(start, end, "*"),))
