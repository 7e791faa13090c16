"""Requests to external addresses, and mailboxes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pantau.problems import Problem
from pantau_schemas.events.feed_access import FeedAccess


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """A resource to fetch, with the validators of the cached copy and optional limits.

    The limits override those of the settings.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"
    access: FeedAccess | None = None  # login, headers, proxy, certificates, size
    redirects: bool = True  # whether they are followed; else one is an error


@dataclass(frozen=True, slots=True)
class FetchResponse:
    """A server's response. `body` is decompressed; empty for 304."""

    url: str  # after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    permanent_url: str | None = None  # the target of a chain of permanent redirects


class FetchError(Exception):
    """A resource could not be fetched; `reason` is for people and names the limit and the fix.

    `outcome` classifies it: `refused` (by the address guard), `unreachable`, `timeout`,
    `too_large`, `protocol`.
    """

    def __init__(self, outcome: str, what: str | Problem) -> None:
        super().__init__(str(what))
        self.outcome = outcome
        self.reason = str(what)
        self.problem = what if isinstance(what, Problem) else None  # the reason as data


class Fetcher(Protocol):
    """The only way to send requests to external addresses: feeds, pages, webhooks."""

    async def get(self, request: FetchRequest) -> FetchResponse:
        """Fetch by GET, following and checking each redirect. Any status is a response.

        Raises FetchError.
        """

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        """Send by POST under the same guard; redirects are not followed. Raises FetchError."""

    async def close(self) -> None:
        """Close all connections."""


class Mailboxes(Protocol):
    """Mailboxes of the operator, read as documents: local folders, IMAP servers."""

    async def read(self, request: FetchRequest, now: datetime) -> FetchResponse:
        """Return the newest mails as one document, or 304 for the etag.

        The document is of `pantau.feeds.formats.mail`. Reads only, within the limits of a
        fetch. Raises FetchError.
        """

    async def close(self) -> None:
        """Release threads and connections."""
