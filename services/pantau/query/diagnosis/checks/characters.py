"""Characters that only look like signs of a query language.

What word processors, web pages, spreadsheets and phones make of quotes, dashes, spaces and
brackets.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from pantau.query.diagnosis.checks.pasted import lookalikes
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked, ranges

_DOUBLE: Final = (
    "\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u301f\uff02"
    "\u2033\u2036\u275d\u275e\u300c\u300d\u300e\u300f\u300a\u300b\u02dd\u02ee\u02ba\u3003"
)
_CLOSING: Final = "\u201d\u00bb\u301e\u275e\u300d\u300f\u300b"
_SINGLE: Final = "\u2018\u2019\u201a\u201b\u2039\u203a'`\u00b4\u2032\uff07"
_DASHES: Final = (
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u2212\u2796"
    "\u2e3a\u2e3b\ufe31\ufe58\ufe63\uff0d"
)
_SPACES: Final = (
    "\u00a0\u115f\u1160\u1680\u2000-\u200a\u202f\u205f\u2028\u2029\u2800\u3164\uffa0\x0b\x0c\x85"
)
_SIGNS: Final = {
    **dict.fromkeys("\u2217\u204e\ufe61", "*"),
    **dict.fromkeys("\uff08\u2768\u276a\u207d\ufd3e\ufe59\u3014\u3010\u3018\u2985", "("),
    **dict.fromkeys("\uff09\u2769\u276b\u207e\ufd3f\ufe5a\u3015\u3011\u3019\u2986", ")"),
    **dict.fromkeys("\uff1a\ufe55\ua789\u2236\u02d0\u05c3\ufe13", ":"),
    **{chr(ord(sign) + 0xFEE0): sign for sign in "!&*+/<=>?[]^{|}~"},
    **dict.fromkeys("\u00a6\u2223\u2502\u2758\uffe8\uffe4", "|"),
    "\u2225": "||",
    **dict.fromkeys("\u2044\u2215\u29f8", "/"),
    "\u2265": ">=",
    "\u2264": "<=",
    **dict.fromkeys("\u2227\u2229", "AND"),
    **dict.fromkeys("\u2228\u222a", "OR"),
    "\u00ac": "NOT ",
}
_STRAIGHT: Final = (
    {**dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-")}
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\uff07", "'")
    | _SIGNS
)

_ENTITY: Final = re.compile(
    r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|&(?:(?:quot|nbsp)(?!;)|#(?:34|39|160)(?![\d;]))"
)
_TAG: Final = re.compile(
    r"</?(?P<name>b|i|u|em|strong|span|mark|font|code|a|br|p|div|li)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+|\+")
_DOUBLED: Final = re.compile(r'(?<![^\s(:+\-!])""(?=[^"\s])([^"]+)""(?!")')
_ESCAPED: Final = re.compile(r'\\"')
_DOUBLE_MARK: Final = re.compile(
    f"[{_DOUBLE}]|''|``|\u2018\u2018|\u2019\u2019|\u201a\u201a|\u00b4\u00b4"
    r"|(?<![^\s(:])<<(?=\w)|(?<=\w)>>(?=[\s)]|$)|(?<![^\s(:]),,(?=\w)"
)
_ANY_DOUBLE: Final = re.compile(f"[{_DOUBLE}]")
_SINGLE_PAIR: Final = re.compile(
    rf"(?<![\w\x1a])([{_SINGLE}])(?=[^\s{_SINGLE}])"
    rf"((?:[^{_SINGLE}\"\n()]|(?<=\w)[{_SINGLE}](?=\w))*)([{_SINGLE}])(?!\w)"
)
_DASH: Final = re.compile(rf"(?<![^\s(:\"])[{_DASHES}](?=[\w\"(\x1a{_DOUBLE}\u2018\u201a])")
_LONE_DASH: Final = re.compile(rf"(?<!\S)[{_DASHES}](?=\s)")
_BARE_SIGN: Final = re.compile(r"(?<![^\s(])[-!](?P<gap>[ \t]+)(?=[^\W\d]|[\"(\x1a])")
"""A sign before white space, which Lucene reads as nothing; between numbers it may be a range."""
_OPERATOR_BEFORE: Final = re.compile(r"(?:^|[\s(])(?:AND|OR|&&|\|\|)\s+\Z")
_LONGEST_BEFORE: Final = 20
"""How many characters before a sign are searched for an operator."""
_IN_BRACKETS: Final = re.compile(r"[\[{][^\[\]{}]*[\]}]")
_NO_PLAIN_RANGE: Final = frozenset('"()')
_OTHER_BLANK: Final = re.compile(r"[\t\n\r]+")
_SPACE: Final = re.compile(f"[{_SPACES}]")
_KQL_SPACE: Final = re.compile(f"[{_SPACES}\u3000]")
_WIDE_SIGN: Final = re.compile("[" + "".join(map(re.escape, _SIGNS)) + "]")
_OPERATORS: Final = frozenset({"AND", "OR", "NOT"})


def entities(text: str, _language: str) -> Iterator[Finding]:
    """Find HTML entities, such as `&quot;` for a quote."""
    for found in _ENTITY.finditer(text):
        meant = html.unescape(found[0])
        while meant != (once_more := html.unescape(meant)):
            meant = once_more
        if meant != found[0]:
            straight = "".join(_STRAIGHT.get(sign, sign) for sign in meant).replace("\xa0", " ")
            yield _found("html_entity", found, straight, written=found[0])


def tags(text: str, _language: str) -> Iterator[Finding]:
    """Find HTML tags, such as `<b>`, copied with the source of a page."""
    for found in _TAG.finditer(masked(text, regex=False)):
        block = found["name"].lower() in {"br", "p", "div", "li"}
        written = text[found.start() : found.end()]
        yield _found("html_tag", found, " " if block else "", written=written)


def percent_encoding(text: str, _language: str) -> Iterator[Finding]:
    """Find what was copied from the address of a search, such as `%20` for a space."""
    if " " in text.strip() or not re.search(r"%(?:2[0-9A-Fa]|3[Aa])|\+(?:AND|OR|NOT)\+", text):
        return
    for found in _PERCENT.finditer(text):
        meant = " " if found[0] == "+" else unquote(found[0])
        yield _found("percent_encoding", found, meant, written=found[0])


def doubled_quotes(text: str, _language: str) -> Iterator[Finding]:
    """Find quotes that a spreadsheet has doubled, or a program escaped."""
    bare = text.strip()
    inner = bare[1:-1]
    is_field = len(bare) > 4 and bare[0] == bare[-1] == '"' and '""' in inner
    if is_field and '"' not in inner.replace('""', ""):
        start = len(text) - len(text.lstrip())
        edits = (Edit(start, start + len(bare), inner.replace('""', '"')),)
        yield Finding("doubled_quotes", start, start + len(bare), {"written": '""'}, edits)
        return
    for found in _DOUBLED.finditer(text):
        yield _found("doubled_quotes", found, f'"{found[1]}"', written='""')
    escaped = list(_ESCAPED.finditer(text))
    if escaped and len(escaped) == text.count('"') and len(escaped) % 2 == 0:
        for found in escaped:
            yield _found("doubled_quotes", found, '"', written='\\"')


def quotes(text: str, _language: str) -> Iterator[Finding]:
    """Find quotes other than the straight one, where they enclose a phrase."""
    hidden = masked(text)
    if _mixed(text, hidden):
        hidden = text
    taken: set[int] = set()
    for found in _DOUBLE_MARK.finditer(hidden):
        taken |= {found.start(), found.end() - 1}
        yield _character("typographic_quote", found, '"')
    for found in _SINGLE_PAIR.finditer(hidden):
        after_colon = hidden[: found.start()].endswith(":")
        if {found.start(), found.end() - 1} & taken or not (
            after_colon or re.search(r"\s", found[2])
        ):
            continue
        for group in (1, 3):
            place = found.start(group)
            edits = (Edit(place, place + 1, '"'),)
            yield Finding("typographic_quote", place, place + 1, _named(found[group], '"'), edits)


def _mixed(text: str, hidden: str) -> bool:
    """Return whether straight quotes pair with others, as in `"banjir bandang”`."""
    if hidden.count('"') % 2:
        return True
    marks = [found.start() for found in _ANY_DOUBLE.finditer(text)]
    if not marks:
        return False
    for piece in re.finditer('"\x1a*"', hidden):
        first, last = bisect_left(marks, piece.start()), bisect_left(marks, piece.end())
        if (last - first) % 2 or (last > first and text[marks[first]] in _CLOSING):
            return True
    return False


def dashes(text: str, language: str) -> Iterator[Finding]:
    """Find dashes where a minus would exclude what follows, and signs that stand alone."""
    # Between the ends of a range, a dash stands for TO.
    hidden = _IN_BRACKETS.sub(lambda found: "x" * len(found[0]), masked(text))
    for found in _DASH.finditer(hidden):
        yield _character("typographic_dash", found, "-")
    for found in _LONE_DASH.finditer(hidden):
        yield Finding("lone_dash", found.start(), found.end(), {"written": found[0]})
    if language == "kql":
        return
    for found in _BARE_SIGN.finditer(hidden):
        start, gap = found.start(), found.span("gap")
        before = hidden[max(0, start - _LONGEST_BEFORE) : start]
        # Between two words the sign may as well be a dash of a headline.
        excludes = found[0][0] == "!" or _OPERATOR_BEFORE.search(before) is not None
        edits = (Edit(*gap, ""),) if excludes else ()
        yield Finding("lone_dash", start, start + 1, {"written": found[0][0]}, edits)


def spaces(text: str, language: str) -> Iterator[Finding]:
    """Find white space that the language takes for a character of a word."""
    for found in (_KQL_SPACE if language == "kql" else _SPACE).finditer(text):
        yield _character("typographic_space", found, " ")
    if language == "kql":
        return
    # Between the ends of a range only plain spaces part words.
    for group in ranges(masked(text)):
        apart = _NO_PLAIN_RANGE.isdisjoint(group[0])
        for found in _OTHER_BLANK.finditer(text, *group.span()) if apart else ():
            yield _character("typographic_space", found, " ")


def wide_signs(text: str, _language: str) -> Iterator[Finding]:
    """Find full-width signs and operators, and brackets and operators of other scripts."""
    yield from lookalikes.operators(text)
    hidden = masked(text)
    for found in _WIDE_SIGN.finditer(hidden):
        meant = _SIGNS[found[0]]
        if meant not in _OPERATORS:
            yield _character("typographic_sign", found, meant)
            continue
        before, after = (
            hidden[max(0, found.start() - 1) : found.start()],
            hidden[found.end() : found.end() + 1],
        )
        spaced = f"{' ' if before.strip() else ''}{meant}{' ' if after.strip() else ''}"
        edits = (Edit(found.start(), found.end(), spaced),)
        yield Finding("typographic_sign", *found.span(), _named(found[0], meant), edits)


def _named(written: str, meant: str) -> dict[str, str | int]:
    codes = " ".join(f"U+{ord(sign):04X}" for sign in written)
    return {"written": written, "character": codes, "meant": meant}


def _character(code: str, found: re.Match[str], meant: str) -> Finding:
    edits = (Edit(found.start(), found.end(), meant),)
    return Finding(code, found.start(), found.end(), _named(found[0], meant), edits)


def _found(code: str, found: re.Match[str], replacement: str, **params: str) -> Finding:
    edits = (Edit(found.start(), found.end(), replacement),)
    return Finding(code, found.start(), found.end(), {"meant": replacement, **params}, edits)
