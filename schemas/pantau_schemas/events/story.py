"""Stories: articles about the same event, grouped as they arrive."""

from typing import Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, UtcTime


class StoryMember(Event):
    """An article, the story assigned to it, and the features that later articles are compared with.

    Key: `article_id`. It is the enricher's memory, and is kept a little longer than the window in
    which articles may join a story.
    """

    schema_version: Literal[1] = 1
    article_id: Identifier
    story_id: Identifier = Field(
        description="Fixed when the article was first seen; see `StoryMerge`."
    )
    seen: UtcTime = Field(
        description="When the article was first seen; it is remembered for the window after that."
    )
    moment: UtcTime = Field(
        description="When it was published, if that is known and not after `seen`, else `seen`: "
        "articles of one story are "
        "at most the window apart."
    )
    founded: UtcTime = Field(
        description="When the first article of the story was seen: of two that merge, the older "
        "goes on."
    )
    source: str | None = None
    fingerprint: str = Field(description="See `pantau.stories.fingerprint`.")
    features: str = Field(
        description="What the article is about, packed; see `pantau.stories.features`."
    )


class StoryMerge(Event):
    """Two stories merged into one. Key: `story_id`; articles keep their assigned id."""

    schema_version: Literal[1] = 1
    story_id: Identifier = Field(description="The story that ended.")
    into: Identifier = Field(description="The story that goes on; it may itself be merged later.")
    founded: UtcTime = Field(
        description="When the first article of the story that goes on was seen."
    )
    article_id: Identifier = Field(description="The article that belongs to both.")
    merged_at: UtcTime
