"""Finds the feed that a typed address refers to: a feed, a page, or a host without a scheme."""

import re
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from pantau.feeds.discovery.known_sites import feeds_of_address, usual_addresses
from pantau.feeds.feed_scheme import typed_address
from pantau.ports import DocumentReader, Fetcher
from pantau.usecases.feeds.inspection import Inspection, inspect
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.feed_page import PageSelectors

_WITH_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
MOST_TRIED: Final = 20
"""Most addresses that are asked for a page that names no feed."""
MOST_SITEMAPS: Final = 3
"""Most sitemaps of a robots.txt that are tried."""


def addresses_meant(typed: str) -> tuple[str, ...]:
    """Return the addresses that a typed one may refer to, the most likely first.

    A host without a scheme, and `feed:`, may mean https or http; `feed:https://...` says which.
    """
    address = typed_address(typed)
    if _WITH_SCHEME.match(address):
        return (address,)
    address = address.lstrip("/")
    return (f"https://{address}", f"http://{address}")


async def find_feed(
    fetcher: Fetcher,
    reader: DocumentReader,
    typed: str,
    now: datetime,
    page: PageSelectors | None = None,
    watched: Feed | None = None,
) -> Inspection:
    """Return the result of inspecting a typed address, or the feed that it leads to.

    With `page`, the address is a page that lists articles; with `watched`, it is that feed's, and
    asked for and read with the feed's settings. Falls back to http only if nothing
    answers over https. Never raises for what the server does.
    """

    async def look(url: str) -> Inspection:
        if page is not None or watched is not None:
            return await inspect(fetcher, reader, url, now, page, watched)
        return await _find(fetcher, reader, url, now)

    first, *others = addresses_meant(typed)
    found = await look(first)
    for url in others:
        if not found.reached:
            plain = await look(url)
            found = plain if plain.reached else found
    return found


async def _find(fetcher: Fetcher, reader: DocumentReader, url: str, now: datetime) -> Inspection:
    """Return the feed of a known site, the document at an address, or a feed at a usual one."""
    for known in feeds_of_address(url):
        found = await inspect(fetcher, reader, known, now)
        if found.document is not None:
            return found
    found = await inspect(fetcher, reader, url, now)
    is_page = found.problem is not None and found.problem.code == "documents.page-no-feed"
    if found.document is not None or found.candidates or not is_page:
        return found
    for place in usual_addresses(found.url)[:MOST_TRIED]:
        guessed = await inspect(fetcher, reader, place, now)
        if guessed.document is not None:
            return guessed
        if not guessed.reached:
            return found
    return await _news_sitemap(fetcher, reader, url, now) or found


async def _news_sitemap(
    fetcher: Fetcher, reader: DocumentReader, url: str, now: datetime
) -> Inspection | None:
    """Return the first news sitemap that the site's robots.txt names; None if there is none."""
    robots = await inspect(fetcher, reader, urljoin(url, "/robots.txt"), now)
    for one in robots.candidates[:MOST_SITEMAPS]:
        found = await inspect(fetcher, reader, one.url, now)
        if found.document is not None:
            return found
    return None
