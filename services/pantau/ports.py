"""Ports: what the program needs from outside, as guarantees that the weakest backend keeps.

Each port has a contract suite in `tests/contracts` which every backend of `pantau.bootstrap` must
pass. No driver's type crosses a port; a driver's error is raised as one of `pantau.errors`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pantau.common.channels.summary import Summary
from pantau.problems import Problem
from pantau.query.ast import Query
from pantau_schemas.base import Span
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.feed_access import FeedAccess
from pantau_schemas.events.subscription import Channel

if TYPE_CHECKING:
    from pantau.settings import Settings

T = TypeVar("T")

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
PARTITION_HEADER = "ce_partitionkey"
"""The `partitionkey` of CloudEvents' partitioning extension.

It determines the partition if that is not the key.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A message to write. Without a `value` it is a tombstone for its key on a compacted topic."""

    topic: str
    key: str
    value: bytes | None
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)

    @property
    def partition_key(self) -> str:
        """The value that determines the partition: records of one partition key stay in order."""
        return self.headers.get(PARTITION_HEADER, self.key)


@dataclass(frozen=True, slots=True)
class Received:
    """A message that was read: a record with its topic, partition and offset."""

    record: Record
    offset: int
    partition: int = 0

    @property
    def size(self) -> int:
        """The size of the value in bytes."""
        return len(self.record.value or b"")


class Consumer(Protocol):
    """A member of a consumer group, reading topics in order.

    Guarantees: records of one key arrive in the order they were appended. A record is redelivered,
    to this or another member, until it and all records before it are finished. Groups do not affect
    each other. A compacted topic may omit records that a later one of the same key replaced.
    """

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return up to `limit` records after the last ones polled; moves only the working position.

        Their values total at most `max_bytes`, unless a single record is larger: that one is
        returned alone. The call does not wait for records to be appended. It returns fewer records
        only when it has reached the last known end and everything that this log appended itself, or
        when a backend's buffer is full. Raises RetryError when the log is unreachable.
        """

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """Publish `produced`, then commit `done`.

        Where the backend can, both happen in one transaction; elsewhere the commit comes last, so
        that a crash in between repeats work but never loses it. `done` may have gaps: the group's
        committed position is the first record that is not done. Raises RetryError when the log is
        unreachable or the partition was revoked, and ValueError when there is no group. After any
        failure, including one of the enclosing transaction, call `rewind` before polling again.
        """

    def rewind(self) -> None:
        """Seek to the first record that is not done."""

    def lag(self) -> int:
        """Return the number of records of this member's partitions that are not done.

        Without a group, those not yet polled. A backend may count records that a later one of the
        same key replaced. Raises RetryError.
        """

    def revoked(self) -> frozenset[tuple[str, int]]:
        """Return the (topic, partition) pairs revoked from this consumer since the last call.

        Records polled from them that are not done can no longer be finished by this member. That
        holds even if a partition was assigned again: its records are then redelivered, unless
        another member finished them.
        """

    def close(self) -> None:
        """Close the membership: leave the group. Unfinished records go to other members."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Values of a compacted topic and the version at which they were read.

    A value of None means that the key was removed.
    """

    version: int
    values: Mapping[str, bytes | None]


class Table(Protocol):
    """A compacted topic as a table of the last value of each key."""

    def get(self, key: str) -> bytes | None:
        """Return the value of `key`, or None."""

    def snapshot(self) -> Changes:
        """Return all current values, in the order of last writing."""

    def count(self) -> int:
        """Return the number of keys that have a value."""

    def version(self) -> int:
        """Return the current version; `changes` since it are those still to come."""

    def newest(self, version: int) -> Iterator[bytes]:
        """Yield the current values written up to `version`, the latest first.

        Lazy: values are read as they are consumed.
        """

    def changes(self, since: int) -> Changes:
        """Return the changes after `since`, a version returned by `snapshot` or `changes`.

        No change is missing and none is repeated.
        """


class Log(Protocol):
    """Topics of records, stored durably."""

    def append(self, records: Iterable[Record]) -> None:
        """Append the records, in order; on return they are durable.

        Atomic where the backend can be.

        Raises RetryError when the log is unreachable.
        """

    def consumer(self, topics: Sequence[str], group: str | None) -> Consumer:
        """Join `group`; it starts at the beginning of a topic that it never read.

        Without a group: read all current records from the beginning, and none appended later; of a
        compacted topic that is the last record of each key.
        """

    def table(self, topic: str) -> Table:
        """Return a compacted topic as a table."""

    def watch(self) -> "Watch":
        """Create a watch for one loop."""

    def catch_up(self) -> None:
        """Update every table to the current end of the log.

        Raises RetryError when the log is unreachable.
        """

    def key_assignment(self, topic: str, group: str) -> "KeyAssignment":
        """Join a group whose members divide the partition keys of a topic among themselves."""

    def tidy(self, topic: str, before: datetime) -> int:
        """Remove records before a time that every group has passed; return their number.

        A no-op for a log with its own retention.
        """


class KeyAssignment(Protocol):
    """A member's assignment of the partition keys of a topic. Each key has at most one owner."""

    def generation(self) -> int:
        """Return a number that changes whenever the assignment may have changed.

        Raises RetryError.
        """

    def owns(self, partition_key: str) -> bool:
        """Return whether this member owns a key, as of the last `generation`."""

    def close(self) -> None:
        """Close the membership: leave the group; other members take over."""


class Watch(Protocol):
    """A wait point of one loop for new records."""

    def wait(self, seconds: float) -> bool:
        """Wait until something was appended since the last call, or `wake` was called.

        Blocks the thread for at most `seconds`. Returns whether there may be work; it may return
        early. Appends by other processes are noticed too, at least in topics that this log has
        consumers or tables of.
        """

    def wake(self) -> None:
        """Wake the waiting thread, or make the next wait return at once."""

    def close(self) -> None:
        """Release the watch."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of a search besides its query. Times are half-open: since <= first_seen < until."""

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()  # a person, organisation or place; all must be present
    since: datetime | None = None
    until: datetime | None = None
    historical: bool | None = None
    stories: tuple[
        str, ...
    ] = ()  # ids as first assigned, any of them; `pantau.stories.merges` knows all of a story's
    other_stories: tuple[str, ...] = ()  # ids as first assigned, none of them


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search request: newest first by `first_seen`; ties in a stable order."""

    query: Query
    filters: Filters = Filters()
    limit: int = 20
    cursor: str | None = None  # of the previous page
    count: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matched, and the words that did."""

    article: EnrichedArticle
    matches: tuple[Span, ...]
    cursor: str = ""  # continues right after this article


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits. `total` is exact unless `total_is_lower_bound`.

    `total` is None if it was not requested.
    """

    hits: tuple[Hit, ...]
    total: int | None
    total_is_lower_bound: bool
    cursor: str | None  # of the next page; None at the end
    too_costly: int = 0  # articles skipped because evaluating the query on them exceeded its budget


@dataclass(frozen=True, slots=True)
class Outline:
    """The part of an article that is needed to count it."""

    article_id: str
    title: str  # empty if it was not requested
    source: str | None
    story_id: str | None
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class RejectedDocument:
    """An article that the index rejected, and the reason."""

    article_id: str
    reason: str


class SearchIndex(Protocol):
    """Articles, one document per id, at their highest revision."""

    def put(self, articles: Iterable[EnrichedArticle]) -> Sequence[RejectedDocument]:
        """Store the articles; a revision lower than the stored one changes nothing.

        Returns those that were rejected. Raises RetryError when the index is unreachable.
        """

    def refresh(self) -> None:
        """Refresh the index: all stored articles become searchable."""

    def get(self, article_id: str) -> EnrichedArticle | None:
        """Return one article, or None."""

    def search(self, request: SearchRequest) -> SearchPage:
        """Find articles: exactly those that the query's evaluator accepts."""

    def outlines(
        self, query: Query, filters: Filters, limit: int, *, titles: bool = False
    ) -> Sequence[Outline]:
        """Return the newest articles that `search` would find, up to `limit`, in the same order.

        At a tenth of the cost of `search`. `titles` cost more if they must be read from the article
        itself.
        """

    def forget(self, before: datetime) -> int:
        """Remove the articles first seen before a time; return their number."""

    def count(self) -> int:
        """Count the articles."""


class Store(Protocol):
    """A log and an index that can be written atomically."""

    @property
    def log(self) -> Log:
        """The log."""

    @property
    def index(self) -> SearchIndex:
        """The index."""

    @property
    def transactional(self) -> bool:
        """True if `atomically` and `Consumer.finish` are atomic.

        If not, output is written before the offsets are committed, so a failure in between repeats
        work.
        """

    def atomically(self) -> AbstractContextManager[object]:
        """Write through the log and the index atomically.

        Everything that the block wrote is kept, or none of it. A store that is not `transactional`
        writes immediately. A nested block joins the outer one.
        """

    def close(self) -> None:
        """Close files and connections."""


class Journal(Protocol):
    """A short note that survives the process, however it ends.

    Never raises: it may lose the note, and is then empty.
    """

    def read(self) -> bytes:
        """Return the note that was last written; empty if there is none."""

    def write(self, note: bytes) -> None:
        """Replace the note."""

    def close(self) -> None:
        """Close the underlying file."""


class Clock(Protocol):
    """The clock. Handlers never read it themselves."""

    def now(self) -> datetime:
        """Return the current time, timezone-aware, in UTC."""


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


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A parser of external documents that can run in another process.

    `name` is the location of this object, as `module:NAME`; another process imports it from there.
    `read` computes the result from the document and its context. `pack` serializes the result to
    JSON, `unpack` validates JSON and builds the result from it; it raises ValueError for anything
    that `pack` does not produce.
    """

    name: str
    read: Callable[[bytes, Mapping[str, str | None]], T]
    pack: Callable[[T], Any]
    unpack: Callable[[Any], T]


class DocumentReader(Protocol):
    """Reads untrusted documents, each within limits of CPU time and memory.

    Guarantees: reading ends, whatever the document; a document that exceeds a limit, hangs or
    crashes its process affects no other document. Small documents do not wait for large ones.
    `Reading.read` must take time and memory proportional to the document, because small documents
    may be read without a limit.

    Both methods raise RejectError with the reason for a document that cannot be read within the
    limits, and RetryError when no process was available or the reader was closed.
    """

    async def read(
        self, reading: Reading[T], document: bytes, about: Mapping[str, str | None]
    ) -> T:
        """Read a document."""

    def read_now(self, reading: Reading[T], document: bytes, about: Mapping[str, str | None]) -> T:
        """Read a document; blocks the calling thread."""

    def close(self) -> None:
        """Abort current reads immediately."""


@dataclass(frozen=True, slots=True)
class Message:
    """An alert on its way to one channel."""

    delivery: Delivery
    alert: Alert
    channel: Channel

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every attempt."""
        return self.delivery.delivery_id


@dataclass(frozen=True, slots=True)
class SummaryMessage:
    """A summary on its way to one channel, in place of the alerts that it covers."""

    summary: Summary
    channel: Channel

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every attempt."""
        return self.summary.summary_id


AnyMessage = Message | SummaryMessage


class ChannelDriver(Protocol):
    """Delivers messages to channels of one kind."""

    async def send(self, message: AnyMessage) -> None:
        """Deliver the message; on return the receiver has it. A repeat has the same `message_id`.

        Raises RetryError when a later attempt may succeed, RejectError when none will.
        """

    async def close(self) -> None:
        """Close files and connections."""


class Closable(Protocol):
    """A resource with connections."""

    async def close(self) -> None:
        """Close the connections."""


@dataclass(frozen=True, slots=True)
class ChannelResources:
    """The resources that a driver may be built with."""

    settings: "Settings"
    fetcher: Fetcher
    clock: Clock


class ChannelBuilder(Protocol):
    """Builds the driver of one kind of channel; see `pantau.common.channels.kinds`."""

    def __call__(self, resources: ChannelResources) -> ChannelDriver:
        """Return the driver. It opens nothing before it sends."""
