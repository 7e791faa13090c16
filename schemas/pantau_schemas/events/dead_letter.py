"""Messages that could not be processed, with everything needed to retry them."""

from typing import Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, UtcTime
from pantau_schemas.problem import ProblemData


class DeadLetter(Event):
    """A message that a stage rejected. Key: the key of the failed message."""

    schema_version: Literal[3] = 3
    dead_letter_id: Identifier
    stage: str = Field(description="Who rejected it, such as `enricher`.")
    topic: str = Field(description="Where it was read from, and where a retry puts it back.")
    offset: int = Field(ge=0)
    key: str
    value: bytes = Field(description="The original bytes (base64 in JSON).")
    headers: dict[str, str] = Field(default_factory=dict)
    error: str = Field(description="Class of the error.")
    reason: str = Field(description="What was wrong, for people.")
    problem: ProblemData | None = Field(
        default=None, description="`reason` as data, where it has a code."
    )
    detail: str = Field(default="", description="Traceback of an unexpected error.")
    failed_at: UtcTime
    retries: int = Field(default=0, ge=0, description="How often it was put back before.")
    put_back_at: UtcTime | None = Field(
        default=None,
        description="Set in a second record of the same id, when a person put the message back.",
    )
    discarded_at: UtcTime | None = Field(
        default=None,
        description="Set in a second record of the same id, when a person gave the message up.",
    )
