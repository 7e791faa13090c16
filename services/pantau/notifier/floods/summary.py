"""Composition of a summary from its deliveries. Pure: only the few shown alerts are looked up.

Counts come from the deliveries alone, so a flood of 10,000 costs about 15 lookups. Titles take
turns by feed: a single alert of a quiet feed is not buried under those of the one that floods.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Final

from pantau.common.channels.summary import Headline, Summary, SummaryPart
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau_schemas.events.alert import Alert

TITLES: Final = 10
"""Number of alerts that a summary shows."""
SUBSCRIPTIONS_NAMED: Final = 20
FEEDS_NAMED: Final = 5
TITLE_LIMIT: Final = 300
"""Maximum length of a title or name in characters."""
URL_LIMIT: Final = 2_000
"""Maximum length of an address; a longer one is omitted, since a truncated one leads nowhere."""

FindAlert = Callable[[str], Alert | None]


def summarize(
    summary_id: str,
    entries: Sequence[PendingDelivery],
    names: Mapping[str, str],
    find_alert: FindAlert,
) -> Summary:
    """Compose the summary of deliveries that are in the order of their alerts.

    `names` are those of the subscriptions, by id.
    """
    by_subscription = Counter(one.kept.subscription_id for one in entries).most_common()
    by_feed = Counter(one.kept.feed_id for one in entries).most_common()
    shown = list(islice(_alerts(entries, find_alert), TITLES))
    return Summary(
        summary_id=summary_id,
        count=len(entries),
        subscriptions=tuple(
            SummaryPart(one, _cut(names.get(one, one)), count)
            for one, count in by_subscription[:SUBSCRIPTIONS_NAMED]
        ),
        more_subscriptions=max(0, len(by_subscription) - SUBSCRIPTIONS_NAMED),
        feeds=_feeds(by_feed[:FEEDS_NAMED], entries, find_alert),
        more_feeds=max(0, len(by_feed) - FEEDS_NAMED),
        first=tuple(_headline(one) for one in shown),
        since=min(one.kept.created for one in entries),
        until=max(one.kept.created for one in entries),
        lang=_language(shown),
        time_zone=_time_zone(shown),
    )


def _alerts(entries: Iterable[PendingDelivery], find_alert: FindAlert) -> Iterator[Alert]:
    """Yield alerts, taking turns by feed in the order of their first ones."""
    queues: dict[str, list[PendingDelivery]] = {}
    for one in entries:
        queue = queues.setdefault(one.turn, [])
        if len(queue) < TITLES:
            queue.append(one)
    for turns in zip_longest(*islice(queues.values(), TITLES)):
        for one in turns:
            alert = None if one is None else find_alert(one.kept.alert_id)
            if alert is not None:
                yield alert


def _feeds(
    counted: Sequence[tuple[str | None, int]],
    entries: Iterable[PendingDelivery],
    find_alert: FindAlert,
) -> tuple[SummaryPart, ...]:
    wanted = {feed_id for feed_id, _ in counted}
    samples: dict[str | None, str] = {}
    for one in entries:
        if one.kept.feed_id in wanted:
            samples.setdefault(one.kept.feed_id, one.kept.alert_id)
            if len(samples) == len(wanted):
                break
    return tuple(
        SummaryPart(feed_id, _source(find_alert(samples[feed_id])), count)
        for feed_id, count in counted
    )


def _source(alert: Alert | None) -> str | None:
    return None if alert is None or not alert.article.source else _cut(alert.article.source)


def _headline(alert: Alert) -> Headline:
    article = alert.article
    url = article.url if article.url is not None and len(article.url) <= URL_LIMIT else None
    return Headline(
        alert.alert_id,
        alert.subscription_id,
        _cut(article.title),
        url,
        article.source and _cut(article.source),
    )


def _language(alerts: Iterable[Alert]) -> str | None:
    counted = Counter(one.article.lang for one in alerts).most_common(1)
    return counted[0][0] if counted else None


def _time_zone(alerts: Iterable[Alert]) -> str:
    """Return the zone in which the owners of all these subscriptions read; UTC if they differ."""
    zones = {one.time_zone for one in alerts}
    return zones.pop() if len(zones) == 1 else "UTC"


def _cut(text: str) -> str:
    return text if len(text) <= TITLE_LIMIT else text[: TITLE_LIMIT - 1] + "…"
