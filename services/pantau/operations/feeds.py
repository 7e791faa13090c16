"""Operations on feeds."""

from typing import Annotated, Literal

from pydantic import Field

from pantau.common.stored_problems import stored_text
from pantau.errors import UsageError
from pantau.net.guard import without_password
from pantau.net.mailbox_address import is_mailbox
from pantau.operations.base.fields import Cursor, Name, Reference, Text, Versions, Zone
from pantau.operations.base.operation import Answer, Call, Input
from pantau.operations.base.outcomes import require_version
from pantau.operations.base.pages import page_after
from pantau.operations.subscription_models import Removed
from pantau.problems import problem
from pantau.usecases.feeds.adding import NotWatched, SeveralFeeds, add_unseen, check_addresses
from pantau.usecases.feeds.editing import AskedAccess, AskedFields, asked_changes, change_feeds
from pantau.usecases.feeds.feed_list import (
    FeedFields,
    Watched,
    WatchedStatus,
    feed_version,
    remove,
    set_paused,
)
from pantau_schemas.base import UtcTime
from pantau_schemas.events.feed import FullText

TROUBLED = frozenset({"error", "warning", "limited"})
"""States of a feed with a problem."""
FeedTags = Annotated[tuple[Name, ...], Field(max_length=50)]
FeedReset = Literal[
    "title", "source", "interval", "folder", "time-zone", "tags", "page", "full-text"
]


class FeedsWanted(Input):
    """Which feeds are listed."""

    match: Text | None = Field(default=None, description="Part of a title, address or tag.")
    status: WatchedStatus | None = None
    limit: int = Field(default=100, ge=1, le=1_000)
    cursor: Cursor | None = None


class FeedEntry(Answer):
    """A feed and its state."""

    feed_id: str
    version: str = Field(description="Another one after each change; the ETag of the resource.")
    title: str
    url: str = Field(description="Without a password.")
    status: WatchedStatus
    problem: str | None
    source: str | None
    interval_seconds: int | None
    folder: str | None
    tags: tuple[str, ...]
    time_zone: str | None
    full_text: FullText
    added: UtcTime
    last_polled: UtcTime | None
    next_poll: UtcTime | None


class FeedsFound(Answer):
    """A page of feeds, in the order of their ids."""

    items: tuple[FeedEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")


def list_feeds(call: Call, given: FeedsWanted) -> FeedsFound:
    """List the feeds that are watched, and how each one does."""
    found = [
        one
        for one in call.feeds.all()
        if given.status in {None, one.status} and one.mentions(given.match or "")
    ]
    page, cursor = page_after(found, lambda one: one.feed.feed_id, given.cursor, given.limit)
    return FeedsFound(items=tuple(_entry(call, one) for one in page), cursor=cursor)


class OneFeed(Input):
    """The feed that is meant."""

    id: Reference = Field(description="Id of a feed, the start of it, its title or address.")


class VersionOfFeed(OneFeed):
    """A feed, as it was read."""

    if_version: Versions = ()


def read_feed(call: Call, given: OneFeed) -> FeedEntry:
    """Return one feed and its state."""
    return _entry(call, call.feeds.find(given.id))


class NewFeed(Input):
    """An address to watch."""

    url: Reference = Field(description="Of a feed, or of a page that names one.")
    title: Name | None = None
    source: Name | None = Field(default=None, description="`source` of its articles.")
    interval_seconds: int | None = Field(default=None, ge=10, le=31_536_000)
    folder: Name | None = None
    tags: FeedTags = ()
    time_zone: Zone | None = Field(default=None, description="Of dates that name none.")
    full_text: FullText | None = None
    check: bool = Field(
        default=True, description="Fetch the address first, and watch it only if it is a feed."
    )


class FeedAdded(Answer):
    """A feed that is watched now."""

    version: str
    feed: FeedEntry
    outcome: Literal["added", "changed", "unchanged"]


def add_feed(call: Call, given: NewFeed) -> FeedAdded:
    """Watch a feed by its address, or by that of a page that names it.

    A feed that is watched already gets the fields that are given.
    """
    fields: FeedFields = {
        "title": given.title,
        "source": given.source,
        "interval_seconds": given.interval_seconds,
        "folder": given.folder,
        "tags": given.tags or None,
        "time_zone": given.time_zone,
        "full_text": given.full_text,
    }
    url = given.url.strip()
    if not url or is_mailbox(url):  # a client must not name files of this machine
        raise UsageError(problem("console.no-feed-address"))
    feed_list = call.feeds
    check_addresses(feed_list, [url], fields)
    found = (
        call.parts.add_feed(feed_list, url, fields)
        if given.check
        else add_unseen(feed_list, url, fields)
    )
    if isinstance(found, NotWatched):
        raise UsageError(problem("api.no-feed", url=url, reason=found.problem))
    if isinstance(found, SeveralFeeds):
        urls = ", ".join(one.url for one in found.candidates[:20])
        raise UsageError(problem("api.several-feeds", url=url, urls=urls))
    entry = _entry(call, feed_list.find(found.feed.feed_id))
    return FeedAdded(version=entry.version, feed=entry, outcome=found.outcome)


class FeedPatch(VersionOfFeed):
    """Changes of a feed; null leaves a field unchanged."""

    title: Name | None = None
    source: Name | None = None
    interval_seconds: int | None = Field(default=None, ge=10, le=31_536_000)
    folder: Name | None = None
    time_zone: Zone | None = None
    full_text: FullText | None = None
    add_tags: FeedTags = ()
    remove_tags: FeedTags = ()
    resets: Annotated[tuple[FeedReset, ...], Field(max_length=10)] = Field(
        default=(), description="Fields that return to their defaults."
    )


def update_feed(call: Call, given: FeedPatch) -> FeedEntry:
    """Change the settings of a feed."""
    fields = AskedFields(
        title=given.title,
        source=given.source,
        interval_seconds=given.interval_seconds,
        folder=given.folder,
        time_zone=given.time_zone,
        full_text=given.full_text,
    )
    changes = asked_changes(
        fields, AskedAccess(), tags=given.add_tags, untags=given.remove_tags, resets=given.resets
    )
    with call.parts.changing:
        found = _current(call, given)
        change_feeds(call.feeds, [found.feed.feed_id], changes)
    return read_feed(call, OneFeed(id=found.feed.feed_id))


def remove_feed(call: Call, given: VersionOfFeed) -> Removed:
    """Remove a feed; its articles stay."""
    with call.parts.changing:
        found = _current(call, given)
        remove(call.feeds, [found.feed.feed_id])
    return Removed(removed=found.feed.feed_id)


def poll_feed(call: Call, given: OneFeed) -> FeedEntry:
    """Poll a feed as soon as possible, whatever its interval."""
    found = call.feeds.find(given.id)
    call.feeds.poll_soon([found])
    return read_feed(call, OneFeed(id=found.feed.feed_id))


def pause_feed(call: Call, given: OneFeed) -> FeedEntry:
    """Pause a feed: it is not polled until it is resumed."""
    with call.parts.changing:
        (found,) = set_paused(call.feeds, [given.id], paused=True)
    return read_feed(call, OneFeed(id=found.feed.feed_id))


def resume_feed(call: Call, given: OneFeed) -> FeedEntry:
    """Resume a paused feed."""
    with call.parts.changing:
        (found,) = set_paused(call.feeds, [given.id], paused=False)
    return read_feed(call, OneFeed(id=found.feed.feed_id))


def _current(call: Call, given: VersionOfFeed) -> Watched:
    found = call.feeds.find(given.id)
    require_version(given.if_version, feed_version(found))
    return found


def _entry(call: Call, one: Watched) -> FeedEntry:
    feed, state = one.feed, one.state
    told = stored_text(state.problem, state.reason, call.lang) if one.status in TROUBLED else ""
    return FeedEntry(
        feed_id=feed.feed_id,
        version=feed_version(one),
        title=one.title,
        url=without_password(feed.url),
        status=one.status,
        problem=told or None,
        source=feed.source,
        interval_seconds=feed.interval_seconds,
        folder=feed.folder,
        tags=feed.tags,
        time_zone=feed.time_zone,
        full_text=feed.full_text,
        added=feed.added,
        last_polled=state.last_polled,
        next_poll=one.next_poll,
    )
