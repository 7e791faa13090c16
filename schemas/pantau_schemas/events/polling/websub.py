"""WebSub: subscriptions at hubs (`hub-subscriptions`), and what hubs push (`pushed-documents`)."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, SecretStr, field_serializer

from pantau_schemas.base import Event, Identifier, UtcTime


class HubStatus(StrEnum):
    """Where a subscription at a hub stands."""

    PENDING = "pending"  # the hub has not verified it yet
    ACTIVE = "active"  # verified; it counts until `expires_at`
    DENIED = "denied"  # the hub denied or ended it
    LEAVING = "leaving"  # the feed is gone or names another hub: the hub is asked to end it


class HubSubscription(Event):
    """The subscription of one feed at one hub. Key: `callback_id`.

    A renewal keeps the callback and the secret, so an active subscription stays valid throughout.
    """

    schema_version: Literal[1] = 1
    callback_id: Identifier = Field(description="Random last part of the callback's path.")
    feed_id: Identifier
    hub: str = Field(max_length=8_191, description="Address of the hub.")
    topic: str = Field(max_length=8_191, description="Address that the feed gives as its own.")
    secret: SecretStr = Field(description="Key of the signatures. In the store and nowhere else.")
    status: HubStatus = HubStatus.PENDING
    since: UtcTime = Field(description="When the hub was discovered.")
    problem: str | None = Field(default=None, description="Why the last request failed.")
    attempts: int = Field(
        default=0, ge=0, description="Requests since the hub last verified the subscription."
    )
    next_request: UtcTime | None = Field(
        default=None, description="When the hub is asked next: for the first time, or to renew."
    )
    lease_seconds: int | None = Field(default=None, ge=0, description="Lease that was granted.")
    expires_at: UtcTime | None = Field(default=None, description="When the lease ends.")
    pushes: int = Field(default=0, ge=0, description="Signed documents that the hub delivered.")
    last_push: UtcTime | None = None
    ignored: int = Field(
        default=0, ge=0, description="Deliveries without a valid signature, or of another topic."
    )
    checks: int = Field(
        default=0, ge=0, description="Polls in a row that found nothing that the hub had missed."
    )
    found: tuple[Identifier, ...] = Field(
        default=(),
        max_length=200,
        description="Articles that a poll found before the hub; missed if no push of them follows.",
    )
    found_at: UtcTime | None = Field(default=None, description="When that poll was.")
    missed: int = Field(default=0, ge=0, description="Articles that the hub missed so far.")
    distrusted_until: UtcTime | None = Field(
        default=None,
        description="Until when the feed is polled as usual, as its hub missed some.",
    )

    @field_serializer("secret", when_used="json")
    def _reveal(self, secret: SecretStr) -> str:
        return secret.get_secret_value()


class PushedDocument(Event):
    """A document that a hub delivered and signed. Key: `push_id`.

    It is removed when the feed's poller has read it. Without a `body`, the feed is polled instead.
    """

    schema_version: Literal[1] = 1
    push_id: Identifier
    feed_id: Identifier
    received: UtcTime
    content_type: str | None = Field(default=None, max_length=1_000)
    body: bytes | None = Field(default=None, description="The document, compressed with zlib.")
