"""Watching a feed by an address as people give it: of a feed, or of a page that names one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pantau.errors import UsageError
from pantau.feeds.discovery.discover import FoundFeed, without_comments
from pantau.feeds.document import ParsedFeed
from pantau.problems import Problem, problem
from pantau.usecases.feeds.discovery import addresses_meant
from pantau.usecases.feeds.feed_list import FeedFields, FeedList
from pantau.usecases.feeds.inspection import Inspection
from pantau_schemas.events.feed import Feed

Look = Callable[[str], Awaitable[Inspection]]
"""Return what stands at an address as a person typed it; see `feed_discovery.find_feed`."""


@dataclass(frozen=True, slots=True)
class Watching:
    """A feed that is watched now.

    `document` is what was read of it, if it was; `page` the web page whose only feed it is;
    `led_from` the address as typed, where the feed was found elsewhere.
    """

    feed: Feed
    outcome: Literal["added", "changed", "unchanged"]
    document: ParsedFeed | None = None
    page: str | None = None
    led_from: str | None = None


@dataclass(frozen=True, slots=True)
class SeveralFeeds:
    """A web page with several feeds: a person has to choose one and add that."""

    url: str
    candidates: tuple[FoundFeed, ...]


@dataclass(frozen=True, slots=True)
class NotWatched:
    """An address that gives no feed, and why."""

    url: str
    problem: Problem


Added = Watching | SeveralFeeds | NotWatched


def check_addresses(feed_list: FeedList, typed: Sequence[str], fields: FeedFields) -> None:
    """Check addresses as people type them before any of them is fetched.

    Raises UsageError for one that can never be watched, and for one title for several feeds.
    """
    if fields.get("title") and len(typed) > 1:
        raise UsageError(problem("feeds.one-title"))
    for address in typed:
        feed_list.draft(addresses_meant(address)[0])


def add_unseen(feed_list: FeedList, typed: str, fields: FeedFields) -> Watching:
    """Watch the address that is most likely meant, without a look at it. Raises UsageError."""
    return _watch(feed_list, Inspection(addresses_meant(typed)[0]), fields)


async def add_feed(feed_list: FeedList, look: Look, typed: str, fields: FeedFields) -> Added:
    """Watch the feed at an address, or the only feed that the page there names.

    A feed that is watched already gets the fields that are given. Raises UsageError for wrong
    fields; what the other side does is a result.
    """
    found = await look(typed)
    page = None
    meant = without_comments(found.candidates)
    if found.document is None and len(meant) == 1:
        page = found.url
        found = await look(meant[0].url)
    if found.document is not None:
        led = page is None and found.url not in addresses_meant(typed)
        done = _watch(feed_list, found, fields)
        return replace(done, page=page, led_from=typed if led else None)
    if page is None and found.candidates:
        return SeveralFeeds(found.url, found.candidates)
    return NotWatched(found.url, for_trying(found.problem))


def for_trying(given: Problem | None) -> Problem:
    """Return the problem of an address with the advice for a person who is trying it."""
    if given is None:
        return problem("feeds.nothing-there")
    if given.code == "documents.page-no-feed":
        return problem("feeds.page-without-feed")
    if given.code == "fetch.not-allowed":
        return Problem("fetch.not-allowed-here", given.params)
    return given


def _watch(feed_list: FeedList, found: Inspection, fields: FeedFields) -> Watching:
    known = feed_list.get(found.url)
    wanted: FeedFields = {**fields, "title": fields.get("title") or None}
    if known is None and wanted["title"] is None and found.document is not None:
        wanted["title"] = found.document.title or None
    feed, is_new = feed_list.add(found.url, **wanted)
    unchanged = known is not None and known.feed == feed
    outcome: Literal["added", "changed", "unchanged"] = (
        "added" if is_new else "unchanged" if unchanged else "changed"
    )
    return Watching(feed, outcome, found.document)
