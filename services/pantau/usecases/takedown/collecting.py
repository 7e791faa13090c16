"""Finds everything that belongs to what is to be forgotten."""

from collections.abc import Callable, Iterator

from pantau.common.stored_fields import stored_fields
from pantau.ports import Eraser, Filters, Received, SearchIndex
from pantau.query.ast import MatchAll
from pantau.usecases.search.pages import all_pages
from pantau.usecases.takedown.findings import Findings
from pantau.usecases.takedown.matching import OF_ARTICLES, is_of_alert, names_alert
from pantau.usecases.takedown.subject import Subject
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import DeliveryStatus
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.feed import FeedMemory
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.subscription import Subscription, describe_channel
from pantau_schemas.ids import channel_id
from pantau_schemas.topics import (
    ALERTS,
    DEAD_LETTERS,
    DELIVERIES,
    FEED_MEMORY,
    HELD_ARTICLES,
    MESSAGES,
    REPORT_SCHEDULES,
    SUBSCRIPTIONS,
)

Progress = Callable[[str], None]
"""Gets the name of each topic that is read."""

_PAGE = 200
_LEFT = (DeliveryStatus.DELIVERED.value, DeliveryStatus.SUMMARIZED.value)


def collect(subject: Subject, eraser: Eraser, index: SearchIndex, progress: Progress) -> Findings:
    """Return what is to go. Reads every topic that can hold some of it.

    Raises RetryError when a server does not answer.
    """
    found = Findings()
    if subject.kind == "owner":
        _collect_owner(subject, eraser, found, progress)
    else:
        if subject.url is not None or subject.kind == "article":
            found.identities.add(subject.text)
        _collect_articles(subject, eraser, found, progress)
        _collect_indexed(subject, index, found)
        _collect_letters(subject, eraser, found, progress)
    _collect_alerts(subject, eraser, found, progress)
    _collect_memories(eraser, found, progress)
    return found


def _values(eraser: Eraser, topic: str, progress: Progress) -> Iterator[tuple[Received, bytes]]:
    progress(topic)
    for received in eraser.records(topic):
        if received.record.value is not None:
            yield received, received.record.value


def _collect_articles(
    subject: Subject, eraser: Eraser, found: Findings, progress: Progress
) -> None:
    for topic in (*OF_ARTICLES, HELD_ARTICLES.name):
        for received, value in _values(eraser, topic, progress):
            key = received.record.key
            if topic == HELD_ARTICLES.name:
                key = str(stored_fields(value).get("article_id"))
            if key == subject.text or key in found.articles or subject.sign in value:
                fields = stored_fields(value)
                if key in found.articles or subject.is_article(key, fields):
                    found.add_article(key, fields)


def _collect_indexed(subject: Subject, index: SearchIndex, found: Findings) -> None:
    """Add articles that are in the index alone: the log may keep less, or was lost."""
    index.refresh()
    if subject.kind == "article":
        article = index.get(subject.text)
        if article is not None:
            found.add_article(article.article_id, article.model_dump(mode="json"))
        return
    sources = () if subject.text.startswith("*.") else (subject.text,)
    for page in all_pages(index, MatchAll(), Filters(sources=sources), _PAGE):
        for hit in page.hits:
            fields = {"source": hit.article.source}
            if subject.is_article(hit.article.article_id, fields):
                found.add_article(hit.article.article_id, hit.article.model_dump(mode="json"))


def _collect_letters(subject: Subject, eraser: Eraser, found: Findings, progress: Progress) -> None:
    """Add articles of which there are dead letters alone."""
    for _, value in _values(eraser, DEAD_LETTERS.name, progress):
        try:
            letter = decode(DeadLetter, value)
        except SchemaError:
            continue
        fields = stored_fields(letter.value)
        if letter.topic in OF_ARTICLES and subject.is_article(letter.key, fields):
            found.add_article(letter.key, fields)


def _collect_owner(subject: Subject, eraser: Eraser, found: Findings, progress: Progress) -> None:
    """Add the subscriptions of a channel; those with other channels, too, lose this one.

    The schedule of a report has one channel, and goes with it.
    """
    kind, _, target = subject.text.partition(":")
    found.channels.add(channel_id(kind, target or kind))
    found.address = target or kind
    for _, value in _values(eraser, SUBSCRIPTIONS.name, progress):
        try:
            one = decode(Subscription, value)
        except SchemaError:
            continue
        kept = tuple(each for each in one.channels if describe_channel(each) != subject.text)
        found.subscriptions.discard(one.subscription_id)  # a later record counts
        found.narrowed.pop(one.subscription_id, None)
        if len(kept) == len(one.channels):
            continue
        if kept:
            narrowed = one.model_copy(update={"channels": kept})
            found.narrowed[one.subscription_id] = narrowed
        else:
            found.subscriptions.add(one.subscription_id)
    for _, value in _values(eraser, REPORT_SCHEDULES.name, progress):
        try:
            schedule = decode(ReportSchedule, value)
        except SchemaError:
            continue
        if describe_channel(schedule.channel) == subject.text:
            found.subscriptions.add(schedule.subscription_id)


def _collect_alerts(subject: Subject, eraser: Eraser, found: Findings, progress: Progress) -> None:
    for received, value in _values(eraser, ALERTS.name, progress):
        fields = stored_fields(value)
        article = fields.get("article")
        summary = article if isinstance(article, dict) else {}
        article_id = str(summary.get("article_id", ""))
        if fields.get("subscription_id") in found.subscriptions:
            found.alerts.add(received.record.key)
        elif article_id in found.articles or subject.is_article(article_id, summary):
            found.alerts.add(received.record.key)
            found.add_article(article_id, summary)
    # Messages and deliveries name alerts alone, so these must all be known by now.
    for received, value in _values(eraser, MESSAGES.name, progress):
        if names_alert(stored_fields(value), found):
            found.messages.add(received.record.key)
    for received, value in _values(eraser, DELIVERIES.name, progress):
        fields = stored_fields(value)
        goes = is_of_alert(fields, found) or fields.get("channel_id") in found.channels
        if goes:
            found.deliveries.add(received.record.key)
        if (goes or fields.get("message_id") in found.messages) and fields.get("status") in _LEFT:
            found.told[str(fields.get("channel", ""))] += 1


def _collect_memories(eraser: Eraser, found: Findings, progress: Progress) -> None:
    """Add the other links of the articles: by one of them they would come back.

    A link that another article of the feed has as well, such as that of a live blog, is left out.
    """
    if not found.articles:
        return
    for _, value in _values(eraser, FEED_MEMORY.name, progress):
        try:
            memory = decode(FeedMemory, value)
        except SchemaError:
            continue
        gone = [one for one in memory.seen if one.article_id in found.articles]
        if gone:
            found.feeds.add(memory.feed_id)
            shared = {
                link
                for one in memory.seen
                if one.article_id not in found.articles
                for link in (one.article_id, *one.links)
            }
            found.identities |= {link for one in gone for link in one.links} - shared
