"""Follows the index of sitemaps that a feed's address leads to."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from pantau.errors import RejectError, RetryError
from pantau.feeds.document import ParsedFeed
from pantau.feeds.formats.news_sitemap import INDEX, NEWS, chosen_sitemaps, recent
from pantau.net.guard import without_password
from pantau.poller.decision.outcome import Fetched, FetchFailed, NotModified
from pantau.poller.reading.readings import FEED, about_feed
from pantau.ports import DocumentReader, FetchError, FetchResponse

MOST_FOLLOWED: Final = 3
"""Most sitemaps of an index that are fetched at a poll: the latest, of which two hold two days."""

Get = Callable[[str], Awaitable[FetchResponse]]


def is_index(found: object) -> bool:
    """Return whether a document is an index of sitemaps, which lists no articles itself."""
    return isinstance(found, Fetched) and found.document.format == INDEX


async def follow_index(
    get: Get, reader: DocumentReader, found: Fetched, known_hash: str | None
) -> Fetched | NotModified | FetchFailed:
    """Return the news of an index's latest sitemaps as one document.

    The index itself may stay the same while its sitemaps change, so its validators are dropped and
    the hash is that of the sitemaps: `known_hash` is the one of the last poll.
    """
    digest, read, problems = hashlib.sha256(), list[ParsedFeed](), list[str]()
    for url in chosen_sitemaps(found.document, MOST_FOLLOWED):
        try:
            response = await get(url)
            if response.status != 200:
                problems.append(f"{without_password(url)}: HTTP status {response.status}")
                continue
            about = about_feed(response.url, response.headers.get("content-type"))
            document = await reader.read(FEED, response.body, about)
        except (FetchError, RejectError, RetryError) as error:
            problems.append(f"{without_password(url)}: {error}")
            continue
        if isinstance(document, ParsedFeed) and document.format == NEWS:
            digest.update(response.body)
            read.append(document)
        else:
            problems.append(f"{without_password(url)}: not a news sitemap")
    if not read:
        reason = "; ".join(problems) or "it names no sitemaps"
        return FetchFailed(f"an index of sitemaps without news: {reason}"[:1_000])
    # A 304 for the index would hide that one of its sitemaps changed.
    facts = replace(found.facts, etag=None, last_modified=None)
    content_hash = digest.hexdigest()[:32]
    if content_hash == known_hash and not problems:
        return NotModified(facts)
    return Fetched(_merged(read, tuple(problems)), content_hash, facts)


def _merged(read: list[ParsedFeed], problems: tuple[str, ...]) -> ParsedFeed:
    """Return several news sitemaps as one, each article once."""
    items = {one.link: one for document in read for one in document.items}
    warnings = tuple(one for document in read for one in document.warnings)
    skipped = tuple(f"a sitemap of its index was left out: {one}" for one in problems)
    return replace(read[0], items=recent(tuple(items.values())), warnings=warnings + skipped)
