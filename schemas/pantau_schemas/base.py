"""The base of every event: immutability, a closed set of fields, one time format.

A change of an event's fields is a new `schema_version` with an upcaster in `pantau_schemas.codec`.
Fields that a version does not define are rejected, never guessed.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)


def to_millis(moment: datetime) -> datetime:
    """Return `moment` in UTC, truncated (not rounded) to whole milliseconds, as on the wire."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    beyond = utc.microsecond % 1000
    return utc.replace(microsecond=utc.microsecond - beyond) if beyond else utc


def format_time(moment: datetime) -> str:
    """Format `moment` as RFC 3339 in UTC with millisecond precision and a `Z` suffix."""
    return _format_utc(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=1024)  # all alerts of an article carry the same timestamps
def _format_utc(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='milliseconds')[:-6]}Z"  # isoformat truncates as well


UtcTime = Annotated[
    AwareDatetime,
    AfterValidator(to_millis),
    PlainSerializer(format_time, return_type=str, when_used="json"),
]
"""A UTC timestamp with millisecond precision; RFC 3339 on the wire."""

Identifier = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x20\x7f]+$")
]
"""An opaque id: 1 to 200 characters, no whitespace, no control characters."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$|^und$")]
"""A language by its ISO 639 code (`id`, `en`, `ms`, ...), or `und` if it is undetermined."""


class Model(BaseModel):
    """A value that is part of an event: immutable, with a closed set of fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64"
    )


class Event(Model):
    """A message on a topic."""

    schema_version: int = Field(
        ge=1, description="Version of this event's fields; raised when they change."
    )


class Span(Model):
    """A half-open range of Unicode code points, `start <= i < end`, in one field of an article."""

    field: str = Field(description="The field that the offsets count in: `title` or `text`.")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
