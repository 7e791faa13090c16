"""Operations on stories: what several articles are about."""

from pydantic import Field

from pantau.common.time import zones
from pantau.operations.base.fields import Cursor, Moment, Reference
from pantau.operations.base.operation import Answer, Call, Input
from pantau.operations.base.pages import RankedPage, first_page, read_ranked
from pantau.usecases.moments import parse_moment
from pantau.usecases.stories.ranking import StorySummary, top_stories
from pantau.usecases.stories.reading import read_story as whole_story
from pantau_schemas.base import UtcTime
from pantau_schemas.events.article import EnrichedArticle, EntityType


class StoryList(Input):
    """Which stories are listed."""

    since: Moment = Field(default="3d", description="Only by articles first seen since.")
    until: Moment | None = Field(default=None, description="Only by articles first seen before.")
    sources: int = Field(default=1, ge=1, le=1_000, description="Fewest sources of a story.")
    limit: int = Field(default=20, ge=1, le=200)
    cursor: Cursor | None = None


class StoryEntry(Answer):
    """A story, as its articles of a time tell it."""

    story_id: str
    title: str = Field(description="Of its newest article.")
    articles: int
    sources: dict[str, int] = Field(description="Sources, with numbers of articles.")
    first_seen: UtcTime
    newest_seen: UtcTime
    newest_article_id: str


class StoriesFound(Answer):
    """The stories that most articles tell, the largest first."""

    items: tuple[StoryEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")
    articles_counted: int
    is_cut: bool = Field(description="There are older articles, which were not counted.")


def list_stories(call: Call, given: StoryList) -> StoriesFound:
    """List the stories of a time, those of most articles first.

    All pages are of the time of the first one: articles that arrive meanwhile change no page.
    """
    page = _page(call, given)
    found = top_stories(
        call.parts.store,
        since=page.since,
        until=page.until,
        limit=given.limit + 1,
        least_sources=given.sources,
        skip=page.passed,
    )
    return StoriesFound(
        items=tuple(map(story_entry, found.stories[: given.limit])),
        cursor=page.next_cursor(given.limit, len(found.stories), call.parts.clock.now()),
        articles_counted=found.looked_at,
        is_cut=found.is_cut,
    )


def _page(call: Call, given: StoryList) -> RankedPage:
    if given.cursor is not None:
        return read_ranked(given.cursor)
    now, zone = call.parts.clock.now(), zones.current()
    until = None if given.until is None else parse_moment(given.until, now, zone)
    return first_page(parse_moment(given.since, now, zone), until)


def story_entry(one: StorySummary) -> StoryEntry:
    """Return a story as lists show it."""
    return StoryEntry(
        story_id=one.story_id,
        title=one.newest.title,
        articles=one.articles,
        sources=dict(one.sources),
        first_seen=one.first.first_seen,
        newest_seen=one.newest.first_seen,
        newest_article_id=one.newest.article_id,
    )


class OneStory(Input):
    """The story that is meant."""

    id: Reference = Field(description="Id of a story, or the start of it.")


class StoryArticle(Answer):
    """An article of a story; its text is that of `read_article`."""

    article_id: str
    title: str
    url: str | None
    source: str | None
    lang: str | None
    published: UtcTime | None
    first_seen: UtcTime


class StoryName(Answer):
    """A name, and the number of articles that have it."""

    type: EntityType
    name: str
    articles: int


class StoryQuotation(Answer):
    """Words in quotation marks, and the first article that has them."""

    speaker: str
    text: str
    article_id: str


class StoryWhole(Answer):
    """A story: its newest articles, the oldest first, and what they have in common."""

    story_id: str
    total: int
    articles: tuple[StoryArticle, ...]
    names: tuple[StoryName, ...] = Field(description="The most frequent first.")
    quotations: tuple[StoryQuotation, ...] = Field(description="The oldest first.")


def read_story(call: Call, given: OneStory) -> StoryWhole:
    """Return one story: who reported it and when, who is named, and who is quoted."""
    found = whole_story(call.parts.store, given.id)
    return StoryWhole(
        story_id=found.story_id,
        total=found.total,
        articles=tuple(map(_article, found.articles)),
        names=tuple(
            StoryName(type=kind, name=name, articles=count) for kind, name, count in found.names
        ),
        quotations=tuple(
            StoryQuotation(speaker=one.speaker, text=one.text, article_id=one.article.article_id)
            for one in found.quotes
        ),
    )


def _article(one: EnrichedArticle) -> StoryArticle:
    return StoryArticle(
        article_id=one.article_id,
        title=one.title,
        url=one.url,
        source=one.source,
        lang=one.lang,
        published=one.published,
        first_seen=one.first_seen,
    )
