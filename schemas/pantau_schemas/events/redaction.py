"""Redactions: what was taken down, and must not come back."""

from typing import Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, UtcTime


class Redaction(Event):
    """An identity of an article that was taken down. Key: `redaction_id`; removed by a tombstone.

    While it stands, no poller publishes an article of this identity and no stage handles one. It
    holds neither address nor text, only a digest of the identity.
    """

    schema_version: Literal[1] = 1
    redaction_id: Identifier = Field(description="See `pantau_schemas.ids.redaction_id`.")
    forgotten_at: UtcTime
