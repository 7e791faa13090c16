"""The models of operations on subscriptions."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from pantau.messages.languages import Lang
from pantau.operations.base.fields import (
    Confirmed,
    Language,
    Moment,
    Name,
    QueryText,
    Reference,
    Versions,
    Zone,
)
from pantau.operations.base.operation import Answer, Input
from pantau.usecases.channels.health import ChannelHealth, id_of
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.rules.given import GivenRules
from pantau.usecases.rules.words import rules_in_words
from pantau.usecases.subscriptions.repository import (
    CurrentSubscription,
    SubscriptionStatus,
    version_of,
)
from pantau_schemas.base import UtcTime
from pantau_schemas.events.rules import Rules
from pantau_schemas.events.subscription import (
    PayloadVersion,
    QueryLanguage,
    WebhookFormat,
    describe_channel,
)

Channels = Annotated[tuple[Reference, ...], Field(max_length=20)]
Tags = Annotated[tuple[Name, ...], Field(max_length=10)]


class RuleTexts(Input):
    """Rules of a subscription, in the words of the command line; null leaves one unchanged."""

    at_once: bool = Field(default=False, description="Each alert is a message at once.")
    collect: Name | None = Field(
        default=None, description="What comes within a time is one message, such as `30s`."
    )
    every: Name | None = Field(
        default=None, description="At most one message in a time, such as `1h`."
    )
    digest: Name | None = Field(
        default=None,
        description="One message at a fixed time: `hourly`, `daily@07:00`, `weekly:mon@07:00`, "
        "`monthly:31@07:00`.",
    )
    quiet: Name | None = Field(
        default=None,
        description="No messages in a time of day, such as `22:00-05:30` or "
        "`22:00-05:30 except spike, 5 sources`; `none` ends it.",
    )
    articles: Literal["all", "first", "growth"] | None = Field(
        default=None,
        description="All articles, the first of each story, or also when the story grows.",
    )
    sources: int | None = Field(
        default=None,
        ge=1,
        le=1_000,
        description="Only stories that at least this many sources have.",
    )
    when: Name | None = Field(
        default=None,
        description="Only when `5 in 1h` came, at a spike (`spike`, `spike:low`, `spike:high`), "
        "or after `silence:2d`.",
    )
    expires: Name | None = Field(
        default=None, description="No messages from a date on, or after a time; or `never`."
    )
    language: Literal["id", "en", "article"] | None = Field(
        default=None, description="Language of the messages; `article`: that of the article."
    )
    channel_timings: Channels = Field(
        default=(),
        description="Channels at their own times, such as `email:desk@example.org=daily@07:00`; "
        "`=rules` ends that.",
    )

    def given(self) -> GivenRules:
        """Return the rules that are given."""
        return GivenRules(**self.model_dump())


class SubscriptionFields(Input):
    """A new subscription."""

    query: QueryText
    language: Language = "lucene"
    time_zone: Zone | None = Field(default=None, description="By default that of the settings.")
    channels: Channels = Field(
        default=(),
        description="Such as `email:desk@example.org`, `webhook:https://example.org/in` or "
        "`terminal`; an e-mail or https address alone is one, too.",
    )
    name: Name | None = Field(default=None, description="By default the query.")
    tags: Tags = ()
    include_historical: bool = Field(
        default=False, description="Alert on back-filled and replayed articles too."
    )
    payload: PayloadVersion | None = Field(default=None, description="Version of webhooks' bodies.")
    format: WebhookFormat | None = Field(default=None, description="Shape of webhooks' bodies.")
    rules: RuleTexts = RuleTexts()
    confirm: Confirmed = False


class OneSubscription(Input):
    """The subscription that is meant."""

    id: Reference = Field(description="Id of a subscription, the start of it, or its name.")


class VersionOfSubscription(OneSubscription):
    """A subscription, as it was read."""

    if_version: Versions = ()


class SubscriptionPatch(VersionOfSubscription):
    """Changes of a subscription; null leaves a field unchanged."""

    query: QueryText | None = None
    language: Language | None = None
    time_zone: Zone | None = None
    channels: Channels | None = Field(default=None, description="In place of all channels.")
    name: Name | None = None
    tags: Tags | None = Field(default=None, description="In place of all tags.")
    include_historical: bool | None = None
    payload: PayloadVersion | None = None
    format: WebhookFormat | None = None
    rules: RuleTexts = RuleTexts()
    confirm: Confirmed = False


class CopyOfSubscription(OneSubscription):
    """A copy of a subscription, under another name."""

    name: Name
    rules: RuleTexts = RuleTexts()
    confirm: Confirmed = False


class MuteOfSubscription(OneSubscription):
    """A mute: no messages until a date, or until a story grows, else until it is ended."""

    until: Name | None = Field(default=None, description="A date, or a duration from now: `2d`.")
    until_growth: bool = False


class PreviewOfSubscription(Input):
    """A stored subscription, or a query that is not saved, over stored articles."""

    subscription: Reference | None = Field(default=None, description="Id or name.")
    query: QueryText | None = Field(
        default=None, description="A query that is not saved, or another one for the subscription."
    )
    language: Language = "lucene"
    time_zone: Zone | None = Field(default=None, description="By default that of the settings.")
    since: Moment = "30d"
    until: Moment | None = None
    rules: RuleTexts = RuleTexts()
    contents: int = Field(
        default=0, ge=0, le=20, description="So many of the newest messages in words."
    )


class ChannelEntry(Answer):
    """A channel of a subscription, and how it fares."""

    channel_id: str
    channel: str = Field(description="Without the part of a webhook's address that is a key.")
    status: Literal["unused", "works", "down", "failing", "waits", "stopped"]
    problem: str | None


class SubscriptionEntry(Answer):
    """A subscription as it stands; secrets are left out."""

    subscription_id: str
    version: str = Field(description="Another one after each change; the ETag of the resource.")
    name: str
    tags: tuple[str, ...]
    query: str
    language: QueryLanguage
    time_zone: str
    channels: tuple[ChannelEntry, ...]
    status: SubscriptionStatus
    suspended: str | None = Field(description="Why it is suspended.")
    include_historical: bool
    rules: Rules
    rules_in_words: tuple[str, ...]
    created: UtcTime
    alerts_in_7_days: int | None
    last_alert: UtcTime | None


class SubscriptionsFound(Answer):
    """A page of subscriptions, the oldest first."""

    items: tuple[SubscriptionEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")


class SubscriptionSaved(Answer):
    """A subscription after it was saved."""

    version: str
    subscription: SubscriptionEntry
    secret: str | None = Field(
        description="The secret that was made for new webhooks. It is shown this once."
    )
    notes: tuple[str, ...] = Field(description="What is doubtful about its query and channels.")


class Removed(Answer):
    """The id of a thing that was removed."""

    removed: str


class TrialEntry(Answer):
    """The outcome of a trial message to one channel."""

    channel: str
    sent: bool
    problem: str | None


class TrialsSent(Answer):
    """The outcome of trial messages."""

    items: tuple[TrialEntry, ...]


class PreviewDay(Answer):
    """A day, in the subscription's time zone."""

    day: date
    alerts: int
    stories: int
    messages: int


class PreviewMessage(Answer):
    """A message that the rules would have sent."""

    message_id: str
    time: UtcTime
    occasion: str
    alert_ids: tuple[str, ...]
    alerts: int
    stories: int
    channel_ids: tuple[str, ...]


class PreviewContent(Answer):
    """A message of a preview in words, as the text of a mail has it."""

    message_id: str
    channel: str = Field(description="Without the part of a webhook's address that is a key.")
    time: UtcTime
    subject: str
    text: str


class PreviewAnswer(Answer):
    """The alerts and messages of a subscription over stored articles."""

    subscription_id: str
    since: UtcTime
    until: UtcTime
    time_zone: str
    alerts: int
    stories: int
    historical: int
    copies: int
    too_costly: int
    is_cut: bool
    days: tuple[PreviewDay, ...]
    sources: dict[str, int]
    more_sources: int
    messages_at_night: int
    waiting: int
    next_message: UtcTime | None
    messages: tuple[PreviewMessage, ...]
    contents: tuple[PreviewContent, ...] = Field(
        default=(), description="The newest messages in words, by each channel, if asked for."
    )


def entry_of(one: CurrentSubscription, lang: Lang, now: UtcTime) -> SubscriptionEntry:
    """Return a subscription for programs, with sentences in a language."""
    given = one.subscription
    alerts = one.alerts
    return SubscriptionEntry(
        subscription_id=given.subscription_id,
        version=version_of(one),
        name=given.name,
        tags=given.tags,
        query=given.query,
        language=given.language,
        time_zone=given.time_zone,
        channels=tuple(
            _channel(id_of(each), describe_channel(each), one.health.get(id_of(each)), lang)
            for each in given.channels
        ),
        status=one.status,
        suspended=one.suspension.problem if one.suspension is not None else None,
        include_historical=given.include_historical,
        rules=given.rules,
        rules_in_words=tuple(each.text(lang) for each in rules_in_words(given, now)),
        created=given.created,
        alerts_in_7_days=alerts.recent if alerts is not None else None,
        last_alert=alerts.last if alerts is not None else None,
    )


def _channel(channel_id: str, name: str, health: ChannelHealth | None, lang: Lang) -> ChannelEntry:
    is_ill = health is not None and health.is_ill
    return ChannelEntry(
        channel_id=channel_id,
        channel=shown_channel(name),
        status=health.status if health is not None else "unused",
        problem=health.describe().text(lang) if health is not None and is_ill else None,
    )


class FeedAddressEntry(Answer):
    """A new address. It is shown this once: only its digest is stored."""

    subscription_id: str
    atom: str = Field(description="Address of the Atom feed; whoever has it reads the alerts.")
    json_feed: str = Field(description="The same alerts as JSON Feed 1.1.")
