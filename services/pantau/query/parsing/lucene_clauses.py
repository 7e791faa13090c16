"""Clauses of one level of the Lucene syntax, and how AND, OR, NOT, + and - combine them."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from pantau.query import ast
from pantau.query.parsing import clauses
from pantau.query.parsing.clauses import QueryRange
from pantau.query.parsing.lucene_scanner import Kind


class Occur(Enum):
    """The role of a clause in its level."""

    MUST = 1
    SHOULD = 2
    MUST_NOT = 3


MODIFIERS: Final = {Kind.PLUS: Occur.MUST, Kind.MINUS: Occur.MUST_NOT, Kind.NOT: Occur.MUST_NOT}


@dataclass(slots=True)
class Clauses:
    """Clauses of one level, combined as Lucene does."""

    found: list[tuple[ast.Query, Occur]] = field(default_factory=list)

    def add(
        self, query: ast.Query | None, conjunction: Kind | None, modifier: Occur | None
    ) -> None:
        """Add a clause and its operator: AND makes the previous one required too.

        None is an empty clause.
        """
        if conjunction is Kind.AND and self.found and self.found[-1][1] is not Occur.MUST_NOT:
            self.found[-1] = (self.found[-1][0], Occur.MUST)
        if query is None:
            return
        if modifier is None:
            modifier = Occur.MUST if conjunction is Kind.AND else Occur.SHOULD
        self.found.append((query, modifier))

    def of(self, occur: Occur) -> list[ast.Query]:
        """Return the clauses of one kind."""
        return [query for query, one in self.found if one is occur]

    def joined(self, place: QueryRange) -> ast.Query | None:
        """Return the level as one query."""
        return clauses.boolean(
            self.of(Occur.MUST), self.of(Occur.SHOULD), self.of(Occur.MUST_NOT), place
        )
