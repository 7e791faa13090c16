"""The meaning of a query: THE reference against which every engine is tested."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any, Final

from pydantic import TypeAdapter

from pantau.query import ast
from pantau.query.meaning import date_math, lists
from pantau.query.meaning import proximity as places
from pantau.query.meaning.budget import BudgetExceededError
from pantau.query.meaning.proximity import occurrences
from pantau.query.meaning.word_tests import is_text, word_test, words_where
from pantau.query.text.document import Document
from pantau_schemas.base import Span
from pantau_schemas.fields import FIELDS

MARKED_WORDS: Final = 5_000
"""Maximum number of marked words per field, the first ones.

Only hostile articles, which repeat one word, have more. The marks of an alert are bounded further;
see `pantau.alerter.decide`.
"""
Marks = dict[str, list[tuple[int, int]]]
"""By text field, in the order of the field table.

Half-open ranges of code points, sorted, without overlaps.
"""
Places = dict[str, set[int]]
"""By text field: positions of words."""
_SPANS: Final = TypeAdapter(tuple[Span, ...])
"""All spans of a match are built in one call: several times as fast as one by one."""


def spans_of(marks: Marks) -> tuple[Span, ...]:
    """Build the spans of some marks."""
    return _SPANS.validate_python(span_members(marks))


def span_members(marks: Marks) -> list[dict[str, Any]]:
    """Return the members of each span, for a model that holds spans."""
    return [
        {"field": name, "start": start, "end": end}
        for name, places in marks.items()
        for start, end in places
    ]


class Match:
    """A query accepts an article. Equal if the spans are."""

    __slots__ = ("_document", "_marks", "_query", "_spans")

    def __init__(self, spans: tuple[Span, ...] = ()) -> None:
        self._spans: tuple[Span, ...] | None = spans
        self._marks: Marks | None = None
        self._query: ast.Query | None = None
        self._document: Document | None = None

    @classmethod
    def of(cls, query: ast.Query, document: Document) -> "Match":
        """Build the match of a query that is known to accept the article."""
        made = cls()
        made._spans, made._query, made._document = None, query, document
        return made

    @property
    def query(self) -> ast.Query | None:
        """The query, if the match was built from one."""
        return self._query

    @property
    def marks(self) -> Marks:
        """The matched words in text fields, as plain ranges. Computed on first access."""
        if self._marks is None:
            if self._query is not None and self._document is not None:
                self._marks = _find_marks(self._query, self._document)
                self._document = None
            else:
                self._marks = {}
                for span in self._spans or ():
                    self._marks.setdefault(span.field, []).append((span.start, span.end))
        return self._marks

    @property
    def spans(self) -> tuple[Span, ...]:
        """The matched words in text fields, sorted, without overlaps. Built on first access."""
        if self._spans is None:
            self._spans = spans_of(self.marks)
        return self._spans

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Match) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)

    def __repr__(self) -> str:
        return f"Match({self.spans!r})"


def evaluate(query: ast.Query, document: Document) -> Match | None:
    """Return the match, or None. Raises BudgetExceededError if that is too expensive to decide."""
    document.meter.reset()
    if not accepts(query, document):
        return None
    return Match.of(query, document)


def accepts(query: ast.Query, document: Document) -> bool:
    """Return whether the query accepts the article, charged to the document's meter.

    Raises BudgetExceededError if that is too expensive to decide.
    """
    return _ACCEPTS[type(query)](query, document)


def _boolean(query: ast.Boolean, document: Document) -> bool:
    for clause in query.must:
        if not _ACCEPTS[type(clause)](clause, document):
            return False
    for clause in query.must_not:
        if _ACCEPTS[type(clause)](clause, document):
            return False
    if query.must:
        return True
    return any(_ACCEPTS[type(clause)](clause, document) for clause in query.should)


def _term(query: ast.Term, document: Document) -> bool:
    text = query.text
    for name in query.fields:
        if (
            document.tokens(name).positions(text)
            if is_text(name)
            else document.has_keyword(name, text)
        ):
            return True
    return False


def _phrase(query: ast.Phrase, document: Document) -> bool:
    return any(
        next(occurrences(query, document.tokens(name)), None) is not None for name in query.fields
    )


def _prefix(query: ast.Prefix, document: Document) -> bool:
    for name in query.fields:
        if is_text(name):
            if document.tokens(name).has_prefix(query.text):
                return True
            continue
        values = document.keywords(name)
        document.meter.spend(len(values))
        if any(value.startswith(query.text) for value in values):
            return True
    return False


def _any_word(query: Any, document: Document) -> bool:
    test = word_test(query)
    return any(next(words_where(document, name, test), None) is not None for name in query.fields)


def _date_range(query: ast.DateRange, document: Document) -> bool:
    value = document.date(query.field)
    if value is None:
        return False
    if query.low is not None and not _reached(query.low, value, document):
        return False
    if query.high is None:
        return True
    high = _point(query.high, document)
    return high is not None and value <= high


def _reached(low: ast.Moment, value: datetime, document: Document) -> bool:
    point = _point(low, document)
    return point is not None and value >= point


def _point(moment: ast.Moment, document: Document) -> datetime | None:
    """Return the point in time.

    If it depends on `now`, an article without one does not match.
    """
    if moment.at is not None:
        return moment.at
    document.meter.spend(10 * len(moment.from_now or ""))
    now = document.now
    return None if now is None else date_math.resolve(moment, now)


def _exists(query: ast.Exists, document: Document) -> bool:
    return any(document.has(name) for name in query.fields)


_ACCEPTS: Final[dict[type, Callable[[Any, Document], bool]]] = {
    ast.MatchAll: lambda _query, _document: True,
    ast.MatchNone: lambda _query, _document: False,
    ast.Term: _term,
    ast.Phrase: _phrase,
    ast.Prefix: _prefix,
    ast.Wildcard: _any_word,
    ast.Fuzzy: _any_word,
    ast.Regex: _any_word,
    ast.Range: _any_word,
    ast.DateRange: _date_range,
    ast.Exists: _exists,
    ast.Boolean: _boolean,
    ast.Near: places.near,
    ast.AtLeast: places.at_least,
    ast.ExactCase: places.exact_case,
    ast.InList: lists.has_listed,
}


def _find_marks(query: ast.Query, document: Document) -> Marks:
    places: Places = {}
    _collect_within_budget(query, document, places)
    return marks_at(places, document)


def marks_at(places: Places, document: Document) -> Marks:
    """Return the marks at some positions, at most `MARKED_WORDS` in a field."""
    return {
        name: document.tokens(name).spans(sorted(places[name])[:MARKED_WORDS])
        for name in (FIELDS if len(places) > 1 else places)
        if name in places
    }


def _collect_within_budget(query: ast.Query, document: Document, places: Places) -> None:
    """Collect the positions that made the query accept, as far as the budget allows.

    That it accepts is already known.
    """
    document.meter.reset()
    with suppress(BudgetExceededError):
        collect_places(query, document, places)


def collect_places(query: ast.Query, document: Document, places: Places) -> None:
    """Collect the positions of everything that made the query accept.

    All occurrences of every positive clause that holds.
    """
    collect = _COLLECTORS.get(type(query))
    if collect is not None:
        collect(query, document, places)


def _note(places: Places, name: str, positions: Iterable[int]) -> None:
    known = places.get(name)
    if known is None:
        places[name] = set(positions)
    else:
        known.update(positions)


def _collect_boolean(query: ast.Boolean, document: Document, places: Places) -> None:
    for clause in query.must:
        collect_places(clause, document, places)
    for clause in query.should:
        # A leaf that does not hold has no positions; parts of a conjunction may be present without
        # the others.
        if not isinstance(clause, ast.Boolean) or accepts(clause, document):
            collect_places(clause, document, places)


def _collect_phrase(query: ast.Phrase, document: Document, places: Places) -> None:
    most = max(1, MARKED_WORDS // len(query.terms))
    for name in query.fields:
        for found in islice(occurrences(query, document.tokens(name)), most):
            _note(places, name, found)


def _collect_term(query: ast.Term, document: Document, places: Places) -> None:
    for name in query.fields:
        found = document.tokens(name).index.get(query.text) if is_text(name) else None
        if found is not None:
            positions = found[
                :MARKED_WORDS
            ]  # ascending: the first of all are among the first of each
            document.meter.spend(len(positions))
            _note(places, name, positions)


def _collect_prefix(query: ast.Prefix, document: Document, places: Places) -> None:
    for name in filter(is_text, query.fields):
        tokens = document.tokens(name)
        for word in tokens.beginning(query.text):
            positions = tokens.index[word][:MARKED_WORDS]
            document.meter.spend(1 + len(positions))
            _note(places, name, positions)


def _collect_words(query: Any, document: Document, places: Places) -> None:
    test = word_test(query)
    for name in filter(is_text, query.fields):
        index = document.tokens(name).index
        for word in words_where(document, name, test):
            positions = index[word][:MARKED_WORDS]
            document.meter.spend(1 + len(positions))
            _note(places, name, positions)


def _collect_found(
    find: Callable[[Any, Document], places.Found],
) -> Callable[[Any, Document, Places], None]:
    def collect(query: Any, document: Document, places: Places) -> None:
        for name, positions in find(query, document):
            if positions:
                _note(places, name, positions)

    return collect


_COLLECTORS: Final[dict[type, Callable[[Any, Document, Places], None]]] = {
    ast.Boolean: _collect_boolean,
    ast.Phrase: _collect_phrase,
    ast.Term: _collect_term,
    ast.Prefix: _collect_prefix,
    ast.Wildcard: _collect_words,
    ast.Fuzzy: _collect_words,
    ast.Regex: _collect_words,
    ast.Range: _collect_words,
    ast.Near: _collect_found(places.near_words),
    ast.AtLeast: _collect_found(places.at_least_words),
    ast.ExactCase: _collect_found(places.exact_case_words),
    ast.InList: _collect_found(lists.listed_words),
}
"""Other nodes mark nothing."""
