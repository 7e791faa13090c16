"""Articles that a feed listed and the poller has not published yet (`held-articles`)."""

from typing import Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, Model, UtcTime
from pantau_schemas.events.article import IMAGE_LIMIT


class HeldKeys(Model):
    """Keys that identify the article among the items of its feed, as digests."""

    guid: str | None = None
    link: Identifier | None = None
    former: Identifier | None = None
    by_guid: Identifier | None = None
    by_title: Identifier
    dropped: str | None = None


class HeldArticle(Event):
    """An article that waits for its turn, or for the quota of another day. Key: `held_id`.

    It is kept until it is published, even if its feed lists it no more.
    """

    schema_version: Literal[1] = 1
    held_id: Identifier = Field(description="Derived from `feed_id` and `article_id`.")
    feed_id: Identifier
    article_id: Identifier
    held_since: UtcTime = Field(description="When the poller first held it back.")
    place: int = Field(ge=0, description="Its place among those that waited then, newest first.")
    historical: bool = Field(description="Whether it was back-fill when its feed listed it.")
    fingerprint: str = Field(description="Hash of what the feed said.")
    keys: HeldKeys
    source: str | None = Field(default=None, description="As it will be in the article.")
    url: str | None = None
    title: str = ""
    text: str = ""
    author: str | None = None
    tags: tuple[str, ...] = ()
    published: UtcTime | None = Field(default=None, description="The date that the feed gave.")
    image: str | None = Field(
        default=None,
        max_length=IMAGE_LIMIT,
        description="Address of the picture that the feed gave.",
    )
