"""Characters that cannot be seen, where they hide an operator or a sign of the query language.

Words alone are read without them. So where one hides something, all of them go at once: a repair
that left some would leave a query that still is not what it looks like.
"""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding

_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)
_RUN: Final = re.compile(f"[{_INVISIBLE}]+")
_EDGE: Final = r'\s()":+\-!'
_WORD: Final = re.compile(r'[^\s()"]+')
_BESIDE_EDGE: Final = re.compile(
    rf"(?<![^{_EDGE}])[{_INVISIBLE}]++|(?<![{_INVISIBLE}])[{_INVISIBLE}]++(?![^{_EDGE}])"
)
_OPERATOR: Final = re.compile(
    r"[+\-!]*(?:and|or|not|to|xor|dan|atau|bukan|tidak|o?near|&&|\|\|)", re.IGNORECASE
)
_IN_PLACE_OF_SPACE: Final = re.compile(
    rf"(?<=\w)([{_INVISIBLE}]+)(?=(?:AND|OR|NOT)(?:[{_INVISIBLE}]|[^\w]))"
    rf"|(?<=AND|NOT)([{_INVISIBLE}]+)(?=\w)|(?<=\WOR)([{_INVISIBLE}]+)(?=\w)"
)
"""Between a word and an operator in capitals: copied from a page, they stand for white space."""
_PICTURE: Final = re.compile("[\u00a9\u00ae\u2100-\u2bff\U0001f000-\U0001faff\ufe0f]")


def invisible(text: str, _language: str) -> Iterator[Finding]:
    """Find characters without a width beside or within an operator, or a word with a sign."""
    if not _RUN.search(text) or not _hides(text):
        return
    spaces = {found.start() for found in _IN_PLACE_OF_SPACE.finditer(text)}
    for found in _RUN.finditer(text):
        if _joins_pictures(text, found):
            continue
        edits = (Edit(found.start(), found.end(), " " if found.start() in spaces else ""),)
        params = {"written": f"U+{ord(found[0][0]):04X}", "meant": ""}
        yield Finding("invisible_character", found.start(), found.end(), params, edits)


def _hides(text: str) -> bool:
    """Return whether a character hides anything that the query language reads."""
    if any(not _joins_pictures(text, found) for found in _BESIDE_EDGE.finditer(text)):
        return True
    if _IN_PLACE_OF_SPACE.search(text):
        return True
    for word in _WORD.finditer(text):
        bare = _RUN.sub("", word[0])
        # Within `title:` and `NEAR/5` they hide what the word is.
        if bare != word[0] and (":" in bare or "/" in bare or _OPERATOR.fullmatch(bare)):
            return True
    return False


def _joins_pictures(text: str, found: re.Match[str]) -> bool:
    """Return whether characters hold an emoji together."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return bool(_PICTURE.match(before) and _PICTURE.match(after))
