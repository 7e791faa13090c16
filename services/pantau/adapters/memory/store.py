"""The store in memory: for tests, commands without a store, and as a reference."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import islice

from pantau.adapters.consumer_offsets import (
    READER_FINISHES,
    Alone,
    OnlyMember,
    TopicOffsets,
    read_by_groups,
    within,
)
from pantau.adapters.sort_key import ordering
from pantau.errors import RetryError, UsageError
from pantau.indexer.filters import accepts
from pantau.indexer.outlines import outline_of
from pantau.ports import (
    Changes,
    Clock,
    Filters,
    Hit,
    Outline,
    Received,
    Record,
    RejectedDocument,
    SearchPage,
    SearchRequest,
)
from pantau.problems import problem
from pantau.query.ast import Query
from pantau.query.meaning.verify import Verifier
from pantau.query.text.document import Document
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import TOPICS


class _Shared:
    """One lock and one undo list for all parts of a store."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.watches: set[MemoryWatch] = set()
        self._undo: list[Callable[[], object]] = []
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self.lock:
            self._depth += 1
            try:
                yield
            except BaseException:
                if self._depth == 1:
                    while self._undo:
                        self._undo.pop()()
                raise
            finally:
                self._depth -= 1
            if self._depth == 0:
                self._undo.clear()
                for watch in tuple(self.watches):
                    watch.wake()

    def on_failure(self, step: Callable[[], object]) -> None:
        self._undo.append(step)


class MemoryLog:
    """Implements `pantau.ports.Log`."""

    def __init__(self, shared: _Shared, clock: Clock) -> None:
        self._shared = shared
        self._clock = clock
        self._next = 1
        self.topics: dict[str, dict[int, tuple[Record, datetime]]] = {name: {} for name in TOPICS}
        self.latest: dict[tuple[str, str], int] = {}
        self.positions: dict[tuple[str, str], int] = {}

    def append(self, records: Iterable[Record]) -> None:
        """Append all records or none."""
        with self._shared.transaction():
            for record in records:
                self._append_one(record)

    def _append_one(self, record: Record) -> None:
        offset, self._next = self._next, self._next + 1
        records = self.topics[record.topic]
        records[offset] = (record, self._clock.now())
        self._shared.on_failure(lambda: records.pop(offset, None))
        if TOPICS[record.topic].compacted:
            name = (record.topic, record.key)
            before = self.latest.get(name)
            self.latest[name] = offset
            if before is None:
                self._shared.on_failure(lambda: self.latest.pop(name))
            else:
                replaced = records.pop(before)
                self._shared.on_failure(lambda: self._put_back(name, before, replaced))

    def _put_back(self, name: tuple[str, str], offset: int, kept: tuple[Record, datetime]) -> None:
        records = self.topics[name[0]]
        in_order = sorted([*records.items(), (offset, kept)])
        records.clear()
        records.update(in_order)
        self.latest[name] = offset

    def consumer(self, topics: Sequence[str], group: str | None) -> "MemoryConsumer":
        """Join a group, or read a snapshot."""
        return MemoryConsumer(self._shared, self, tuple(topics), group)

    def table(self, topic: str) -> "MemoryTable":
        """Return a compacted topic as a table."""
        if not TOPICS[topic].compacted:
            message = f"{topic} is not compacted"
            raise ValueError(message)
        return MemoryTable(self._shared, self, topic)

    def watch(self) -> "MemoryWatch":
        """Create a watch."""
        return MemoryWatch(self._shared)

    def end(self) -> int:
        """Return the offset of the next record."""
        return self._next

    def catch_up(self) -> None:
        """Do nothing: tables are views of the log itself."""

    def key_assignment(self, topic: str, group: str) -> OnlyMember:
        """Return an assignment of everything: there is one process."""
        del topic, group
        return OnlyMember()

    def tidy(self, topic: str, before: datetime) -> int:
        """Remove records before a time that every group has passed; return their number."""
        with self._shared.lock:
            places = [place for (_, name), place in self.positions.items() if name == topic]
            if not places and read_by_groups(TOPICS[topic]):
                return 0
            old = [
                offset
                for offset, (_, appended) in self.topics[topic].items()
                if appended < before and (not places or offset < min(places))
            ]
            for offset in old:
                record, _ = self.topics[topic].pop(offset)
                if self.latest.get((topic, record.key)) == offset:
                    del self.latest[topic, record.key]
            return len(old)


class MemoryConsumer(Alone):
    """Implements `pantau.ports.Consumer`."""

    def __init__(
        self, shared: _Shared, log: MemoryLog, topics: tuple[str, ...], group: str | None
    ) -> None:
        self._shared = shared
        self._log = log
        self._group = group
        self._end = log.end() if group is None else None  # the end of a snapshot
        self._progress = {topic: TopicOffsets(0) for topic in topics}
        self.rewind()

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return the next records, merging the topics in append order."""
        with self._shared.lock:
            found = sorted(
                (
                    Received(record, offset)
                    for topic, progress in self._progress.items()
                    for offset, (record, _) in self._log.topics[topic].items()
                    if offset >= progress.working and self._wanted(offset)
                ),
                key=lambda one: one.offset,
            )
        given = within(found, limit, max_bytes)
        for one in given:
            self._progress[one.record.topic].given(one.offset)
        return given

    def _wanted(self, offset: int) -> bool:
        return self._end is None or offset < self._end

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """Append and commit in one transaction."""
        if self._group is None:
            raise ValueError(READER_FINISHES)
        before = {topic: progress.committed for topic, progress in self._progress.items()}
        for one in done:
            self._progress[one.record.topic].done(one.offset)
        with self._shared.transaction():
            self._log.append(produced)
            for topic, progress in self._progress.items():
                if progress.committed != before[topic]:
                    self._move(topic, before[topic], progress.committed)

    def _move(self, topic: str, before: int, after: int) -> None:
        name = (str(self._group), topic)
        if self._log.positions.get(name, 0) != before:
            message = f"another member of group {self._group} took over {topic}"
            raise RetryError(message, group=str(self._group), topic=topic)
        self._log.positions[name] = after
        self._shared.on_failure(lambda: self._log.positions.update({name: before}))

    def rewind(self) -> None:
        """Seek to the group's committed position, whichever member committed it."""
        with self._shared.lock:
            positions = self._log.positions if self._group is not None else {}
            self._progress = {
                topic: TopicOffsets(positions.get((str(self._group), topic), 0))
                for topic in self._progress
            }

    def lag(self) -> int:
        """Return the number of records not done by the group, or not polled without one."""
        with self._shared.lock:
            return sum(
                offset >= (progress.committed if self._group is not None else progress.working)
                and self._wanted(offset)
                for topic, progress in self._progress.items()
                for offset in self._log.topics[topic]
            )

    def close(self) -> None:
        """Do nothing: there is nothing to close."""


class MemoryTable:
    """Implements `pantau.ports.Table`."""

    def __init__(self, shared: _Shared, log: MemoryLog, topic: str) -> None:
        self._shared = shared
        self._log = log
        self._topic = topic

    def get(self, key: str) -> bytes | None:
        """Return the value of a key, or None."""
        with self._shared.lock:
            offset = self._log.latest.get((self._topic, key))
            return None if offset is None else self._log.topics[self._topic][offset][0].value

    def snapshot(self) -> Changes:
        """Return all values."""
        changes = self.changes(0)
        return Changes(
            changes.version,
            {key: value for key, value in changes.values.items() if value is not None},
        )

    def count(self) -> int:
        """Return the number of keys that have a value."""
        with self._shared.lock:
            return sum(
                record.value is not None for record, _ in self._log.topics[self._topic].values()
            )

    def version(self) -> int:
        """Return the last offset."""
        with self._shared.lock:
            return max(self._log.topics[self._topic], default=0)

    def newest(self, version: int) -> Iterator[bytes]:
        """Yield values in reverse order."""
        with self._shared.lock:
            records = [
                one[0].value
                for offset, one in self._log.topics[self._topic].items()
                if offset <= version
            ]
        yield from (value for value in reversed(records) if value is not None)

    def changes(self, since: int) -> Changes:
        """Return what was written after `since`."""
        with self._shared.lock:
            new = {
                offset: one[0]
                for offset, one in self._log.topics[self._topic].items()
                if offset > since
            }
        return Changes(
            max(new, default=since), {record.key: record.value for record in new.values()}
        )


class MemoryWatch:
    """Implements `pantau.ports.Watch`."""

    def __init__(self, shared: _Shared) -> None:
        self._shared = shared
        self._changed = threading.Event()
        shared.watches.add(self)

    def wait(self, seconds: float) -> bool:
        """Wait for an append."""
        told = self._changed.wait(seconds)
        self._changed.clear()
        return told

    def wake(self) -> None:
        """Wake the waiting thread."""
        self._changed.set()

    def close(self) -> None:
        """Unregister the watch."""
        self._shared.watches.discard(self)


class MemorySearchIndex:
    """Implements `pantau.ports.SearchIndex` by evaluating every article."""

    def __init__(self, shared: _Shared, clock: Clock) -> None:
        self._shared = shared
        self._clock = clock
        self._articles: dict[str, EnrichedArticle] = {}

    def put(self, articles: Iterable[EnrichedArticle]) -> Sequence[RejectedDocument]:
        """Store articles."""
        with self._shared.transaction():
            for article in articles:
                held = self._articles.get(article.article_id)
                if held is None or held.revision <= article.revision:
                    self._articles[article.article_id] = article
                    self._shared.on_failure(partial(self._restore, article.article_id, held))
        return ()

    def _restore(self, name: str, held: EnrichedArticle | None) -> None:
        if held is None:
            del self._articles[name]
        else:
            self._articles[name] = held

    def refresh(self) -> None:
        """Do nothing: writes are searchable at once."""

    def get(self, article_id: str) -> EnrichedArticle | None:
        """Return one article, or None."""
        return self._articles.get(article_id)

    def count(self) -> int:
        """Return the number of articles."""
        return len(self._articles)

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles."""
        with self._shared.lock:
            return sum(self._articles.pop(one, None) is not None for one in article_ids)

    def revisions(self, article_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the revisions of those that are stored."""
        found = ((one, self._articles.get(one)) for one in article_ids)
        return {one: article.revision for one, article in found if article is not None}

    def rebuild(self, progress: Callable[[int, int], None]) -> int:
        """Do nothing: searches read the articles themselves."""
        progress(len(self._articles), len(self._articles))
        return len(self._articles)

    def expunge(self) -> None:
        """Do nothing: what is removed is gone."""

    def forget(self, before: datetime) -> int:
        """Remove the articles first seen before a time; return their number."""
        with self._shared.lock:
            old = [name for name, article in self._articles.items() if article.first_seen < before]
            for name in old:
                del self._articles[name]
        return len(old)

    def search(self, request: SearchRequest) -> SearchPage:
        """Evaluate all, newest first."""
        verifier = Verifier(request.query)
        found = list(self._matching(verifier, request.filters))
        start = 0
        if request.cursor is not None:
            seen = _read_cursor(request.cursor)
            start = sum(_place(hit.article) >= seen for hit in found)
        page = tuple(found[start : start + request.limit])
        more = start + request.limit < len(found)
        total = len(found) - start if request.count else None
        return SearchPage(
            page,
            total,
            total_is_lower_bound=False,
            cursor=page[-1].cursor if page and more else None,
            too_costly=verifier.too_costly,
        )

    def outlines(
        self, query: Query, filters: Filters, limit: int, *, titles: bool = False
    ) -> Sequence[Outline]:
        """Return the requested part of each article."""
        found = islice(self._matching(Verifier(query), filters), limit)
        return [outline_of(hit.article, titles=titles) for hit in found]

    def _matching(self, verifier: Verifier, filters: Filters) -> Iterator[Hit]:
        with self._shared.lock:
            articles = sorted(self._articles.values(), key=_place, reverse=True)
        now = self._clock.now()
        for article in articles:
            if not accepts(filters, article):
                continue
            match = verifier.match(Document.from_article(article, now))
            if match is not None:
                place, name = _place(article)
                yield Hit(article, match.spans, f"{place}.{name}")


def _place(article: EnrichedArticle) -> tuple[int, str]:
    return ordering(article.first_seen, article.article_id), article.article_id


def _read_cursor(cursor: str) -> tuple[int, str]:
    place, dot, article_id = cursor.partition(".")
    if not dot or not (place.isascii() and place.isdecimal() and len(place) < 20):
        raise UsageError(problem("search.no-cursor", cursor=cursor))
    return int(place), article_id


class MemoryStore:
    """Implements `pantau.ports.Store`."""

    transactional = True

    def __init__(self, clock: Clock) -> None:
        self._shared = _Shared()
        self._clock = clock
        self.log = MemoryLog(self._shared, clock)
        self.index = MemorySearchIndex(self._shared, clock)

    @contextmanager
    def atomically(self) -> Iterator[None]:
        """Undo everything that the block wrote if it fails."""
        with self._shared.transaction():
            yield

    def close(self) -> None:
        """Do nothing: there is nothing to close."""
