"""Composition of a message from its alerts: grouped by story, in one language. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pantau.common.channels.message_content import MessageContent, StoryAlerts
from pantau.messages.languages import Lang
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.subscription import Subscription

_MALAY_FAMILY = frozenset({"id", "ms", "jv", "su", "min", "und"})


def compose_content(
    message: AlertMessage, subscription: Subscription, found: Sequence[Alert], left: int
) -> MessageContent:
    """Compose a message of the alerts that were `found`; `left` counts those not looked up."""
    return MessageContent(
        message=message,
        name=subscription.name,
        tags=subscription.tags,
        query=subscription.query,
        language=subscription.language,
        time_zone=subscription.time_zone,
        lang=subscription.rules.language or language_of_alerts(found),
        stories=by_story(found),
        more_alerts=left,
    )


def language_of(lang: str | None) -> Lang:
    """Return the language of a message about an article in `lang`.

    Indonesian for Indonesian and for related or unknown languages.
    """
    return "id" if lang is None or lang in _MALAY_FAMILY else "en"


def language_of_alerts(alerts: Iterable[Alert]) -> Lang:
    """Return the language of a message about several articles: that of most of them."""
    counted = Counter(language_of(one.article.lang) for one in alerts).most_common(1)
    return counted[0][0] if counted else language_of(None)


def by_story(alerts: Iterable[Alert]) -> tuple[StoryAlerts, ...]:
    """Group alerts by story, those with most sources first, else in the order of the alerts."""
    groups: dict[str, list[Alert]] = {}
    for one in alerts:
        story_id = one.article.story_id
        groups.setdefault(f"s {story_id}" if story_id else f"a {one.alert_id}", []).append(one)
    stories = [_story(tuple(group)) for group in groups.values()]
    return tuple(sorted(stories, key=lambda one: -(one.sources + len(one.alerts))))


def _story(alerts: tuple[Alert, ...]) -> StoryAlerts:
    first = alerts[0].article
    named: dict[str, None] = {}
    more = 0
    for one in alerts:
        if one.article.source:
            named.setdefault(one.article.source)
        if one.article.story is not None:
            named.update(dict.fromkeys(one.article.story.other_sources))
            more = max(more, one.article.story.more_sources)
    named.pop(first.source or "", None)
    return StoryAlerts(first.story_id, alerts, tuple(named), more)
