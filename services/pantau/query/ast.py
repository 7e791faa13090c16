"""Queries as trees: what every parser makes, and what the evaluator and every engine read.

A leaf names the fields it looks in, after the default fields were put in, and words as the analyzer
left them; so the tree can be evaluated without the text that it was made from. `start` and `end`
are the place of a node in that text, in code points; they take no part in equality.

In a text field a `Term` is one token; in a keyword field it is a whole value, case and all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Where a node stands in the query's text."""

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MatchAll(Node):
    """Every article."""


@dataclass(frozen=True, slots=True)
class MatchNone(Node):
    """No article; `reason` is for people.

    `unknown` is the name that no field has, if that is why.
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

    `slop` is Lucene's: how many moves by one position are allowed in all.
    """

    fields: tuple[str, ...]
    terms: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """A token, or a keyword value, that begins so."""

    fields: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Wildcard(Node):
    r"""A token, or a keyword value, of this pattern.

    `*` any run, `?` one character, `\` takes the next as it is.
    """

    fields: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy(Node):
    """A token, or a keyword value, at most `edits` away.

    Insert, delete, replace, swap neighbours.
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
    """A point of time: fixed, or `now` and arithmetic on it (such as `-7d/d`), to be worked out when evaluated.

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

    Rounding is done already.
    """

    field: str
    low: Moment | None
    high: Moment | None


@dataclass(frozen=True, slots=True)
class Exists(Node):
    """Any of the fields has a value; an empty text is one."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """All of `must`, none of `must_not`, and where `must` is empty any of `should`.

    Never without a positive part: the parsers put `MatchAll` before pure negatives, as
    Elasticsearch does.
    """

    must: tuple["Query", ...] = ()
    should: tuple["Query", ...] = ()
    must_not: tuple["Query", ...] = ()


@dataclass(frozen=True, slots=True)
class Near(Node):
    """Two places of one field with at most `distance` tokens between them.

    In this order if `ordered`. The places have no token in common. What is looked for is a `Term`,
    `Phrase` (without slop), `Prefix` or `ExactCase` of text fields, or a `Boolean` of these with
    nothing but `should`: any of them is a place.
    """

    first: "Query"
    second: "Query"
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast(Node):
    """At least `count` places of one field where the operand is found.

    It is what those of `Near` are. Where one place lies within another, only the inner one counts:
    of `bank` and `"bank indonesia"` it is `bank`.
    """

    count: int
    operand: "Query"


@dataclass(frozen=True, slots=True)
class ExactCase(Node):
    """Words in this order in one text field, written exactly so: tokens with their capitals."""

    fields: tuple[str, ...]
    terms: tuple[str, ...]


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
)
Query: TypeAlias = Leaf | Boolean | Near | AtLeast


def children(query: Query) -> tuple[Query, ...]:
    """Return the nodes right below, in the order must, should, must_not."""
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
    """Yield the node and all below it, parents first."""
    waiting = [query]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))
