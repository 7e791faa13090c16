"""Fields that inputs share, with their limits."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from pantau_schemas.events.subscription import QueryLanguage

QUERY_LIMIT: Final = 4_000
"""Longest query, in characters."""
TEXT_LIMIT: Final = 2_000
"""Longest other text, in characters."""
CURSOR_LIMIT: Final = 500

Text = Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LIMIT)]
"""An id, or what else names one thing."""
QueryText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=QUERY_LIMIT),
    Field(description="The query, as Kibana's search bar accepts it."),
]
Language = Annotated[QueryLanguage, Field(description="Query language.")]
Zone = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100),
    Field(description="IANA time zone; days of dates in the query are days there."),
]
Moment = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100),
    Field(description="A time before now (`30m`, `12h`, `7d`, `2w`) or a date in RFC 3339."),
]
Cursor = Annotated[
    str,
    StringConstraints(min_length=1, max_length=CURSOR_LIMIT),
    Field(description="The `cursor` of the previous page: the list goes on behind it."),
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Version = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Versions = Annotated[
    tuple[Version, ...],
    Field(
        max_length=1_000,
        description="Change it only if its `version` is one of these; whatever it is if empty.",
    ),
]
Confirmed = Annotated[
    bool,
    Field(
        description="Whether what is doubtful is meant, such as a query that matches everything. "
        "Without it a doubt is the problem `409`, and nothing is changed."
    ),
]
