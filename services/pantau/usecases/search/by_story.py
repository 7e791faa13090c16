"""A search that shows each story once, above any search index.

The cursor walks the matching articles newest first. A story is shown at its newest matching
article; when the walk reaches a later one of it, on whatever page, the story was already shown.
That is detected by looking up what else of the story matches, which also yields the numbers to
show, so the cursor only needs the position, and the time of the very first article: articles seen
later do not shift the next pages.

Exact as long as articles are indexed in the order in which they are first seen, and a story has at
most `MOST` matching articles: with more, numbers are lower bounds and sources are those of the
newest `MOST`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from pantau.common.time.milliseconds import MILLISECOND, millis, moment_of
from pantau.errors import UsageError
from pantau.ports import Filters, Hit, Outline, SearchIndex, SearchRequest
from pantau.problems import problem
from pantau.stories.merges import Merges
from pantau.usecases.stories.ranking import by_number
from pantau_schemas.events.article import EnrichedArticle

MOST: Final = 10_000
"""Maximum number of counted matching articles of one story."""
_AT_ONCE: Final = 2_000
"""Maximum number of matching articles looked up for a batch of stories together.
"""
_LEAST: Final = 20
_LONGEST: Final = 500
"""Articles read at a time."""
_LAST_MILLIS: Final = millis(datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class StoryHit:
    """A story at its newest matching article, or an article without a story."""

    hit: Hit
    story_id: str | None  # the current one, merges applied
    more: int = 0  # further matching articles of it
    more_is_lower_bound: bool = False
    sources: tuple[tuple[str, int], ...] = ()  # of these, most articles first, then by name

    @property
    def article(self) -> EnrichedArticle:
        """The newest matching article."""
        return self.hit.article


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A page of stories. `total` counts matching articles, as `SearchPage` does."""

    stories: tuple[StoryHit, ...]
    total: int | None
    total_is_lower_bound: bool
    cursor: str | None  # of the next page; None at the end
    too_costly: int = 0  # as in `SearchPage`


@dataclass(frozen=True, slots=True)
class _Family:
    """The matches of one story: the newest, and the numbers."""

    newest: str
    count: int
    sources: tuple[tuple[str, int], ...]


def search_by_story(index: SearchIndex, request: SearchRequest, merges: Merges) -> StoryPage:
    """Return a page of stories, newest first.

    `limit` counts stories, `cursor` is that of a `StoryPage`. Raises what the index's `search`
    raises; UsageError for a cursor of another search.
    """
    walk = _Walk(index, request, merges)
    found = walk.stories()
    page = found[: request.limit]
    cursor = None
    if len(found) > len(page) and page and walk.top is not None:
        # No time before 1970, as in `pantau.adapters.sort_key`.
        cursor = f"{max(0, millis(walk.top))}-{page[-1].hit.cursor}"
    return StoryPage(tuple(page), walk.total, walk.total_is_lower_bound, cursor, walk.too_costly)


class _Walk:
    """One walk over matching articles, until there are enough stories."""

    def __init__(self, index: SearchIndex, request: SearchRequest, merges: Merges) -> None:
        self._index = index
        self._merges = merges
        self._seen: set[str] = set()
        self._first = request.cursor is None
        self._request = request
        self.top: datetime | None = None
        if request.cursor is not None:
            top, cursor = _read_cursor(request.cursor)
            self._request = replace(request, cursor=cursor)
            self._bound(top)
        self.total: int | None = None
        self.total_is_lower_bound = False
        self.too_costly = 0

    def _bound(self, top: datetime) -> None:
        """Exclude articles that were seen later than the first one of the first page."""
        self.top = top
        self._request = replace(self._request, filters=_up_to(self._request.filters, top))

    def stories(self) -> list[StoryHit]:
        """Return up to one more story than the limit, which shows whether there is a next page."""
        wanted = self._request.limit + 1
        found: list[StoryHit] = []
        cursor, count = self._request.cursor, self._request.count
        while True:
            size = min(max(2 * (wanted - len(found)), _LEAST), _LONGEST)
            page = self._index.search(
                replace(
                    self._request, filters=self._unseen(), limit=size, cursor=cursor, count=count
                )
            )
            if count:
                self.total, self.total_is_lower_bound = page.total, page.total_is_lower_bound
                count = False
            # A page that counts included the articles of the later ones, too.
            self.too_costly = max(self.too_costly, page.too_costly)
            if self.top is None and page.hits:
                self._bound(page.hits[0].article.first_seen)
            found += self._new_ones(page.hits, wanted - len(found))
            cursor = page.cursor
            if cursor is None or len(found) >= wanted:
                return found

    def _unseen(self) -> Filters:
        """Exclude known stories: a story of thousands of articles is not walked through."""
        filters = self._request.filters
        ids = {one for story in self._seen for one in self._merges.ids(story)}
        return replace(filters, other_stories=(*filters.other_stories, *sorted(ids)))

    def _new_ones(self, hits: Iterable[Hit], wanted: int) -> list[StoryHit]:
        """Return the first `wanted` stories that begin among these articles."""
        new: list[tuple[Hit, str | None]] = []
        for hit in hits:
            story = self._story(hit.article.story_id)
            if story is None or story not in self._seen:
                new.append((hit, story))
            if story is not None:
                self._seen.add(story)
        if self._first:  # nothing was shown before, so each is the newest of its story
            del new[wanted:]
        families = self._families([story for _, story in new if story is not None])
        shown = []
        for hit, story in new:
            family = families.get(story) if story is not None else None
            if family is None:
                shown.append(StoryHit(hit, story))
            elif self._first or family.newest == hit.article.article_id:
                shown.append(_with_numbers(hit, story, family))
        return shown[:wanted]

    def _story(self, story_id: str | None) -> str | None:
        return None if story_id is None else self._merges.resolve(story_id)

    def _families(self, stories: Sequence[str]) -> dict[str, _Family]:
        """Return what matches of each story.

        Looked up for all together, or for each alone if that is too much.
        """
        members: dict[str, list[Outline]] = {story: [] for story in stories}
        together = self._outlines(stories, _AT_ONCE)
        for one in together:
            members[self._merges.resolve(one.story_id or "")].append(one)
        if len(together) == _AT_ONCE:
            members = {story: self._outlines([story], MOST + 1) for story in stories}
        return {story: _family(given) for story, given in members.items() if given}

    def _outlines(self, stories: Sequence[str], limit: int) -> list[Outline]:
        ids = {one for story in stories for one in self._merges.ids(story)}
        filters = self._request.filters
        if filters.stories:
            ids &= set(filters.stories)
        if not ids:
            return []
        among = replace(filters, stories=tuple(sorted(ids)))
        return list(self._index.outlines(self._request.query, among, limit))


def _family(members: Sequence[Outline]) -> _Family:
    others = by_number(one.source for one in members[1:MOST])
    return _Family(members[0].article_id, len(members), others)


def _with_numbers(hit: Hit, story: str | None, family: _Family) -> StoryHit:
    count = min(family.count, MOST)
    return StoryHit(
        hit, story, count - 1, more_is_lower_bound=family.count > MOST, sources=family.sources
    )


def _up_to(filters: Filters, top: datetime) -> Filters:
    until = top + MILLISECOND
    return replace(filters, until=until if filters.until is None else min(filters.until, until))


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    """Parse the time of the first page's first article, and the index's own cursor."""
    top, dash, inner = cursor.partition("-")
    if dash and top.isascii() and top.isdecimal() and len(top) < 16 and int(top) < _LAST_MILLIS:
        return moment_of(int(top)), inner
    raise UsageError(problem("search.no-story-cursor", cursor=cursor))
