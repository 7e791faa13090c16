"""What the program needs from outside, as promises that the weakest backend keeps.

Each port has a contract suite in `tests/contracts` which every backend of `pantau.bootstrap` must
pass. No driver's type passes a port; a driver's error arrives as one of `pantau.errors`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from pantau.common.messages import Summary
from pantau.query.ast import Query
from pantau_schemas.alert import Alert, Delivery
from pantau_schemas.article import EnrichedArticle
from pantau_schemas.base import Span
from pantau_schemas.subscription import Channel

T = TypeVar("T")

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
PARTITION_HEADER = "ce_partitionkey"
"""The `partitionkey` of CloudEvents' partitioning extension.

What decides the partition, where that is not the key.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A message to be written. Without a `value` it removes its key from a compacted topic."""

    topic: str
    key: str
    value: bytes | None
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)

    @property
    def partition_key(self) -> str:
        """What decides the partition: records of one partition key stay in order."""
        return self.headers.get(PARTITION_HEADER, self.key)


@dataclass(frozen=True, slots=True)
class Received:
    """A message that was read: a record, and where it stood."""

    record: Record
    offset: int
    partition: int = 0

    @property
    def size(self) -> int:
        """The bytes of its value."""
        return len(self.record.value or b"")


class Consumer(Protocol):
    """One member of a group, reading topics in order.

    Promises: records of one key come in the order they were appended. A record is given again, to
    this or another member, until it and all before it were finished. Groups do not affect each
    other. A compacted topic may leave out records that a later one of the same key replaced.
    """

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return up to `limit` records after those given before; moves only the working position.

        Their values come to at most `max_bytes`, unless one record alone is larger: that one is
        given alone. It does not wait for records to be appended. Fewer are given only when all that
        stood at the last look at the end, and all that this log appended itself, was given, or when
        what a backend holds in memory is full. Raises RetryError when the log cannot be reached.
        """

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """Publish `produced`, then mark `done` as processed.

        Where the backend can, both happen in one transaction; elsewhere the marking comes last, so
        that a crash in between repeats work but never loses it. `done` may leave gaps: the group's
        position is the first record that is not done. Raises RetryError when the log cannot be
        reached, or another member took over; ValueError when there is no group. After any failure,
        also one of the transaction around it, call `rewind` before polling again.
        """

    def rewind(self) -> None:
        """Go back to the first record that is not done."""

    def lag(self) -> int:
        """Count the records that are not done, of those that fall to this member.

        Without a group, those not given.
        A backend may count records that a later one of the same key replaced. Raises RetryError.
        """

    def taken(self) -> frozenset[tuple[str, int]]:
        """Return the partitions, with their topics, that went to other members since the last call.

        What was given of them and is not done is no longer this member's to finish. That holds even
        if they came back: then it is given again, as far as nobody else finished it.
        """

    def close(self) -> None:
        """Leave the group. What was not finished goes to others."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Values of a compacted topic and the version they make up.

    A value of None means the key is gone.
    """

    version: int
    values: Mapping[str, bytes | None]


class Table(Protocol):
    """A compacted topic as a table of the last value of each key."""

    def get(self, key: str) -> bytes | None:
        """Return the value of `key`, or None."""

    def snapshot(self) -> Changes:
        """Return all that stands now, in the order of last writing."""

    def count(self) -> int:
        """Count the keys that have a value."""

    def version(self) -> int:
        """Return the version that stands now; `changes` since it are those to come."""

    def newest(self, version: int) -> Iterator[bytes]:
        """Return the values that stand and were written up to `version`, the last first.

        Reads on as they are taken.
        """

    def changes(self, since: int) -> Changes:
        """Return what changed after `since`, a version that `snapshot` or `changes` gave.

        No gap, no repeat needed.
        """


class Log(Protocol):
    """Topics of records, kept durably."""

    def append(self, records: Iterable[Record]) -> None:
        """Write the records, in order; on return they are kept. All or none where the backend can.

        Raises RetryError when the log cannot be reached.
        """

    def consumer(self, topics: Sequence[str], group: str | None) -> Consumer:
        """Join `group`; it starts at the beginning of a topic that it never read.

        Without a group: read all that stands now, from the beginning, and nothing that follows; of
        a compacted topic that is the last record of each key.
        """

    def table(self, topic: str) -> Table:
        """View a compacted topic as a table."""

    def watch(self) -> "Watch":
        """Return a waiting place of one's own."""

    def catch_up(self) -> None:
        """Bring every table to what stands in the log now.

        Raises RetryError when the log cannot be reached.
        """

    def share(self, topic: str, group: str) -> "Share":
        """Join a group whose members share the partition keys of a topic out among themselves."""

    def tidy(self, topic: str, before: datetime) -> int:
        """Remove records appended before a moment that every group has passed; gives how many.

        A log that does so by itself does nothing here.
        """


class Share(Protocol):
    """A member's part of the partition keys of a topic. Each key belongs to one member at most."""

    def generation(self) -> int:
        """Return a number that is another whenever the shares may have changed.

        Raises RetryError.
        """

    def owns(self, partition_key: str) -> bool:
        """Return whether a key is this member's, as of the last `generation`."""

    def close(self) -> None:
        """Leave the group; others take over."""


class Watch(Protocol):
    """Where one loop waits for work."""

    def wait(self, seconds: float) -> bool:
        """Wait until something was appended since the last call, or `wake` was called.

        At most `seconds`. Blocks the thread. Tells whether there may be work; may return early.
        Appends by other processes are noticed too, at least in topics that this log has consumers
        or tables of.
        """

    def wake(self) -> None:
        """End the wait of another thread now, or the next one."""

    def close(self) -> None:
        """Leave the place."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search besides its query. Times are half-open: since <= first_seen < until."""

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()  # a person, organisation or place; each must be there
    since: datetime | None = None
    until: datetime | None = None
    historical: bool | None = None
    stories: tuple[
        str, ...
    ] = ()  # ids as first assigned, any of them; `pantau.stories.merges` knows all of a story's
    other_stories: tuple[str, ...] = ()  # ids likewise, none of them


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: newest first by `first_seen`; ties in a stable order."""

    query: Query
    filters: Filters = Filters()
    limit: int = 20
    cursor: str | None = None  # of the page before
    count: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matched, and the words that did."""

    article: EnrichedArticle
    matches: tuple[Span, ...]
    cursor: str = ""  # goes on right after this article


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits. `total` is exact unless `total_is_lower_bound`.

    None when it was not asked for.
    """

    hits: tuple[Hit, ...]
    total: int | None
    total_is_lower_bound: bool
    cursor: str | None  # of the next page; None at the end
    too_costly: int = 0  # articles on which the query cost too much to tell; they are left out


@dataclass(frozen=True, slots=True)
class Outline:
    """As much of an article as is needed to count it."""

    article_id: str
    title: str  # empty where it was not asked for
    source: str | None
    story_id: str | None
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class RejectedDocument:
    """An article that the index cannot hold, and why."""

    article_id: str
    reason: str


class SearchIndex(Protocol):
    """Articles, one document an id, at their highest revision."""

    def put(self, articles: Iterable[EnrichedArticle]) -> Sequence[RejectedDocument]:
        """Store the articles; a lower revision than the one held changes nothing.

        Gives those that were refused.
        Raises RetryError when the index cannot be reached.
        """

    def refresh(self) -> None:
        """Make all that was put findable."""

    def get(self, article_id: str) -> EnrichedArticle | None:
        """Return one article."""

    def search(self, request: SearchRequest) -> SearchPage:
        """Find articles: exactly those that the query's evaluator accepts."""

    def outlines(
        self, query: Query, filters: Filters, limit: int, *, titles: bool = False
    ) -> Sequence[Outline]:
        """Return the newest articles that `search` would find, up to `limit`, in its order, at a tenth of its cost.

        `titles` cost more, where they have to be read from the article itself.
        """

    def forget(self, before: datetime) -> int:
        """Remove the articles first seen before a moment; gives how many."""

    def count(self) -> int:
        """Count the articles."""


class Store(Protocol):
    """A log and an index that can be written together."""

    @property
    def log(self) -> Log:
        """The log."""

    @property
    def index(self) -> SearchIndex:
        """The index."""

    @property
    def transactional(self) -> bool:
        """True if `atomically` and `Consumer.finish` write all or nothing.

        Where not, what is produced is written before the position moves, so a failure in between
        repeats work.
        """

    def atomically(self) -> AbstractContextManager[object]:
        """Write through the log and the index as one.

        All that the block wrote stays, or none of it does.
        A store that is not `transactional` writes at once.

        A nested block joins the outer one.
        """

    def close(self) -> None:
        """Let go of files and connections."""


class Journal(Protocol):
    """A short note that outlives the process, however that ends.

    Never fails: it may forget, and then is empty.
    """

    def read(self) -> bytes:
        """Return the note that was written last; empty if there is none."""

    def write(self, note: bytes) -> None:
        """Replace the note."""

    def close(self) -> None:
        """Let go of where it is kept."""


class Clock(Protocol):
    """The time. Handlers never read it themselves."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """A resource to fetch, with the validators of the copy at hand and limits that override the settings."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"


@dataclass(frozen=True, slots=True)
class FetchResponse:
    """What a server gave. `body` is decompressed; empty for 304."""

    url: str  # after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    permanent_url: str | None = None  # where a chain of permanent redirects only led


class FetchError(Exception):
    """A resource could not be fetched; `reason` is for people and names the limit and the fix.

    `outcome` sorts it: `refused` (our guard said no), `unreachable`, `timeout`, `too_large`,
    `protocol`.
    """

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


class Fetcher(Protocol):
    """The one way out to addresses that came from outside: feeds, pages, webhooks."""

    async def get(self, request: FetchRequest) -> FetchResponse:
        """Fetch by GET, following redirects one by one, each checked. Any status is a response.

        Raises FetchError.
        """

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        """Send by POST under the same guard; redirects are not followed. Raises FetchError."""

    async def close(self) -> None:
        """Close all connections."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A way of reading a document from outside, and how its result crosses to another process.

    `name` is where this object stands, as `module:NAME`; another process imports it from there.
    `read` computes from the document and what is known about it. `pack` makes JSON of the result,
    `unpack` checks JSON and makes the result of it; it raises ValueError for what `pack` does not
    make.
    """

    name: str
    read: Callable[[bytes, Mapping[str, str | None]], T]
    pack: Callable[[T], Any]
    unpack: Callable[[Any], T]


class DocumentReader(Protocol):
    """Reads documents that strangers wrote, each within a limit of processor time and of memory.

    Promises: a reading ends, whatever the document; one that goes beyond a limit, hangs or ends its
    process is that document's error and nothing else's. Small documents do not wait for large ones.
    `Reading.read` must take time and memory in proportion to the document, for small documents may
    be read without a limit.

    Both methods raise RejectError for a document that cannot be read within the limits, with the
    reason, and RetryError when there was no process to read it or the reader was closed.
    """

    async def read(
        self, reading: Reading[T], document: bytes, about: Mapping[str, str | None]
    ) -> T:
        """Read a document."""

    def read_now(self, reading: Reading[T], document: bytes, about: Mapping[str, str | None]) -> T:
        """Read a document while the calling thread waits."""

    def close(self) -> None:
        """End what is being read, at once."""


@dataclass(frozen=True, slots=True)
class Message:
    """An alert on its way to one channel."""

    delivery: Delivery
    alert: Alert
    channel: Channel

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every try."""
        return self.delivery.delivery_id


@dataclass(frozen=True, slots=True)
class SummaryMessage:
    """A summary on its way to one channel, in place of the alerts that it tells of."""

    summary: Summary
    channel: Channel

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every try."""
        return self.summary.summary_id


AnyMessage = Message | SummaryMessage


class ChannelDriver(Protocol):
    """Brings messages to channels of one kind."""

    async def send(self, message: AnyMessage) -> None:
        """Bring the message; on return the other side has it. A repeat has the same `message_id`.

        Raises RetryError when it may work later, RejectError when it never will.
        """

    async def close(self) -> None:
        """Close files and connections."""
