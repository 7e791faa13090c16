"""The body of a webhook about a report, as `pantau_schemas.webhook` describes it. Pure."""

from typing import Final

from pantau.common.channels.report_content import StorySection
from pantau.common.time.zones import known_zone, local_time
from pantau.ports import ReportMessage
from pantau.query.text.sizes import clipped
from pantau_schemas import webhook

ARTICLES: Final = 10
WORDS: Final = 10
TITLE_BYTES: Final = 400
TEXT_BYTES: Final = 600
URL_BYTES: Final = 1_500
SOURCES: Final = 10
COUNTS: Final = 50


def report_body(message: ReportMessage) -> bytes:
    """Return the body in UTF-8, of at most `webhook.BODY_BYTES`."""
    return webhook.BODY.dump_json(bounded_report(message), exclude_none=True)


def bounded_report(message: ReportMessage) -> webhook.ReportBody:
    """Return the body with as many stories as fit; `story_count` says how many there are."""
    low, high = 1, len(message.content.stories)
    best = _body(message, 0)
    while low <= high:  # by bisection: the size grows with the number of stories
        middle = (low + high) // 2
        made = _body(message, middle)
        if len(webhook.BODY.dump_json(made, exclude_none=True)) <= webhook.BODY_BYTES:
            best, low = made, middle + 1
        else:
            high = middle - 1
    return best


def _body(message: ReportMessage, stories: int) -> webhook.ReportBody:
    content, zone = message.content, known_zone(message.content.time_zone)
    return webhook.ReportBody(
        type="report",
        version=2,
        id=message.message_id,
        timestamp=content.until,
        data=webhook.ReportData(
            schedule_id=message.delivery.subscription_id,
            name=clipped(content.name, TITLE_BYTES),
            title=clipped(content.title, TITLE_BYTES),
            lang=content.lang,
            text=clipped(content.summary, TEXT_BYTES),
            time_zone=content.time_zone,
            since=local_time(content.since, zone),
            until=local_time(content.until, zone),
            articles=content.articles,
            usual=content.usual,
            story_count=content.story_count,
            subscriptions=tuple(
                webhook.ReportCountPart(
                    name=clipped(one.name, 200), articles=one.articles, usual=one.usual
                )
                for one in content.counts[:COUNTS]
            ),
            stories=tuple(_story(one, content.time_zone) for one in content.stories[:stories]),
        ),
    )


def _story(story: StorySection, time_zone: str) -> webhook.ReportStoryPart:
    zone = known_zone(time_zone)
    said = [(speaker.name, one) for speaker in story.speakers for one in speaker.words]
    return webhook.ReportStoryPart(
        story_id=story.story_id,
        title=clipped(story.title, TITLE_BYTES),
        sources=tuple(clipped(one, 200) for one in story.sources[:SOURCES]),
        articles=tuple(
            webhook.ReportArticlePart(
                article_id=one.article_id,
                title=clipped(one.title, TITLE_BYTES),
                url=one.link if one.link and len(one.link.encode()) <= URL_BYTES else None,
                source=clipped(one.source, 200),
                first_seen=local_time(one.seen, zone),
            )
            for one in story.articles[:ARTICLES]
        ),
        quotations=tuple(
            webhook.ReportQuotePart(
                speaker=clipped(name, TEXT_BYTES),
                text=clipped(one.text, TEXT_BYTES),
                kind="direct" if one.is_direct else "indirect",
                article_id=one.article_id,
                source=clipped(one.source, 200),
            )
            for name, one in said[:WORDS]
        ),
    )
