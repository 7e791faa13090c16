"""A message of several alerts in the shape of a summary, for receivers of version 1. Pure.

Their programs know alerts and summaries. One delivery is one request under one id, so a message is
one body: a summary, which such receivers get already where a flood exceeds their channel's limit.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from pantau.common.channels.message_content import MessageContent
from pantau.common.channels.summary import Headline, Summary, SummaryPart
from pantau.common.text.safe_text import one_line
from pantau.ports import RuleMessage
from pantau_schemas.events.alert import Alert

TITLES: Final = 10
FEEDS_NAMED: Final = 5
TITLE_LIMIT: Final = 300
URL_LIMIT: Final = 2_000


def as_summary(message: RuleMessage) -> Summary:
    """Return a message as a summary; feeds are counted among the alerts that were looked up."""
    content = message.content
    alerts = [one for story in content.stories for one in story.alerts]
    feeds = Counter(one.article.feed_id for one in alerts).most_common()
    return Summary(
        summary_id=message.message_id,
        count=content.count,
        subscriptions=(SummaryPart(content.message.subscription_id, content.name, content.count),),
        more_subscriptions=0,
        feeds=tuple(
            SummaryPart(one, _source(one, alerts), count) for one, count in feeds[:FEEDS_NAMED]
        ),
        more_feeds=max(0, len(feeds) - FEEDS_NAMED),
        first=tuple(_headline(one) for one in _leads(content)),
        since=content.since,
        until=content.until,
        lang=content.lang,
    )


def _leads(content: MessageContent) -> Iterable[Alert]:
    """Return the first alert of each story, then the others."""
    leads = [one.first for one in content.stories]
    others = [one for story in content.stories for one in story.alerts[1:]]
    return [*leads, *others][:TITLES]


def _headline(alert: Alert) -> Headline:
    article = alert.article
    url = article.url if article.url is not None and len(article.url) <= URL_LIMIT else None
    title, source = one_line(article.title, TITLE_LIMIT), article.source
    return Headline(
        alert.alert_id, alert.subscription_id, title, url, source and one_line(source, TITLE_LIMIT)
    )


def _source(feed_id: str | None, alerts: Iterable[Alert]) -> str | None:
    found = (one.article.source for one in alerts if one.article.feed_id == feed_id)
    source = next(found, None)
    return source and one_line(source, TITLE_LIMIT)
