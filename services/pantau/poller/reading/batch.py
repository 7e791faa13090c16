"""Feed documents in files, as the batch command `pantau feeds parse` prints them."""

from collections.abc import Iterator
from typing import Any

from pantau.common.files.jsonlines import Complaints
from pantau.errors import RejectError, RetryError
from pantau.feeds.document import ParsedItem
from pantau.poller.identity.listing import read_listing
from pantau.poller.identity.resolve import resolve_alone
from pantau.poller.reading.readings import FEED, NoFeed, about_feed
from pantau.ports import DocumentReader
from pantau_schemas.base import format_time
from pantau_schemas.ids import article_id, feed_id
from pantau_schemas.links.canonical import normalise_feed_url


def parse_file(
    name: str, body: bytes, base_url: str | None, complaints: Complaints, reader: DocumentReader
) -> Iterator[dict[str, Any]]:
    """Yield one object per item of the document.

    Reports malformed parts, rejects a document that is not a feed.
    """
    try:
        feed = reader.read_now(FEED, body, about_feed(base_url))
    except (RejectError, RetryError) as error:
        complaints.reject(name, str(error))
        return
    if isinstance(feed, NoFeed):
        complaints.reject(name, feed.reason)
        return
    for warning in feed.warnings:
        complaints.warn(name, warning)
    feed_key = feed_id(normalise_feed_url(base_url) if base_url else name)
    listing = read_listing(feed, feed_key)
    ids = dict(zip(listing.places, resolve_alone(listing).ids, strict=True))
    for place, item in enumerate(feed.items):
        yield _object(item, ids.get(place), feed_key, name)


def _object(item: ParsedItem, identifier: str | None, feed_key: str, name: str) -> dict[str, Any]:
    """Return an item with the id that the poller would assign.

    An empty item has one too.
    """
    published = format_time(item.published) if item.published else None
    optional = {
        "url": item.link,
        "published": published,
        "author": item.author,
        "tags": list(item.tags),
    }
    return {
        "id": identifier or article_id(link=None, feed_id=feed_key, published=published),
        "title": item.title,
        "text": item.text,
        **{key: value for key, value in optional.items() if value},
        "feed": name,
    }
