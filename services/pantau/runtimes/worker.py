"""One stage at work on a log: poll, handle, commit. No threads, no waiting; a runtime does that."""

import hashlib
import logging
import threading
import traceback
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pantau.envelope import record_for
from pantau.errors import PantauError, RejectError, RetryError, StopError
from pantau.handler import ALERT_HEADER, REPLAY_HEADER, Context, Handler, Outcome, Stage, retries_of
from pantau.ports import Clock, Received, Record, Store
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.dead_letter import DeadLetter
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import DEAD_LETTERS, TOPICS, Topic

log = logging.getLogger(__name__)

CARRIED_HEADERS: Final = (ALERT_HEADER, REPLAY_HEADER)
"""What a replay asked for holds for everything that follows from its records."""


class Worker:
    """Runs one stage over a store."""

    def __init__(self, stage: Stage, handler: Handler, store: Store, clock: Clock, *, batch: int) -> None:
        self.stage = stage
        self._handler = handler
        self._store = store
        self._clock = clock
        self._batch = batch
        self._consumer = store.log.consumer([stage.reads.name], stage.name)
        self._topic_of: dict[type[Event], Topic] = {topic.event: topic for topic in stage.writes}

    def step(self) -> int:
        """Process one batch; gives the number of records, 0 when there was nothing to do.

        What the batch led to is written in one transaction with the position. After a RetryError nothing of
        it was, and the next step repeats it.
        """
        try:
            received = self._consumer.poll(self._batch)
            if not received:
                return 0
            self._handler.refresh()
            self._commit(received, [self._process(one) for one in received])
        except BaseException:
            self._consumer.rewind()
            raise
        return len(received)

    def _process(self, received: Received) -> tuple[Outcome, Exception | None]:
        record = received.record
        if record.value is None:  # a removed key of a compacted topic
            return Outcome(), None
        try:
            event = decode(self.stage.reads.event, record.value)
            return self._handler.handle(event, Context(self._clock.now(), record.headers)), None
        except (RetryError, StopError):
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, the record is kept and the others go on)
            log.warning("%s: rejected %s: %s", self.stage.name, record.key, error)
            return Outcome(), error

    def _commit(
        self, received: Sequence[Received], results: Sequence[tuple[Outcome, Exception | None]]
    ) -> None:
        produced: list[Record] = []
        articles = []
        for one, (outcome, error) in zip(received, results, strict=True):
            produced += [self._record(event, one.record) for event in outcome.events]
            articles += [(article, one) for article in outcome.articles]
            if error is not None:
                produced.append(self._dead_letter(one, error))
        with self._store.atomically():
            if articles:
                sources = {article.article_id: one for article, one in articles}
                for refused in self._store.index.put(article for article, _ in articles):
                    produced.append(
                        self._dead_letter(sources[refused.article_id], RejectError(refused.reason))
                    )
            self._consumer.finish(received, produced)

    def _record(self, event: Event, parent: Record) -> Record:
        topic = self._topic_of.get(type(event))
        if topic is None:
            message = (
                f"stage {self.stage.name} may not write {type(event).__name__}: see its row in the topology"
            )
            raise StopError(message)
        record = record_for(
            event, topic, source=self.stage.name, time=self._clock.now(), parent=parent.headers
        )
        carried = {name: parent.headers[name] for name in CARRIED_HEADERS if name in parent.headers}
        return replace(record, headers={**record.headers, **carried}) if carried else record

    def _dead_letter(self, received: Received, error: Exception) -> Record:
        return dead_letter(self.stage.name, received, error, self._clock)

    def lag(self) -> int:
        """Count the records that wait for this stage."""
        return self._consumer.lag()

    def close(self) -> None:
        """Leave the group."""
        self._consumer.close()


def run_until_idle(workers: Sequence[Worker], stop: threading.Event | None = None) -> int:
    """Let each stage take batches until none has anything to do; gives the number of records."""
    total = 0
    while stop is None or not stop.is_set():
        done = sum(worker.step() for worker in workers)
        total += done
        if not done:
            break
    return total


def dead_letter(stage: str, received: Received, error: Exception, clock: Clock) -> Record:
    """Keep a record that a stage rejected, with the reason."""
    record = received.record
    value = record.value or b""
    foreseen = isinstance(error, (PantauError, SchemaError))
    event = DeadLetter(
        dead_letter_id=digest_id(
            stage, record.topic, str(received.offset), hashlib.sha256(value).hexdigest()
        ),
        stage=stage,
        topic=record.topic,
        offset=received.offset,
        key=record.key,
        value=value,
        headers=dict(record.headers),
        error=type(error).__name__,
        reason=str(error) or type(error).__name__,
        detail="" if foreseen else "".join(traceback.format_exception(error)),
        failed_at=clock.now(),
        retries=retries_of(record.headers),
    )
    return record_for(event, TOPICS[DEAD_LETTERS.name], source=stage, time=clock.now(), parent=record.headers)
