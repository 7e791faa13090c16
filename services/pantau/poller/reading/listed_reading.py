"""A feed and the listing of its items as one reading.

The keys of the items take half as long to compute as the document takes to parse, and depend on the
document alone. So they are computed where the document is read, which may be another process
(`pantau.adapters.processes`). As in `readings`, the result is validated piece by piece.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pantau.common.reading import Reading
from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.poller.identity.keys import Keys
from pantau.poller.identity.listing import Listed, Listing, read_listing
from pantau.poller.reading.readings import FEED, NoFeed

_FEED_ID: Final = "feed_id"
_LONGEST_HOST: Final = 253
"""Characters of a host (RFC 1035); the publishers of hosts are remembered."""


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A document, and what its items say of themselves as items of the feed."""

    document: ParsedFeed
    listing: Listing


def about_listed(about: Mapping[str, str | None], feed_id: str) -> Mapping[str, str | None]:
    """Return the context that `LISTED` needs: that of `FEED`, and the feed's id."""
    return {**about, _FEED_ID: feed_id}


def _read(document: bytes, about: Mapping[str, str | None]) -> ListedFeed | NoFeed:
    found = FEED.read(document, about)
    if isinstance(found, NoFeed):
        return found
    return ListedFeed(found, read_listing(found, about.get(_FEED_ID) or ""))


def _pack(result: ListedFeed | NoFeed) -> list[Any]:
    if isinstance(result, NoFeed):
        return [FEED.pack(result)]
    listing = result.listing
    rows = [
        _pack_listed(one, place) for one, place in zip(listing.items, listing.places, strict=True)
    ]
    return [FEED.pack(result.document), rows]


def _pack_listed(one: Listed, place: int) -> list[Any]:
    keys = one.keys
    texts = [one.fingerprint, one.core, one.sample, keys.by_title]
    may_lack = [one.title, one.host, keys.guid, keys.link, keys.former, keys.by_guid]
    may_lack.append(keys.dropped)
    return [place, one.words, texts, may_lack]


def _unpack(said: Any) -> ListedFeed | NoFeed:
    """Return what `_pack` packed. Raises ValueError and TypeError for anything else."""
    found = FEED.unpack(said[0])
    if isinstance(found, NoFeed):
        return found
    places, listed = [], []
    for place, words, texts, may_lack in said[1]:
        if type(place) is not int or not 0 <= place < len(found.items):
            message = f"an item that is none of the document's: {str(place)[:100]}"
            raise ValueError(message)
        places.append(place)
        listed.append(_unpack_listed(found.items[place], words, texts, may_lack))
    return ListedFeed(found, Listing(tuple(listed), tuple(places), len(found.items)))


def _unpack_listed(item: ParsedItem, words: Any, texts: Any, may_lack: Any) -> Listed:
    proper = all(isinstance(one, str) for one in texts) and all(
        one is None or isinstance(one, str) for one in may_lack
    )
    if not proper or type(words) is not int or words < 0:
        message = f"not what an item says: {str([words, texts, may_lack])[:100]}"
        raise ValueError(message)
    printed, core, sample, by_title = texts
    title, host, guid, link, former, by_guid, dropped = may_lack
    if host is not None and len(host) > _LONGEST_HOST:
        message = f"no host: {host[:100]}"
        raise ValueError(message)
    keys = Keys(guid, link, former, by_guid, by_title, dropped)
    return Listed("", printed, core, title, keys, item, host, words, sample)


LISTED: Final[Reading[ListedFeed | NoFeed]] = Reading(f"{__name__}:LISTED", _read, _pack, _unpack)
"""A feed with its listing, or what was found in its place. See `about_listed`."""
