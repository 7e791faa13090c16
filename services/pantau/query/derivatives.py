"""Regular expressions as automata, by derivatives (Brzozowski 1964): what may follow a character is an expression again.

Expressions are kept in normal form and equal ones are one object, so they serve as states of a deterministic automaton,
worked out when first needed.
"""

from dataclasses import dataclass
from itertools import count
from typing import Final
from weakref import WeakValueDictionary

MAX_STATES: Final = 10_000
"""Most states that are kept; then all are forgotten, and built again where needed."""
HIGHEST: Final = 0x10FFFF

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Expression:
    """A regular expression in normal form: `kind`, its parts, and for `chars` the ranges. Equal ones are one object."""

    kind: str
    parts: tuple["Expression", ...]
    ranges: Ranges
    nullable: bool
    serial: int


_made: WeakValueDictionary[tuple[str, tuple[int, ...], Ranges], Expression] = WeakValueDictionary()
_serials: Final = count()


def _make(
    kind: str, parts: tuple[Expression, ...] = (), ranges: Ranges = (), *, nullable: bool = False
) -> Expression:
    key = (kind, tuple(part.serial for part in parts), ranges)
    found = _made.get(key)
    if found is None:
        found = _made[key] = Expression(kind, parts, ranges, nullable, next(_serials))
    return found


NONE: Final = _make("none")
EMPTY: Final = _make("empty", nullable=True)


def chars(ranges: Ranges) -> Expression:
    """Write: one character of the ranges."""
    return _make("chars", ranges=ranges) if ranges else NONE


def star(one: Expression) -> Expression:
    """Write: the expression any number of times."""
    if one.kind in {"none", "empty"}:
        return EMPTY
    return one if one.kind == "star" else _make("star", (one,), nullable=True)


ANY: Final = chars(((0, HIGHEST),))
ALL: Final = star(ANY)


def concat(one: Expression, other: Expression) -> Expression:
    """Write: one after the other."""
    if NONE in (one, other):
        return NONE
    if EMPTY in (one, other):
        return one if other is EMPTY else other
    firsts = []
    while one.kind == "concat":  # to the right, so that equal ones look equal
        firsts.append(one.parts[0])
        one = one.parts[1]
    for first in (one, *reversed(firsts)):
        other = _make("concat", (first, other), nullable=first.nullable and other.nullable)
    return other


def union(*given: Expression) -> Expression:
    """Write: any of them."""
    parts: dict[Expression, None] = {}
    for one in given:
        for part in one.parts if one.kind == "union" else (one,):
            if part.kind != "none":
                parts[part] = None
    if ALL in parts:
        return ALL
    if len(parts) < 2:
        return next(iter(parts), NONE)
    ordered = tuple(sorted(parts, key=lambda part: part.serial))
    return _make("union", ordered, nullable=any(part.nullable for part in ordered))


def intersection(*given: Expression) -> Expression:
    """Write: all of them at once."""
    parts: dict[Expression, None] = {}
    for one in given:
        for part in one.parts if one.kind == "and" else (one,):
            if part.kind == "none":
                return NONE
            if part != ALL:
                parts[part] = None
    if len(parts) < 2:
        return next(iter(parts), ALL)
    ordered = tuple(sorted(parts, key=lambda part: part.serial))
    return _make("and", ordered, nullable=all(part.nullable for part in ordered))


def complement(one: Expression) -> Expression:
    """Write: all that the expression does not match."""
    if one.kind == "not":
        return one.parts[0]
    if one.kind == "none":
        return ALL
    return NONE if one == ALL else _make("not", (one,), nullable=not one.nullable)


def derive(one: Expression, char: int) -> Expression:
    """Give the expression of what may follow `char`."""
    return _derive(one, char, {})


def _derive(one: Expression, char: int, known: dict[Expression, Expression]) -> Expression:
    """Do so. `known` is what was found for this character: parts of a state have most of their own parts in common."""
    if one.kind == "chars":
        return EMPTY if any(low <= char <= high for low, high in one.ranges) else NONE
    found = known.get(one)
    if found is None:
        found = known[one] = _derive_parts(one, char, known)
    return found


def _derive_parts(one: Expression, char: int, known: dict[Expression, Expression]) -> Expression:
    match one.kind:
        case "concat":
            first, rest = one.parts
            after = concat(_derive(first, char, known), rest)
            return union(after, _derive(rest, char, known)) if first.nullable else after
        case "star":
            return concat(_derive(one.parts[0], char, known), one)
        case "union":
            return union(*(_derive(part, char, known) for part in one.parts))
        case "and":
            return intersection(*(_derive(part, char, known) for part in one.parts))
        case "not":
            return complement(_derive(one.parts[0], char, known))
        case _:
            return NONE


class Automaton:
    """A deterministic automaton, built while it is used."""

    __slots__ = ("_start", "_states")

    def __init__(self, start: Expression) -> None:
        self._start = start
        self._states: dict[Expression, dict[int, Expression]] = {}

    def accepts(self, word: str) -> bool:
        """Tell whether the whole word matches."""
        state = self._start
        for char in map(ord, word):
            known = self._states.get(state)
            if known is None:
                if len(self._states) >= MAX_STATES:
                    self._states.clear()
                known = self._states[state] = {}
            following = known.get(char)
            if following is None:
                following = known[char] = derive(state, char)
            state = following
            if state.kind == "none":
                return False
        return state.nullable
