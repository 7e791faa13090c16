"""Version 2 of the body of webhooks: what a receiver gets, as models and JSON Schema.

`json/webhook.v2.json` is generated from `BODY`. A receiver ignores members that it does not know:
members may be added without a new version, but none is removed or changes its meaning. Version 1
is what `pantau.notifier.payload` writes; a channel names the version that it gets.
"""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, ConfigDict, Field, PlainSerializer, TypeAdapter, WithJsonSchema

from pantau_schemas.base import Identifier, Model, Span, UtcTime
from pantau_schemas.events.alert import MatchedClause, Snippet
from pantau_schemas.events.message import Occasion
from pantau_schemas.events.subscription import QueryLanguage, Tag

VERSION: Final = 2
BODY_BYTES: Final = 24 * 1024
"""Maximum size of a body, whatever the article and the subscription; typical ones have 3 KB."""


def _zoned(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


ZonedTime = Annotated[
    AwareDatetime,
    PlainSerializer(_zoned, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""RFC 3339 with milliseconds and the offset of the subscription's zone."""


class _Closed(Model):
    """A part of a body. A version of the body has exactly the members of its schema."""

    model_config = ConfigDict(extra="forbid")


class SubscriptionPart(_Closed):
    """The subscription of an alert, as it was when the alert fired."""

    id: Identifier
    name: str
    tags: tuple[Tag, ...]
    query: str = Field(description="Its query; a long one is cut and ends in an ellipsis.")
    language: QueryLanguage | None = Field(
        default=None, description="Language of the query; absent in alerts of older programs."
    )


class ArticlePart(_Closed):
    """The article of an alert."""

    article_id: Identifier = Field(description="Never changes, over all revisions.")
    revision: int = Field(ge=1, description="1 when first seen, raised by one at every change.")
    feed_id: Identifier | None = Field(default=None, description="The feed that brought it.")
    title: str
    excerpt: str | None = Field(
        default=None, description="Beginning of the text, about 300 characters."
    )
    url: str | None = None
    source: str | None = Field(default=None, description="Who published it.")
    lang: str | None = Field(default=None, description="ISO 639 code, or `und`.")
    published: ZonedTime | None = Field(default=None, description="As the source says.")
    first_seen: ZonedTime = Field(description="When Pantau first saw it.")


class EntityPart(_Closed):
    """A person, an organisation or a place; the same `id` is the same thing in every alert."""

    id: Identifier | None = Field(
        default=None, description="Such as `org:kpk` or `geonames:1880252`; only of known ones."
    )
    name: str


class EntitiesPart(_Closed):
    """The most prominent entities of the article, those of its title first."""

    people: tuple[EntityPart, ...]
    organizations: tuple[EntityPart, ...]
    places: tuple[EntityPart, ...]
    more: int = Field(ge=0, description="Entities that are not listed.")


class StoryPart(_Closed):
    """The event that the article is about; alerts of one event share `story_id`."""

    story_id: Identifier
    articles: int = Field(ge=1, description="Articles known when it was assigned, this included.")
    other_sources: tuple[str, ...]
    more_sources: int = Field(ge=0, description="Other sources that are not listed.")


class LinksPart(_Closed):
    """Where to go on; each command is a line for a shell that has Pantau and its data folder."""

    article: str | None = Field(default=None, description="Address of the article.")
    show: str = Field(description="Command that shows the stored article.")
    why: str = Field(description="Command that explains the alert step by step.")
    story: str | None = Field(default=None, description="Command that lists the story's articles.")
    edit: str = Field(description="Command that changes the subscription.")
    mute: str = Field(description="Command that pauses the subscription.")


class AlertData(_Closed):
    """The data of an alert."""

    alert_id: Identifier = Field(description="The same for the same subscription and article.")
    subscription: SubscriptionPart
    why: str = Field(description="Why the article alerted, as an English sentence.")
    historical: bool = Field(description="True for articles of the past, and replayed ones.")
    time_zone: str = Field(description="IANA name of the zone of all times in `data`.")
    matched_at: ZonedTime
    article: ArticlePart
    entities: EntitiesPart
    clauses: tuple[MatchedClause, ...] = Field(description="Clauses of the query that hold.")
    more_clauses: int = Field(ge=0, description="Clauses that hold and are not listed.")
    snippets: tuple[Snippet, ...] = Field(description="Excerpts with the matched words marked.")
    matches: tuple[Span, ...] = Field(
        description="The first matched words, as ranges of code points in the article's fields."
    )
    more_matches: int = Field(ge=0, description="Matched words beyond those of `matches`.")
    story: StoryPart | None = Field(
        default=None, description="Absent if stories are disabled, and in older alerts."
    )
    links: LinksPart


class SuspensionData(_Closed):
    """The data of a suspension: the query costs too much and is no longer matched."""

    alert_id: Identifier
    subscription: SubscriptionPart
    problem: str = Field(description="Why, and what the owner can do; an English sentence.")
    time_zone: str = Field(description="IANA name of the zone of all times in `data`.")
    suspended_at: ZonedTime
    article: ArticlePart = Field(description="The article on which the query cost too much.")
    edit: str = Field(description="Command that changes the subscription.")
    resume: str = Field(description="Command that matches it again.")


class SubscriptionCount(_Closed):
    """The number of a summary's alerts that one subscription has."""

    id: Identifier | None = None
    name: str | None = None
    count: int = Field(ge=0)


class FeedCount(_Closed):
    """The number of a summary's alerts that one feed has; of unknown feeds without an id."""

    id: Identifier | None = None
    source: str | None = None
    count: int = Field(ge=0)


class HeadlinePart(_Closed):
    """One of the alerts of a summary."""

    alert_id: Identifier
    subscription_id: Identifier
    title: str
    url: str | None = None
    source: str | None = None


class SummaryData(_Closed):
    """The data of a summary: one message in place of the alerts that a channel does not take."""

    summary_id: Identifier
    count: int = Field(ge=0, description="Alerts that it stands for.")
    time_zone: str = Field(description="IANA name of the zone of all times in `data`.")
    since: ZonedTime = Field(description="When the first of the alerts was planned.")
    until: ZonedTime = Field(description="When the last was.")
    subscriptions: tuple[SubscriptionCount, ...] = Field(description="Most alerts first.")
    more_subscriptions: int = Field(ge=0)
    feeds: tuple[FeedCount, ...] = Field(description="Most alerts first.")
    more_feeds: int = Field(ge=0)
    first: tuple[HeadlinePart, ...] = Field(description="Some of the alerts, by feed in turn.")
    list: str = Field(description="Command that lists all of the alerts.")


class AlertOfMessage(_Closed):
    """One of the alerts of a message, in short; `pantau alerts --json` has all of it."""

    alert_id: Identifier
    article: ArticlePart
    clauses: tuple[MatchedClause, ...] = Field(description="Some clauses of the query that hold.")
    snippets: tuple[Snippet, ...] = Field(description="Excerpts with the matched words marked.")


class StoryOfMessage(_Closed):
    """The alerts of a message about one story, oldest first."""

    story_id: Identifier | None = Field(
        default=None, description="Absent for an article of which no story is known."
    )
    alerts: tuple[AlertOfMessage, ...]
    more_alerts: int = Field(ge=0, description="Alerts of the story that are not listed.")
    other_sources: tuple[str, ...]
    more_sources: int = Field(ge=0, description="Other sources that are not listed.")


class MessageLinksPart(_Closed):
    """Where to go on; each is a line for a shell that has Pantau and its data folder."""

    list: str = Field(description="Command that lists the alerts of the subscription.")
    edit: str = Field(description="Command that changes the subscription, with options behind it.")
    mute: str = Field(description="Command that mutes the subscription.")


class MessageData(_Closed):
    """The data of a message: the alerts of a time that a subscription's rules made one of."""

    message_id: Identifier = Field(description="The same in every channel; `id` is of the channel.")
    occasion: Occasion = Field(description="The rule because of which it came.")
    subscription: SubscriptionPart = Field(description="As it is when the message is sent.")
    text: str = Field(description="Why it came, as a sentence in the language of its messages.")
    why: str | None = Field(
        default=None, description="What the rule found, as an English sentence."
    )
    time_zone: str = Field(description="IANA name of the zone of all times in `data`.")
    since: ZonedTime = Field(description="Beginning of the time that it is about.")
    until: ZonedTime = Field(description="Its end: when the message was due.")
    count: int = Field(ge=0, description="Alerts; those of articles taken down do not count.")
    story_count: int = Field(ge=0, description="Stories that the alerts are about.")
    stories: tuple[StoryOfMessage, ...] = Field(description="Those with most sources first.")
    more_alerts: int = Field(ge=0, description="Alerts of stories that are not listed.")
    links: MessageLinksPart


class _AnyBody(_Closed):
    """Fields that every body has besides its type and data."""

    version: Literal[2]
    id: Identifier = Field(
        description="Id of the message, as in the header `webhook-id`: the same on every attempt."
    )
    timestamp: UtcTime = Field(description="When the event happened, the same on every attempt.")


class AlertBody(_AnyBody):
    """An article matched a subscription."""

    type: Literal["alert"]
    data: AlertData


class SuspensionBody(_AnyBody):
    """A subscription was suspended."""

    type: Literal["subscription.suspended"]
    data: SuspensionData


class SummaryBody(_AnyBody):
    """A summary of many alerts."""

    type: Literal["alerts.summary"]
    data: SummaryData


class MessageBody(_AnyBody):
    """Several alerts of a subscription, as its rules made them one message."""

    type: Literal["message"]
    data: MessageData


class ReportArticlePart(_Closed):
    """An article of a report."""

    article_id: Identifier
    title: str
    url: str | None = None
    source: str
    first_seen: ZonedTime


class ReportQuotePart(_Closed):
    """Words that an article of the report quotes."""

    speaker: str = Field(description="With the office that articles name.")
    text: str
    kind: Literal["direct", "indirect"]
    article_id: Identifier = Field(description="The first article that has them.")
    source: str


class ReportStoryPart(_Closed):
    """Articles about one event."""

    story_id: Identifier | None = Field(
        default=None, description="Absent for an article that stands alone."
    )
    title: str = Field(description="Of its newest article.")
    sources: tuple[str, ...] = Field(description="In the order in which they reported it.")
    articles: tuple[ReportArticlePart, ...] = Field(description="The oldest first.")
    quotations: tuple[ReportQuotePart, ...]


class ReportCountPart(_Closed):
    """How many articles a subscription of the report matches; absent where it cannot be read."""

    name: str
    articles: int | None = None
    usual: int | None = None


class ReportData(_Closed):
    """The data of a scheduled report."""

    schedule_id: Identifier
    name: str = Field(description="Of the subscription, or the tag.")
    title: str
    lang: Literal["en", "id"] = Field(description="Language of `title` and `text`.")
    text: str = Field(description="How much there was, against the usual, as a sentence.")
    time_zone: str = Field(description="IANA name of the zone of all times in `data`.")
    since: ZonedTime = Field(description="Beginning of the time that it covers.")
    until: ZonedTime = Field(description="Its end: when the report was due.")
    articles: int = Field(ge=0)
    usual: int = Field(ge=0, description="Articles in as long a time, by the two weeks before.")
    story_count: int = Field(ge=0)
    subscriptions: tuple[ReportCountPart, ...] = Field(
        description="Those of a tag; empty for a report of one subscription."
    )
    stories: tuple[ReportStoryPart, ...] = Field(
        description="Those of most articles first; as many as a body holds."
    )


class ReportBody(_AnyBody):
    """A scheduled report: what was in the news since the one before. The same in every version."""

    type: Literal["report"]
    data: ReportData


BODIES: Final = (AlertBody, SuspensionBody, SummaryBody, MessageBody, ReportBody)
AnyBody = AlertBody | SuspensionBody | SummaryBody | MessageBody | ReportBody
Body = Annotated[AnyBody, Field(discriminator="type")]
"""Any body of version 2."""
BODY: Final[TypeAdapter[AnyBody]] = TypeAdapter(Body)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the bodies.

    Unlike events, bodies may have members that the schema does not know: receivers must accept
    them.
    """
    schema: dict[str, Any] = _open(BODY.json_schema(mode="serialization"))
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = f"urn:pantau:webhook:v{VERSION}"
    schema["title"] = "Body of a webhook of Pantau, version 2"
    return schema


def _open(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_open(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _open(value)
        for name, value in schema.items()
        if name != "additionalProperties" or not isinstance(value, bool)
    }
