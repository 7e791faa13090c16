"""Watching a mailbox of the operator as a feed: one that the command line names, and no other."""

from datetime import datetime

from pantau.errors import RejectError, RetryError, UsageError
from pantau.feeds.document import ParsedFeed
from pantau.net.mailbox_address import parse_mailbox
from pantau.poller.reading.readings import FEED, NoFeed, about_feed
from pantau.ports import DocumentReader, FetchError, FetchRequest, Mailboxes
from pantau.problems import problem
from pantau.usecases.feeds.adding import NotWatched, Watching
from pantau.usecases.feeds.feed_list import FeedFields, FeedList
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.feed_access import FeedAccess


def mailbox_feed(
    feed_list: FeedList, url: str, fields: FeedFields, password: str | None = None
) -> Feed:
    """Return the feed for a mailbox without saving it.

    Raises UsageError for an address that is none, and for a server without a password.
    """
    known = feed_list.get(url)
    before = known.feed if known is not None else None
    wanted: FeedFields = {**fields, "page": None}
    feed = feed_list.draft_mailbox(url, **wanted)
    mailbox = parse_mailbox(url)
    access = before.access if before is not None else None
    if mailbox.kind == "imaps" and password is not None:
        given = (access or FeedAccess()).model_dump() | {
            "username": mailbox.user,
            "password": password,
        }
        access = FeedAccess.model_validate(given)
    if mailbox.kind == "imaps" and (access is None or access.password is None):
        raise UsageError(problem("feeds.mailbox-password"))
    # Of a mailbox that is watched, only what is given changes.
    kept = before.model_dump() if before is not None else feed.model_dump()
    given_fields = {name: value for name, value in wanted.items() if value is not None}
    return Feed.model_validate({**kept, **given_fields, "access": access})


async def add_mailbox(
    feed_list: FeedList, mailboxes: Mailboxes, reader: DocumentReader, feed: Feed, now: datetime
) -> Watching | NotWatched:
    """Read a mailbox once and watch it; NotWatched where it cannot be read."""
    document = await _document(mailboxes, reader, feed, now)
    if isinstance(document, NotWatched):
        return document
    return save_mailbox(feed_list, feed, document)


def save_mailbox(feed_list: FeedList, feed: Feed, document: ParsedFeed | None = None) -> Watching:
    """Watch a mailbox without a look at it."""
    known = feed_list.get(feed.url)
    if known is not None and known.feed == feed:
        return Watching(feed, "unchanged", document)
    feed_list.save([feed])
    return Watching(feed, "added" if known is None else "changed", document)


async def _document(
    mailboxes: Mailboxes, reader: DocumentReader, feed: Feed, now: datetime
) -> ParsedFeed | NotWatched:
    try:
        answer = await mailboxes.read(FetchRequest(feed.url, access=feed.access), now)
        found = await reader.read(FEED, answer.body, about_feed(feed.url))
    except FetchError as error:
        return NotWatched(feed.url, error.problem or problem("feeds.other", text=error.reason))
    except (RejectError, RetryError) as error:
        return NotWatched(feed.url, problem("feeds.other", text=str(error)))
    if isinstance(found, NoFeed):
        return NotWatched(feed.url, problem("feeds.other", text=found.reason))
    return found
