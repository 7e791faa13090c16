"""Subscriptions: a query, and the channels of its alerts."""

from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, StringConstraints, field_serializer

from pantau_schemas.base import Event, Identifier, Model, UtcTime
from pantau_schemas.events.rules import NO_RULES, Rules, Timing
from pantau_schemas.problem import ProblemData

QueryLanguage = Literal["lucene", "kql", "pantau"]
PayloadVersion = Literal[1, 2]
"""A version of the body of webhooks; see `pantau_schemas.webhook`."""
WebhookFormat = Literal["pantau", "cloudevents", "slack", "teams"]
"""The shape of the body: Pantau's own, a CloudEvent of that, or what a chat program shows."""
Tag = Annotated[
    str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f,]+$")
]
"""A word by which people group their subscriptions; without commas and control characters."""
OWN_TIMING: Final = Field(
    default=None, description="When messages come by this channel; None: as the rules say."
)
TemplateText = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
"""A part of a template."""
TAGS: Final = 10
"""Maximum number of tags of a subscription."""


class MessageTemplate(Model):
    """The owner's own form of messages, in the part of Jinja that templates may use.

    What is absent stays as by default. Notices about the subscription itself have no template.
    """

    subject: TemplateText | None = Field(default=None, description="Subject of mails, or heading.")
    text: TemplateText | None = Field(
        default=None, description="Text of mails, and of messages of Slack and Teams."
    )
    html: TemplateText | None = Field(default=None, description="HTML of mails.")


OWN_TEMPLATE: Final = Field(
    default=None,
    description="The owner's own form of messages by this channel; None: the subscription's.",
)


class WebhookChannel(Model):
    """An HTTP address that alerts are posted to, signed with the Standard Webhooks scheme."""

    kind: Literal["webhook"] = "webhook"
    url: str
    secret: SecretStr = Field(
        description="`whsec_` and 24 to 64 bytes in base64; shown once, never logged."
    )
    payload: PayloadVersion = Field(
        default=1,
        description="Version of the body that the receiver reads. Channels of before there were "
        "two have 1.",
    )
    format: WebhookFormat = Field(
        default="pantau",
        description="`pantau`: the body in its version; `cloudevents`: that of version 2 as a "
        "CloudEvent; `slack`, `teams`: a message that those programs show.",
    )
    timing: Timing | None = OWN_TIMING
    template: MessageTemplate | None = OWN_TEMPLATE

    @field_serializer("secret", when_used="json")
    def _reveal(self, secret: SecretStr) -> str:
        """Serialize the secret in plain text, because the store needs it.

        Logs and listings use `describe` instead.
        """
        return secret.get_secret_value()

    @property
    def target(self) -> str:
        """The address, without the secret."""
        return self.url


class EmailChannel(Model):
    """An e-mail address, reached through the SMTP server of the settings."""

    kind: Literal["email"] = "email"
    to: str
    timing: Timing | None = OWN_TIMING
    template: MessageTemplate | None = OWN_TEMPLATE

    @property
    def target(self) -> str:
        """The address."""
        return self.to


class FileChannel(Model):
    """A file that receives one line of JSON per alert."""

    kind: Literal["file"] = "file"
    path: str
    timing: Timing | None = OWN_TIMING

    @property
    def target(self) -> str:
        """The path of the file."""
        return self.path


class TerminalChannel(Model):
    """The terminal in which `pantau run` was started."""

    kind: Literal["terminal"] = "terminal"
    timing: Timing | None = OWN_TIMING

    @property
    def target(self) -> str:
        """The name of the terminal."""
        return "terminal"


Channel = Annotated[
    WebhookChannel | EmailChannel | FileChannel | TerminalChannel,
    Field(discriminator="kind"),
]


def describe_channel(channel: Channel) -> str:
    """Format a channel for people and logs, such as `webhook:https://example.org/in`.

    The secret is never included.
    """
    return channel.kind if channel.target == channel.kind else f"{channel.kind}:{channel.target}"


class Subscription(Event):
    """A standing query. Key: `subscription_id`; removed by a tombstone."""

    schema_version: Literal[3] = 3
    subscription_id: Identifier
    name: str
    tags: tuple[Tag, ...] = Field(
        default=(), max_length=TAGS, description="Words by which people group subscriptions."
    )
    query: str
    language: QueryLanguage = "lucene"
    time_zone: str = Field(
        default="UTC", description="IANA name; days of dates in the query are days there."
    )
    channels: tuple[Channel, ...] = ()
    paused: bool = False
    include_historical: bool = Field(
        default=False, description="Alert on back-filled and replayed articles too."
    )
    rules: Rules = NO_RULES
    template: MessageTemplate | None = Field(
        default=None, description="The owner's own form of its messages; None: the usual one."
    )
    owner: Identifier | None = Field(
        default=None,
        description="The account that sees it, or `team:` and the name of a team; None: the "
        "operators.",
    )
    created: UtcTime


class ChannelState(Event):
    """The state of a channel: failing, stopped, or in use again.

    It is stopped because its receiver is gone, or failed for too long. Key: `channel_id`. Nothing
    is sent to a stopped channel until it is resumed.
    """

    schema_version: Literal[1] = 1
    channel_id: Identifier = Field(description="See `pantau_schemas.ids.channel_id`.")
    channel: str = Field(
        description="The channel for people, such as `webhook:https://example.org/in`; no secret."
    )
    stopped_since: UtcTime | None = Field(default=None, description="None: it is in use.")
    failing_since: UtcTime | None = Field(
        default=None,
        description="When the failures began, once they have lasted; None: it works, or nobody "
        "has noted it yet.",
    )
    failures: int | None = Field(
        default=None, ge=1, description="Failed tries since `failing_since`, at least."
    )
    problem: str | None = Field(default=None, description="Why it was stopped.")
    reason: ProblemData | None = Field(
        default=None, description="`problem` as data, where it has a code."
    )
    tried: UtcTime | None = Field(
        default=None, description="When it accepted a trial message that a person sent, last."
    )
    updated: UtcTime


class SubscriptionState(Event):
    """The state of a subscription, such as suspended because its query is too expensive.

    Key: `subscription_id`. A suspended subscription is not matched. The state applies to the query
    that it names; a subscription whose query changed since is matched again.
    """

    schema_version: Literal[1] = 1
    subscription_id: Identifier
    query_digest: Identifier = Field(description="See `pantau_schemas.ids.query_digest`.")
    suspended_since: UtcTime | None = Field(default=None, description="None: it was resumed.")
    problem: str | None = Field(
        default=None, description="Why, and what to do; None when it was resumed."
    )
    times: int = Field(ge=1, description="How often it has been suspended, this time included.")


class FeedAddress(Event):
    """The secret address at which the alerts of a subscription are a feed. Key: `address_id`.

    Whoever has the address reads the feed; of its secret part only the digest is stored. Removed
    by a tombstone.
    """

    schema_version: Literal[1] = 1
    address_id: Identifier = Field(description="See `pantau_schemas.ids.feed_address_id`.")
    subscription_id: Identifier
    secret_digest: str = Field(
        pattern="^[0-9a-f]{64}$",
        description="SHA-256 of the secret part, 32 random bytes in base64url.",
    )
    created: UtcTime
