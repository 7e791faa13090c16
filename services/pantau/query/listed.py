"""Lists of names that queries refer to by `@name`: their values, prepared for every engine.

A query is parsed without the values; `bind` puts them in. What a query with a list means is what
it would mean with all values of the list, quoted and joined by OR, in place of the reference: in a
keyword field each is a whole value, in a text field the words of each in this order.

A text is read once however long the list is: a phrase is looked up by its first two words, then by
the lengths of the phrases that begin with them. This takes the place of an Aho-Corasick automaton
(Aho and Corasick 1975) over words; it needs no more than sets, which change cheaply.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pantau.common.text.normal_text import normalise_text
from pantau.query import ast
from pantau.query.text import tokenizer

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ListedWords:
    """The values of a list as words of text fields."""

    words: frozenset[str]
    """Values of one word."""
    phrases: frozenset[tuple[str, ...]]
    """Values of two words and more."""
    lengths: Mapping[Pair, tuple[int, ...]]
    """Per first two words: the numbers of words of the phrases that begin with them, ascending."""
    pairs: frozenset[Pair]
    """Values of exactly two words."""

    @classmethod
    def of(cls, values: Iterable[str]) -> "ListedWords":
        """Split values into words. One without any, such as `...`, is left out."""
        split = {tuple(tokenizer.words(value)) for value in values}
        lengths: dict[Pair, set[int]] = {}
        for terms in split:
            if len(terms) > 1:
                lengths.setdefault((terms[0], terms[1]), set()).add(len(terms))
        return cls(
            words=frozenset(terms[0] for terms in split if len(terms) == 1),
            phrases=frozenset(terms for terms in split if len(terms) > 1),
            lengths={pair: tuple(sorted(found)) for pair, found in lengths.items()},
            pairs=frozenset((terms[0], terms[1]) for terms in split if len(terms) == 2),
        )

    def ending(self, sequence: list[str], place: int, end: int) -> Iterator[int]:
        """Yield the number of words of each phrase at a place, of the tokens before `end`."""
        if place + 1 >= end:
            return
        for length in self.lengths.get((sequence[place], sequence[place + 1]), ()):
            if place + length <= end and tuple(sequence[place : place + length]) in self.phrases:
                yield length


class ListValues:
    """The values of a list at one time. Immutable; two are equal if they are the same object."""

    __slots__ = ("_words", "name", "values")

    def __init__(self, name: str, values: Iterable[str]) -> None:
        """Create the values of a list. They are normalised as articles and queries are."""
        self.name = name
        self.values = frozenset(map(normalise_text, values))
        self._words: ListedWords | None = None

    def __len__(self) -> int:
        """Return the number of different values."""
        return len(self.values)

    def __repr__(self) -> str:
        """Return the name and the number of values."""
        return f"ListValues({self.name!r}, {len(self)} values)"

    @property
    def words(self) -> ListedWords:
        """The values as words, split on first access."""
        if self._words is None:
            self._words = ListedWords.of(self.values)
        return self._words


def list_key(name: str) -> str:
    """Return the name of a list in the form in which lists are kept: in small letters, in NFC."""
    return normalise_text(name).lower()


class UnboundListError(LookupError):
    """A query with a list was evaluated without its values: a mistake of the program."""


def values_of(query: ast.InList) -> ListValues:
    """Return the values of a list. Raises UnboundListError where they were not bound."""
    if query.values is None:
        message = f"the values of the list @{query.name} were not bound to the query"
        raise UnboundListError(message)
    return query.values


def lists_in(query: ast.Query) -> tuple[ast.InList, ...]:
    """Return all references to lists, in the order of the query."""
    return tuple(node for node in ast.walk(query) if isinstance(node, ast.InList))


def bind(query: ast.Query, get: Callable[[ast.InList], ListValues | None]) -> ast.Query:
    """Return a query with the values of its lists.

    `get` returns the values for a reference, None to leave it as it is. A tree without lists is
    returned unchanged.
    """
    match query:
        case ast.InList():
            values = get(query)
            return query if values is None else replace(query, values=values)
        case ast.Boolean():
            parts = (query.must, query.should, query.must_not)
            bound = tuple(tuple(bind(one, get) for one in part) for part in parts)
            same = all(
                one is other
                for part, before in zip(bound, parts, strict=True)
                for one, other in zip(part, before, strict=True)
            )
            return query if same else ast.Boolean(*bound, start=query.start, end=query.end)
        case _:  # no list stands in NEAR or ATLEAST
            return query


def expanded(query: ast.Query) -> ast.Query:
    """Return a query with every list written out: the same articles match.

    For lists of moderate size, and to compare with.
    """
    match query:
        case ast.InList():
            return _written_out(query)
        case ast.Boolean():
            must, should, must_not = (
                tuple(map(expanded, part)) for part in (query.must, query.should, query.must_not)
            )
            return ast.Boolean(must, should, must_not, start=query.start, end=query.end)
        case _:
            return query


def _written_out(query: ast.InList) -> ast.Query:
    values, names, start, end = values_of(query), query.fields, query.start, query.end
    leaves: list[ast.Query] = [
        ast.Term(names, value, start=start, end=end)
        for value in sorted(values.words.words if query.as_words else values.values)
    ]
    if query.as_words:
        phrases = sorted(values.words.phrases)
        leaves += [ast.Phrase(names, terms, start=start, end=end) for terms in phrases]
    if not leaves:
        return ast.MatchNone(start=start, end=end)
    return ast.Boolean(should=tuple(leaves), start=start, end=end)
