"""Operators of other search engines, and ours in other letters or another language."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import lower as small
from pantau.query.diagnosis.masked import masked

SENTENCE: Final = 25
PARAGRAPH: Final = 75
"""How many words LexisNexis reads `w/s` and `w/p` as, approximately, by its own help."""

_START: Final = r'(?<![^\s()"])'
_END: Final = r'(?![^\s()"])'
_PROXIMITY: Final = re.compile(
    rf"{_START}(?:"
    r"(?P<own>O?NEAR/\d+(?=[\s(\"]|$))"
    r"|[/<]?(?P<name>w|n|p|near|onear|within|prox|around|adj|pre|next|before|followed_by|f|dekat)"
    r"[/:~]?(?P<n>\d{1,4})[fF]?[/>]?"
    r"|(?P<call>near|onear|around|adj|within|prox|next)\s?[(\[](?:n\s?=\s?)?(?P<inner>\d{1,4})[)\]]"
    r"|/(?P<slash>\d{1,4})"
    r"|/?(?:(?P<order>w|n|near|pre)/)?"
    r"(?P<unit>(?<=/)(?:s|p|sent|para|sentence|paragraph|seg))/?"
    rf"){_END}",
    re.IGNORECASE,
)
_BARE_NEAR: Final = re.compile(
    rf"{_START}(?P<name>NEAR|ONEAR|ADJ|AROUND|WITHIN|SAME|DEKAT)(?!\s?[(\[]?(?:n\s?=\s?)?\d|\s*/\s*\d){_END}"
)
_SPACED_NEAR: Final = re.compile(
    rf"{_START}(?:(?P<name>NEAR|ONEAR|WITHIN|ADJ|AROUND|DEKAT)(?:\s*/\s+|\s+/\s*|\s+)(?P<n>\d{{1,4}})"
    rf"|(?i:within)\s+(?P<words>\d{{1,4}})\s+(?i:words?\s+of)){_END}"
)
_FOLLOWED: Final = re.compile(r"(?<=\s)<(?:-|(?P<n>[1-9]\d{0,2}))>(?=\s)")
"""The next word, or the one so many further on, as PostgreSQL writes it."""
_AT_LEAST: Final = re.compile(
    rf"{_START}(?:at[_-]?least|atl(?=\d+\())[/:]?(?:\((?P<a>\d{{1,4}})\)|(?P<b>\d{{1,4}})"
    r"|\s+(?P<c>\d{1,4})(?=\s*[(\"]))(?P<gap>\s*)"
    r"(?=[\w\"(\x1a])",
    re.IGNORECASE,
)
_OWN_AT_LEAST: Final = re.compile(r"ATLEAST/\d+[\s(\"]")
_NOT_NEAR: Final = re.compile(
    rf"{_START}not(?:\s+|[_-])?(?:(?:w|n|near|onear|pre|adj|within|around)[/~:]?\s?\(?\d{{1,4}}\)?f?"
    rf"|(?:w|near)/[sp]|/\d{{1,4}}){_END}",
    re.IGNORECASE,
)
_ORDERED: Final = frozenset({"adj", "pre", "p", "next", "onear", "before", "followed_by", "f"})
_SHORT: Final = frozenset({"w", "n", "f", "p"})
"""Names that are letters of codes: `W5` is one, `w/5` and `/n5/` are operators."""

_WORD: Final = re.compile(
    rf"{_START}(?P<word>(?:and|or|dan|atau)/(?:or|and|atau|dan)|and[-_]not|andnot"
    rf"|but\s+not|(?:te)?tapi\s+(?:bukan|tidak|tanpa)"
    rf"|(?:dan|atau|and|or)\s+juga"
    rf"|and|andd|adn|or|orr|not|nott|nto|dan|atau|ataupun|bukan|tidak|dengan"
    rf"|kecuali|tanpa|selain|w/o?|except|without|excluding|exclude|minus|serta|maupun|und|oder|&&?|\|\|?|\+){_END}",
    re.IGNORECASE,
)
_BAR: Final = re.compile(r"(?<=[\w)])\|\|?\s+(?=[\w\"(])|(?<=[\w\")])\s+\|(?=[\w(])")
"""A bar that white space parts from one of its sides alone."""
_MEANT: Final = {
    **dict.fromkeys(("andd", "adn"), "AND"),
    "orr": "OR",
    **dict.fromkeys(("nott", "nto"), "NOT"),
    **dict.fromkeys(("and", "dan", "serta", "dengan", "und", "&", "&&", "+"), "AND"),
    **dict.fromkeys(("or", "atau", "ataupun", "maupun", "oder", "|", "||"), "OR"),
    **dict.fromkeys(("and/or", "or/and", "dan/atau", "atau/dan"), "OR"),
    **dict.fromkeys(("not", "bukan", "tidak", "kecuali", "tanpa", "selain", "except"), "NOT"),
    **dict.fromkeys(("without", "excluding", "exclude", "minus", "w/o"), "NOT"),
    "w/": "AND",
    **dict.fromkeys(("andnot", "and-not", "and_not", "but not"), "AND NOT"),
    **{f"{one} juga": "AND" for one in ("dan", "and")},
    **{f"{one} juga": "OR" for one in ("atau", "or")},
    **{
        f"{but} {without}": "AND NOT"
        for but in ("tapi", "tetapi")
        for without in ("bukan", "tidak", "tanpa")
    },
}
_NEARBY: Final = 200
"""How many characters on either side of an operator are searched for its operand."""
_BUT: Final = ("but", "tapi", "tetapi")
_JOINED: Final = re.compile(r"[\w)\"]\s+(?:AND|OR|DAN|ATAU|&&?|\|\|?)\s+[\w(\"]", re.IGNORECASE)
"""Two operands and what joins them: then `bukan` at the beginning of a group is an operator."""
_JOINS_NEXT: Final = re.compile(r"\s+(?:AND|OR|DAN|ATAU|&&?|\|\|?)(?![^\s(])", re.IGNORECASE)
_OPENING: Final = frozenset({"bukan"})
_ANY_CASE: Final = frozenset({"and", "or", "not", "dan", "atau", "andnot"}) | {
    word for word in _MEANT if not word.isalpha()
}
_NATIVE: Final = {
    "lucene": frozenset({"AND", "OR", "NOT", "&&", "||"}),
    "pantau": frozenset({"AND", "OR", "NOT", "&&", "||"}),
}


def proximity(text: str, language: str) -> Iterator[Finding]:
    """Find operators of nearness, such as `w/5`, `adj3` and `AROUND(5)`."""
    hidden = masked(text)
    excluded: set[int] = set()
    for found in _NOT_NEAR.finditer(hidden):
        if _is_between(hidden, found.start(), found.end()):
            excluded.add(found.end())
            yield Finding("not_near", found.start(), found.end(), {"written": found[0]})
    for found in _PROXIMITY.finditer(hidden):
        meant = None if found.end() in excluded else _near(found)
        if meant and _is_between(hidden, found.start(), found.end()):
            yield _replaced("foreign_proximity", found, meant)
    yield from _other_forms(hidden, language)


def _other_forms(hidden: str, language: str) -> Iterator[Finding]:
    """Find `NEAR` and its like without a number, or apart from it, and `atleast3`."""
    for found in _BARE_NEAR.finditer(hidden):
        if language == "pantau" and found["name"] in {"NEAR", "ONEAR"}:
            continue  # half of an operator of its own
        if _is_between(hidden, found.start(), found.end()):
            meant = {"ADJ": "ONEAR/0", "ONEAR": "ONEAR/5", "SAME": f"NEAR/{PARAGRAPH}"}.get(
                found["name"], "NEAR/5"
            )
            yield _replaced("foreign_proximity", found, meant)
    for found in _SPACED_NEAR.finditer(hidden):
        if _is_between(hidden, found.start(), found.end()):
            ordered = found["name"] in {"ONEAR", "ADJ"}
            number = int(found["n"] or found["words"])
            yield _replaced("foreign_proximity", found, f"{'O' * ordered}NEAR/{number}")
    for found in _FOLLOWED.finditer(hidden):
        if _is_between(hidden, found.start(), found.end()):
            yield _replaced("foreign_proximity", found, f"ONEAR/{int(found['n'] or 1) - 1}")
    for found in _AT_LEAST.finditer(hidden):
        if not _OWN_AT_LEAST.match(hidden, found.start()):
            meant = f"ATLEAST/{found['a'] or found['b'] or found['c']} "
            yield _replaced("foreign_proximity", found, meant)


def _near(found: re.Match[str]) -> str | None:
    """Return the operator of ours; None where the text is none of another engine."""
    written = found[0]
    if found["own"]:
        return None if written.isupper() else written.upper()
    if found["unit"]:
        unit = found["unit"].lower()
        ordered = "O" if (found["order"] or "").lower() == "pre" else ""
        return f"{ordered}NEAR/{PARAGRAPH if unit.startswith('p') else SENTENCE}"
    name = (found["name"] or found["call"] or "").lower()
    number = found["n"] or found["inner"] or found["slash"]
    if name in _SHORT and "/" not in written:
        return None
    is_ordered = name in _ORDERED or written[-1] in "fF"
    return f"{'O' if is_ordered else ''}NEAR/{int(number)}"


def _replaced(code: str, found: re.Match[str], meant: str) -> Finding:
    edits = (Edit(found.start(), found.end(), meant),)
    params = {"written": " ".join(found[0].split()), "meant": meant.strip()}
    return Finding(code, found.start(), found.end(), params, edits, language="pantau")


def words(text: str, language: str) -> Iterator[Finding]:
    """Find `and`, `Or`, `DAN`, `&` and their like where an operator can stand."""
    hidden = masked(text, regex=language != "kql")
    ended = -1  # where the operator before ended, with the white space after it
    joined = _JOINED.search(hidden) is not None
    for found in _WORD.finditer(hidden):
        word, lower = found[0], " ".join(small(found[0]).split())
        meant = _meant(hidden, found, lower, language)
        if lower == "not" and _NOT_NEAR.match(hidden, found.start()):
            continue
        after_operator = hidden[ended : found.start()].isspace() if ended >= 0 else False
        likely = after_operator or _is_between_names(hidden, found.start(), found.end())
        # With a capital it begins a name: Bukan Main AND film.
        opens = joined or _is_remark(hidden, found.start())
        likely = likely or (opens and word in _OPENING and _begins(hidden, found))
        if not _may_be_operator(word, lower, likely=likely):
            continue
        if not _fits(hidden, found, meant, after_operator=after_operator):
            continue
        ended = found.end()
        if _is_native(word, lower, language):
            continue
        shown = meant.lower() if language == "kql" else meant
        edits = (Edit(found.start(), found.end(), _spaced(hidden, found, shown)),)
        params = {"written": word, "meant": shown}
        yield Finding("foreign_operator", found.start(), found.end(), params, edits)
    either = "or" if language == "kql" else "OR"
    for found in _BAR.finditer(hidden):
        edits = (Edit(found.start(), found.end(), f" {either} "),)
        params = {"written": "|", "meant": either}
        yield Finding("foreign_operator", found.start(), found.end(), params, edits)


def _meant(hidden: str, found: re.Match[str], lower: str, language: str) -> str:
    """Return the operator that a word stands for."""
    if lower.startswith(_BUT) and language != "kql" and _alternatives(hidden, found.start()):
        return "NOT"  # of all alternatives before it
    return _MEANT[lower]


def _spaced(hidden: str, found: re.Match[str], shown: str) -> str:
    """Return a word with white space where a quote stands beside it, as in `"a"| "b"`."""
    sides = (hidden[place : place + 1] for place in (found.start() - 1, found.end()))
    before, after = (" " if one == '"' else "" for one in sides)
    return f"{before}{shown}{after}"


_STEP: Final = re.compile(r"[()]|(?<![^\s)\"])(?:or|atau|\|\|?)(?![^\s(\"])", re.IGNORECASE)


def _alternatives(hidden: str, place: int) -> bool:
    """Return whether there are alternatives before a place, on its level."""
    levels = [False]
    for step in _STEP.finditer(hidden, max(0, place - _NEARBY), place):
        if step[0] == "(":
            levels.append(False)
        elif step[0] == ")":
            levels = levels[:-1] or [False]
        else:
            levels[-1] = True
    return levels[-1]


def _is_native(word: str, lower: str, language: str) -> bool:
    if language == "kql":
        return lower in {"and", "or", "not"}
    return word in _NATIVE[language]


def _may_be_operator(word: str, lower: str, *, likely: bool) -> bool:
    """Return whether the letters are those of an operator.

    `tidak` in small ones is a word, unless its place makes an operator `likely`.
    """
    return lower in _ANY_CASE or word.isupper() or likely


def _begins(hidden: str, found: re.Match[str]) -> bool:
    """Return whether a word begins the query or a group of it, and stands before an operand."""
    before = hidden[max(0, found.start() - _NEARBY) : found.start()]
    return before.rstrip()[-1:] in {"", *"([{"} and not _JOINS_NEXT.match(hidden, found.end())


def _is_remark(hidden: str, start: int) -> bool:
    """Return whether a word begins a group behind other words: `Menkeu (bukan wakil)`."""
    before = hidden[max(0, start - _NEARBY) : start]
    return before.endswith("(") and before[:-1].rstrip()[-1:] not in {"", "(", ":"}


def _is_between_names(hidden: str, start: int, end: int) -> bool:
    """Return whether quotes or parentheses stand on both sides: between whole operands."""
    before, after = hidden[max(0, start - _NEARBY) : start].rstrip(), hidden[end : end + _NEARBY]
    return before[-1:] in {'"', ")"} and after.lstrip()[:1] in {'"', "("}


def _fits(hidden: str, found: re.Match[str], meant: str, *, after_operator: bool) -> bool:
    if not found[0][0].isalpha() and not hidden[found.end() : found.end() + 1].isspace():
        return False  # `+(` requires the group
    if not _is_before_operand(hidden, found.end()):
        return False
    if meant == "NOT":
        before = hidden[max(0, found.start() - _NEARBY) : found.start()]
        return not before.rstrip().endswith(":")
    return not after_operator and _is_after_operand(hidden, found.start())


def _is_between(hidden: str, start: int, end: int) -> bool:
    return _is_after_operand(hidden, start) and _is_before_operand(hidden, end)


_OPERATOR_BEFORE: Final = re.compile(r"(?:^|[\s(])(?:AND|OR|NOT|&&|\|\|)\s+\Z")


def _is_after_operand(hidden: str, place: int) -> bool:
    before = hidden[max(0, place - _NEARBY) : place]
    bare = before.rstrip()
    return bool(bare) and bare[-1] not in "(:" and not _OPERATOR_BEFORE.search(before)


def _is_before_operand(hidden: str, place: int) -> bool:
    after = hidden[place : place + _NEARBY].lstrip()
    return bool(after) and after[0] not in "):"
