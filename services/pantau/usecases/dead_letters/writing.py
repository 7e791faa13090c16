"""Puts dead letters back, or discards them, in batches."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from pantau.common.stored_fields import stored_fields
from pantau.errors import RejectError
from pantau.ports import Clock, Log, Record
from pantau.stream.envelope import record_for
from pantau.stream.handler import RETRIES_HEADER
from pantau.usecases.dead_letters.reading import UNKNOWN, AnyLetter, UnreadableLetter
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.topics import DEAD_LETTERS, TOPICS

L = TypeVar("L", bound=AnyLetter)

_log = logging.getLogger(__name__)

BATCH_LETTERS: Final = 500
BATCH_BYTES: Final = 4_000_000
"""Size of the originals that are written together; a larger one is written alone."""


@dataclass(slots=True)
class Retried:
    """The outcome of putting letters back."""

    put_back: int = 0
    overtaken: int = 0  # by a newer revision: only marked
    unreadable: int = 0  # by this program: left
    refused: int = 0  # by the log, or of a topic that does not exist: left


class LetterWriter:
    """Writes the originals of letters, and the records that say what became of the letters."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def put_back(self, letters: Iterable[AnyLetter]) -> Retried:
        """Append the original messages to their topics again.

        One that a newer revision has overtaken is only marked: retrying it would undo the newer
        one. A batch's originals are durable before its marks are written, so that a failure in
        between repeats originals, and loses none. Raises RetryError when the log is unreachable.
        """
        done = Retried()
        for batch in _batches(self._readable(letters, done)):
            self._put_back(batch, done)
        return done

    def _readable(self, letters: Iterable[AnyLetter], done: Retried) -> Iterator[DeadLetter]:
        for letter in letters:
            if isinstance(letter, UnreadableLetter):
                done.unreadable += 1
            elif letter.topic not in TOPICS or letter.topic == DEAD_LETTERS.name:
                self._refuse(letter, f"there is no topic {letter.topic} to put it back", done)
            else:
                yield letter

    def _put_back(self, batch: Sequence[DeadLetter], done: Retried) -> None:
        now = self._clock.now()
        fresh = [one for one in batch if not self._overtaken(one)]
        originals = sorted(map(_original, fresh), key=lambda one: one.topic)
        marks = [_mark(one.model_copy(update={"put_back_at": now}), now) for one in batch]
        try:
            self._log.append([*originals, *marks])
        except RejectError as error:
            if len(batch) == 1:
                self._refuse(batch[0], str(error), done)
                return
            for one in batch:
                self._put_back([one], done)
            return
        done.put_back += len(fresh)
        done.overtaken += len(batch) - len(fresh)

    def _refuse(self, letter: DeadLetter, reason: str, done: Retried) -> None:
        done.refused += 1
        _log.warning("dead letter %s is not put back: %s", letter.dead_letter_id, reason)

    def _overtaken(self, letter: DeadLetter) -> bool:
        if not TOPICS[letter.topic].compacted:
            return False
        current = self._log.table(letter.topic).get(letter.key)
        return current is not None and _revision(current) > _revision(letter.value)

    def discard(self, letters: Iterable[AnyLetter]) -> int:
        """Mark letters as given up; return their number. Those that nobody can read, too."""
        count = 0
        for batch in _batches(letters):
            now = self._clock.now()
            self._log.append([_mark(_discarded(one, now), now) for one in batch])
            count += len(batch)
        return count


def _original(letter: DeadLetter) -> Record:
    headers = {**letter.headers, RETRIES_HEADER: str(letter.retries + 1)}
    return Record(letter.topic, letter.key, letter.value, headers)


def _mark(letter: DeadLetter, now: datetime) -> Record:
    return record_for(letter, DEAD_LETTERS, source="cli", time=now, parent=letter.headers)


def _discarded(letter: AnyLetter, now: datetime) -> DeadLetter:
    """Return the record that closes a letter. It holds no content, which nobody needs any more."""
    if isinstance(letter, DeadLetter):
        return letter.model_copy(update={"discarded_at": now, "value": b"", "headers": {}})
    return DeadLetter(
        schema_version=3,
        dead_letter_id=letter.dead_letter_id,
        stage=letter.stage,
        topic=DEAD_LETTERS.name if letter.topic == UNKNOWN else letter.topic,
        offset=letter.offset,
        key=letter.key,
        value=b"",
        error="SchemaError",
        reason=letter.reason,
        failed_at=letter.failed_at or now,
        discarded_at=now,
    )


def _batches(letters: Iterable[L]) -> Iterator[list[L]]:
    """Yield letters in batches, bounded in number and bytes."""
    batch: list[L] = []
    size = 0
    for one in letters:
        if batch and (len(batch) == BATCH_LETTERS or size + len(one.value) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += len(one.value)
    if batch:
        yield batch


def _revision(value: bytes) -> int:
    revision = stored_fields(value).get("revision")
    return revision if isinstance(revision, int) else 0
