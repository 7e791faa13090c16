"""A look at one address before it is watched: the feed there, or the feeds that the page there names."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from pantau.poller.discover import FoundFeed, discover_feeds
from pantau.poller.document import ParsedFeed, UnreadableFeedError
from pantau.poller.outcome import Body, Failed, read_response
from pantau.poller.parse import parse_feed
from pantau.poller.service import ACCEPT
from pantau.ports import Fetcher, FetchError, FetchRequest
from pantau_schemas.feed import FeedState


@dataclass(frozen=True, slots=True)
class Inspection:
    """What stands at an address. With a `document` it is a feed, else `problem` says why not."""

    url: str  # where the feed should be fetched: the address, or where it moved for good
    document: ParsedFeed | None = None
    problem: str | None = None
    candidates: tuple[FoundFeed, ...] = ()


async def inspect(fetcher: Fetcher, url: str, now: datetime) -> Inspection:
    """Fetch an address and tell what it is. Never raises for what the other side does."""
    try:
        response = await fetcher.get(FetchRequest(url, accept=ACCEPT))
    except FetchError as error:
        return Inspection(url, problem=error.reason)
    found = read_response(response, FeedState(schema_version=2, feed_id="inspected"), now)
    if not isinstance(found, Body):
        return Inspection(url, problem=found.reason if isinstance(found, Failed) else "304 Not Modified")
    place = response.permanent_url or url
    try:
        document = await asyncio.to_thread(
            parse_feed, found.content, url=response.url, content_type=found.content_type
        )
    except UnreadableFeedError as error:
        candidates = discover_feeds(found.content, response.url, found.content_type)
        return Inspection(place, problem=str(error), candidates=tuple(candidates))
    return Inspection(place, document)
