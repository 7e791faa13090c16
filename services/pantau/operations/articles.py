"""Operations on articles: search, one article, and why it alerted a subscription or not."""

from typing import Annotated

from pydantic import Field

from pantau.common.time import zones
from pantau.operations.base.fields import (
    Cursor,
    Language,
    Moment,
    QueryText,
    Reference,
    Text,
    Zone,
)
from pantau.operations.base.notes import QueryRemark, note_of
from pantau.operations.base.operation import Answer, Call, Input
from pantau.ports import Filters
from pantau.query.explain import plain
from pantau.query.explain.explanation import ClauseMatch
from pantau.query.explain.plain_leaves import ClauseDescriber
from pantau.query.explain.snippets import Excerpts
from pantau.usecases.alerts.reasons import reasons
from pantau.usecases.moments import parse_moment
from pantau.usecases.search.articles import find_article
from pantau.usecases.search.searching import ResultRow, Search, SearchResults, search
from pantau_schemas.base import UtcTime
from pantau_schemas.codec import without_unknown
from pantau_schemas.events.alert import Snippet
from pantau_schemas.events.article import EnrichedArticle

Values = Annotated[tuple[Text, ...], Field(max_length=20)]


class ArticleSearch(Input):
    """A search for articles."""

    query: QueryText
    language: Language = "lucene"
    time_zone: Zone | None = Field(default=None, description="By default that of the settings.")
    source: Values = Field(default=(), description="Only of one of these sources.")
    article_language: Values = Field(default=(), description="Only in one of these languages.")
    entity: Values = Field(
        default=(), description="Only naming all of these people, organisations or places."
    )
    story: Reference | None = Field(default=None, description="Only of this story, by its id.")
    by_story: bool = Field(default=False, description="Each story once, at its newest match.")
    since: Moment | None = Field(default=None, description="Only first seen at this time or later.")
    until: Moment | None = Field(default=None, description="Only first seen before this time.")
    limit: int = Field(default=20, ge=1, le=200)
    cursor: Cursor | None = None


class StoryShare(Answer):
    """Further matches of a story."""

    story_id: str | None
    more: int = Field(description="Further matching articles of the story.")
    more_is_lower_bound: bool
    sources: dict[str, int] = Field(description="Sources of these, with numbers of articles.")


class FoundArticle(Answer):
    """An article that was found; its text is that of `read_article`."""

    article_id: str
    revision: int
    title: str
    url: str | None
    source: str | None
    lang: str | None
    published: UtcTime | None
    first_seen: UtcTime
    historical: bool
    story_id: str | None
    snippets: tuple[Snippet, ...] = Field(description="Excerpts, with matched words marked.")
    story: StoryShare | None = Field(description="In a search by story.")


class ArticlesFound(Answer):
    """A page of articles, the newest first."""

    items: tuple[FoundArticle, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")
    total: int
    total_is_lower_bound: bool
    held: int = Field(description="All articles of the store.")
    notes: tuple[QueryRemark, ...] = Field(description="What is doubtful about the query.")
    warnings: tuple[str, ...] = Field(description="What the search left out.")


def search_articles(call: Call, given: ArticleSearch) -> ArticlesFound:
    """Search all stored articles, newest first.

    A query finds exactly what a subscription with it would match.
    """
    now, zone = call.parts.clock.now(), given.time_zone or zones.current_name()
    since, until = (
        None if one is None else parse_moment(one, now, zones.current())
        for one in (given.since, given.until)
    )
    wanted = Search(
        query=given.query,
        language=given.language,
        time_zone=zone,
        filters=Filters(
            sources=given.source,
            languages=given.article_language,
            entities=given.entity,
            since=since,
            until=until,
        ),
        story=given.story,
        by_story=given.by_story,
        limit=given.limit,
        cursor=given.cursor,
    )
    found = search(wanted, call.parts.store)
    return ArticlesFound(
        items=tuple(_found(row, found) for row in found.rows()),
        cursor=found.page.cursor,
        total=found.page.total or 0,
        total_is_lower_bound=found.page.total_is_lower_bound,
        held=found.held,
        notes=tuple(note_of(one, call.lang) for one in found.doubts),
        warnings=tuple(one.text(call.lang) for one in found.warnings),
    )


def _found(row: ResultRow, found: SearchResults) -> FoundArticle:
    article, story = row.hit.article, row.story
    share = None
    if story is not None:
        share = StoryShare(
            story_id=story.story_id,
            more=story.more,
            more_is_lower_bound=story.more_is_lower_bound,
            sources=dict(story.sources),
        )
    return FoundArticle(
        article_id=article.article_id,
        revision=article.revision,
        title=article.title,
        url=article.url,
        source=article.source,
        lang=article.lang,
        published=article.published,
        first_seen=article.first_seen,
        historical=article.historical,
        story_id=article.story_id,
        snippets=Excerpts(article).of(row.hit.matches, found.query),
        story=share,
    )


class OneArticle(Input):
    """The article that is meant."""

    id: Reference = Field(description="Id of an article, or the start of it.")


def read_article(call: Call, given: OneArticle) -> EnrichedArticle:
    """Return one article whole: its text, names, dates, quotations, and story.

    All offsets count code points.
    """
    return without_unknown(find_article(call.parts.store, given.id))


class AlertQuestion(Input):
    """An article, and a subscription that it alerted or not."""

    id: Reference = Field(description="Id of an article, or the start of it.")
    subscription: Reference = Field(description="Id or name of a subscription.")


class MissingClause(Answer):
    """A clause that prevents a match."""

    clause: str
    unwanted: bool = Field(description="The article has it, and must not.")


class AlertStep(Answer):
    """One step of what came of a match."""

    code: str
    text: str


class AlertReasons(Answer):
    """Why an article alerted a subscription or not, as both stand now."""

    matches: bool
    clauses: tuple[str, ...] = Field(description="Clauses that hold, in plain words.")
    missing: tuple[MissingClause, ...]
    steps: tuple[AlertStep, ...]
    alert_id: str | None


def explain_alert(call: Call, given: AlertQuestion) -> AlertReasons:
    """Explain why a stored article did or did not alert a subscription."""
    found = call.subscriptions.found(given.subscription)
    article = find_article(call.parts.store, given.id)
    told = reasons(article, found, call.parts.store.log, call.parts.clock)
    zone = found.subscription.time_zone
    teller = plain.describer(call.lang, call.parts.clock.now(), zone)
    return AlertReasons(
        matches=told.matches,
        clauses=tuple(_clause(one, teller) for one in told.clauses),
        missing=tuple(
            MissingClause(clause=teller.leaf(one.clause), unwanted=one.unwanted)
            for one in told.missing
        ),
        steps=tuple(AlertStep(code=one.code, text=one.text(call.lang)) for one in told.steps),
        alert_id=None if told.alert is None else told.alert.alert_id,
    )


def _clause(one: ClauseMatch, teller: ClauseDescriber) -> str:
    values = ", ".join(one.values)
    return f"{teller.leaf(one.clause)}: {values}" if values else teller.leaf(one.clause)
