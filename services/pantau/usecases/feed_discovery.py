"""Finds the feed that a typed address refers to: a feed, a page, or a host without a scheme."""

import re
from datetime import datetime
from typing import Final

from pantau.feeds.known_sites import feeds_of_address, usual_addresses
from pantau.feeds.sniff import WEB_PAGE
from pantau.ports import DocumentReader, Fetcher
from pantau.usecases.feed_inspection import Inspection, inspect

_FEED_SCHEMES: Final = re.compile(r"(?:feeds?|rss|itpc|pcast|podcast):(?://)?", re.IGNORECASE)
_WITH_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
MOST_TRIED: Final = 20
"""Most addresses that are asked for a page that names no feed."""


def addresses_meant(typed: str) -> tuple[str, ...]:
    """Return the addresses that a typed one may refer to, the most likely first.

    A host without a scheme, and `feed:`, may mean https or http; `feed:https://...` says which.
    """
    address = _FEED_SCHEMES.sub("", typed.strip(), count=1)
    if _WITH_SCHEME.match(address):
        return (address,)
    address = address.lstrip("/")
    return (f"https://{address}", f"http://{address}")


async def find_feed(
    fetcher: Fetcher, reader: DocumentReader, typed: str, now: datetime
) -> Inspection:
    """Return the result of inspecting a typed address, or the feed that it leads to.

    Falls back to http only if nothing answers over https. Never raises for what the server does.
    """
    first, *others = addresses_meant(typed)
    found = await _find(fetcher, reader, first, now)
    for url in others:
        if not found.reached:
            plain = await _find(fetcher, reader, url, now)
            found = plain if plain.reached else found
    return found


async def _find(fetcher: Fetcher, reader: DocumentReader, url: str, now: datetime) -> Inspection:
    """Return the feed of a known site, the document at the address, or a feed at a usual address."""
    for known in feeds_of_address(url):
        found = await inspect(fetcher, reader, known, now)
        if found.document is not None:
            return found
    found = await inspect(fetcher, reader, url, now)
    if found.document is not None or found.candidates or found.problem != WEB_PAGE:
        return found
    for place in usual_addresses(found.url)[:MOST_TRIED]:
        guessed = await inspect(fetcher, reader, place, now)
        if guessed.document is not None:
            return guessed
        if not guessed.reached:
            break
    return found
