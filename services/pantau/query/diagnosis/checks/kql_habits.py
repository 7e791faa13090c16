"""Syntax of Lucene that is ordinary text in KQL."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked
from pantau_schemas.events.subscription import QueryLanguage
from pantau_schemas.fields import FIELDS

_SIGN: Final = re.compile(r"(?<![^\s(])(?P<sign>[-+!])(?=[\w\"(\x1a])")
_EXISTS: Final = re.compile(r"_exists_\s*:\s*(?P<name>\w+)")
_RANGE: Final = re.compile(
    r"(?<![\w.])(?P<name>[\w.]+)\s*:\s*(?P<low>[\[{])\s*"
    r"(?P<a>[^\s\[\]{}]+)\s+TO\s+(?P<b>[^\s\[\]{}]+)\s*(?P<high>[\]}])"
)
_COMPARED: Final = re.compile(r"(?<![\w.])(?P<name>[\w.]+)\s*:\s*(?P<sign>[<>]=?)\s*(?=[\w\"\x1a])")
_BOOST: Final = re.compile(r"(?<=[\w\")\x1a])\^\d+(?:\.\d+)?(?=[\s)]|$)")
_FUZZY: Final = re.compile(r"(?<=[\w\"\x1a])~\d*(?=[\s)]|$)")
_REGEX: Final = re.compile(r"(?<![^\s(:])/[^/\s]+/(?=[\s)]|$)")
_ANY_SIGN: Final = re.compile(r"(?<=\w)\?(?=\w)")
_NEXT_FIELD: Final = re.compile(r"(?<=[^\s(:<>=])\s+(?=(?P<name>[a-z_]+)\s*:)")
_OPEN_BEFORE: Final = re.compile(r"(?:(?:^|[\s(])(?:and|or|not)|[({:<>=+!-])\Z", re.IGNORECASE)
_NEARBY: Final = 200
"""How many characters before the name of a field are searched for an operator."""
_OPERATOR: Final = re.compile(r"(?:^|[\s(])(?:and|or|not)\s+\Z", re.IGNORECASE)

_ANY_OPERATOR: Final = re.compile(r"(?<![^\s()])(?:and|or|not)(?![^\s()])", re.IGNORECASE)
_SEVERAL_WORDS: Final = re.compile(
    r"(?<![^\s()\"])[\w.@-]+\s*:\s*(?!(?:and|or|not)\b)[^\s()\"]+\s+(?!(?:and|or|not)\b)"
    r"[^\s():\"]+(?![^\s)])",
    re.IGNORECASE,
)
"""Words side by side after a field: KQL looks for all of them there, Lucene for the first."""


def habits(text: str, language: str) -> Iterator[Finding]:
    """Find Lucene's signs, ranges and operators in a query in KQL."""
    if language != "kql":
        return
    hidden = masked(text, regex=False)
    only = [one for pattern in (_FUZZY, _REGEX, _ANY_SIGN) for one in pattern.finditer(hidden)]
    capitals = None if _SEVERAL_WORDS.search(hidden) else _capitals(text, hidden)
    for found in only:  # KQL has nothing for these
        params = {"written": found[0], "meant": ""}
        edits = () if capitals is None else (_same(found), *capitals)
        language_used: QueryLanguage | None = "lucene" if edits else None
        yield Finding("lucene_in_kql", found.start(), found.end(), params, edits, language_used)
    if only and capitals is not None:
        return  # the other habits are right in Lucene syntax
    groups = _alternatives(hidden)
    for found in _SIGN.finditer(hidden):
        yield _signed(hidden, found, groups.get(found.start("sign")))
    for found in _EXISTS.finditer(hidden):
        yield _found(found, f"{found['name']}: *")
    for found in _RANGE.finditer(hidden):
        yield _found(found, _compared(text, found))
    for found in _COMPARED.finditer(hidden):
        yield _found(found, f"{found['name']} {found['sign']} ")
    for found in _BOOST.finditer(hidden):
        yield _found(found, "")
    for found in _NEXT_FIELD.finditer(hidden):
        before = hidden[max(0, found.start() - _NEARBY) : found.start()].rstrip()
        if found["name"] in FIELDS and before and not _OPEN_BEFORE.search(before):
            yield _found(found, " and ", shown=found["name"])


def _capitals(text: str, hidden: str) -> tuple[Edit, ...]:
    """Return the edits that write the operators as Lucene syntax has them."""
    found = _ANY_OPERATOR.finditer(hidden)
    return tuple(
        Edit(one.start(), one.end(), text[one.start() : one.end()].upper()) for one in found
    )


def _same(found: re.Match[str]) -> Edit:
    return Edit(found.start(), found.end(), found[0])


_STEP: Final = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<or>(?<![^\s()])or(?![^\s()]))|(?<![^\s(])[-+](?=[\w\"(\x1a])",
    re.IGNORECASE,
)


def _alternatives(hidden: str) -> dict[int, int]:
    """Return, by the place of the first sign of a level, where the alternatives before it begin.

    `a or b -c` excludes c from both, while `and` binds more closely than `or` here.
    """
    found: dict[int, int] = {}
    levels: list[list[int | bool]] = [[0, False, False]]  # start, has `or`, has a sign
    for step in _STEP.finditer(hidden):
        level = levels[-1]
        if step["open"]:
            levels.append([step.end(), False, False])
        elif step["close"]:
            levels = levels[:-1] or [[step.end(), False, False]]
        elif step["or"]:
            level[1] = True
        else:
            if level[1] and not level[2]:
                found[step.start()] = int(level[0])
            level[2] = True
    return found


def _signed(hidden: str, found: re.Match[str], group: int | None) -> Finding:
    start, end = found.start("sign"), len(hidden[: found.start("sign")].rstrip())
    if group is not None and not _OPERATOR.search(hidden[max(0, start - 200) : start]):
        meant = "and " if found["sign"] == "+" else "and not "
        edits = (
            Edit(group, group, "("),
            Edit(end, end, ")"),
            Edit(found.start(), found.end(), meant),
        )
        params = {"written": found[0].strip(), "meant": meant.strip()}
        return Finding("lucene_in_kql", found.start(), found.end(), params, edits)
    before = hidden[max(0, found.start() - 200) : found.start()]
    first = not before.strip() or before.rstrip()[-1] in "(:" or _OPERATOR.search(before)
    joined = "" if first else "and "
    return _found(found, joined if found["sign"] == "+" else f"{joined}not ")


def _compared(text: str, found: re.Match[str]) -> str:
    name = found["name"]
    low, high = (text[found.start(group) : found.end(group)] for group in ("a", "b"))
    parts = []
    if low != "*":
        parts.append(f"{name} {'>=' if found['low'] == '[' else '>'} {_value(low)}")
    if high != "*":
        parts.append(f"{name} {'<=' if found['high'] == ']' else '<'} {_value(high)}")
    joined = " and ".join(parts) or f"{name}: *"
    return f"({joined})" if len(parts) > 1 else joined


def _value(written: str) -> str:
    return f'"{written}"' if re.search(r"[:/<>]", written) and '"' not in written else written


def _found(found: re.Match[str], meant: str, shown: str | None = None) -> Finding:
    edits = (Edit(found.start(), found.end(), meant),)
    params = {"written": shown or found[0].strip(), "meant": meant.strip()}
    return Finding("lucene_in_kql", found.start(), found.end(), params, edits)
