"""Stories ranked by coverage."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pantau.ports import Filters, Outline, SearchIndex, Store
from pantau.query.ast import MatchAll
from pantau.stories.merges import Merges
from pantau.usecases.moments import check_order
from pantau.usecases.stories.lookup import read_merges

_MOST: Final = 100_000
"""Articles that are looked at: the newest of the time asked for."""


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story as summarised by some of its articles."""

    story_id: str  # the current one, merges applied
    ids: tuple[str, ...]  # under which these articles are stored
    articles: int
    sources: tuple[tuple[str, int], ...]  # with numbers of articles, most first, then by name
    newest: Outline
    first: Outline


@dataclass(frozen=True, slots=True)
class TopStories:
    """The stories of a time, by the newest articles that were looked at."""

    stories: tuple[StorySummary, ...]
    looked_at: int
    is_cut: bool  # there are older articles, which were not looked at


def top_stories(
    store: Store,
    *,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    least_sources: int = 1,
    skip: int = 0,
) -> TopStories:
    """Return the stories of a time that most articles tell, as `rank` orders them.

    The first `skip` are left out.

    Raises UsageError for a time that ends before it begins; RetryError.
    """
    check_order(since, until)
    filters = Filters(since=since, until=until)
    outlines = store.index.outlines(MatchAll(), filters, _MOST)
    merges = read_merges(store.log)
    ranked = rank(outlines, merges, skip + limit, least_sources=least_sources)
    found = with_titles(store.index, filters, ranked[skip:])
    return TopStories(tuple(found), len(outlines), is_cut=len(outlines) == _MOST)


def rank(
    outlines: Iterable[Outline], merges: Merges, limit: int, *, least_sources: int = 1
) -> list[StorySummary]:
    """Return the stories of most articles, then of most sources, then the newest.

    `outlines` are newest first. Stories with one article, or with fewer than `least_sources`
    sources, are omitted.
    """
    members: dict[str, list[Outline]] = {}
    for one in outlines:
        if one.story_id is not None:
            members.setdefault(merges.resolve(one.story_id), []).append(one)
    several = [_summary(story, given) for story, given in members.items() if len(given) > 1]
    wanted = [one for one in several if len(one.sources) >= least_sources]
    # Stories are met newest first, and sorting is stable.
    wanted.sort(key=lambda one: (-one.articles, -len(one.sources)))
    return wanted[:limit]


def with_titles(
    index: SearchIndex, filters: Filters, stories: Sequence[StorySummary]
) -> list[StorySummary]:
    """Return stories with the titles of their newest and first article. Raises RetryError."""
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

    Articles without a source do not count.
    """
    counted = Counter(one for one in sources if one is not None)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
