"""An article for queries: tokens with positions, keyword values, dates.

Tokenized once, on first access.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from pantau.query.meaning.budget import Meter
from pantau.query.text import tokenizer
from pantau_schemas.base import to_millis
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.fields import FIELDS, KEYWORD_LIMIT, VALUE_GAP, FieldKind

Value = str | tuple[str, ...] | datetime
SEPARATOR: Final = "\n"
"""Offsets in a multi-valued text field refer to the values joined by this."""
TEXT_FIELDS: Final = tuple(name for name, field in FIELDS.items() if field.kind is FieldKind.TEXT)
KEYWORD_FIELDS: Final = tuple(
    name for name, field in FIELDS.items() if field.kind is FieldKind.KEYWORD
)
DATE_FIELDS: Final = tuple(name for name, field in FIELDS.items() if field.kind is FieldKind.DATE)
_FEW: Final = 8
"""Up to this many words of a text are searched one by one; for more, all are indexed."""


class Tokens:
    """The tokens of one text field, with positions and offsets."""

    __slots__ = (
        "_asked",
        "_index",
        "_sorted",
        "_spans",
        "_vocabulary",
        "_written",
        "meter",
        "sequence",
        "starts",
        "values",
    )

    def __init__(self, values: tuple[str, ...], meter: Meter | None = None) -> None:
        self.values = values
        self.meter = meter or Meter()
        """Charged with the work of a query here."""
        self.sequence = tokenizer.words(values[0]) if len(values) == 1 else []
        self.starts: tuple[int, ...] = (0,)
        """Per value: the index in `sequence` of its first token."""
        if len(values) > 1:
            starts = []
            for value in values:
                starts.append(len(self.sequence))
                self.sequence.extend(tokenizer.words(value))
            self.starts = tuple(starts)
        self._asked = 0
        self._index: dict[str, list[int]] | None = None
        self._spans: list[tuple[int, int]] | None = None
        self._sorted: list[str] | None = None
        self._written: list[str] | None = None
        self._vocabulary: str | None = None

    @property
    def vocabulary(self) -> str:
        """The distinct tokens, one per line; no token has a line break."""
        if self._vocabulary is None:
            self._vocabulary = "\n".join(self.index)
        return self._vocabulary

    @property
    def index(self) -> dict[str, list[int]]:
        """Each token with its positions, ascending; values are `VALUE_GAP` apart."""
        if self._index is None:
            found: defaultdict[str, list[int]] = defaultdict(list)
            if len(self.values) == 1:
                for position, word in enumerate(self.sequence):
                    found[word].append(position)
            else:
                for place, word in enumerate(self.sequence):
                    found[word].append(self._position(place))
            found.default_factory = None  # read-only from here on
            self._index = found
        return self._index

    def positions(self, word: str) -> list[int]:
        """Return the positions of one word, ascending.

        Faster than `index` for a few words.
        """
        index = self._index
        if index is None:
            self._asked += 1
            if len(self.values) != 1 or self._asked > _FEW:
                index = self.index
        if index is not None:
            return index.get(word, [])
        found: list[int] = []
        sequence, place = self.sequence, -1
        for _ in range(sequence.count(word)):
            place = sequence.index(word, place + 1)
            found.append(place)
        return found

    def has_prefix(self, text: str) -> bool:
        """Return whether a token has a prefix."""
        return next(self.beginning(text), None) is not None

    def beginning(self, text: str) -> Iterator[str]:
        """Yield the distinct tokens with a prefix, sorted."""
        if self._sorted is None:
            self._sorted = sorted(set(self.sequence))
        words = self._sorted
        for place in range(bisect_left(words, text), len(words)):
            if not words[place].startswith(text):
                return
            yield words[place]

    def _value_of(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def _position(self, place: int) -> int:
        return place + VALUE_GAP * self._value_of(place)

    @property
    def written(self) -> list[str]:
        """The tokens as written, with capitals; in the order of `sequence`."""
        if self._written is None:
            self._written = [
                value[start:end]
                for value in self.values
                for start, end in tokenizer.spans(
                    value, self.sequence if len(self.values) == 1 else None
                )
            ]
        return self._written

    def spans(self, positions: Iterable[int]) -> list[tuple[int, int]]:
        """Return the code point ranges of the tokens at some positions, in the joined values."""
        if self._spans is None:
            self._spans = []
            base = 0
            for value in self.values:
                found = tokenizer.spans(value, self.sequence if len(self.values) == 1 else None)
                self._spans += (
                    [(base + start, base + end) for start, end in found] if base else found
                )
                base += len(value) + len(SEPARATOR)
        known = self._spans
        if len(self.values) == 1:
            return [known[position] for position in positions]
        places = {self._position(place): span for place, span in enumerate(known)}
        return [places[position] for position in positions]


_NO_TOKENS: Final = Tokens(())


def _searchable(value: str) -> bool:
    """Return whether a keyword is short enough, counted as Elasticsearch's `ignore_above` does."""
    return 2 * len(value) <= KEYWORD_LIMIT or tokenizer.units(value) <= KEYWORD_LIMIT


class Document:
    """One article, for any number of queries."""

    __slots__ = ("_get", "_joined", "_keyword_sets", "_keywords", "_now", "_tokens", "meter")

    def __init__(self, get: Callable[[str], Value | None], now: datetime | None = None) -> None:
        """Create a document. `get` returns the value of a field, or None.

        `now` is the value of that word in queries; else `first_seen`.
        """
        self._now = now
        self._get = get
        self._tokens: dict[str, Tokens] = {}
        self._keywords: dict[str, tuple[str, ...]] = {}
        self._keyword_sets: dict[str, frozenset[str]] = {}
        self._joined: dict[str, str] = {}
        self.meter = Meter()
        """Charged with the work of a query; callers reset it before each query.
        """

    @classmethod
    def from_article(cls, article: EnrichedArticle, now: datetime | None = None) -> "Document":
        """Create a document of an event of `articles.enriched`."""
        return cls(lambda name: getattr(article, name), now)

    @classmethod
    def from_fields(cls, fields: Mapping[str, Value], now: datetime | None = None) -> "Document":
        """Create a document of fields by name, as batch commands read them."""
        return cls(fields.get, now)

    @property
    def now(self) -> datetime | None:
        """The value of `now` in a query.

        The time of search if it was given, else when the article was first seen.
        """
        return self.date("first_seen") if self._now is None else self._now

    def _values(self, name: str) -> tuple[str, ...]:
        value = self._get(name)
        if isinstance(value, str):
            return (value,)
        return value if isinstance(value, tuple) else ()

    def tokens(self, name: str) -> Tokens:
        """Return the tokens of a text field."""
        found = self._tokens.get(name)
        if found is None:
            values = self._values(name)
            found = self._tokens[name] = Tokens(values, self.meter) if values else _NO_TOKENS
        return found

    def keywords(self, name: str) -> tuple[str, ...]:
        """Return the values of a keyword field that are not too long to be searchable."""
        found = self._keywords.get(name)
        if found is None:
            values = self._values(name)
            found = self._keywords[name] = tuple(value for value in values if _searchable(value))
        return found

    def has_keyword(self, name: str, value: str) -> bool:
        """Return whether a keyword field has a value, in constant time."""
        found = self._keyword_sets.get(name)
        if found is None:
            values = self.keywords(name)
            if len(values) <= _FEW:
                return value in values
            found = self._keyword_sets[name] = frozenset(values)
        return value in found

    def date(self, name: str) -> datetime | None:
        """Return the value of a date field."""
        value = self._get(name)
        return to_millis(value) if isinstance(value, datetime) else None

    def has(self, name: str) -> bool:
        """Return whether a field has a value; an empty text counts."""
        field = FIELDS.get(name)
        if field is None:
            return False
        if field.kind is FieldKind.DATE:
            return self.date(name) is not None
        return (
            bool(self._values(name)) if field.kind is FieldKind.TEXT else bool(self.keywords(name))
        )

    def joined(self, name: str) -> str:
        """Return the text to which spans of a text field refer."""
        found = self._joined.get(name)
        if found is None:
            found = self._joined[name] = SEPARATOR.join(self._values(name))
        return found
