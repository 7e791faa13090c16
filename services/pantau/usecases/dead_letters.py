"""Dead letters: read, found by id, retried."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pantau.errors import UsageError
from pantau.ports import Clock, Log, Record
from pantau.problems import problem
from pantau.stream.envelope import record_for
from pantau.stream.handler import RETRIES_HEADER
from pantau_schemas.codec import decode
from pantau_schemas.dead_letter import DeadLetter
from pantau_schemas.topics import DEAD_LETTERS, TOPICS

BATCH_BYTES: Final = 16_000_000


@dataclass(frozen=True, slots=True)
class Retried:
    """How many letters were put back, and how many a newer revision has overtaken."""

    put_back: int
    overtaken: int


class DeadLetters:
    """The topic of dead letters, folded by id.

    A retried letter has a second record that says so.
    """

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def all(self, *, put_back: bool) -> list[DeadLetter]:
        """Return the letters, oldest first; retried ones only on request."""
        letters: dict[str, DeadLetter] = {}
        for letter in self._read():
            letters[letter.dead_letter_id] = letter
        found = (one for one in letters.values() if put_back or one.put_back_at is None)
        return sorted(found, key=lambda one: one.failed_at)  # a log orders records of one key only

    def _read(self) -> Iterator[DeadLetter]:
        consumer = self._log.consumer([DEAD_LETTERS.name], None)
        try:
            while received := consumer.poll(500, BATCH_BYTES):
                for one in received:
                    if one.record.value is not None:
                        yield decode(DeadLetter, one.record.value)
        finally:
            consumer.close()

    def find(self, start: str) -> DeadLetter:
        """Return the only letter whose id starts with `start`.

        Raises UsageError when there is none, or more than one.
        """
        found = [one for one in self.all(put_back=True) if one.dead_letter_id.startswith(start)]
        if len(found) != 1:
            raise UsageError(
                problem("dead-letters.several", count=len(found), start=start)
                if found
                else problem("dead-letters.missing", start=start)
            )
        return found[0]

    def of_stage(self, stage: str | None, *, put_back: bool = False) -> list[DeadLetter]:
        """Return the letters of a stage, or of all, oldest first; see `all`."""
        return [one for one in self.all(put_back=put_back) if stage in {None, one.stage}]

    def retry(self, references: Iterable[str]) -> Retried:
        """Put back letters by the starts of their ids, all or, if one is not found, none.

        Raises UsageError.
        """
        return self._retried([self.find(one) for one in references])

    def retry_all(self, stage: str | None = None) -> Retried:
        """Put back what was not put back yet, of a stage or of all."""
        return self._retried(self.of_stage(stage))

    def _retried(self, letters: Sequence[DeadLetter]) -> Retried:
        count = self.put_back(letters)
        return Retried(count, len(letters) - count)

    def put_back(self, letters: Iterable[DeadLetter]) -> int:
        """Append the original messages to their topics again; return their number.

        One that a newer revision has overtaken is only marked: retrying it would undo the newer
        one.
        """
        count = 0
        for letter in letters:
            records = [self._mark(letter)]
            if not self._overtaken(letter):
                headers = {**letter.headers, RETRIES_HEADER: str(letter.retries + 1)}
                records.insert(0, Record(letter.topic, letter.key, letter.value, headers))
                count += 1
            self._log.append(records)
        return count

    def _mark(self, letter: DeadLetter) -> Record:
        marked = letter.model_copy(update={"put_back_at": self._clock.now()})
        return record_for(
            marked, DEAD_LETTERS, source="cli", time=self._clock.now(), parent=letter.headers
        )

    def _overtaken(self, letter: DeadLetter) -> bool:
        if not TOPICS[letter.topic].compacted:
            return False
        current = self._log.table(letter.topic).get(letter.key)
        return current is not None and _revision(current) > _revision(letter.value)


def _revision(value: bytes) -> int:
    try:
        fields = json.loads(value)
    except ValueError:
        return 0
    revision = fields.get("revision") if isinstance(fields, dict) else None
    return revision if isinstance(revision, int) else 0
