"""What an alert says: pure."""

from datetime import datetime

from pantau.query import Query, parse
from pantau.query.evaluate import Match
from pantau.query.excerpts import excerpts
from pantau_schemas.alert import Alert, ArticleSummary
from pantau_schemas.article import EnrichedArticle
from pantau_schemas.ids import alert_id
from pantau_schemas.subscription import Subscription


def wanted(article: EnrichedArticle, subscription: Subscription, *, asked: bool) -> bool:
    """Tell whether a match may alert: historical articles do so only when asked, by the replay or subscription."""
    return asked or subscription.include_historical or not article.historical


def compose(article: EnrichedArticle, subscription: Subscription, match: Match, now: datetime) -> Alert:
    """Write the alert of a match."""

    def query() -> Query:
        return parse(subscription.query, subscription.language, time_zone=subscription.time_zone)

    return Alert(
        alert_id=alert_id(subscription.subscription_id, article.article_id),
        subscription_id=subscription.subscription_id,
        subscription_name=subscription.name,
        query=subscription.query,
        article=ArticleSummary(
            article_id=article.article_id,
            revision=article.revision,
            title=article.title,
            url=article.url,
            source=article.source,
            lang=article.lang,
            published=article.published,
            first_seen=article.first_seen,
            historical=article.historical,
        ),
        matches=match.spans,
        snippets=excerpts(article, match.spans, query),
        matched_at=now,
    )
