"""Queries as trees: produced by every parser, and read by the evaluator and every engine.

A leaf names the fields it searches, after default fields were inserted, and analysed words; so the
tree can be evaluated without its source text. `start` and `end` are the position of a node in that
text, in code points; they are excluded from equality.

In a text field a `Term` is one token; in a keyword field it is a whole value, case-sensitive.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pantau.query.listed import ListValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node with its position in the query's text."""

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MatchAll(Node):
    """Every article."""


@dataclass(frozen=True, slots=True)
class MatchNone(Node):
    """No article; `reason` is for people.

    `unknown` is the name of a field that does not exist, if that is the reason.
    """

    reason: str = field(default="", compare=False)
    unknown: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Term(Node):
    """A token, or a keyword value, in any of the fields."""

    fields: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Tokens in this order in one field.

    `slop` is Lucene's: the total number of moves by one position that are allowed.
    """

    fields: tuple[str, ...]
    terms: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """A token, or a keyword value, with this prefix."""

    fields: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Wildcard(Node):
    r"""A token, or a keyword value, that matches this pattern.

    `*` is any run, `?` one character, `\` escapes the next.
    """

    fields: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy(Node):
    """A token, or a keyword value, within an edit distance of `edits`.

    Edits are insert, delete, replace, and swap of neighbours.
    """

    fields: tuple[str, ...]
    text: str
    edits: int


@dataclass(frozen=True, slots=True)
class Regex(Node):
    """A token, or a keyword value, that Lucene's regular expression matches as a whole."""

    fields: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Range(Node):
    """A token, or a keyword value, between two others in the order of their UTF-8 bytes.

    None is open.
    """

    fields: tuple[str, ...]
    low: str | None
    high: str | None
    include_low: bool = True
    include_high: bool = True


@dataclass(frozen=True, slots=True)
class Moment(Node):
    """A point in time: fixed, or `now` with date math (such as `-7d/d`), resolved on evaluation.

    `shift` is in milliseconds, added last.
    """

    at: datetime | None
    from_now: str | None = None
    time_zone: str = "UTC"
    round_up: bool = False
    shift: int = 0


@dataclass(frozen=True, slots=True)
class DateRange(Node):
    """A date field with `low <= value <= high`, to the millisecond; None is open.

    Rounding has already been applied.
    """

    field: str
    low: Moment | None
    high: Moment | None


@dataclass(frozen=True, slots=True)
class Exists(Node):
    """Any of the fields has a value; an empty text counts."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """All of `must`, none of `must_not`, and if `must` is empty any of `should`.

    Never without a positive part: parsers insert `MatchAll` before pure negatives, as Elasticsearch
    does.
    """

    must: tuple["Query", ...] = ()
    should: tuple["Query", ...] = ()
    must_not: tuple["Query", ...] = ()


@dataclass(frozen=True, slots=True)
class Near(Node):
    """Two occurrences in one field with at most `distance` tokens between them.

    In this order if `ordered`. The occurrences have no token in common. Operands are a `Term`,
    `Phrase` (without slop), `Prefix` or `ExactCase` of text fields, or a `Boolean` of these with
    only `should`, any of which counts.
    """

    first: "Query"
    second: "Query"
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast(Node):
    """At least `count` occurrences of the operand in one field.

    The operand is as in `Near`. If one occurrence lies within another, only the inner one counts:
    of `bank` and `"bank indonesia"` it is `bank`.
    """

    count: int
    operand: "Query"


@dataclass(frozen=True, slots=True)
class ExactCase(Node):
    """Words in this order in one text field, with exactly this capitalisation."""

    fields: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InList(Node):
    """Any value of a list, in any of the fields, all of which are of one kind.

    `as_words`: they are text fields, in which a value is the words of it, in order. `values` are
    those of the list when the query was bound to it (`listed.bind`), and no part of its identity.
    """

    fields: tuple[str, ...]
    name: str
    as_words: bool
    values: "ListValues | None" = field(default=None, compare=False, repr=False)


Leaf: TypeAlias = (
    MatchAll
    | MatchNone
    | Term
    | Phrase
    | Prefix
    | Wildcard
    | Fuzzy
    | Regex
    | Range
    | DateRange
    | Exists
    | ExactCase
    | InList
)
Query: TypeAlias = Leaf | Boolean | Near | AtLeast


def children(query: Query) -> tuple[Query, ...]:
    """Return the direct children, in the order must, should, must_not."""
    match query:
        case Boolean():
            return query.must + query.should + query.must_not
        case Near():
            return (query.first, query.second)
        case AtLeast():
            return (query.operand,)
        case _:
            return ()


def walk(query: Query) -> Iterator[Query]:
    """Yield the node and all of its descendants, parents first."""
    waiting = [query]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))
