"""The document of a feed: fetched, classified, and read."""

import logging
from dataclasses import replace
from typing import Final

from pantau.errors import RejectError, RetryError
from pantau.net.address import same_origin
from pantau.net.guard import without_password
from pantau.net.mailbox_address import is_mailbox
from pantau.poller.decision.outcome import (
    Body,
    Fetched,
    FetchFailed,
    Outcome,
    Unreadable,
    kept_validator,
    read_response,
    recoded,
)
from pantau.poller.reading.listed_reading import LISTED, about_listed
from pantau.poller.reading.readings import NoFeed, about_feed
from pantau.poller.reading.sitemaps import follow_index, is_index
from pantau.ports import (
    Clock,
    DocumentReader,
    Fetcher,
    FetchError,
    FetchRequest,
    FetchResponse,
    Mailboxes,
)
from pantau.problems import problem
from pantau_schemas.events.feed import Feed, FeedState

# The logger of the poller, whose lines about feeds are limited together.
log = logging.getLogger("pantau.poller.service")

ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)


class FeedDocuments:
    """Fetches and reads the documents of feeds. Whatever a feed does becomes an outcome."""

    def __init__(
        self, fetcher: Fetcher, reader: DocumentReader, clock: Clock, mailboxes: Mailboxes | None
    ) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._mailboxes = mailboxes

    async def fetch(self, feed: Feed, state: FeedState) -> Outcome:
        """Fetch and read a feed. Raises FetchError and StopError."""
        url = state.moved_to or feed.url
        request = FetchRequest(
            url,
            etag=kept_validator(state.etag),  # an older version stored long ones, too
            last_modified=kept_validator(state.last_modified),
            accept=ACCEPT,
            access=feed.access,
        )
        response = await self._get(feed, request)
        found = read_response(response, state, self._clock.now())
        if not isinstance(found, Body):
            return found
        if feed.access is not None and feed.access.encoding is not None:
            found = recoded(found, feed.access.encoding)
        try:
            return await self._read_found(found, feed, state, request)
        except RetryError as error:
            return FetchFailed(str(error), problem=error.problem)

    async def _get(self, feed: Feed, request: FetchRequest) -> FetchResponse:
        """Fetch a feed, or read its mailbox: by its own address alone, never by a redirect."""
        if not is_mailbox(feed.url):
            return await self._fetcher.get(request)
        if self._mailboxes is None:
            raise FetchError("refused", "mailboxes are read by `pantau run` and the poller alone")
        return await self._mailboxes.read(replace(request, url=feed.url), self._clock.now())

    async def _read_found(
        self, found: Body, feed: Feed, state: FeedState, request: FetchRequest
    ) -> Outcome:
        """Read a document; of an index of sitemaps, the latest of them. Raises RetryError."""
        document = await self.read(found, feed)
        if not is_index(document) or isinstance(document, Unreadable):
            return document

        async def get(url: str) -> FetchResponse:
            own = same_origin(url, request.url)  # credentials stay with the feed's origin
            access = request.access if own else None
            asked = replace(request, url=url, etag=None, last_modified=None, access=access)
            return await self._fetcher.get(asked)

        return await follow_index(get, self._reader, document, state.content_hash)

    async def read(self, body: Body, feed: Feed) -> Fetched | Unreadable:
        """Parse a document of a feed. Raises RetryError."""
        return await read_body(self._reader, body, feed)


async def read_body(
    reader: DocumentReader,
    body: Body,
    feed: Feed,
) -> Fetched | Unreadable:
    """Parse a feed's document, or where the feed has selectors a web page that lists articles.

    For a web page in a feed's place, name the feeds that it links to.

    One that exceeds the limits is unreadable like one that is not a feed: not read again until it
    changes. Raises RetryError.
    """
    about = about_feed(
        body.url, body.content_type, discover=True, page=feed.page, time_zone=feed.time_zone
    )
    try:
        found = await reader.read(LISTED, body.content, about_listed(about, feed.feed_id))
    except RejectError as error:
        return Unreadable(str(error), body.content_hash, body.facts, error.problem)
    if isinstance(found, NoFeed):
        told = found.problem or problem("documents.other", text=found.reason)
        if found.candidates:
            told = problem("documents.with-feed", reason=told, url=found.candidates[0].url)
        return Unreadable(str(told), body.content_hash, body.facts, told)
    return Fetched(found.document, body.content_hash, body.facts, found.listing)


def failure_of(feed: Feed, error: Exception) -> FetchFailed:
    """Return the outcome of an error of a fetch, or of an unexpected one."""
    if isinstance(error, FetchError):
        return FetchFailed(error.reason, problem=error.problem)
    log.error("feed %s: unexpected error", without_password(feed.url), exc_info=error)
    return FetchFailed(f"internal error, please report it: {type(error).__name__}: {error}"[:1_000])
