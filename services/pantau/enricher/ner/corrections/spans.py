"""Names that a list or a pattern is sure of, put in place of what an engine found there."""

from bisect import bisect_left
from collections.abc import Sequence

from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.engine import Mention


def put(mentions: Sequence[Mention], sure: Sequence[Mention]) -> list[Mention]:
    """Put sure names, in order, in place of the mentions that they touch.

    What goes on beyond a sure name keeps its rest if it names a person; an organisation that holds
    the sure name stays as it is, and the sure name is none of its own.
    """
    kept: list[Mention] = []
    held: set[Mention] = set()
    starts = [span.start for span in sure]
    for one in mentions:
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


def _holds(one: Mention, span: Mention) -> bool:
    """Return whether a mention is more than the sure name in it."""
    if one.type == "organization":
        return one.start < span.start or one.end > span.end
    return one.type == "place" and (
        one.end > span.end or (one.start < span.start and one.end == span.end)
    )
