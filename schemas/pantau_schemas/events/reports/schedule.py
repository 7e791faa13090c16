"""Scheduled reports: what is reported, when, and to whom."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from pantau_schemas.base import Event, Identifier, UtcTime
from pantau_schemas.events.rules import Digest
from pantau_schemas.events.subscription import EmailChannel, Tag, WebhookChannel

ReportChannel = Annotated[EmailChannel | WebhookChannel, Field(discriminator="kind")]
"""A channel that reports are sent to."""


class ReportSchedule(Event):
    """A report that is sent at fixed times. Key: `subscription_id`; removed by a tombstone.

    A report covers the time since the one before. Its deliveries name the schedule where those of
    alerts name a subscription, so that both have owners, channels and retries in common.
    """

    schema_version: Literal[1] = 1
    subscription_id: Identifier = Field(description="Id of the schedule itself.")
    about: Identifier | None = Field(
        default=None, description="The subscription whose matches are reported; None: see `tag`."
    )
    tag: Tag | None = Field(
        default=None, description="Report what all subscriptions of its owner with this tag match."
    )
    timing: Digest = Field(description="A day, week or month; times are in `time_zone`.")
    time_zone: str = Field(description="IANA name.")
    channel: ReportChannel
    language: Literal["en", "id"]
    owner: Identifier | None = Field(
        default=None,
        description="The account that sees it, or `team:` and the name of a team; None: the "
        "operators.",
    )
    created: UtcTime = Field(description="Reports that were due before are not sent.")

    @model_validator(mode="after")
    def _has_one_subject(self) -> "ReportSchedule":
        if (self.about is None) == (self.tag is None):
            msg = "a report is about either a subscription (`about`) or a `tag`"
            raise ValueError(msg)
        if self.timing.every == "hour":
            msg = "timing.every: a report is sent each day, week or month"
            raise ValueError(msg)
        return self
