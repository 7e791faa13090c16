"""The log as one person sees it: what others own is not there, and cannot be written.

Every face works with a store of this kind where there are accounts. So what one owner has reaches
no other one by any page or operation, whatever it asks for, and every change is audited.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from pantau.errors import UsageError
from pantau.ports import (
    Changes,
    Clock,
    Consumer,
    KeyAssignment,
    Log,
    Received,
    Record,
    Share,
    Table,
    Watch,
)
from pantau.problems import problem
from pantau.usecases.accounts.owned_topics import belonging, channel_in, subscription_in
from pantau.usecases.accounts.owned_writing import OwnedWriting
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.person import Person
from pantau_schemas.codec import SchemaError, decode, encode
from pantau_schemas.events.alert import Alerted
from pantau_schemas.events.dead_letter import DeadLetter

Filter = Callable[[bytes], bytes | None]
"""Returns what a person sees of a value; None for nothing."""


class OwnedLog:
    """Implements `pantau.ports.Log` for a person, over the whole log."""

    def __init__(
        self, log: Log, person: Person, ownership: SubscriptionOwners, clock: Clock
    ) -> None:
        self._log = log
        self._person = person
        self._ownership = ownership
        self._writing = OwnedWriting(log, person, ownership, clock)

    def append(self, records: Iterable[Record]) -> None:
        """Append records, and what the audit log says of them. Raises UsageError, RetryError.

        Nothing is written where one of them is not the person's to write.
        """
        self._log.append(self._writing.allowed(records))

    def consumer(self, topics: Sequence[str], group: str | None) -> Consumer:
        """Read the records that the person sees; without a group."""
        if group is not None:
            raise UsageError(problem("accounts.closed", topic=", ".join(topics)))
        filters = {topic: self._filter(topic) for topic in topics}
        return _OwnedConsumer(self._log.consumer(topics, None), filters)

    def table(self, topic: str) -> Table:
        """Return a compacted topic with the values that the person sees."""
        return self._owned(topic, self._log.table(topic))

    def recent(self, topic: str, seconds: float) -> Table:
        """Return what was written recently, with the values that the person sees."""
        return self._owned(topic, self._log.recent(topic, seconds))

    def hold(
        self, follower: str, topics: Collection[str], partitions: Collection[int], count: int
    ) -> None:
        """Raise UsageError: a face is no member of a group."""
        del topics, partitions, count
        raise UsageError(problem("accounts.closed", topic=follower))

    def _owned(self, topic: str, table: Table) -> Table:
        if belonging(topic) in {"shared", "operators"}:
            return table

        def counted(count: Callable[[], int]) -> int:
            seen = frozenset(self._seen())
            return self._ownership.counted(topic, seen, table.version(), count)

        return _OwnedTable(table, lambda: self._filter(topic), counted)

    def watch(self) -> Watch:
        """Create a watch for one loop."""
        return self._log.watch()

    def catch_up(self) -> None:
        """Update every table to the current end of the log."""
        self._log.catch_up()

    def key_assignment(self, topic: str, group: str) -> KeyAssignment:
        """Raise UsageError: a face is no member of a group."""
        raise UsageError(problem("accounts.closed", topic=f"{topic} ({group})"))

    def tidy(self, topic: str, before: datetime) -> int:
        """Raise UsageError: a face removes nothing by age."""
        raise UsageError(problem("accounts.closed", topic=f"{topic} ({before})"))

    def _filter(self, topic: str) -> Filter:
        """Return what the person sees of the values of a topic, as subscriptions stand now."""
        kind = belonging(topic)
        if kind in {"shared", "operators"}:
            return lambda value: value
        if kind == "closed":
            raise UsageError(problem("accounts.closed", topic=topic))
        if kind == "channel":
            channels = self._ownership.channels(self._person)
            return lambda value: value if channel_in(value) in channels else None
        seen = self._seen()
        if kind == "articles":
            return lambda value: _alerted(value, seen)
        if kind == "letters":
            letters = _LetterFilter(seen, self._ownership.channels(self._person))
            return lambda value: value if letters.shows(value) else None
        return lambda value: value if subscription_in(value) in seen else None

    def _seen(self) -> set[str]:
        """Return the ids of the subscriptions that the person sees, as they stand now."""
        known, person = self._ownership.current(), self._person
        return {name for name, one in known.items() if person.sees(one.owner)}


class _OwnedTable:
    """Implements `pantau.ports.Table`. Removals are not told: they say nothing of their owner."""

    def __init__(
        self,
        table: Table,
        make_filter: Callable[[], Filter],
        counted: Callable[[Callable[[], int]], int],
    ) -> None:
        make_filter()  # raises for a closed topic at once
        self._counted = counted
        self._table = table
        self._make_filter = make_filter

    def get(self, key: str) -> bytes | None:
        """Return the value of a key that the person sees, or None."""
        value = self._table.get(key)
        return None if value is None else self._make_filter()(value)

    def snapshot(self) -> Changes:
        """Return all values that the person sees."""
        return self._seen(self._table.snapshot())

    def count(self) -> int:
        """Return how many there are."""
        return self._counted(lambda: sum(1 for _ in self.newest(self.version())))

    def version(self) -> int:
        """Return the version of the whole table."""
        return self._table.version()

    def newest(self, version: int) -> Iterator[bytes]:
        """Yield the values that the person sees, the latest first."""
        return (value for _, value in self.newest_rows(version))

    def newest_rows(self, version: int, after: str | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield the values that the person sees with their marks, the latest first."""
        shown = self._make_filter()
        for mark, value in self._table.newest_rows(version, after):
            seen = shown(value)
            if seen is not None:
                yield mark, seen

    def changes(self, since: int) -> Changes:
        """Return the changed values that the person sees."""
        return self._seen(self._table.changes(since))

    def _seen(self, given: Changes) -> Changes:
        shown = self._make_filter()
        found = ((key, shown(value)) for key, value in given.values.items() if value is not None)
        return Changes(given.version, {key: value for key, value in found if value is not None})


class _OwnedConsumer:
    """Implements `pantau.ports.Consumer` without a group."""

    def __init__(self, consumer: Consumer, filters: dict[str, Filter]) -> None:
        self._consumer = consumer
        self._filters = filters

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return records that the person sees; none at the end alone."""
        while portion := self._consumer.poll(limit, max_bytes):
            seen = [one for one in portion if self._shows(one.record)]
            if seen:
                return seen
        return ()

    def _shows(self, record: Record) -> bool:
        shown = self._filters[record.topic]
        return record.value is not None and shown(record.value) is not None

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """Raise UsageError: there is no group."""
        del done, produced
        raise UsageError(problem("accounts.closed", topic="groups"))

    def rewind(self) -> None:
        """Seek to the first record."""
        self._consumer.rewind()

    def lag(self) -> int:
        """Return the number of records not yet polled."""
        return self._consumer.lag()

    def revoked(self) -> frozenset[tuple[str, int]]:
        """Return what was revoked."""
        return self._consumer.revoked()

    def share(self, topic: str) -> Share | None:
        """Return None: there is no group, so everything comes here."""
        return self._consumer.share(topic)

    def close(self) -> None:
        """Close the consumer."""
        self._consumer.close()


def _alerted(value: bytes, seen: set[str]) -> bytes | None:
    """Return which subscriptions an article alerted, without those that are not seen."""
    try:
        found = decode(Alerted, value)
    except SchemaError:  # of a newer version
        return None
    ids = tuple(one for one in found.subscription_ids if one in seen)
    return encode(found.model_copy(update={"subscription_ids": ids})) if ids else None


class _LetterFilter:
    """Decides which dead letters a person sees, as they are read in order."""

    def __init__(self, seen: set[str], channels: frozenset[str]) -> None:
        self._seen = seen
        self._channels = channels
        self._shown: set[str] = set()

    def shows(self, value: bytes) -> bool:
        """Return whether the record of a letter is shown.

        One that cannot be read, or whose record names no owner, is shown to nobody. The record that
        closes a letter has no content any more: it follows the letter itself.
        """
        try:
            letter = decode(DeadLetter, value)
        except SchemaError:
            return False
        if letter.dead_letter_id not in self._shown and not self._is_seen(letter):
            return False
        self._shown.add(letter.dead_letter_id)
        return True

    def _is_seen(self, letter: DeadLetter) -> bool:
        match belonging(letter.topic):
            case "shared" | "operators":
                return True
            case "subscription":
                return subscription_in(letter.value) in self._seen
            case "channel":
                return channel_in(letter.value) in self._channels
            case _:
                return False
