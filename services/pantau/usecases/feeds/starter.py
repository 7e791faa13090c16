"""The default feeds.

Well-known Indonesian and English news, from the bundled OPML file.
"""

from functools import cache
from importlib.resources import files

from pantau.feeds.formats.opml import OpmlFeed, read_opml
from pantau.ports import Clock, Log
from pantau.usecases.feeds.feed_list import FeedList
from pantau_schemas.topics import FEEDS


@cache
def starter_feeds() -> tuple[OpmlFeed, ...]:
    """Return the feeds of the bundled file."""
    return tuple(read_opml(files("pantau").joinpath("starter.opml").read_bytes()).feeds)


def add_starter_feeds(log: Log, clock: Clock) -> int:
    """Add the starter feeds if there are no feeds at all; return their number."""
    if log.table(FEEDS.name).count():
        return 0
    feed_list = FeedList(log, clock)
    outlines = starter_feeds()
    feed_list.save(
        [feed_list.draft(one.url, title=one.title, folder=one.folder) for one in outlines]
    )
    return len(outlines)
