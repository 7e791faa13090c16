"""Lists of feeds as other readers export and import them (OPML)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.common.portions import portions
from pantau.errors import PantauError, RejectError, RetryError, UsageError
from pantau.feeds.formats.opml import OpmlFeed, OpmlList, write_opml
from pantau.poller.reading.readings import OPML, NoFeed
from pantau.ports import DocumentReader
from pantau.problems import Problem, problem
from pantau.usecases.feeds.feed_list import FeedList
from pantau_schemas.events.feed import Feed

MAX_BYTES: Final = 100_000_000
"""Longest list that is read."""
_BATCH: Final = 200
"""Feeds that are saved at a time."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The outcome of reading a list to import. Nothing is saved yet."""

    new: tuple[Feed, ...]
    known: int  # of the list's feeds are watched already and stay as they are
    refused: tuple[Problem, ...]  # why others can never be watched
    warnings: tuple[str, ...]  # about the document
    left_out: int  # entries that were meant to be feeds and are none

    def batches(self) -> Iterator[Sequence[Feed]]:
        """Return the new feeds in portions to be saved; lazily."""
        return portions(self.new, _BATCH)


def read_list(reader: DocumentReader, body: bytes, name: str) -> OpmlList:
    """Return the feeds that a document lists; `name` is what people call it.

    Raises UsageError for one that is too long, is no list, or cannot be read.
    """
    if len(body) > MAX_BYTES:
        raise UsageError(problem("feeds.list-too-long", name=name, limit=MAX_BYTES))
    try:
        found = reader.read_now(OPML, body, {})
    except (RejectError, RetryError) as error:
        unread = problem("feeds.list-unread", name=name, reason=_reason(error))
        raise UsageError(unread) from error
    if isinstance(found, NoFeed):
        reason = found.problem or problem("feeds.other", text=found.reason)
        raise UsageError(problem("feeds.no-list", name=name, reason=reason))
    return found


def _reason(error: PantauError) -> Problem:
    return error.problem or problem("feeds.other", text=str(error))


def plan_import(feed_list: FeedList, listed: OpmlList) -> ImportPlan:
    """Return what of a list is new, known, and impossible."""
    present = {one.feed.feed_id for one in feed_list.all()} | {
        one.key for one in feed_list.unreadable()
    }
    new: dict[str, Feed] = {}
    known = 0
    refused = []
    for outline in listed.feeds:
        try:
            feed = feed_list.draft(
                outline.url,
                title=outline.title,
                folder=outline.folder,
                tags=outline.tags or None,
            )
        except UsageError as error:
            refused.append(_reason(error))
            continue
        if feed.feed_id in present:
            known += 1
        else:
            new.setdefault(feed.feed_id, feed)
    return ImportPlan(
        new=tuple(new.values()),
        known=known,
        refused=tuple(refused),
        warnings=listed.warnings,
        left_out=listed.left_out + len(refused),
    )


@dataclass(frozen=True, slots=True)
class Exported:
    """All feeds as an OPML document, passwords in addresses included."""

    body: bytes
    count: int


def export_list(feed_list: FeedList, now: datetime) -> Exported:
    """Return all feeds as a list for other readers."""
    found = feed_list.all()
    outlines = [
        OpmlFeed(one.feed.url, one.title, one.feed.folder, tags=one.feed.tags) for one in found
    ]
    return Exported(write_opml(outlines, title="Pantau", created=now), len(found))
