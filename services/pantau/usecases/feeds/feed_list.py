"""The list of feeds: add, find, change and remove, as records of the log."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypedDict, Unpack

from pydantic import ValidationError

from pantau.common.text.nearest import nearest
from pantau.errors import UsageError
from pantau.net.domains import registrable_domain
from pantau.net.guard import check_url, without_password
from pantau.net.mailbox_address import parse_mailbox
from pantau.ports import Clock, Log, Record
from pantau.problems import problem, suggesting
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.unreadable import (
    UnreadableRecord,
    find_all,
    read_table,
    removals,
    text_field,
    unreadable_at,
    unreadable_in,
)
from pantau_schemas.codec import SchemaError, current_version, decode, explain
from pantau_schemas.events.feed import Feed, FeedState, FullText
from pantau_schemas.events.feed_access import FeedAccess
from pantau_schemas.events.feed_page import PageSelectors
from pantau_schemas.events.polling.websub import HubStatus, HubSubscription
from pantau_schemas.ids import digest_id, feed_id
from pantau_schemas.links.canonical import normalise_feed_url
from pantau_schemas.topics import FEED_MEMORY, FEED_STATE, FEEDS, HUB_SUBSCRIPTIONS

_SOURCE: Final = "cli"
_SHORTEST_START: Final = 3
_SHOWN: Final = 5
_SAME_PLACE: Final = 0.8
"""How alike a mistyped address is to the one that is meant."""


WatchedStatus = Literal["new", "ok", "warning", "limited", "error", "paused"]


@dataclass(frozen=True, slots=True)
class Watched:
    """A feed and its state."""

    feed: Feed
    state: FeedState
    hub: HubSubscription | None = None  # its subscription at its hub (WebSub)

    @property
    def title(self) -> str:
        """The name for people: the user's, else the feed's own, else the address."""
        return self.feed.title or self.state.title or without_password(self.feed.url)

    def mentions(self, text: str) -> bool:
        """Return whether its name, its address or a tag has a text, in any case."""
        given = (self.title, self.feed.url, *self.feed.tags)
        return any(text.casefold() in part.casefold() for part in given)

    @property
    def status(self) -> WatchedStatus:
        """How it does; what its owner did counts before how the last poll ended."""
        return "paused" if self.feed.paused else self.state.status.value

    @property
    def next_poll(self) -> datetime | None:
        """When its next poll is due; None where it is paused, or was never polled."""
        return None if self.feed.paused else self.state.next_poll


HubStanding = Literal["active", "tried", "missed", "lapsed", "pending", "denied"]


def hub_status(hub: HubSubscription, now: datetime) -> HubStanding:
    """Return where a subscription at a hub stands, for people.

    `tried` is verified, and the hub has delivered nothing yet; `missed` is polled as usual, since
    the hub missed articles lately.
    """
    if hub.status is HubStatus.DENIED:
        return "denied"
    if hub.status is HubStatus.PENDING:
        return "pending"
    if hub.expires_at is None or hub.expires_at <= now:
        return "lapsed"
    if hub.distrusted_until is not None and now < hub.distrusted_until:
        return "missed"
    return "active" if hub.pushes else "tried"


class FeedFields(TypedDict, total=False):
    """The fields of a feed that a person may set. Absent ones and None leave a field unchanged."""

    title: str | None
    source: str | None
    interval_seconds: int | None
    folder: str | None
    tags: tuple[str, ...] | None
    time_zone: str | None
    access: FeedAccess | None
    page: PageSelectors | None
    full_text: FullText | None


def feeds_in(log: Log) -> list[Watched]:
    """Return all feeds of a log that can be read, in the order of their titles."""
    states = log.table(FEED_STATE.name).snapshot().values
    feeds, _ = read_table(log.table(FEEDS.name), FEEDS, Feed)
    hubs = _hubs(log)
    found = [
        Watched(one, _state(one.feed_id, states.get(one.feed_id)), hubs.get(one.feed_id))
        for one in feeds
    ]
    return sorted(found, key=lambda one: (one.title.casefold(), one.feed.url))


def _hubs(log: Log) -> dict[str, HubSubscription]:
    """Return the subscriptions at hubs by feed, except those that end."""
    found = {}
    for value in log.table(HUB_SUBSCRIPTIONS.name).snapshot().values.values():
        with suppress(SchemaError):  # written by another version
            if value is not None:
                sub = decode(HubSubscription, value)
                if sub.status is not HubStatus.LEAVING:
                    found[sub.feed_id] = sub
    return found


def set_paused(feed_list: "FeedList", named: Iterable[str], *, paused: bool) -> tuple[Watched, ...]:
    """Pause or resume feeds, all or, where one is not found, none. Raises UsageError."""
    found = tuple(feed_list.find(one) for one in named)
    for one in found:
        feed_list.pause(one.feed, paused=paused)
    return found


def remove(
    feed_list: "FeedList", named: Iterable[str]
) -> tuple[tuple[Watched, ...], tuple[UnreadableRecord, ...]]:
    """Remove feeds, all or, where one is not found, none; also records that cannot be read.

    Returns both. Raises UsageError.
    """
    found, unreadable = find_all(named, feed_list.find_unreadable, feed_list.find)
    feed_list.remove(one.feed for one in found)
    feed_list.remove_unreadable(unreadable)
    return tuple(found), tuple(unreadable)


def new_state(identifier: str) -> FeedState:
    """Return the state of a feed that was never polled."""
    return FeedState(schema_version=current_version(FeedState), feed_id=identifier)  # type: ignore[arg-type]  # the version is the literal


class FeedList:
    """The feeds of a log."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    @property
    def log(self) -> Log:
        """The log that they are in."""
        return self._log

    def all(self) -> list[Watched]:
        """Return all feeds that can be read, in the order of their titles."""
        return feeds_in(self._log)

    def unreadable(self) -> list[UnreadableRecord]:
        """Return the records of the list that are no feed that this version can read."""
        return unreadable_in(self._log.table(FEEDS.name), FEEDS, Feed)

    def find_unreadable(self, named: str) -> UnreadableRecord | None:
        """Return the unreadable record with this key, or the only one whose key starts so."""
        exact = unreadable_at(self._log.table(FEEDS.name), FEEDS, Feed, named)
        if exact is not None or len(named) < _SHORTEST_START:
            return exact
        starting = [one for one in self.unreadable() if one.key.startswith(named)]
        known = any(one.feed.feed_id.startswith(named) for one in self.all())
        return starting[0] if len(starting) == 1 and not known else None

    def get(self, url: str) -> Watched | None:
        """Return the feed at an address, in whatever notation.

        Raises UsageError if its record cannot be read.
        """
        return self._by_id(feed_id(normalise_feed_url(url)))

    def find(self, named: str) -> Watched:
        """Return the feed with this address, id or title, or the only one whose id starts so.

        Raises UsageError.
        """
        exact = self._by_id(named) or self.get(named)
        if exact is None and "://" not in named and "." in named:
            exact = self.get(f"https://{named}") or self.get(f"http://{named}")
        if exact is not None:
            return exact
        known = self.all()
        # A whole title goes before the start of an id: titles are what people type.
        starting = [one for one in known if one.title.casefold() == named.strip().casefold()]
        if not starting and len(named) >= _SHORTEST_START:
            starting = [one for one in known if one.feed.feed_id.startswith(named.lower())]
        if len(starting) == 1:
            return starting[0]
        if starting:
            names = ", ".join(f"{one.title} ({one.feed.feed_id})" for one in starting[:_SHOWN])
            raise UsageError(problem("feeds.several", named=named, ids=names))
        shown = without_password(named)
        missing = problem("feeds.missing", named=shown)
        raise UsageError(suggesting(missing, _nearest_feed(shown, known)))

    def _by_id(self, identifier: str) -> Watched | None:
        value = self._log.table(FEEDS.name).get(identifier)
        if value is None:
            return None
        try:
            feed = decode(Feed, value)
        except SchemaError as error:
            raise UsageError(
                problem("feeds.unreadable", id=identifier, reason=str(error))
            ) from error
        return Watched(
            feed,
            _state(identifier, self._log.table(FEED_STATE.name).get(identifier)),
        )

    def add(self, url: str, **fields: Unpack[FeedFields]) -> tuple[Feed, bool]:
        """Watch a feed; of one that is watched already the given fields are changed.

        Returns whether it is new. Fields that are None are left unchanged. Raises UsageError naming
        the problem.
        """
        known = self.get(url)
        feed = self.draft(url, **fields) if known is None else self._changed(known.feed, fields)
        if known is None or feed != known.feed:
            self.save([feed])
        return feed, known is None

    def draft(self, url: str, **fields: Unpack[FeedFields]) -> Feed:
        """Return the feed for an address without saving it. Raises UsageError.

        Only a web address; the operator's mailboxes are drafted by `draft_mailbox`, so that no
        list of feeds and no page can name a file of this machine.
        """
        refused = check_url(url)
        if refused is not None:
            raise UsageError(problem("feeds.never", url=without_password(url), reason=refused))
        return self._drafted(url, fields)

    def draft_mailbox(self, url: str, **fields: Unpack[FeedFields]) -> Feed:
        """Return the feed for a mailbox without saving it. Raises UsageError."""
        try:
            parse_mailbox(url)
        except ValueError as error:
            text = f"{without_password(url)}: {error}"
            raise UsageError(problem("feeds.invalid", text=text)) from error
        return self._drafted(url, fields)

    def _drafted(self, url: str, fields: FeedFields) -> Feed:
        given = {name: value for name, value in fields.items() if value is not None}
        try:
            return Feed.model_validate(
                {
                    "schema_version": current_version(Feed),
                    "feed_id": feed_id(normalise_feed_url(url)),
                    "url": url.strip(),
                    "added": self._clock.now(),
                    **given,
                }
            )
        except ValidationError as error:
            raise UsageError(problem("feeds.invalid", text=explain(error))) from error

    def _changed(self, feed: Feed, fields: FeedFields) -> Feed:
        given = {key: value for key, value in fields.items() if value is not None}
        try:
            return Feed.model_validate({**feed.model_dump(), **given})
        except ValidationError as error:
            raise UsageError(problem("feeds.invalid", text=explain(error))) from error

    def save(self, feeds: Iterable[Feed]) -> None:
        """Save feeds unchanged."""
        now = self._clock.now()
        self._log.append(
            [
                record_for(
                    feed,
                    FEEDS,
                    source=_SOURCE,
                    time=now,
                    partition_key=registrable_domain(feed.url),
                )
                for feed in feeds
            ]
        )

    def pause(self, feed: Feed, *, paused: bool) -> None:
        """Pause or resume a feed."""
        self.save([feed.model_copy(update={"paused": paused})])

    def poll_soon(self, watched: Iterable[Watched]) -> list[Watched]:
        """Schedule feeds for now, whatever their interval; return those that are not paused.

        A wait that the server of a domain asked for still holds.
        """
        due = [one for one in watched if not one.feed.paused]
        now = self._clock.now()
        self._log.append(
            [
                record_for(
                    one.state.model_copy(update={"next_poll": None}),
                    FEED_STATE,
                    source=_SOURCE,
                    time=now,
                )
                for one in due
                if one.state.next_poll is not None
            ]
        )
        return due

    def remove(self, feeds: Iterable[Feed]) -> None:
        """Remove feeds and their states; articles stay."""
        records: list[Record] = []
        for feed in feeds:
            records.append(
                removal_of(FEEDS, feed.feed_id, partition_key=registrable_domain(feed.url))
            )
            records += (removal_of(topic, feed.feed_id) for topic in (FEED_STATE, FEED_MEMORY))
        self._log.append(records)

    def remove_unreadable(self, unreadable: Iterable[UnreadableRecord]) -> None:
        """Remove records that cannot be read, and what is kept of feeds with their keys."""
        records: list[Record] = []
        for one in unreadable:
            url = text_field(one, "url")
            places = [] if url is None else [registrable_domain(url)]
            records += removals(FEEDS, one, places)
            records += (removal_of(topic, one.key) for topic in (FEED_STATE, FEED_MEMORY))
        self._log.append(records)


def _state(identifier: str, value: bytes | None) -> FeedState:
    if value is not None:
        try:
            return decode(FeedState, value)
        except SchemaError:
            pass  # written by another version; the next poll replaces it
    return new_state(identifier)


def feed_version(one: Watched) -> str:
    """Return what differs between two states of the settings of a feed."""
    return digest_id("version", one.feed.model_dump_json())


def _nearest_feed(named: str, known: Iterable[Watched]) -> str | None:
    """Return the title, or the address without its password, that is nearest to a mistyped one."""
    known = tuple(known)
    if "://" not in named:
        return nearest(named, (one.title for one in known))
    # The scheme is the same in nearly all: compared with it, every short address were alike.
    addresses = {_place(one.feed.url): without_password(one.feed.url) for one in known}
    near = nearest(_place(named), addresses, _SAME_PLACE)
    return None if near is None else addresses[near]


def _place(url: str) -> str:
    return without_password(url).partition("://")[2].removeprefix("www.")
