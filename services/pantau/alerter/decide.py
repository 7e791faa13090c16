"""What an alert says: pure."""

from datetime import datetime

from pantau.query.evaluate import Match
from pantau.query.excerpts import Excerpts
from pantau_schemas.alert import Alert, ArticleSummary
from pantau_schemas.article import EnrichedArticle
from pantau_schemas.base import to_millis
from pantau_schemas.ids import alert_id
from pantau_schemas.subscription import Subscription


def wanted(article: EnrichedArticle, subscription: Subscription, *, asked: bool) -> bool:
    """Tell whether a match may alert: historical articles do so only when asked, by the replay or subscription."""
    return asked or subscription.include_historical or not article.historical


class Composer:
    """Writes the alerts of one article, all at one moment."""

    __slots__ = ("_article_id", "_excerpts", "_now", "_summary")

    def __init__(self, article: EnrichedArticle, now: datetime) -> None:
        self._now = to_millis(now)  # as each alert would make it
        self._article_id = article.article_id
        self._excerpts = Excerpts(article)
        self._summary = ArticleSummary(
            article_id=article.article_id,
            revision=article.revision,
            feed_id=article.feed_id,
            title=article.title,
            url=article.url,
            source=article.source,
            lang=article.lang,
            published=article.published,
            first_seen=article.first_seen,
            historical=article.historical,
            story_id=article.story_id,
        )

    def compose(self, subscription: Subscription, match: Match) -> Alert:
        """Write the alert of a match."""
        spans = match.spans
        return Alert(
            alert_id=alert_id(subscription.subscription_id, self._article_id),
            subscription_id=subscription.subscription_id,
            subscription_name=subscription.name,
            query=subscription.query,
            article=self._summary,
            matches=spans,
            snippets=self._excerpts.of(spans, match.query),
            matched_at=self._now,
        )
