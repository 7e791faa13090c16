"""Stories by how much is written about them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pantau.ports import Filters, Outline, SearchIndex
from pantau.query.ast import MatchAll
from pantau.stories.merges import Merges

_MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story as some of its articles tell it."""

    story_id: str  # what it is now, merges applied
    ids: tuple[str, ...]  # under which these articles stand
    articles: int
    sources: tuple[tuple[str, int], ...]  # with numbers of articles, most first, then by name
    newest: Outline
    first: Outline


def rank(
    outlines: Iterable[Outline], merges: Merges, limit: int, *, least_sources: int = 1
) -> list[StorySummary]:
    """Return the stories of most articles, of equal ones that of most sources, then the newest.

    `outlines` come newest first. What only one article tells is left out, as is what fewer than
    `least_sources` sources tell.
    """
    members: dict[str, list[Outline]] = {}
    for one in outlines:
        if one.story_id is not None:
            members.setdefault(merges.resolve(one.story_id), []).append(one)
    several = [_summary(story, given) for story, given in members.items() if len(given) > 1]
    wanted = [one for one in several if len(one.sources) >= least_sources]
    # Stories were met newest first, and sorting keeps that order.
    wanted.sort(key=lambda one: (-one.articles, -len(one.sources)))
    return wanted[:limit]


def with_titles(
    index: SearchIndex, filters: Filters, stories: Sequence[StorySummary]
) -> list[StorySummary]:
    """Look up the titles of the newest and the first article of each story. Raises RetryError."""
    ids = tuple(sorted({one for story in stories for one in story.ids}))
    if not ids:
        return []
    found = index.outlines(MatchAll(), replace(filters, stories=ids), _MOST, titles=True)
    titled = {one.article_id: one for one in found}
    return [
        replace(
            story,
            newest=titled.get(story.newest.article_id, story.newest),
            first=titled.get(story.first.article_id, story.first),
        )
        for story in stories
    ]


def _summary(story_id: str, members: Sequence[Outline]) -> StorySummary:
    return StorySummary(
        story_id=story_id,
        ids=tuple(sorted({one.story_id for one in members if one.story_id is not None})),
        articles=len(members),
        sources=by_number(one.source for one in members),
        newest=members[0],
        first=members[-1],
    )


def by_number(sources: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    """Count sources: most articles first, then by name.

    Articles without a source count for none.
    """
    counted = Counter(one for one in sources if one is not None)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
