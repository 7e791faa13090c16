"""Stories by the references that people use, and the merges of the log."""

from typing import Final

from pantau.errors import UsageError
from pantau.ports import Filters, Log, SearchIndex
from pantau.problems import Problem, problem
from pantau.query import ast
from pantau.stories.merges import Merges
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.story import StoryMerge
from pantau_schemas.topics import STORY_MERGES

SHORT: Final = 8
"""Characters of an id that are shown to people, and suffice to name a story."""
_LOOKED_AT: Final = 2_000
"""Number of newest articles of stories with the same id prefix that are considered."""


def read_merges(log: Log) -> Merges:
    """Load all current merges; unreadable ones are skipped. Raises RetryError."""
    into = {}
    for value in log.table(STORY_MERGES.name).snapshot().values.values():
        if value is None:
            continue
        try:
            merge = decode(StoryMerge, value)
        except SchemaError:
            continue
        into[merge.story_id] = merge.into
    return Merges(into)


def story_ids(index: SearchIndex, merges: Merges, reference: str) -> tuple[str, ...]:
    """Return every id under which articles of a story are stored.

    `reference` is any of them, or the start of one. Raises UsageError if there is no such story, or
    several; RetryError.
    """
    if not (reference and reference.isascii() and reference.isprintable()):
        raise UsageError(_missing(reference))
    ids = merges.ids(reference)
    if len(ids) > 1 or index.outlines(ast.MatchAll(), Filters(stories=ids), 1):
        return ids
    # It is no whole id, but may be the start of one, as tables show it.
    alike = index.outlines(ast.Prefix(("story_id",), text=reference), Filters(), _LOOKED_AT)
    found = {merges.resolve(one.story_id) for one in alike if one.story_id is not None}
    found |= merges.beginning(reference)
    if not found:
        raise UsageError(_missing(reference))
    if len(found) > 1:
        some = ", ".join(sorted(found)[:5])
        raise UsageError(
            problem("stories.several", count=len(found), reference=reference, ids=some)
        )
    return merges.ids(found.pop())


def _missing(reference: str) -> Problem:
    return problem("stories.missing", reference=reference)
