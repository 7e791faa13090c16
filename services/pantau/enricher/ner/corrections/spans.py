"""Names that a list or a pattern is sure of, put in place of what an engine found there."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.marks import Marked
from pantau_schemas.events.article import EntityType


class Words(NamedTuple):
    """A passage as its tokens, where they start and which have marks; and the known names."""

    passage: Passage
    tokens: Sequence[str]
    starts: Sequence[int]
    marked: Marked
    gazetteer: Gazetteer

    def mention(self, first: int, last: int, kind: EntityType) -> Mention:
        """Return the tokens `first` to `last`, `last` excluded, as a name of that kind."""
        return Mention(self.starts[first], self.starts[last - 1] + len(self.tokens[last - 1]), kind)


def put(mentions: Sequence[Mention], sure: Sequence[Mention]) -> list[Mention]:
    """Put sure names, in order, in place of the mentions that they touch.

    What goes on beyond a sure name keeps its rest if it names a person; an organisation that holds
    the sure name stays as it is, and the sure name is none of its own.
    """
    kept: list[Mention] = []
    held: set[Mention] = set()
    starts = [span.start for span in sure]
    for one in mentions:
        # Sure names do not overlap, so only the last that begins before the end can touch it.
        at = bisect_left(starts, one.end) - 1
        span = sure[at] if at >= 0 and one.start < sure[at].end else None
        if span is None:
            kept.append(one)
        elif _holds(one, span):
            held.add(span)
            kept.append(one)
        elif one.type == "person" and one.end > span.end + 1:
            kept.append(Mention(span.end + 1, one.end, "person"))
    return without_overlap(kept + [span for span in sure if span not in held])


def with_free(length: int, mentions: list[Mention], found: Iterable[Mention]) -> list[Mention]:
    """Return the mentions with those found where none is yet, in order; the first goes before.

    `length` is that of the text.
    """
    taken = CharMask(length, ((one.start, one.end) for one in mentions))
    added: list[Mention] = []
    for one in found:
        if not taken.touches(one.start, one.end):
            taken.add(one.start, one.end)
            added.append(one)
    return sorted(mentions + added) if added else mentions


def _holds(one: Mention, span: Mention) -> bool:
    """Return whether a mention is more than the sure name in it."""
    if one.type == "organization":
        return one.start < span.start or one.end > span.end
    return one.type == "place" and (
        one.end > span.end or (one.start < span.start and one.end == span.end)
    )
