"""The outcome of a poll: a response classified as one of four kinds. Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from typing import Final

from pantau.feeds.discovery.hubs import NO_HUBS, HubLinks, links_of_headers
from pantau.feeds.document import ParsedFeed
from pantau.net.retry_after import read_http_date, read_rate_limit, read_retry_after
from pantau.poller.identity.listing import Listing
from pantau.ports import FetchResponse
from pantau.problems import Problem, problem
from pantau_schemas.events.feed import FeedState, FeedStatus

VALIDATOR_LIMIT: Final = 1_000
"""Maximum length of a stored ETag or Last-Modified in bytes on the wire.
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of the response besides its body."""

    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    fresh_seconds: float | None = None  # for which a copy stays fresh
    permanent_url: str | None = None
    hubs: HubLinks = NO_HUBS  # of the header Link


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that was parsed."""

    document: ParsedFeed
    content_hash: str
    facts: Facts = Facts()
    listing: Listing | None = None  # where it was read with the document
    pushed: bool = False  # delivered by the feed's hub, perhaps with its new items alone


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that is no feed; `reason` says what it is and what to do, `problem` as data."""

    reason: str
    content_hash: str
    facts: Facts = Facts()
    problem: Problem | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class NotModified:
    """The document is unchanged: by the server's status, or by its bytes."""

    facts: Facts = Facts(status=304)


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """There is no document; `reason` is for people, `problem` the same as data if it has a code."""

    reason: str
    status: int | None = None
    retry_after_seconds: float | None = None
    gone: bool = False
    problem: Problem | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Body:
    """A document that has not been parsed yet."""

    content: bytes
    content_hash: str
    content_type: str | None
    url: str
    facts: Facts


Outcome = Fetched | Unreadable | NotModified | FetchFailed

_ADVICE: Final = {
    401: "fetch.advice-401",
    402: "fetch.advice-402",
    403: "fetch.advice-403",
    404: "fetch.advice-404",
    406: "fetch.advice-406",
    410: "fetch.advice-410",
    429: "fetch.advice-429",
    451: "fetch.advice-451",
    503: "fetch.advice-503",
}


_DOCUMENTS: Final = frozenset({200, 201, 203, 226})
"""Status codes with which programs answer a feed; 226 may leave out what we have (RFC 3229)."""


def read_response(
    response: FetchResponse, state: FeedState, now: datetime
) -> NotModified | FetchFailed | Body:
    """Return the meaning of a response for the feed in `state`."""
    headers = response.headers
    facts = Facts(
        status=response.status,
        etag=kept_validator(headers.get("etag")),
        last_modified=kept_validator(headers.get("last-modified")),
        fresh_seconds=freshness(headers, now),
        permanent_url=response.permanent_url,
        hubs=links_of_headers(headers["link"], response.url) if "link" in headers else NO_HUBS,
    )
    # "Not modified" is no answer where nothing is known yet; then it is a failure.
    if response.status == 304 and state.document is not FeedStatus.NEW:
        return NotModified(facts)
    if response.status not in _DOCUMENTS and not is_whole(response):
        wait = read_retry_after(headers.get("retry-after"), now)
        if wait is None and response.status == 429:
            wait = read_rate_limit(headers, now)
        told = status_problem(response.status)
        return FetchFailed(
            str(told), response.status, wait, gone=response.status == 410, problem=told
        )
    # Many servers ignore validators: equal bytes are not modified, either.
    digest = hashlib.sha256(response.body).hexdigest()[:32]
    if digest == state.content_hash:
        return NotModified(facts)
    return Body(response.body, digest, headers.get("content-type"), response.url, facts)


_RANGE: Final = re.compile(r"bytes 0-(?P<last>\d{1,15})/(?P<size>\d{1,15})", re.IGNORECASE)


def is_whole(response: FetchResponse) -> bool:
    """Return whether a partial response, which nobody asked for, is the whole document."""
    if response.status != 206:
        return False
    named = response.headers.get("content-range")
    found = _RANGE.fullmatch(named.strip()) if named is not None else None
    return named is None or (found is not None and int(found["last"]) + 1 == int(found["size"]))


def recoded(body: Body, encoding: str) -> Body:
    """Return a document in UTF-8 that is in `encoding`, whatever it says itself.

    An encoding that Python does not know leaves it as it is.
    """
    try:
        text = body.content.decode(encoding, "replace")
    except (LookupError, ValueError):
        return body
    return replace(body, content=text.encode("utf-8", "replace"), content_type=None)


def kept_validator(value: str | None) -> str | None:
    """Return a validator to store and send back.

    None for one that is longer than any server needs. It is stored in the state of the feed, which
    is written at every poll.
    """
    return value if value is not None and len(value) <= VALIDATOR_LIMIT else None


def freshness(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return for how many more seconds a cache may give the same copy (RFC 9111, 4.2).

    None if the headers say nothing of it, or that none may be given. `Expires` counts from the
    server's own `Date`, whose clock may be wrong.
    """
    if "cache-control" not in headers:
        return _until_expiry(headers, now)
    directives = {}
    for part in headers["cache-control"].lower().split(","):
        name, _, value = part.partition("=")
        directives[name.strip()] = value.strip().strip('"')
    if {"no-cache", "no-store"} & directives.keys():
        return None
    if "max-age" not in directives:
        return _until_expiry(headers, now)
    seconds, age = directives["max-age"], headers.get("age", "")
    if not _is_count(seconds):
        return None
    return max(0.0, float(seconds) - (float(age) if _is_count(age) else 0.0))


def _until_expiry(headers: Mapping[str, str], now: datetime) -> float | None:
    expires = read_http_date(headers.get("expires"))
    if expires is None:
        return None
    return max(0.0, (expires - (read_http_date(headers.get("date")) or now)).total_seconds())


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12


def status_problem(status: int) -> Problem:
    """Return what a status that came without a feed means, and what to do."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "unknown status"
    other = "fetch.advice-5xx" if status >= 500 else "fetch.advice-other"
    advice = Problem(_ADVICE.get(status, other))
    return problem("fetch.status", status=status, phrase=phrase, advice=advice)
