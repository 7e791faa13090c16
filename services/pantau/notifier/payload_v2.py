"""Version 2 of the body of webhooks, from what the alert says alone: equal on every attempt. Pure.

The members are those of `pantau_schemas.webhook`.
"""

import shlex
from collections.abc import Iterable
from datetime import tzinfo
from typing import Final

from pantau.common.channels.summary import Summary
from pantau.common.time.zones import known_zone, local_time
from pantau.ports import Message, SummaryMessage
from pantau.query.text.sizes import clipped
from pantau_schemas import webhook
from pantau_schemas.events.alert import Alert, ArticleSummary, MatchedClause
from pantau_schemas.events.subscription import Tag

WHY_BYTES: Final = 1_000


def body(message: Message | SummaryMessage) -> bytes:
    """Return the body of a message in UTF-8, without spaces between members."""
    if isinstance(message, SummaryMessage):
        made: webhook.AlertBody | webhook.SuspensionBody | webhook.SummaryBody = _summary(message)
    elif message.alert.kind == "suspended":
        made = _suspension(message)
    else:
        made = _alert(message)
    return webhook.BODY.dump_json(made, exclude_none=True)


def _alert(message: Message) -> webhook.AlertBody:
    alert = message.alert
    zone = known_zone(alert.time_zone)
    return webhook.AlertBody(
        type="alert",
        version=2,
        id=message.message_id,
        timestamp=alert.matched_at,
        data=webhook.AlertData(
            alert_id=alert.alert_id,
            subscription=_subscription(alert),
            why=why(alert),
            historical=alert.article.historical,
            time_zone=str(zone),
            matched_at=local_time(alert.matched_at, zone),
            article=article_part(alert.article, zone),
            entities=_entities(alert.article),
            clauses=alert.clauses,
            more_clauses=alert.more_clauses,
            snippets=alert.snippets,
            matches=alert.matches,
            more_matches=alert.more_matches,
            story=_story(alert.article),
            links=_links(alert),
        ),
    )


def _suspension(message: Message) -> webhook.SuspensionBody:
    alert = message.alert
    zone = known_zone(alert.time_zone)
    return webhook.SuspensionBody(
        type="subscription.suspended",
        version=2,
        id=message.message_id,
        timestamp=alert.matched_at,
        data=webhook.SuspensionData(
            alert_id=alert.alert_id,
            subscription=_subscription(alert),
            problem=alert.problem or "",
            time_zone=str(zone),
            suspended_at=local_time(alert.matched_at, zone),
            article=article_part(alert.article, zone),
            edit=command("subscriptions", "edit", alert.subscription_id, "--query"),
            resume=command("subscriptions", "resume", alert.subscription_id),
        ),
    )


def _summary(message: SummaryMessage) -> webhook.SummaryBody:
    """Return the body of a summary, whose times are in UTC: it covers many subscriptions."""
    summary: Summary = message.summary
    return webhook.SummaryBody(
        type="alerts.summary",
        version=2,
        id=message.message_id,
        timestamp=summary.until,
        data=webhook.SummaryData(
            summary_id=summary.summary_id,
            count=summary.count,
            time_zone="UTC",
            since=summary.since,
            until=summary.until,
            subscriptions=tuple(
                webhook.SubscriptionCount(id=one.id, name=one.name, count=one.count)
                for one in summary.subscriptions
            ),
            more_subscriptions=summary.more_subscriptions,
            feeds=tuple(
                webhook.FeedCount(id=one.id, source=one.name, count=one.count)
                for one in summary.feeds
            ),
            more_feeds=summary.more_feeds,
            first=tuple(
                webhook.HeadlinePart(
                    alert_id=one.alert_id,
                    subscription_id=one.subscription_id,
                    title=one.title,
                    url=one.url,
                    source=one.source,
                )
                for one in summary.first
            ),
            list=command("alerts", "--since", summary.since.date().isoformat(), "--json"),
        ),
    )


def _subscription(alert: Alert) -> webhook.SubscriptionPart:
    tags: tuple[Tag, ...] = alert.subscription_tags
    return webhook.SubscriptionPart(
        id=alert.subscription_id,
        name=alert.subscription_name,
        tags=tags,
        query=alert.query,
        language=alert.language,
    )


def article_part(article: ArticleSummary, zone: tzinfo) -> webhook.ArticlePart:
    """Return an article as bodies have it, with its times in `zone`."""
    published = article.published
    return webhook.ArticlePart(
        article_id=article.article_id,
        revision=article.revision,
        feed_id=article.feed_id,
        title=article.title,
        excerpt=article.excerpt,
        url=article.url,
        source=article.source,
        lang=article.lang,
        published=None if published is None else local_time(published, zone),
        first_seen=local_time(article.first_seen, zone),
    )


def _entities(article: ArticleSummary) -> webhook.EntitiesPart:
    def of(kind: str) -> tuple[webhook.EntityPart, ...]:
        return tuple(
            webhook.EntityPart(id=one.id, name=one.name)
            for one in article.entities
            if one.type == kind
        )

    return webhook.EntitiesPart(
        people=of("person"),
        organizations=of("organization"),
        places=of("place"),
        more=article.more_entities,
    )


def _story(article: ArticleSummary) -> webhook.StoryPart | None:
    if article.story_id is None or article.story is None:
        return None
    return webhook.StoryPart(
        story_id=article.story_id,
        articles=article.story.articles,
        other_sources=article.story.other_sources,
        more_sources=article.story.more_sources,
    )


def _links(alert: Alert) -> webhook.LinksPart:
    article, subscription = alert.article, alert.subscription_id
    story = article.story_id
    return webhook.LinksPart(
        article=article.url,
        show=command("show", article.article_id),
        why=command("query", "why", article.article_id, subscription),
        story=None if story is None else command("search", "*", "--story", story),
        edit=command("subscriptions", "edit", subscription, "--query"),
        mute=command("subscriptions", "pause", subscription),
    )


def why(alert: Alert) -> str:
    """Return why an article alerted: the clauses that hold, and where they were found."""
    clauses = ", ".join(dict.fromkeys(map(_clause, alert.clauses)))
    more = f", and {alert.more_clauses} more" if alert.more_clauses else ""
    reason = f": {clauses}{more}" if clauses else ""
    past = " It is an article of the past." if alert.article.historical else ""
    return f"{clipped(f'The article matches the query{reason}', WHY_BYTES)}.{past}"


def _clause(clause: MatchedClause) -> str:
    return f"{clause.text} (in {', '.join(clause.fields)})" if clause.fields else clause.text


def command(*words: str) -> str:
    """Return a command line of Pantau for a shell; words are quoted where they need it."""
    return " ".join(("pantau", *_quoted(words)))


def _quoted(words: Iterable[str]) -> Iterable[str]:
    return map(shlex.quote, words)
