"""Operators that other search engines write as functions: `NEAR((a, b), 5)`, `(a b)~5`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked

_CALL: Final = re.compile(
    r"(?<![^\s(+\-!])(?P<name>o?near|adj|atleast|(?:all)?caps)(?P<n>\d{1,4})?\s?\(", re.IGNORECASE
)
_SET: Final = re.compile(r"(?<![^\s(+\-!:])(?P<name>any|all|none)\s?\(", re.IGNORECASE)
_SIDE: Final = (
    r'(?!(?:AND|OR|NOT|XOR)\b)(?:\w+:)?(?:\w+\*?|"[^"]+"|\([^()]{1,300}\))'  # no operator
)
_EITHER: Final = re.compile(
    rf"(?<![^\s(])(?P<a>{_SIDE})\s+(?P<sign>XOR)\s+(?P<b>(?:NOT\s+)?{_SIDE})(?=[\s)]|$)"
    rf"(?P<more>(?:\s+XOR\s+{_SIDE}(?=[\s)]|$))*)",
    re.IGNORECASE,
)
_XOR: Final = re.compile(r"\s+XOR\s+", re.IGNORECASE)
_MOST_EITHER: Final = 4
"""Operands of one `XOR`, which are written twice for each of them."""
_LISTED: Final = re.compile(r'(?<![^\s()])(?P<name>near|repeat)(?P<n>\d{1,4}):"[^"\\]+"')
_CLOSED: Final = re.compile(r"\)\s?~(?P<n>\d{1,4})(?![\w.])")
_NUMBER: Final = re.compile(r"(?:n\s*=\s*)?(\d{1,4})")
_FLAGS: Final = frozenset({"true", "false"})
_OPERATOR_BEFORE: Final = re.compile(
    r"(?:^|[\s(])(?:AND|OR|NOT|&&|\|\||[+\-!])\s*\Z", re.IGNORECASE
)
_NEARBY: Final = 20
"""How many characters before a name are searched for an operator."""
_PLAIN: Final = re.compile(r"[^\W_]+")
_PHRASE: Final = re.compile(r'"[^"]*"')
_LONGEST: Final = 1_000
"""Characters in parentheses that are looked at: nested ones would be read once for each level."""
_USUAL: Final = 5
"""Words between two operands where the call names no number."""


def calls(text: str, language: str) -> Iterator[Finding]:
    """Find nearness, frequency and exact case that are written as functions."""
    hidden = masked(text, regex=language != "kql")
    closings = _closings(hidden)
    done = 0
    for found in _CALL.finditer(hidden):
        end = closings.get(found.end() - 1)
        if end is None or found.start() < done or end - found.end() > _LONGEST:
            continue
        if _is_between(hidden, found.start()):
            continue
        meant = _meant(found, _split(text, hidden, found.end(), end, ","))
        if meant is not None:
            # Calls within this one are part of what it means.
            done = end + 1
            yield _replaced(text, found.start(), done, meant)
    for found in _LISTED.finditer(text):
        phrase = text[found.end("n") + 1 : found.end()]
        near = found["name"] == "near"
        meant = f"{phrase}~{found['n']}" if near else f"ATLEAST/{found['n']} {phrase}"
        yield _replaced(text, found.start(), found.end(), meant)
    yield from _groups(text, hidden, {end: start for start, end in closings.items()})


def _groups(text: str, hidden: str, openings: dict[int, int]) -> Iterator[Finding]:
    """Find `(a b)~5`: words of a group that are to be near each other."""
    done = 0
    for found in _CLOSED.finditer(hidden):
        start = openings.get(found.start(), -1)
        if start < done or found.start() - start > _LONGEST:
            continue
        operands = _split(text, hidden, start + 1, found.start(), " ")
        operands = [one for one in operands if one.upper() not in {"AND", "&&", "&"}]
        if any(one.upper() in {"OR", "NOT", "||", "|"} for one in operands):
            continue
        meant = _near(operands, int(found["n"]), ordered=False)
        if meant is not None:
            done = found.end()
            yield _replaced(text, start, done, meant)


def sets(text: str, language: str) -> Iterator[Finding]:
    """Find `any(a, b)`, `all(a, b)`, `none(a, b)` and `a XOR b`."""
    hidden = masked(text, regex=language != "kql")
    either, both, no = (" or ", " and ", "not ") if language == "kql" else (" OR ", " AND ", "NOT ")
    closings = _closings(hidden) if _SET.search(hidden) else {}
    done = 0
    for found in _SET.finditer(hidden):
        end = closings.get(found.end() - 1)
        if end is None or found.start() < done or end - found.end() > _LONGEST:
            continue
        parts = [_operand(one) for one in _split(text, hidden, found.end(), end, ",")]
        if len(parts) < 2:
            continue
        name, done = found["name"].lower(), end + 1
        joined = f"({(both if name == 'all' else either).join(parts)})"
        params = {"written": found["name"], "meant": (both if name == "all" else either).strip()}
        if name == "none":
            edits = _negated(hidden, found.start(), done, (no, joined))
        else:
            edits = (Edit(found.start(), done, joined),)
        yield Finding("foreign_operator", found.start(), done, params, edits)
    for found in _EITHER.finditer(hidden):
        if found["sign"] != "XOR" and language != "kql":
            continue
        operands = _operands_of_xor(text, hidden, found)
        if len(operands) > _MOST_EITHER:
            continue
        meant = operands[0]
        for one in map(
            _negative, operands[1:]
        ):  # from the left, as everywhere: true for an odd number of them
            meant = f"(({meant}{either}{one}){both}{no}({meant}{both}{one}))"
        params = {"written": found["sign"], "meant": meant}
        edits = (Edit(found.start(), found.end(), meant),)
        yield Finding("foreign_operator", found.start(), found.end(), params, edits)


def _negative(operand: str) -> str:
    """Return an operand, in parentheses if it excludes what it names."""
    return f"({operand})" if re.match(r"not\s", operand, re.IGNORECASE) else operand


def _operands_of_xor(text: str, hidden: str, found: re.Match[str]) -> list[str]:
    """Return what stands between the `XOR` of a chain; a separator within quotes is hidden."""
    cuts = [
        found.start(),
        *(place for one in _XOR.finditer(hidden, *found.span()) for place in one.span()),
        found.end(),
    ]
    return [text[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True)]


_SIGNED: Final = re.compile(r"(?P<sign>[+\-!]?|\bnot\s+)(?P<field>[\w.@-]+:\s?)?\Z", re.IGNORECASE)
_SIGN_NEARBY: Final = 60


def _negated(hidden: str, start: int, end: int, meant: tuple[str, str]) -> tuple[Edit, ...]:
    """Return the repair of `none(...)`: the negation goes before the field, in place of a plus.

    Behind another negation there is none left.
    """
    before = _SIGNED.search(hidden, max(0, start - _SIGN_NEARBY), start)
    if before is None:
        return ()
    no, joined = meant
    negation = no if before["sign"] in {"", "+"} else ""
    return (Edit(before.start(), end, f"{negation}{before['field'] or ''}{joined}"),)


def _closings(hidden: str) -> dict[int, int]:
    """Return the place of the closing parenthesis for that of each opening one."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for place in (one.start() for one in re.finditer("[()]", hidden)):
        if hidden[place] == "(":
            waiting.append(place)
        elif waiting:
            found[waiting.pop()] = place
    return found


def _split(text: str, hidden: str, start: int, end: int, sign: str) -> list[str]:
    """Return the parts of a text between signs outside of parentheses and quotes."""
    parts, depth, before, quoted = [], 0, start, False
    for place in range(start, end):
        char = hidden[place]
        quoted ^= char == '"'
        depth += (char == "(") - (char == ")")
        if not depth and not quoted and (char == sign or (sign == " " and char.isspace())):
            parts.append(text[before:place])
            before = place + 1
    return [one.strip() for one in (*parts, text[before:end]) if one.strip()]


def _is_between(hidden: str, place: int) -> bool:
    """Return whether an operand stands before a place: then an operator does, and no call."""
    before = hidden[max(0, place - _NEARBY) : place]
    return bool(before.strip(" (\t\r\n")) and not (
        before.rstrip().endswith("(") or _OPERATOR_BEFORE.search(before)
    )


def _meant(found: re.Match[str], given: list[str]) -> str | None:
    """Return what stands for a call in the language `pantau`; None where it is none."""
    name = found["name"].lower()
    if name.endswith("caps"):
        return _exact_case(given, capitals=name == "allcaps")
    numbers = [one for one in given if _NUMBER.fullmatch(one)]
    inside = _NUMBER.fullmatch(numbers[0]) if numbers else None
    rest = [one for one in given if one not in numbers and one.lower() not in _FLAGS]
    if name == "atleast":
        # `atleast5(banjir)` is known as an operator.
        fits = inside is not None and len(rest) == 1 and not found["n"]
        return f"ATLEAST/{int(inside[1])} {_operand(rest[0])}" if inside and fits else None
    ordered = name in {"onear", "adj"} or "true" in map(str.lower, given)
    number = found["n"] or (inside[1] if inside else _USUAL)
    return _near(_listed(rest), int(number), ordered=ordered)


def _listed(operands: list[str]) -> list[str]:
    """Return the operands, which may stand in parentheses of their own."""
    if len(operands) == 1 and not operands[0].startswith("("):
        return _split(operands[0], masked(operands[0]), 0, len(operands[0]), " ")  # as in FTS5
    if len(operands) != 1:
        return operands
    inner = operands[0][1:-1]
    return _split(inner, masked(inner), 0, len(inner), ",")


def _exact_case(given: list[str], *, capitals: bool) -> str | None:
    bare = given[0].strip('"') if len(given) == 1 else ""
    if re.fullmatch(r"\w[\w .-]*", bare) is None:
        return None
    return f'="{bare.upper() if capitals else bare}"'


def _near(operands: list[str], number: int, *, ordered: bool) -> str | None:
    if len(operands) == 2:
        first, last = map(_operand, operands)
        return f"({first} {'O' * ordered}NEAR/{number} {last})"
    if len(operands) > 2 and all(map(_PLAIN.fullmatch, operands)):
        return f'"{" ".join(operands)}"~{number}'
    return None


def _operand(written: str) -> str:
    """Return an operand, in quotes or parentheses if it is of several words."""
    whole = _PHRASE.fullmatch(written) or (written.startswith("(") and written.endswith(")"))
    if whole or not re.search(r"\s", written):
        return written
    return f"({written})" if re.search(r"[\s)](?:AND|OR|NOT)\s", written) else f'"{written}"'


def _replaced(text: str, start: int, end: int, meant: str) -> Finding:
    params = {"written": text[start:end], "meant": meant}
    code = "exact_case" if meant.startswith("=") else "foreign_proximity"
    return Finding(code, start, end, params, (Edit(start, end, meant),), language="pantau")
