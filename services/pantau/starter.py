"""The feeds to begin with: well-known Indonesian and English news, from the OPML file that ships with the program."""

from importlib.resources import files

from pantau.envelope import record_for
from pantau.poller.opml import read_opml
from pantau.ports import Clock, Log
from pantau_schemas.feed import Feed
from pantau_schemas.ids import feed_id
from pantau_schemas.links import normalise_feed_url
from pantau_schemas.topics import FEEDS


def add_starter_feeds(log: Log, clock: Clock) -> int:
    """Add the starter feeds if there are no feeds at all; gives how many were added."""
    if log.table(FEEDS.name).count():
        return 0
    now = clock.now()
    feeds = [
        Feed(
            feed_id=feed_id(normalise_feed_url(outline.url)),
            url=outline.url,
            title=outline.title,
            folder=outline.folder,
            added=now,
        )
        for outline in read_opml(files("pantau").joinpath("starter.opml").read_bytes()).feeds
    ]
    log.append([record_for(feed, FEEDS, source="cli", time=now) for feed in feeds])
    return len(feeds)
