"""Subscriptions: a query, and where its alerts go."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_serializer

from pantau_schemas.base import Event, Identifier, Model, UtcTime

QueryLanguage = Literal["lucene", "kql", "pantau"]


class WebhookChannel(Model):
    """An HTTP address that alerts are posted to, signed by the Standard Webhooks scheme."""

    kind: Literal["webhook"] = "webhook"
    url: str
    secret: SecretStr = Field(
        description="`whsec_` and 24 to 64 bytes in base64; shown once, never logged."
    )

    @field_serializer("secret", when_used="json")
    def _reveal(self, secret: SecretStr) -> str:
        """Write the secret out: the store must have it.

        Logs and listings use `describe` instead.
        """
        return secret.get_secret_value()

    @property
    def target(self) -> str:
        """Where it goes, without the secret."""
        return self.url


class EmailChannel(Model):
    """An e-mail address, reached over the SMTP server of the settings."""

    kind: Literal["email"] = "email"
    to: str

    @property
    def target(self) -> str:
        """Where it goes."""
        return self.to


class FileChannel(Model):
    """A file that gets one line of JSON an alert."""

    kind: Literal["file"] = "file"
    path: str

    @property
    def target(self) -> str:
        """Where it goes."""
        return self.path


class TerminalChannel(Model):
    """The terminal that `pantau run` was started in."""

    kind: Literal["terminal"] = "terminal"

    @property
    def target(self) -> str:
        """Where it goes."""
        return "terminal"


Channel = Annotated[
    WebhookChannel | EmailChannel | FileChannel | TerminalChannel,
    Field(discriminator="kind"),
]


def describe_channel(channel: Channel) -> str:
    """Name a channel for people and logs, such as `webhook:https://example.org/in`.

    Never with its secret.
    """
    return channel.kind if channel.kind == "terminal" else f"{channel.kind}:{channel.target}"


class Subscription(Event):
    """A standing query. Key: `subscription_id`; removed by a record without a value."""

    schema_version: Literal[1] = 1
    subscription_id: Identifier
    name: str
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
    created: UtcTime


class SubscriptionState(Event):
    """A subscription whose query cost too much is suspended: no longer matched.

    Key: `subscription_id`.
    It holds for the query that it names; a subscription that was changed since is matched again.
    """

    schema_version: Literal[1] = 1
    subscription_id: Identifier
    query_digest: Identifier = Field(description="See `pantau_schemas.ids.query_digest`.")
    suspended_since: UtcTime | None = Field(default=None, description="None: it was resumed.")
    problem: str | None = Field(
        default=None, description="Why, and what to do; None when it was resumed."
    )
    times: int = Field(ge=1, description="How often it has been suspended, this time included.")
