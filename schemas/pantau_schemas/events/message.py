"""Messages: what a subscription's rules made of its alerts."""

from typing import Final, Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, UtcTime
from pantau_schemas.problem import ProblemData

ALERTS_NAMED: Final = 500
"""Maximum number of alerts that a message names; the others are counted."""

Occasion = Literal[
    "collected", "digest", "quiet-ended", "mute-ended", "grown", "count", "spike", "silence",
    "expired", "channel-stopped", "resumed",
]  # fmt: skip
"""Why there is a message. The last two are about a channel: it was stopped; it is used again."""


class AlertMessage(Event):
    """Several alerts of a subscription that are sent as one. Key: `message_id`.

    Its alerts are looked up when it is sent. Partitioned by `subscription_id`.
    """

    schema_version: Literal[2] = 2
    message_id: Identifier = Field(description="See `pantau_schemas.ids.message_id`.")
    subscription_id: Identifier
    occasion: Occasion
    alert_ids: tuple[Identifier, ...] = Field(
        default=(), max_length=ALERTS_NAMED, description="In the order of the alerts."
    )
    more_alerts: int = Field(default=0, ge=0, description="Alerts beyond those of `alert_ids`.")
    stories: int = Field(default=0, ge=0, description="Stories that the alerts are about.")
    why: ProblemData | None = Field(
        default=None, description="What the rule found, such as how many in an hour are usual."
    )
    since: UtcTime = Field(description="Beginning of the time that it is about.")
    due: UtcTime = Field(description="When the rules made it due; the end of that time.")
    created: UtcTime
