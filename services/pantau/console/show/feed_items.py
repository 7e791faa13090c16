"""Articles, stories and alerts as items of feeds. Pure."""

from pantau.common.text.safe_text import harmless
from pantau.common.text.syndication import FeedItem
from pantau.console.show.links import outside_link, own_item
from pantau.usecases.stories.ranking import StorySummary
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import EnrichedArticle

_EXCERPT = 500
"""Characters of a text that an item shows."""


def article_item(article: EnrichedArticle, base: str) -> FeedItem:
    """Return an article; `base` is the address of the console."""
    own = base + own_item("/articles", article.article_id)
    return FeedItem(
        item_id=f"urn:pantau:article:{article.article_id}",
        title=harmless(article.title),
        link=outside_link(article.url) or own,
        text=harmless(article.text[:_EXCERPT]),
        updated=article.first_seen,
        published=article.published,
        lang=article.lang,
        source=harmless(article.source or ""),
    )


def story_item(story: StorySummary, base: str) -> FeedItem:
    """Return a story at its newest article."""
    sources = ", ".join(f"{name} {count}" for name, count in story.sources)
    return FeedItem(
        item_id=f"urn:pantau:story:{story.story_id}",
        title=harmless(story.newest.title),
        link=base + own_item("/stories", story.story_id),
        text=harmless(sources),
        updated=story.newest.first_seen,
        published=story.first.first_seen,
    )


def alert_item(alert: Alert, base: str | None) -> FeedItem:
    """Return an alert; without a base, its link is that of the article alone."""
    article = alert.article
    own = None if base is None else base + own_item("/alerts", alert.alert_id)
    passages = [one.text for one in alert.snippets if one.field != "title"]
    lines = [alert.subscription_name, alert.problem or "", *passages]
    return FeedItem(
        item_id=f"urn:pantau:alert:{alert.alert_id}",
        title=harmless(article.title),
        link=outside_link(article.url) or own,
        text="\n".join(harmless(one) for one in lines if one),
        updated=alert.matched_at,
        published=article.published,
        lang=article.lang,
        source=harmless(article.source or ""),
    )
