"""An article as a reader sees it: which parts of its text are names, quotes, or matched words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pantau.query import Query
from pantau.query.meaning.verify import Verifier
from pantau.query.text.document import Document
from pantau_schemas.events.article import EnrichedArticle

MarkKind = Literal["match", "person", "organization", "place", "quote", "date"]


@dataclass(frozen=True, slots=True)
class TextMark:
    """A half-open range of code points of a field, and what it is."""

    field: str
    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of a text, and all that it is part of."""

    text: str
    kinds: frozenset[MarkKind]


def marks_of(article: EnrichedArticle, query: Query | None, now: datetime) -> tuple[TextMark, ...]:
    """Return the marks of an article; matched words only where the query accepts it."""
    return (*_found_marks(article), *_matched(article, query, now))


def _found_marks(article: EnrichedArticle) -> Iterator[TextMark]:
    for entity in article.entities:
        for one in entity.mentions:
            yield TextMark(one.field, one.start, one.end, entity.type)
    for quote in article.quotations:
        if quote.kind == "direct":
            yield TextMark(quote.field, quote.start, quote.end, "quote")
    for date in article.dates:
        yield TextMark(date.field, date.start, date.end, "date")


def _matched(article: EnrichedArticle, query: Query | None, now: datetime) -> Iterator[TextMark]:
    if query is None:
        return
    match = Verifier(query).match(Document.from_article(article, now))
    for one in match.spans if match is not None else ():
        yield TextMark(one.field, one.start, one.end, "match")


def text_parts(text: str, marks: Iterable[TextMark]) -> Iterator[TextPart]:
    """Yield a text in pieces that do not overlap; joined, they are the text.

    Marks may overlap, nest, be empty or reach beyond the text. Takes time in proportion to the
    text and n log n of the number of marks.
    """
    # Marks begin and end at borders; between two of them, the kinds with a depth above zero hold.
    changes: dict[int, list[tuple[MarkKind, int]]] = {}
    for one in marks:
        start, end = max(0, one.start), min(one.end, len(text))
        if start < end:
            changes.setdefault(start, []).append((one.kind, 1))
            changes.setdefault(end, []).append((one.kind, -1))
    depth: dict[MarkKind, int] = {}
    place = 0
    for border in (*sorted(changes), len(text)):
        if border > place:
            yield TextPart(text[place:border], frozenset(kind for kind, n in depth.items() if n))
            place = border
        for kind, step in changes.get(border, ()):
            depth[kind] = depth.get(kind, 0) + step


def paragraphs(text: str, marks: Iterable[TextMark]) -> Iterator[tuple[TextPart, ...]]:
    """Yield the paragraphs of a text, each in pieces; empty lines are left out."""
    line: list[TextPart] = []
    for part in text_parts(text, marks):
        first, *others = part.text.split("\n")
        line.append(TextPart(first, part.kinds))
        for piece in others:
            if any(one.text.strip() for one in line):
                yield tuple(one for one in line if one.text)
            line = [TextPart(piece, part.kinds)]
    if any(one.text.strip() for one in line):
        yield tuple(one for one in line if one.text)
