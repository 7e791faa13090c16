"""The page of an article, under robots.txt, through the guarded fetcher.

A page that never comes raises RejectError, one that may come later RetryError; both say why.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from pantau.errors import RejectError, RetryError
from pantau.extractor.html.page import PageText
from pantau.extractor.html.reading import PAGE
from pantau.extractor.robots import ALLOWS_ALL, Robots, read_robots
from pantau.extractor.several import NOTHING, Several
from pantau.net.address import same_origin
from pantau.net.guard import without_password
from pantau.net.retry_after import read_retry_after
from pantau.ports import Clock, DocumentReader, Fetcher, FetchError, FetchRequest, FetchResponse
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.feed_access import FeedAccess

ACCEPT: Final = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
KEPT_FOR: Final = timedelta(hours=24)
"""How long a robots.txt counts (RFC 9309, 2.4: at most a day)."""
KEPT_AT_MOST: Final = 2_000
MOST_WAIT_SECONDS: Final = 86_400.0
_HTML: Final = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain")
_LATER: Final = frozenset({408, 421, 425, 429})
_ROBOTS: Final = FeedAccess(max_bytes=5_000_000)
"""A robots.txt of more bytes than this is none; of a smaller one the beginning counts."""
_NEVER_READ: Final = frozenset({"refused", "too_large"})


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The robots.txt of a site; `fresh` if it was fetched just now."""

    host: str
    robots: Robots
    fresh: bool


class PageSource:
    """Fetches and reads pages. The reader is its own, and closed with it."""

    def __init__(
        self,
        fetcher: Fetcher,
        reader: DocumentReader,
        clock: Clock,
        *,
        agent: str,
        max_bytes: int,
    ) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._agent = agent
        self._max_bytes = max_bytes
        self._robots: OrderedDict[str, tuple[datetime, Robots]] = OrderedDict()

    async def rules(self, url: str) -> SiteRules:
        """Return what the site of an address allows and declares. Raises RetryError."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        now = self._clock.now()
        kept = self._robots.get(origin)
        if kept is not None and now - kept[0] < KEPT_FOR:
            return SiteRules(urlsplit(origin).netloc, kept[1], fresh=False)
        robots = await fetch_robots(self._fetcher, f"{origin}/robots.txt", self._clock, self._agent)
        self._robots[origin] = (now, robots)
        self._robots.move_to_end(origin)
        if len(self._robots) > KEPT_AT_MOST:
            self._robots.popitem(last=False)
        return SiteRules(urlsplit(origin).netloc, robots, fresh=True)

    async def page(self, url: str, feed: Feed | None, before: Several = NOTHING) -> PageText:
        """Fetch and read a page, after what was read of the article `before`.

        Raises RejectError and RetryError.
        """
        try:
            answer = await self._fetcher.get(self._request(url, feed))
        except FetchError as error:
            raise _converted(error) from error
        if answer.status in _LATER or answer.status >= 500:
            raise _later(answer, "the page", self._clock.now())
        if answer.status not in {200, 203}:
            raise RejectError(f"the page answers with status {answer.status}")
        if not _is_page(answer.headers):
            raise RejectError(f"the page is no HTML: {answer.headers.get('content-type', '')[:80]}")
        # The rules of a site do not speak for the one that it redirects to.
        if not same_origin(answer.url, url):
            rules = await self.rules(answer.url)
            if not rules.robots.allows(answer.url):
                raise RejectError("it redirects to a page that robots.txt disallows")
        about = {
            "url": answer.url,
            "content_type": answer.headers.get("content-type"),
            "first": before.page.address,
            "number": str(before.number + 1),
        }
        found = await self._reader.read(PAGE, answer.body, about)
        return replace(found, address=answer.url)

    def _request(self, url: str, feed: Feed | None) -> FetchRequest:
        """Return the request for a page; what the feed's server gets is for its origin alone."""
        access = FeedAccess(max_bytes=self._max_bytes)
        if feed is not None and feed.access is not None and same_origin(url, feed.url):
            access = feed.access.model_copy(update={"max_bytes": self._max_bytes})
        return replace(FetchRequest(url, accept=ACCEPT), access=access)

    def close(self) -> None:
        """Terminate reading."""
        self._reader.close()


async def fetch_robots(fetcher: Fetcher, url: str, clock: Clock, agent: str) -> Robots:
    """Fetch a robots.txt and read what it says to a crawler.

    One that does not exist allows everything (RFC 9309, 2.3.1.3). Raises RetryError for one that
    may exist: while a site does not answer, nothing of it is fetched (2.3.1.4).
    """
    try:
        answer = await fetcher.get(FetchRequest(url, accept="text/plain", access=_ROBOTS))
    except FetchError as error:
        if error.outcome == "too_large":
            return ALLOWS_ALL
        raise _converted(error) from error
    if answer.status == 429 or answer.status >= 500:
        raise _later(answer, "its robots.txt", clock.now())
    return read_robots(answer.body, agent) if answer.status == 200 else ALLOWS_ALL


def _later(answer: FetchResponse, what: str, now: datetime) -> RetryError:
    wait = read_retry_after(answer.headers.get("retry-after"), now)
    seconds = None if wait is None else min(wait, MOST_WAIT_SECONDS)
    return RetryError(f"{what} answers with status {answer.status}", after_seconds=seconds)


def _is_page(headers: Mapping[str, str]) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return not kind or kind in _HTML


def _converted(error: FetchError) -> RetryError | RejectError:
    reason = without_password(error.reason)
    return RejectError(reason) if error.outcome in _NEVER_READ else RetryError(reason)
