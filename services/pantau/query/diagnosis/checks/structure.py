"""How clauses are joined: AND beside OR, OR before NOT, nothing at all between words."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final

from pantau.query.diagnosis.checks.pasted.line_lists import COMMAS
from pantau.query.diagnosis.diagnosis import Edit, Finding, Severity
from pantau.query.diagnosis.levels import QueryLevel, WrittenClause, levels, segments
from pantau.query.diagnosis.masked import masked
from pantau.query.parsing.lucene_scanner import Kind, Lexeme, scan

_ENDS: Final = frozenset(
    {
        Kind.TERM,
        Kind.PREFIX,
        Kind.WILD,
        Kind.QUOTED,
        Kind.EXACT,
        Kind.CLOSE,
        Kind.RANGE_CLOSE,
        Kind.TILDE,
        Kind.NUMBER,
    }
)
_STARTS: Final = frozenset(
    {Kind.TERM, Kind.PREFIX, Kind.WILD, Kind.QUOTED, Kind.EXACT, Kind.AT_LEAST, Kind.OPEN}
)


def of_levels(text: str, language: str) -> Iterator[Finding]:
    """Find levels with AND and OR, and with OR and NOT."""
    if language == "kql":
        return
    for level in levels(scan(text, own=language == "pantau")):
        yield from _of_level(text, level)


def _of_level(text: str, level: QueryLevel) -> Iterator[Finding]:
    parts = list(segments(level))
    if len(parts) < 2:
        return
    edits: list[Edit] = []
    mixed = False
    for number, part in enumerate(parts):
        # Trailing exclusions hold for the whole level, so they stay outside the parentheses.
        kept = _without_exclusions(part) if number == len(parts) - 1 else part
        if not _needs_parentheses(kept):
            continue
        mixed = mixed or len(kept) > 1
        edits += [Edit(kept[0].start, kept[0].start, "("), Edit(kept[-1].end, kept[-1].end, ")")]
    sign = _excluded_alternative(parts)
    if edits:
        start, end = parts[0][0].start, parts[-1][-1].end
        code = "and_or_mixed" if mixed else "or_not"
        operator = next(one for one in level.operators if one.kind is Kind.OR)
        params = {"written": _shortened(text[start:end]), "operator": operator.text}
        yield Finding(code, start, end, params, tuple(edits))
    elif sign is not None:
        yield Finding("or_minus", sign.start, sign.end, {"written": text[sign.start : sign.end]})


def _without_exclusions(part: list[WrittenClause]) -> list[WrittenClause]:
    """Remove trailing negated clauses without an operator: they hold for the whole level."""
    last = len(part)
    while last > 1 and part[last - 1].is_negated and part[last - 1].conjunction is None:
        last -= 1
    return part[:last]


def _needs_parentheses(part: list[WrittenClause]) -> bool:
    first = part[0].sign
    if len(part) == 1:
        return first is not None and first.kind is Kind.NOT
    return any(
        one.conjunction is Kind.AND or (one.is_negated and one.conjunction is None)
        for one in part[1:]
    )


def _excluded_alternative(parts: list[list[WrittenClause]]) -> WrittenClause | None:
    return next(
        (
            part[0]
            for part in parts
            if part[0].sign is not None
            and part[0].sign.kind is Kind.MINUS
            and (part[0].conjunction is Kind.OR or (part is parts[0] and len(part) == 1))
        ),
        None,
    )


def _shortened(text: str, most: int = 80) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= most else bare[: most - 1] + "…"


_EMPTY: Final = re.compile(
    r"(?:(?<![^\s(])(?:AND|OR|NOT|&&|\|\|)\s+){0,2}(?<![^\s(])\(\s*\)", re.IGNORECASE
)


def empty_groups(text: str, language: str) -> Iterator[Finding]:
    """Find parentheses with nothing between them, and the operator before them."""
    for found in _EMPTY.finditer(masked(text, regex=language != "kql")):
        edits = (Edit(found.start(), found.end(), ""),)
        yield Finding("empty_group", found.start(), found.end(), {"written": found[0]}, edits)


_IDLE: Final = re.compile(
    r"(?<=[^\s(])(?P<end>\s+(?:AND NOT|OR NOT|AND|OR|NOT))\s*(?=\))"
    r"|(?<=\()\s*(?P<start>(?:AND|OR)\s+)(?=[^\s)])"
)

_OPENING_WITH: Final = re.compile(r"(?:^|(?<=\())\s*w/\s+(?=[\w\"(])", re.IGNORECASE)
"""`w/ Siti`, which is short for "with"."""
_SENTENCE_END: Final = re.compile(
    r"(?:(?<=[\w)\]}\"*?\x1a])[,;][.,;]*|(?<=[)\]}\"])[.,;]+)(?=[\s)]*\Z)"
)


def idle_operators(text: str, language: str) -> Iterator[Finding]:
    """Find operators before a closing or behind an opening parenthesis: a side is missing.

    The same of a comma at the end, and of a full stop where no word can take it.
    """
    hidden = masked(text, regex=language != "kql")
    ended = _SENTENCE_END.search(hidden)
    if ended is not None:
        edits = (Edit(ended.start(), ended.end(), ""),)
        params = {"written": ended[0].strip()}
        yield Finding("idle_operator", ended.start(), ended.end(), params, edits)
    for opened in _OPENING_WITH.finditer(hidden):
        edits = (Edit(*opened.span(), ""),)
        yield Finding("idle_operator", *opened.span(), {"written": "w/"}, edits)
    for found in _IDLE.finditer(hidden):
        written = (found["end"] or found["start"]).strip()
        edits = (Edit(found.start(), found.end(), ""),)
        yield Finding("idle_operator", found.start(), found.end(), {"written": written}, edits)


def one_word_of_a_value(text: str, language: str) -> Iterator[Finding]:
    """Find keyword fields whose value goes on after the first word, as in `people:Boy Rafli`."""
    if language == "kql":
        return
    lexemes = scan(text, own=language == "pantau")
    place = 0
    while place + 3 < len(lexemes):
        name, colon, value = lexemes[place : place + 3]
        place += 1
        if not (name.kind is Kind.TERM and colon.kind is Kind.COLON):
            continue
        if value.kind is Kind.OPEN and name.text in _NAMED:
            yield from _names_in_group(text, lexemes, place + 2, name.text)
        if value.kind is not Kind.TERM:
            continue
        # Only capitalised words continue a name; others may be words of their own.
        if name.text not in _NAMED:
            continue
        if not value.text[:1].isupper():
            if value.text.isalpha() and _may_go_on(lexemes, place + 2):
                end = lexemes[place + 2].end
                params = {"written": text[value.start : end], "field": name.text}
                yield Finding("value_cut", value.start, end, params)
            continue
        last = place + 1
        while _goes_on(lexemes, last + 1):
            last += 1
        if last == place + 1:
            continue
        end = lexemes[last].end
        whole = text[value.start : end]
        edits = (Edit(value.start, end, '"' + " ".join(whole.split()) + '"'),)
        yield Finding("value_cut", value.start, end, {"written": whole, "field": name.text}, edits)
        place = last


def _names_in_group(text: str, lexemes: list[Lexeme], start: int, field: str) -> Iterator[Finding]:
    """Find names of several words in `people:(Siti Rahma OR Budi)`, which are cut beside OR."""
    end = start
    while lexemes[end].kind in _OF_NAMES:
        end += 1
    inside = lexemes[start:end]
    if lexemes[end].kind is not Kind.CLOSE or all(one.kind is Kind.TERM for one in inside):
        return  # nested, or one value as it is
    for kind, run in groupby(inside, lambda one: one.kind):
        words = list(run)
        if kind is Kind.TERM and len(words) > 1:
            first, last = words[0].start, words[-1].end
            whole = " ".join(text[first:last].split())
            if '"' in whole or "\\" in whole:
                continue
            edits = (Edit(first, last, f'"{whole}"'),)
            params = {"written": whole, "field": field}
            yield Finding("value_cut", first, last, params, edits)


_OF_NAMES: Final = frozenset({Kind.TERM, Kind.QUOTED, Kind.PREFIX, Kind.AND, Kind.OR, Kind.NOT})
_NAMED: Final = frozenset({"people", "organizations", "places", "author"})


def _goes_on(lexemes: list[Lexeme], place: int) -> bool:
    one = lexemes[place]
    return (
        one.kind is Kind.TERM
        and one.text[:1].isupper()
        and lexemes[place + 1].kind not in {Kind.COLON, Kind.TILDE, Kind.CARET, Kind.NEAR}
    )


def _may_go_on(lexemes: list[Lexeme], place: int) -> bool:
    """Return whether a word follows of which only the writer knows if it is part of the name."""
    one = lexemes[place]
    return (
        one.kind is Kind.TERM
        and one.text.isalpha()
        and one.text.lower() not in _OPERATORS
        and lexemes[place + 1].kind not in {Kind.COLON, Kind.TILDE, Kind.CARET, Kind.NEAR}
    )


_OPERATORS: Final = frozenset({"and", "or", "not", "dan", "atau", "bukan", "tidak"})
_NEAR: Final = re.compile(r"n?w\d{1,2}|n\d{1,2}|same|%\d{1,2}", re.IGNORECASE)


def side_by_side(text: str, language: str) -> Iterator[Finding]:
    """Find clauses with nothing between them, of which any is enough."""
    if language == "kql":
        return
    for level in levels(scan(text, own=language == "pantau")):
        if level.as_one:
            continue
        # A list means any of its items as likely as all, and beside OR one search engine binds what
        # stands side by side more closely, another one less: only the writer knows.
        is_unclear = _is_list(text, level) or any(
            one.conjunction is Kind.OR for one in level.clauses
        )
        excluded: list[Edit] = []
        for one, following in pairwise(level.clauses):
            if following.conjunction is not None:
                continue
            joint = Edit(one.end, one.end, " AND")
            if following.sign is not None:
                # What is excluded in between is joined, too, or the clause before it is optional.
                excluded += [joint] if following.is_negated else []
            elif one.last.kind in _ENDS and following.first.kind in _STARTS:
                edits = () if is_unclear else (*excluded, joint)
                yield Finding("side_by_side", following.start, following.end, {}, edits)


def _is_list(text: str, level: QueryLevel) -> bool:
    """Return whether commas, semicolons or line breaks stand between the clauses of a level.

    The same of words that are operators of nearness to other engines, and may well be words.
    """
    if any(_NEAR.fullmatch(text, one.start, one.end) for one in level.clauses[1:-1]):
        return True
    gaps = [
        (text[one.end - 1], text[one.end : following.start])
        for one, following in pairwise(level.clauses)
        if following.conjunction is None
    ]
    if any(last in COMMAS or set(gap) & set(COMMAS) for last, gap in gaps):
        return True
    return len(gaps) > 1 and all("\n" in gap for _, gap in gaps)


def spare(text: str, language: str) -> Iterator[Finding]:
    """Find clauses that a required one beside them makes idle, as `b` in `+a b`."""
    if language == "kql":
        return
    for level in levels(scan(text, own=language == "pantau")):
        required = any(one.sign is not None and one.sign.kind is Kind.PLUS for one in level.clauses)
        idle = [
            one for one in level.clauses if one.sign is None and one.conjunction is not Kind.AND
        ]
        if required and idle and any(one.conjunction is Kind.OR for one in level.clauses):
            params = {"written": text[idle[0].start : idle[0].end]}
            yield Finding("spare", idle[0].start, idle[0].end, params, severity=Severity.NOTE)
