"""Declarations of web sites about the use of their content."""

from typing import Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, UtcTime


class Site(Event):
    """Declarations in the robots.txt of one host. Key: `host`."""

    schema_version: Literal[1] = 1
    host: Identifier = Field(description="Host name, with its port where that is unusual.")
    licenses: tuple[str, ...] = Field(
        default=(),
        max_length=20,
        description="Addresses of licences: lines `License:` of Really Simple Licensing 1.0.",
    )
    content_usage: tuple[str, ...] = Field(
        default=(),
        max_length=20,
        description="Preferences of the group that applies to Pantau: lines `Content-Usage:` of "
        "the IETF's AI Preferences, as written.",
    )
    looked: UtcTime = Field(description="When these declarations were first seen as they are.")
