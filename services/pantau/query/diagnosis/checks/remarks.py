"""Remarks on a valid query for its writer: unknown fields, costs, `now`."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pantau.common.text.nearest import nearest
from pantau.query import ast
from pantau.query.diagnosis.checks.extremes import ONE_VALUE
from pantau.query.diagnosis.checks.names import ALIASES
from pantau.query.diagnosis.diagnosis import Edit, Finding, Severity
from pantau.query.meaning.regex import compiled
from pantau.query.parsing import languages
from pantau.query.parsing.lucene_scanner import LIST_NAME, Kind, scan
from pantau_schemas.fields import FIELDS

_NUMBERED: Final = frozenset({"NEAR", "ONEAR", "ATLEAST"})
_OF_NAMES: Final = frozenset({"people", "organizations", "places", "entity_ids"})
_OPERANDS: Final = frozenset(
    {Kind.TERM, Kind.PREFIX, Kind.WILD, Kind.QUOTED, Kind.EXACT, Kind.AT_LEAST, Kind.OPEN}
)


def of_language(text: str, language: str) -> Iterator[Finding]:
    """Find operators of the language `pantau` in another language."""
    own = languages.own_operator(text) if language != "pantau" else None
    if own is not None:
        params = {"written": own[0].strip(), "language": language}
        same = (Edit(own.start(), own.end(), own[0]),)
        yield Finding("operator_of_pantau", own.start(), own.end(), params, same, "pantau")


def half_operators(text: str, language: str) -> Iterator[Finding]:
    """Find operators of the language `pantau` that lack a part, so that they are words."""
    if language != "pantau":
        return
    for lexeme, following in pairwise(scan(text, own=True)):
        if lexeme.kind is not Kind.TERM:
            continue
        if lexeme.text == "=" and following.kind is Kind.QUOTED:
            edits = (Edit(lexeme.start, following.start, "="),)
            params = {"written": "=", "meant": '="..."'}
            yield Finding("half_operator", lexeme.start, lexeme.end, params, edits)
            continue
        if lexeme.text in _NUMBERED and following.kind in _OPERANDS:
            meant = f"{lexeme.text}/5"
        elif lexeme.text.startswith("=") and len(lexeme.text) > 1:
            meant = f'="{lexeme.text[1:]}"'
        else:
            continue
        params = {"written": lexeme.text, "meant": meant}
        edits = (Edit(lexeme.start, lexeme.end, meant),)
        yield Finding("half_operator", lexeme.start, lexeme.end, params, edits)


def lists(query: ast.Query, text: str, language: str) -> Iterator[Finding]:
    """Find references to lists where the query language has none: they are values that begin so.

    No name of a person, an organisation or a place begins with `@`.
    """
    if language == "pantau":
        return
    for node in ast.walk(query):
        if not isinstance(node, ast.Term) or not _OF_NAMES.issuperset(node.fields):
            continue
        if not node.text.startswith("@") or LIST_NAME.fullmatch(node.text, 1) is None:
            continue
        written = text[node.start : node.end]
        if written == node.text:  # else it is quoted or escaped, and so meant as a value
            same = (Edit(node.start, node.end, written),)
            params = {"written": written, "language": language}
            yield Finding("list_of_pantau", node.start, node.end, params, same, "pantau")


_CLOCK: Final = re.compile(r"(?<![\w:])\d{1,2}:\d{2}(?![\w:])")
_HEADING: Final = re.compile(r"[^\W\d_a-z][\w-]*: +[^\s()]")
"""A word of a headline with a colon, as in `KPK: lima orang ditahan`; fields have small letters."""


_WITHOUT_COUNTERPART: Final = frozenset(
    [
        "sourcecountry",
        "source_country",
        "sourcetype",
        "source_type",
        "sourcecategory",
        "sourcerank",
        "bulan",
        "month",
    ]
)
"""Fields of other search engines that only look like one of ours."""


_ALIKE: Final = 0.6
_ALIKE_ALIAS: Final = 0.85
_SHORTEST_ALIAS: Final = 4
"""How alike a word must be to a field, and to another name of one, and how long."""


def unknown_fields(query: ast.Query, text: str, language: str) -> Iterator[Finding]:
    """Find names that no field has, and the nearest that one has."""
    known: set[str] = set()
    for node in ast.walk(query):
        if not isinstance(node, ast.MatchNone) or node.unknown is None or node.unknown in known:
            continue
        known.add(node.unknown)
        # A clause begins at its value; its field is the nearest such word before it.
        place = max(text.rfind(node.unknown, 0, node.start), 0)
        end = place + len(node.unknown)
        lower = node.unknown.lower()
        found = text[place:end] == node.unknown
        heading = found and language != "kql" and _HEADING.match(text, place) is not None
        near = None if lower in _WITHOUT_COUNTERPART else _nearest(lower, heading=heading)
        edits: tuple[Edit, ...] = (Edit(place, end, near),) if near and found else ()
        if not near and heading:
            edits = (Edit(end, end + 1, ""),)
        # A time of day reads as a field: in 08:15, the field 08.
        elif found and (clock := _CLOCK.match(text, place)):
            edits = (Edit(*clock.span(), f'"{clock[0]}"'),)
        params = {"field": node.unknown, "fields": ", ".join(FIELDS)}
        yield Finding("unknown_field", place, end, params, edits)


def _nearest(name: str, *, heading: bool) -> str | None:
    """Return the field that a mistyped name stands for, also by its other names: `judl`, `judul`.

    The other names are many, and some resemble words that a headline may begin with.
    """
    near = nearest(name, FIELDS, _ALIKE)
    if near or heading or len(name) < _SHORTEST_ALIAS:
        return near
    alias = nearest(name, ALIASES, _ALIKE_ALIAS)
    return ALIASES[alias] if alias else None


def costs(query: ast.Query, _text: str, _language: str) -> Iterator[Finding]:
    """Find patterns that are tried on every word of every article, and what they cost."""
    for node in ast.walk(query):
        match node:
            case ast.Wildcard(pattern=pattern) if pattern[:1] in {"*", "?"} and not (
                ONE_VALUE.issuperset(node.fields)
            ):
                yield _note("leading_wildcard", node, {"written": pattern})
            case ast.Regex(pattern=pattern) if pattern[:1] in {".", "@"}:
                states = compiled(pattern).cost
                yield _note("leading_regex", node, {"written": pattern, "cost": states})
            case _:
                pass


def moments(query: ast.Query, _text: str, _language: str) -> Iterator[Finding]:
    """Find `now`, which stands for another moment in alerts than in searches."""
    for node in ast.walk(query):
        if isinstance(node, ast.DateRange) and any(
            end is not None and end.at is None for end in (node.low, node.high)
        ):
            yield _note("moving_date", node, {})


def _note(code: str, node: ast.Query, params: dict[str, str | int]) -> Finding:
    return Finding(code, node.start, node.end, params, severity=Severity.NOTE)
