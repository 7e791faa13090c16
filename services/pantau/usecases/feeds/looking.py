"""Watching a feed after a look at its address, by a fetcher and a reader that are given."""

from pantau.ports import Clock, DocumentReader, Fetcher
from pantau.usecases.feeds.adding import Added, add_feed
from pantau.usecases.feeds.discovery import addresses_meant, find_feed
from pantau.usecases.feeds.feed_list import FeedFields, FeedList
from pantau.usecases.feeds.inspection import Inspection


async def look_and_add(
    feed_list: FeedList,
    fetcher: Fetcher,
    reader: DocumentReader,
    clock: Clock,
    url: str,
    fields: FeedFields,
) -> Added:
    """Add the feed that is at an address as a person typed it, after a look at it.

    See `add_feed`, also for what it raises.
    """

    async def look(address: str) -> Inspection:
        page = fields.get("page") if address == url else None
        known = feed_list.get(addresses_meant(address)[0])
        feed = known.feed if known is not None else None
        return await find_feed(fetcher, reader, address, clock.now(), page, feed)

    return await add_feed(feed_list, look, url, fields)
