"""Alerts, their deliveries, and what people did about them."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, Model, Span, UtcTime
from pantau_schemas.events.article import EntityType, StoryCoverage
from pantau_schemas.events.subscription import TAGS, QueryLanguage, Tag
from pantau_schemas.problem import ProblemData


class NamedEntity(Model):
    """A person, an organisation or a place that an article names."""

    type: EntityType
    id: Identifier | None = Field(
        default=None, description="Stable id of a known one, as in the enriched article."
    )
    name: str = Field(description="Normal form of the name.")


class ArticleSummary(Model):
    """The part of an article that an alert carries."""

    article_id: Identifier
    revision: int = Field(ge=1)
    feed_id: Identifier | None = Field(
        default=None, description="The feed that gave it: feeds take turns on the way to a channel."
    )
    title: str
    url: str | None = None
    source: str | None = None
    lang: str | None = None
    published: UtcTime | None = None
    first_seen: UtcTime
    historical: bool = False
    story_id: Identifier | None = Field(
        default=None,
        description="The story as first assigned; alerts of one event share it. See `StoryMerge`.",
    )
    story: StoryCoverage | None = Field(
        default=None, description="Who else covered the story before, as in the enriched article."
    )
    excerpt: str | None = Field(
        default=None, description="Beginning of the text, cut between words; None without text."
    )
    entities: tuple[NamedEntity, ...] = Field(
        default=(), description="The most prominent entities: title, first paragraph, others."
    )
    more_entities: int = Field(default=0, ge=0, description="Entities beyond those of `entities`.")


class Snippet(Model):
    """An excerpt of a field with the matched words marked."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...] = Field(
        description="Half-open ranges of code points in `text`."
    )


class MatchedClause(Model):
    """A clause of the query that holds for the article."""

    text: str = Field(
        description="The clause as it stands in the query, without the name of its field."
    )
    fields: tuple[str, ...] = Field(
        description="The fields in which it was found; of dates and values the fields it compares."
    )
    words: tuple[str, ...] = Field(
        default=(), description="Some of the words that it found, as the article writes them."
    )


AlertKind = Literal["match", "suspended"]


class Alert(Event):
    """An article matched a subscription. Key: `alert_id`; partitioned by `subscription_id`.

    The size is bounded whatever the article: see `pantau.alerter.decide`.
    """

    schema_version: Literal[3] = 3
    alert_id: Identifier = Field(
        description="See `pantau_schemas.ids.alert_id`: once an article and subscription."
    )
    kind: AlertKind = Field(
        default="match",
        description="`suspended`: the subscription costs too much and is no longer matched; "
        "`problem` says why.",
    )
    problem: str | None = Field(
        default=None, description="What the owner has to know and do; of a match none."
    )
    subscription_id: Identifier
    subscription_name: str
    subscription_tags: tuple[Tag, ...] = Field(default=(), max_length=TAGS)
    query: str
    language: QueryLanguage | None = Field(
        default=None, description="Language of the query; None in events of before version 3."
    )
    time_zone: str = Field(
        default="UTC", description="IANA name: the zone in which the subscription's owner reads."
    )
    article: ArticleSummary
    clauses: tuple[MatchedClause, ...] = Field(
        default=(), description="The clauses of the query that hold, in its order."
    )
    more_clauses: int = Field(default=0, ge=0, description="Clauses beyond those of `clauses`.")
    matches: tuple[Span, ...] = Field(
        default=(), description="The first matched words, in the article's own fields."
    )
    more_matches: int = Field(
        default=0, ge=0, description="Matched words beyond those of `matches`."
    )
    snippets: tuple[Snippet, ...] = ()
    matched_at: UtcTime


class Alerted(Event):
    """The subscriptions that an article has alerted: its state in the alerter. Key: `article_id`.

    Separate from the alerts, which are partitioned by subscription: the alerter that matches the
    next revision of an article finds everything that must not alert again in a single lookup.
    """

    schema_version: Literal[1] = 1
    article_id: Identifier = Field(
        description="Or the key of its copies of a day, which alert a subscription once together."
    )
    subscription_ids: tuple[Identifier, ...] = Field(
        min_length=1, description="In the order of alerting."
    )


class DeliveryStatus(StrEnum):
    """The status of a delivery. All but the first two are final."""

    PENDING = "pending"
    RETRYING = "retrying"
    DELIVERED = "delivered"
    SUMMARIZED = "summarized"  # covered by a summary instead of a message of its own
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """True if no further attempt will be made."""
        return self not in {DeliveryStatus.PENDING, DeliveryStatus.RETRYING}


class Delivery(Event):
    """The state of delivering one alert, or one message of several, to one channel.

    Key: `delivery_id`; partitioned by `subscription_id`.
    """

    schema_version: Literal[4] = 4
    delivery_id: Identifier = Field(
        description="Also the message id that the receiver sees, the same on every try."
    )
    alert_id: Identifier = Field(
        description="Of a message of several: its first alert; the message itself if it has none."
    )
    message_id: Identifier | None = Field(
        default=None, description="The message to deliver; None: the alert by itself."
    )
    subscription_id: Identifier
    channel_id: Identifier = Field(description="See `pantau_schemas.ids.channel_id`.")
    channel: str = Field(
        description="The channel for people, such as `email:desk@example.org`; no secret."
    )
    feed_id: Identifier | None = Field(
        default=None, description="The feed of the alert's article: feeds take turns in a channel."
    )
    notice: bool = Field(
        default=False,
        description="Something that the owner has to know: a message of its own, whatever the "
        "channel's limit.",
    )
    summary_id: Identifier | None = Field(
        default=None,
        description="The summary that tells of it, in place of a message of its own: written "
        "before it is sent.",
    )
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempts: int = Field(default=0, ge=0)
    problem: str | None = Field(default=None, description="Why the last try failed.")
    reason: ProblemData | None = Field(
        default=None, description="`problem` as data, where it has a code."
    )
    next_attempt: UtcTime | None = None
    created: UtcTime
    updated: UtcTime


TriageState = Literal["new", "seen", "starred", "done", "muted"]
"""State of a story in the inbox.

`done` and `seen` end when the story grows; `starred` is kept until a person is done with it, and
`muted` whatever comes.
"""


class TriageMark(Event):
    """The state of a story of a subscription in the inbox. Key: `mark_id`.

    Without a mark a story is new.
    """

    schema_version: Literal[1] = 1
    mark_id: Identifier = Field(description="See `pantau_schemas.ids.triage_id`.")
    subscription_id: Identifier
    story_id: Identifier = Field(description="The article, where it has no story.")
    state: TriageState
    alert_id: Identifier = Field(description="The newest alert that the mark is about.")
    until: UtcTime = Field(
        description="When that alert fired: what fires later is news of the story."
    )
    updated: UtcTime
