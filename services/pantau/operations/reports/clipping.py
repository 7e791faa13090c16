"""Operations on the clipping of a day: read, and as a file."""

from base64 import b64encode
from datetime import date

from pydantic import Base64Bytes, Field

from pantau.common.time import zones
from pantau.operations.base.fields import Name, Reference
from pantau.operations.base.operation import Answer, Call, Input
from pantau.usecases.reports.asked import read_day, subject_of
from pantau.usecases.reports.clipping import DayReport, ReportStory, report_of
from pantau.usecases.reports.files import ReportForm, file_of
from pantau.usecases.stories.quoting import Speaker
from pantau_schemas.base import UtcTime
from pantau_schemas.events.article import QuotationKind


class ReportWanted(Input):
    """The day of a report, and the subscription or the tag that it is about."""

    date: Name = Field(
        description="A day such as `2026-11-28`, `today` or `yesterday`, in the zone of the "
        "settings."
    )
    subscription: Reference | None = Field(default=None, description="Id or name.")
    tag: Name | None = Field(default=None, description="All live subscriptions with this tag.")


class ReportArticle(Answer):
    """An article of the day; its text is that of `read_article`."""

    article_id: str
    title: str
    url: str | None
    source: str | None
    lang: str | None
    published: UtcTime | None
    first_seen: UtcTime
    subscriptions: tuple[str, ...] = Field(description="Names of those that it matches.")


class ReportQuotation(Answer):
    """Words of a speaker, and the first article that has them."""

    text: str
    kind: QuotationKind
    article_id: str
    source: str | None


class ReportSpeaker(Answer):
    """A person or an organisation that is quoted."""

    name: str
    role: str | None = Field(description="The office that the articles name.")
    quotations: tuple[ReportQuotation, ...]


class ReportedStory(Answer):
    """Articles of the day about one event, the oldest first."""

    story_id: str | None = Field(description="Null for an article that stands alone.")
    title: str = Field(description="Of its newest article.")
    sources: tuple[str, ...] = Field(description="In the order in which they reported it.")
    articles: tuple[ReportArticle, ...]
    speakers: tuple[ReportSpeaker, ...] = Field(description="Those quoted most first.")


class ReportedSubscription(Answer):
    """How many articles of the day a subscription matches, and how many it usually does."""

    subscription_id: str
    name: str
    articles: int
    usual: int = Field(description="Mean of the two weeks before.")
    unreadable: bool = Field(description="Its query cannot be read, so nothing was counted.")


class ReportOfDay(Answer):
    """The clipping of a day, the stories of most articles first."""

    date: date
    since: UtcTime
    until: UtcTime
    name: str
    articles: int
    usual: int = Field(description="Mean number of articles a day, of the two weeks before.")
    is_cut: bool = Field(description="The oldest articles of the day are left out.")
    sources: dict[str, int] = Field(description="Sources, with numbers of articles.")
    subscriptions: tuple[ReportedSubscription, ...]
    stories: tuple[ReportedStory, ...]


def read_report(call: Call, given: ReportWanted) -> ReportOfDay:
    """Return the clipping of a day: what a subscription or a tag matched, by story.

    With the sources, who is quoted with which words, and the numbers against the usual.
    """
    zone = zones.current()
    day = read_day(given.date, call.parts.clock.now(), zone)
    subject = subject_of(call.subscriptions, given.subscription, given.tag)
    found = report_of(subject, call.parts.store, day, zone)
    return ReportOfDay(
        date=found.day,
        since=found.since,
        until=found.until,
        name=found.name,
        articles=found.total,
        usual=found.usual,
        is_cut=found.is_cut,
        sources=dict(found.sources),
        subscriptions=tuple(
            ReportedSubscription(
                subscription_id=one.subscription.subscription_id,
                name=one.subscription.name,
                articles=one.articles,
                usual=one.usual,
                unreadable=one.is_unreadable,
            )
            for one in found.subscriptions
        ),
        stories=tuple(_story(found, one) for one in found.stories),
    )


def _story(report: DayReport, one: ReportStory) -> ReportedStory:
    return ReportedStory(
        story_id=one.story_id,
        title=one.title,
        sources=one.sources,
        articles=tuple(
            ReportArticle(
                article_id=each.article_id,
                title=each.title,
                url=each.url,
                source=each.source,
                lang=each.lang,
                published=each.published,
                first_seen=each.first_seen,
                subscriptions=report.matches.get(each.article_id, ()),
            )
            for each in one.articles
        ),
        speakers=tuple(map(_speaker, one.speakers)),
    )


def _speaker(one: Speaker) -> ReportSpeaker:
    return ReportSpeaker(
        name=one.name,
        role=one.role,
        quotations=tuple(
            ReportQuotation(
                text=each.text,
                kind=each.kind,
                article_id=each.article.article_id,
                source=each.article.source,
            )
            for each in one.said
        ),
    )


class ReportFileWanted(ReportWanted):
    """A report as a file."""

    form: ReportForm = Field(description="`docx` and `pdf` need the extra `reports`.")


class ReportFileMade(Answer):
    """A report as a file."""

    name: str
    media_type: str
    content: Base64Bytes = Field(description="In base64.")


def export_report(call: Call, given: ReportFileWanted) -> ReportFileMade:
    """Return the clipping of a day as a file: HTML, DOCX or PDF, in the language of the answer."""
    zone = zones.current()
    day = read_day(given.date, call.parts.clock.now(), zone)
    subject = subject_of(call.subscriptions, given.subscription, given.tag)
    found = report_of(subject, call.parts.store, day, zone)
    made = file_of(found, given.form, call.lang, call.parts.report_writers)
    return ReportFileMade(
        name=made.name, media_type=made.media_type, content=b64encode(made.content)
    )
