"""The clauses of each level of a query in the Lucene syntax, as they were written.

The tree does not have them any more: there AND, OR, NOT and signs have become what is required,
allowed and excluded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pantau.query.parsing import clauses
from pantau.query.parsing.lucene_scanner import Kind, Lexeme
from pantau_schemas.fields import FieldKind

_SIGNS: Final = frozenset({Kind.NOT, Kind.PLUS, Kind.MINUS})
_GOES_ON: Final = frozenset(
    {
        Kind.COLON,
        Kind.TILDE,
        Kind.CARET,
        Kind.NUMBER,
        Kind.NEAR,
        Kind.TO,
        Kind.RANGE_GOOP,
        Kind.RANGE_QUOTED,
        Kind.RANGE_CLOSE,
    }
)
"""Tokens that never begin a clause."""
_OPENS: Final = frozenset({Kind.COLON, Kind.NEAR, Kind.AT_LEAST})
"""Tokens whose operand follows."""


@dataclass(slots=True)
class WrittenClause:
    """A clause with the operator and the sign before it; places are those of lexemes."""

    conjunction: Kind | None
    sign: Lexeme | None
    first: Lexeme
    last: Lexeme
    kinds: list[Kind] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the clause begins, with its sign."""
        return self.first.start if self.sign is None else self.sign.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.last.end

    @property
    def is_negated(self) -> bool:
        """True if NOT or a minus stands before it."""
        return self.sign is not None and self.sign.kind is not Kind.PLUS


@dataclass(slots=True)
class QueryLevel:
    """The clauses between two parentheses, or of the whole query.

    `name` is the field before the parenthesis. `as_one` holds in groups in which words side by side
    are meant: values of keyword fields, operands of NEAR and ATLEAST, groups behind a sign.
    """

    name: str | None = None
    as_one: bool = False
    clauses: list[WrittenClause] = field(default_factory=list)
    operators: list[Lexeme] = field(default_factory=list)


def levels(lexemes: list[Lexeme]) -> list[QueryLevel]:
    """Return all levels of a query that can be read, the innermost first."""
    return _Reader(lexemes).read()


class _Reader:
    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes
        self.closings = _closings(lexemes)
        self.open = [QueryLevel()]
        self.done: list[QueryLevel] = []
        self.conjunction: Kind | None = None
        self.sign: Lexeme | None = None
        self.goes_on = False

    def read(self) -> list[QueryLevel]:
        for place, lexeme in enumerate(self.lexemes[:-1]):
            if lexeme.kind in {Kind.AND, Kind.OR}:
                self.conjunction = lexeme.kind
                self.open[-1].operators.append(lexeme)
            elif lexeme.kind in _SIGNS:
                self.sign = lexeme
            elif lexeme.kind is Kind.OPEN:
                self._operand(lexeme)
                self._descend(place)
            elif lexeme.kind is Kind.CLOSE:
                self._ascend(lexeme)
            else:
                self._operand(lexeme)
                self.goes_on = lexeme.kind in _OPENS
        return [*self.done, *reversed(self.open)]

    def _operand(self, lexeme: Lexeme) -> None:
        level = self.open[-1]
        if level.clauses and (self.goes_on or lexeme.kind in _GOES_ON or self._in_range()):
            level.clauses[-1].last = lexeme
            level.clauses[-1].kinds.append(lexeme.kind)
        else:
            made = WrittenClause(self.conjunction, self.sign, lexeme, lexeme, [lexeme.kind])
            level.clauses.append(made)
        self.conjunction = self.sign = None
        self.goes_on = False

    def _in_range(self) -> bool:
        return self.open[-1].clauses[-1].last.kind is Kind.RANGE_OPEN

    def _descend(self, place: int) -> None:
        before = self.lexemes[place - 1] if place else None
        named = before is not None and before.kind is Kind.COLON and place > 1
        name = self.lexemes[place - 2].text if named else self.open[-1].name
        outside = self.lexemes[place - 3 if named else place - 1] if place > 2 * named else None
        closing = self.closings.get(place)
        after = self.lexemes[closing + 1].kind if closing is not None else None
        as_one = (
            self.open[-1].as_one
            or (outside is not None and outside.kind in {Kind.PLUS, Kind.MINUS})
            or (before is not None and before.kind in {Kind.NEAR, Kind.AT_LEAST})
            or after is Kind.NEAR
            or is_keyword(name)
        )
        self.open.append(QueryLevel(name, as_one))

    def _ascend(self, lexeme: Lexeme) -> None:
        if len(self.open) > 1:
            self.done.append(self.open.pop())
            if self.open[-1].clauses:
                self.open[-1].clauses[-1].last = lexeme
        self.goes_on = False


def is_keyword(name: str | None) -> bool:
    """Return whether a name in a query stands for fields of whole values alone."""
    names = clauses.fields_of(name) if name is not None else ()
    return bool(names) and all(clauses.kind_of(one) is not FieldKind.TEXT for one in names)


def _closings(lexemes: list[Lexeme]) -> dict[int, int]:
    """Return the place of the closing parenthesis for that of each opening one."""
    found, waiting = {}, []
    for place, lexeme in enumerate(lexemes):
        if lexeme.kind is Kind.OPEN:
            waiting.append(place)
        elif lexeme.kind is Kind.CLOSE and waiting:
            found[waiting.pop()] = place
    return found


def segments(level: QueryLevel) -> Iterator[list[WrittenClause]]:
    """Yield the clauses of a level, cut where an OR stands."""
    found: list[WrittenClause] = []
    for clause in level.clauses:
        if clause.conjunction is Kind.OR and found:
            yield found
            found = []
        found.append(clause)
    if found:
        yield found
