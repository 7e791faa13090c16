"""Processing of a batch in one stage: the part that every runtime shares.

Nothing is written here. A runtime polls, passes the batch to `Processing.run`, writes the result,
and then marks the batch as done; how these are combined (one transaction, or acknowledgements in
order) is up to the runtime. After everything is written it calls `Processing.written`, which emits
metrics and spans.
"""

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pantau.errors import NewerRecordError, RejectError, RetryError, StopError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Clock, Received, Record, RejectedDocument
from pantau.runtimes.telemetry import Trail, batch_of, steps_of
from pantau.stream.dead_letter import dead_letter, log_ids, warn_rejected
from pantau.stream.envelope import is_of_version
from pantau.stream.handler import (
    NOTHING,
    PREPARED,
    Context,
    Handler,
    Outcome,
    PreparingHandler,
    Stage,
    WarmingHandler,
)
from pantau.stream.heads import event_to_read
from pantau.stream.redactions import Redactions
from pantau.stream.writing import Writing
from pantau_schemas.codec import NewerVersionError, decode
from pantau_schemas.events.article import EnrichedArticle

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Processed:
    """The result of a batch: records to publish, by topic in input order, and articles to index.

    `done` is the number of leading records of the batch that this covers; the others are still to
    be processed.
    """

    records: list[Record] = field(default_factory=list)
    articles: list[EnrichedArticle] = field(default_factory=list)
    sources: dict[str, Received] = field(default_factory=dict)  # article_id to its source record
    rejected: int = 0
    done: int = 0
    cut: int = 0  # articles whose enrichment was cut off by its time budget
    trails: list[Trail] = field(default_factory=list)  # only if traces are recorded
    began: float = field(default_factory=time.perf_counter)


class Processing:
    """One stage: decodes, handles, wraps. What `redactions` cover is skipped."""

    def __init__(
        self,
        stage: Stage,
        handler: Handler,
        clock: Clock,
        signals: Signals = NO_SIGNALS,
        redactions: Redactions | None = None,
    ) -> None:
        self.stage = stage
        self._redactions = Redactions() if redactions is None else redactions
        self._signals = signals
        self._handler = handler
        self._preparing = handler if isinstance(handler, PreparingHandler) else None
        self._warming = handler if isinstance(handler, WarmingHandler) else None
        self._clock = clock
        self._writing = Writing(stage.name, stage.writes)

    def make_ready(self) -> None:
        """Do what has to be done before a batch and is no part of it.

        A process that ends in it was not ended by a record, so a runtime calls it before it notes
        the batch as under way. Raises RetryError when what the handler follows is unreachable, or
        does not fit in memory.
        """
        try:
            self._handler.refresh()
            self._redactions.refresh()
            self._warm()
        except MemoryError as error:
            message = f"{self.stage.name}: there is not enough memory for what it works with"
            raise RetryError(message) from error

    def _warm(self) -> None:
        if self._warming is None:
            return
        try:
            self._warming.warm()
        except (RetryError, StopError, MemoryError):
            raise
        except Exception:
            log.exception("%s: cannot load all that it needs; going on without", self.stage.name)

    def run(self, received: Sequence[Received], max_bytes: int | None = None) -> Processed:
        """Process a batch, in order, after `make_ready`.

        A record that the stage rejects becomes a dead letter. It ends early when the output exceeds
        `max_bytes`, or a record produces more than is written at once. Raises NewerRecordError for
        a first record that a newer version wrote, and ColdError when the batch is to be repeated
        after `make_ready`. Raises MemoryError when memory runs out: fewer records may succeed.
        """
        processed, size = Processed(), 0
        ready: dict[int, Any] = {}
        for number, one in enumerate(received):
            if self._preparing is not None and number % PREPARED == 0:
                ready = self._prepare(self._preparing, received, number)
            began, before = self._clock.now(), len(processed.records)
            try:
                outcome, error = self._handle(one, ready.get(number))
            except NewerRecordError:
                if not processed.done:
                    raise
                break  # what came before it goes on; it is the first of the next call
            if outcome is not NOTHING:
                processed.cut += outcome.cut
                self.take(outcome, one, processed)
            if error is not None:
                processed.records.append(self._dead_letter(one, error))
                processed.rejected += 1
            made = processed.records[before:]
            if self._signals.tracer.on:
                processed.trails.append(
                    Trail(one, began, tuple(made), type(error).__name__ if error else None)
                )
            # The rest of this record is produced by the next call; records after it have to wait.
            if outcome.more:
                break
            processed.done += 1
            if made:
                size += sum(len(record.value or b"") for record in made)
            if max_bytes is not None and size >= max_bytes:
                break
        self.sort(processed)
        return processed

    def take(self, outcome: Outcome, source: Received | None, processed: Processed) -> None:
        """Add an outcome to what is to be written; `source` is the record that led to it.

        Raises StopError for what the stage may not write.
        """
        parent = None if source is None else source.record
        now = self._clock.now()
        processed.records += [self._writing.record(one, parent, now) for one in outcome.events]
        processed.records += [self._writing.tombstone(one, parent, now) for one in outcome.removed]
        if outcome.articles:
            self._take_articles(outcome, source, processed)

    def sort(self, processed: Processed) -> None:
        """Put records into the order of the topics that the stage writes.

        A log may acknowledge topic by topic: alerts before the memory of them, and each topic once
        a batch.
        """
        processed.records.sort(key=self._writing.rank)

    def give_up(self, received: Received, error: Exception) -> Processed:
        """Build the dead letter of a record without processing it."""
        ids = log_ids(self.stage.name, received)
        log.error("%s: gave up %s: %s", self.stage.name, received.record.key, error, extra=ids)
        return Processed(records=[self._dead_letter(received, error)], rejected=1, done=1)

    def refused(self, processed: Processed, documents: Sequence[RejectedDocument]) -> list[Record]:
        """Return the dead letters of articles that the index rejected."""
        return [
            self._dead_letter(processed.sources[one.article_id], RejectError(one.reason))
            for one in documents
        ]

    def written(
        self, received: Sequence[Received], processed: Processed, refused: Sequence[Record] = ()
    ) -> None:
        """Emit metrics and spans of a batch. Called by the runtime after everything is written.

        `refused` are the dead letters of articles that the index rejected.
        """
        now = self._clock.now()
        batch = batch_of(
            self.stage.name,
            received,
            (*processed.records, *refused),
            now=now,
            seconds=time.perf_counter() - processed.began,
            rejected=processed.rejected,
            refused=len(refused),
            cut=processed.cut,
        )
        self._signals.metrics.batch(batch)
        for trail in processed.trails:
            for step in steps_of(self.stage.name, trail, now):
                self._signals.tracer.step(step)

    def _prepare(
        self, handler: PreparingHandler, received: Sequence[Received], first: int
    ) -> dict[int, Any]:
        """Return the events of a few records by their numbers, after the handler prepared them.

        A record of which no event can be made is left to its turn, and an event that cannot be
        prepared, too: there it is known which one it was.
        """
        ready: dict[int, Any] = {}
        for number in range(first, min(first + PREPARED, len(received))):
            record = received[number].record
            with suppress(Exception):
                if record.value is not None:
                    ready[number] = decode(event_to_read(record, self.stage), record.value)
        if len(ready) > 1:
            try:
                handler.prepare(list(ready.values()))
            except (RetryError, StopError, MemoryError):
                raise
            except Exception:
                log.exception("%s: cannot prepare a batch; going on one by one", self.stage.name)
        return ready

    def _handle(self, received: Received, event: Any = None) -> tuple[Outcome, Exception | None]:
        """Handle a record, of which the event may be known already."""
        record = received.record
        if record.value is None:  # a tombstone of a compacted topic
            return NOTHING, None
        try:
            if event is None:
                event = decode(event_to_read(record, self.stage), record.value)
            if self._redactions.covers(event):
                return NOTHING, None
            return self._handler.handle(event, Context(self._clock.now(), record.headers)), None
        except (RetryError, StopError, MemoryError):
            raise
        except NewerVersionError as error:
            # Only our own headers make a record wait for an upgrade. A number in its value alone
            # may be anybody's, and must not stop the stage.
            if is_of_version(record, self.stage.reads, error.version):
                message = f"{self.stage.name}: {record.key} waits: {error}"
                raise NewerRecordError(message, topic=record.topic, key=record.key) from error
            warn_rejected(log, self.stage.name, received, error)
            return NOTHING, error
        except Exception as error:  # noqa: BLE001 (whatever it is, the record is kept and the others go on)
            warn_rejected(log, self.stage.name, received, error)
            return NOTHING, error

    def _take_articles(
        self, outcome: Outcome, source: Received | None, processed: Processed
    ) -> None:
        if not self.stage.indexes or source is None:
            what = "the index" if source is not None else "the index in a tick"
            message = f"stage {self.stage.name} may not write {what}: see its row in the topology"
            raise StopError(message)
        processed.articles += outcome.articles
        processed.sources.update((article.article_id, source) for article in outcome.articles)

    def _dead_letter(self, received: Received, error: Exception) -> Record:
        return dead_letter(self.stage.name, received, error, self._clock.now())
