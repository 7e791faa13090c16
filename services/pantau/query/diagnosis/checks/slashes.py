"""Slashes and brackets that open unintended regular expressions and ranges."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import HIDDEN, masked, without_ranges

_OWN: Final = re.compile(r"(?:O?NEAR|ATLEAST)/")
_ADDRESS: Final = re.compile(r'(?<![^\s(:+\-!])(?:https?://|www\.)[^\s()"]+', re.IGNORECASE)
_SPACED: Final = re.compile(r"(?<![^\s(:+\-!])/(?=[^\s/])([^/\n]*+)/(?=[\s)^~]|$)")
_OPERATOR: Final = re.compile(r"(?:^|\s)(?:AND|OR|NOT)(?:\s|$)")
_TOKEN: Final = re.compile(r'(?<![^\s()"])[^\s()"/]*+/[^\s()"]*+')
_VENDOR: Final = re.compile(
    r"/?(?:not)?(?:w|n|p|near|adj|pre|next|f|[a-z]near|after|following)?/\d{1,4}f?/?"
    r"|(?:not)?(?:w?/)[sp]/?",
    re.IGNORECASE,
)
"""Operators of nearness where none can stand: what was meant is unknown."""
_NUMBER: Final = re.compile(r"\d{1,4}(?:/[A-Za-z.]{1,12}(?:\.\d+)*)*/\d{4}")
_LAW: Final = re.compile(
    r"(?<![^\s(:+\-!])(?:UU|PP|Perppu|Perpu|Perpres|Permen[A-Za-z]*|Perda|Pergub|Perbup"
    r"|Perwal[a-z]*|Perma|Perkap|PKPU|PMK|POJK|PBI|PKB|Inpres|Instruksi|Keppres|Kepmen[A-Za-z]*"
    r"|Kepgub|SE|SK|SKB"
    r"|Qanun|Putusan|Perkara|Undang-[Uu]ndang|Resolusi)\s+(?:(?:No|Nomor|Nr)\.?\s+)?\Z"
)
"""The kind of a law or a decision before its number, as in `UU No. 11/2020`."""
_LONGEST_LAW: Final = 40
_PREFIX: Final = re.compile(r"[+\-!]*(?:[A-Za-z_@.]+:)?")
_PLAIN: Final = re.compile(r"[\w\s.,'-]+")
_BRACKETS: Final = re.compile(r"(?P<open>[\[{])(?P<inner>[^\[\]{}]*)(?P<close>[\]}])")
_ANGLES: Final = re.compile(
    r"(?<![^\s(:+\-!])(?P<open><)(?=[\w\"(])"
    r"(?P<inner>[^<>]{0,300}\s(?:AND|OR)\s[^<>]{0,300})(?P<close>>)(?![^\s)])"
)
_JOINED: Final = re.compile(r"\s(?:AND|OR)\s")
_RANGE: Final = re.compile(r"\s(?:TO|to|To)\s|\.\.|^\s*\S+\s+[-–—]\s+\S+\s*$")


def addresses(text: str, language: str) -> Iterator[Finding]:
    """Find web addresses without quotes: their `:` and `/` are signs of the language."""
    hidden = masked(text, regex=language != "kql")
    for found in _ADDRESS.finditer(hidden):
        raw = text[found.start() : found.end()]
        if "/" not in raw and language != "kql":
            continue  # `www.example.org` is a word
        if HIDDEN in found[0] or "*" in raw or ("/" not in raw and ":" not in raw):
            continue
        edits = (Edit(found.start(), found.end(), f'"{raw}"'),)
        yield Finding("bare_address", found.start(), found.end(), {"written": raw}, edits)


_OF_IDS: Final = re.compile(r"entity_ids\s*:\s*(?:\([^()]*\)|[a-z]+:\S+)")
_ID: Final = re.compile(r"(?<![\w\"])(?:org|iso|geonames|id|region|person):[\w.@-]+(?![^\s()])")


def ids(text: str, language: str) -> Iterator[Finding]:
    """Find ids of entities without quotes: their `:` is a sign of the language."""
    hidden = masked(text, regex=language != "kql")
    for value in _OF_IDS.finditer(hidden):
        for found in _ID.finditer(hidden, value.start() + len("entity_ids"), value.end()):
            edits = (Edit(found.start(), found.end(), f'"{found[0]}"'),)
            yield Finding("bare_id", found.start(), found.end(), {"written": found[0]}, edits)


def slashes(text: str, language: str) -> Iterator[Finding]:
    """Find slashes that begin a regular expression by accident."""
    if language == "kql":
        return
    hidden = without_ranges(masked(text))
    spaced: set[int] = set()
    for found in _SPACED.finditer(hidden):
        inner = text[found.start(1) : found.end(1)]
        # Regular expressions hardly ever contain spaces; paths and "and / or" do not enclose a
        # phrase.
        if not re.search(r"\s", inner) or inner[-1].isspace():
            continue
        if not _PLAIN.fullmatch(inner) or _OPERATOR.search(inner):
            continue
        spaced |= {found.start(), found.end() - 1}
        edits = (Edit(found.start(), found.end(), f'"{inner}"'),)
        yield Finding("regex_with_spaces", found.start(), found.end(), {"written": found[0]}, edits)
    for found in _TOKEN.finditer(hidden):
        at = hidden.index("/", found.start())
        one = None if at in spaced else _token(text, hidden, found)
        if one is not None:
            yield one


def _token(text: str, hidden: str, found: re.Match[str]) -> Finding | None:
    prefix = _PREFIX.match(hidden, found.start(), found.end())
    start = prefix.end() if prefix else found.start()
    end = found.end()
    word = text[start:end]
    if _OWN.match(word) or "/" not in hidden[start:end] or "://" in word:
        return None
    # The number of a law, as in UU 11/2020, is quoted together with its name.
    if _NUMBER.fullmatch(word) and start == found.start():
        law = _LAW.search(hidden, max(0, start - _LONGEST_LAW), start)
        start = start if law is None else law.start()
        word = text[start:end]
    params = {"written": word}
    if word.strip("/") == "" or _VENDOR.fullmatch(word):
        return Finding("slash", start, end, params)
    # Quotes would take wildcards and boosts literally, so the slashes alone are escaped.
    if re.search(r"[*?~^\[\]{}\x1a]", hidden[start:end]):
        slashes = [place for place in range(start, end) if hidden[place] == "/"]
        return Finding(
            "slash", start, end, params, tuple(Edit(place, place, "\\") for place in slashes)
        )
    return Finding("slash", start, end, params, (Edit(start, end, f'"{word}"'),))


def brackets(text: str, language: str) -> Iterator[Finding]:
    """Find square brackets and braces that group alternatives, as parentheses do."""
    hidden = masked(text, regex=language != "kql")
    for found in (*_nested(hidden), *_ANGLES.finditer(hidden)):
        inner = found["inner"]
        if not inner.strip() or (_RANGE.search(inner) and not _JOINED.search(inner)):
            continue
        edits = (
            Edit(found.start(), found.start() + 1, "("),
            Edit(found.end() - 1, found.end(), ")"),
        )
        params = {"written": f"{found['open']} {found['close']}"}
        yield Finding("other_brackets", found.start(), found.end(), params, edits)
    yield from _mixed_brackets(hidden)


_DEEPEST: Final = 12
"""How many brackets within one another are looked at: nobody writes more of them by mistake."""


def _nested(hidden: str) -> Iterator[re.Match[str]]:
    """Yield pairs of brackets, also those that have others within; the innermost first."""
    for _ in range(_DEEPEST):
        found = list(_BRACKETS.finditer(hidden))
        if not found:
            return
        yield from found
        # What stands between a pair is a literal to the pairs around it.
        hidden = _BRACKETS.sub(lambda pair: HIDDEN * len(pair[0]), hidden)


_BETWEEN_ENDS: Final = re.compile(r"\sTO\s|\.\.", re.IGNORECASE)
_ANY_BRACKET: Final = re.compile(r"[\[\](){}]")


def _mixed_brackets(hidden: str) -> Iterator[Finding]:
    """Find `(a OR b]`: brackets of two kinds, one of them a parenthesis.

    `[a TO b}` is a range whose end does not count.
    """
    waiting: list[int] = []
    # Looked for once: nested brackets would be read once for each level.
    ranges = [found.start() for found in _BETWEEN_ENDS.finditer(hidden)]
    for place in (found.start() for found in _ANY_BRACKET.finditer(hidden)):
        if hidden[place] in "([{":
            waiting.append(place)
            continue
        start = waiting.pop() if waiting else place
        pair = hidden[start] + hidden[place]
        if start == place or pair == "()" or ("(" not in pair and ")" not in pair):
            continue
        after = bisect_left(ranges, start)
        if after < len(ranges) and ranges[after] < place:
            continue
        edits = (Edit(start, start + 1, "("), Edit(place, place + 1, ")"))
        params = {"written": f"{pair[0]} {pair[1]}"}
        yield Finding("other_brackets", start, place + 1, params, edits)
