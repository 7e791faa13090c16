"""Inspection of an address before it is watched.

The feed there, or the feeds that the page there names.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from pantau.errors import PantauError, RejectError, RetryError
from pantau.feeds.discovery.discover import FoundFeed
from pantau.feeds.document import ParsedFeed
from pantau.net.address import same_origin
from pantau.net.guard import check_url
from pantau.net.link_header import read_link_header
from pantau.poller.decision.decide import decide
from pantau.poller.decision.outcome import (
    Body,
    Fetched,
    FetchFailed,
    NotModified,
    read_response,
    recoded,
)
from pantau.poller.reading.feed_documents import ACCEPT
from pantau.poller.reading.readings import FEED, NoFeed, about_feed
from pantau.poller.reading.sitemaps import follow_index, is_index
from pantau.ports import DocumentReader, Fetcher, FetchError, FetchRequest, FetchResponse
from pantau.problems import Problem, problem
from pantau.settings import PollSettings
from pantau.usecases.feeds.feed_list import new_state
from pantau_schemas.codec import current_version
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.feed_access import FeedAccess
from pantau_schemas.events.feed_page import PageSelectors
from pantau_schemas.links.canonical import normalise_feed_url

_FEED_TYPES: Final = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """The content of an address. With a `document` it is a feed, else `problem` says why not."""

    url: str  # the address to fetch: the given one, or its permanent redirect
    document: ParsedFeed | None = None
    problem: Problem | None = None
    candidates: tuple[FoundFeed, ...] = ()
    reached: bool = True  # a server answered, whatever it said


async def inspect(
    fetcher: Fetcher,
    reader: DocumentReader,
    url: str,
    now: datetime,
    page: PageSelectors | None = None,
    watched: Feed | None = None,
) -> Inspection:
    """Fetch an address and return what it is; with `page`, read it as a page that lists articles.

    With `watched`, the address is asked for and read as that feed is; its credentials, headers and
    the like stay with its origin. Never raises for what the server does.
    """
    access = _access(watched, url)
    try:
        response = await fetcher.get(FetchRequest(url, accept=ACCEPT, access=access))
    except FetchError as error:
        told = error.problem or problem("feeds.other", text=error.reason)
        return Inspection(url, problem=told, reached=False)
    # Read as by the first poll of a new feed, so that the inspection shows what that would find.
    found = read_response(response, new_state("inspected"), now)
    if not isinstance(found, Body):
        return Inspection(url, problem=_of_response(found))
    if access is not None and access.encoding is not None:
        found = recoded(found, access.encoding)
    place = response.permanent_url or url
    zone = None
    if watched is not None:
        page, zone = page or watched.page, watched.time_zone
    about = about_feed(response.url, found.content_type, discover=True, page=page, time_zone=zone)
    try:
        document = await reader.read(FEED, found.content, about)
    except (RejectError, RetryError) as error:
        return Inspection(place, problem=_of_error(error))
    if isinstance(document, NoFeed):
        candidates = _once([*_named_in_header(response), *document.candidates])
        return Inspection(place, problem=_of_document(document), candidates=candidates)
    read = Fetched(document, found.content_hash, found.facts)
    if is_index(read):
        return await _inspect_index(fetcher, reader, place, read, watched)
    return Inspection(place, document)


def _access(watched: Feed | None, url: str) -> FeedAccess | None:
    """Return how a watched feed's server is asked, for addresses of its origin."""
    return watched.access if watched is not None and same_origin(url, watched.url) else None


async def _inspect_index(
    fetcher: Fetcher, reader: DocumentReader, place: str, index: Fetched, watched: Feed | None
) -> Inspection:
    async def get(url: str) -> FetchResponse:
        return await fetcher.get(FetchRequest(url, accept=ACCEPT, access=_access(watched, url)))

    followed = await follow_index(get, reader, index, None)
    if isinstance(followed, Fetched):
        return Inspection(place, followed.document)
    if not isinstance(followed, FetchFailed):
        return Inspection(place)
    told = followed.problem or problem("feeds.other", text=followed.reason)
    return Inspection(place, problem=told)


def _named_in_header(response: FetchResponse) -> list[FoundFeed]:
    """Return the feeds that a page names in its `Link` header."""
    found = []
    for link in read_link_header(response.headers.get("link", "")):
        kind = _FEED_TYPES.get(link.type) or ("xml" if "feed" in link.relations else None)
        if kind is None or not link.relations & {"alternate", "feed"}:
            continue
        try:
            url = urljoin(response.url, link.target)
        except ValueError:
            continue
        if check_url(url) is None:
            found.append(FoundFeed(url, link.title, kind))
    return found


def _once(feeds: list[FoundFeed]) -> tuple[FoundFeed, ...]:
    return tuple({normalise_feed_url(one.url): one for one in reversed(feeds)}.values())[::-1]


def inspect_file(reader: DocumentReader, path: Path) -> Inspection:
    """Read the feed in a file and identify its content. Raises OSError."""
    try:
        document = reader.read_now(FEED, path.read_bytes(), about_feed(None))
    except (RejectError, RetryError) as error:
        return Inspection(str(path), problem=_of_error(error))
    if isinstance(document, NoFeed):
        return Inspection(str(path), problem=_of_document(document))
    return Inspection("https://file.invalid/", document)


def preview(url: str, document: ParsedFeed, now: datetime) -> tuple[Article, ...]:
    """Return the articles that a first poll would publish, in the order of the feed."""
    feed = Feed.model_validate(
        {
            "schema_version": current_version(Feed),
            "feed_id": "tested",
            "url": url,
            "added": now,
        }
    )
    fetched = Fetched(document, "")
    decision = decide(feed, new_state("tested"), fetched, now=now, settings=PollSettings())
    return tuple(reversed(decision.articles))


def _of_response(found: NotModified | FetchFailed) -> Problem:
    if isinstance(found, NotModified):
        return problem("fetch.unchanged")
    return found.problem or problem("feeds.other", text=found.reason)


def _of_error(error: PantauError) -> Problem:
    return error.problem or problem("feeds.other", text=str(error))


def _of_document(found: NoFeed) -> Problem:
    return found.problem or problem("feeds.other", text=found.reason)
