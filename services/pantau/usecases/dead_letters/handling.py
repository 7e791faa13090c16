"""Dead letters: listed, found by id, put back, discarded.

The topic is read as a stream, twice: first to learn which record of each id is the last, then to
use those one after the other. So only ids are held for all letters, and the bytes of a few.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pantau.errors import UsageError
from pantau.messages.languages import Lang
from pantau.ports import Clock, Log, Received
from pantau.problems import problem
from pantau.usecases.cursors import EARLIEST, cursor_of, read_cursor, time_of
from pantau.usecases.dead_letters.reading import (
    AnyLetter,
    LetterFilter,
    LetterSummary,
    UnreadableLetter,
    read_letter,
    summary_of,
)
from pantau.usecases.dead_letters.writing import LetterWriter, Retried
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.topics import DEAD_LETTERS

READ_BYTES: Final = 16_000_000
_READ_RECORDS: Final = 500


@dataclass(frozen=True, slots=True)
class LetterList:
    """The newest letters of a list, oldest first, and how many there are in all.

    `cursor` leads to the letters before the oldest one; None where there are none.
    """

    shown: Sequence[LetterSummary]
    total: int
    cursor: str | None = None


@dataclass(slots=True)
class _LettersFound:
    """The letters whose ids start with a text: the first, and how many there are."""

    first: AnyLetter | None = None
    ids: set[str] = field(default_factory=set)


class _LettersBefore:
    """Decides for letters in the order of the log which ones stand before a cursor.

    A cursor is the time and the id of a letter; letters of the same time follow the log.
    """

    def __init__(self, cursor: str | None) -> None:
        self._at = self._id = None
        if cursor is not None:
            (micros,), self._id = read_cursor(cursor, 1, has_id=True)
            self._at = time_of(micros)
        self._is_passed = False

    def __call__(self, letter: AnyLetter) -> bool:
        """Return whether the next letter of the log stands before the cursor."""
        if self._at is None:
            return True
        failed = max(letter.failed_at or EARLIEST, EARLIEST)
        if failed == self._at:
            self._is_passed = self._is_passed or letter.dead_letter_id == self._id
            return not self._is_passed
        return failed < self._at


def _cursor_at(letter: LetterSummary) -> str:
    return cursor_of(max(letter.failed_at or EARLIEST, EARLIEST), letter.dead_letter_id)


class DeadLetters:
    """The topic of dead letters, folded by id.

    A letter that was put back or discarded has a second record that says so.
    """

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def stream(self, wanted: LetterFilter) -> Iterator[AnyLetter]:
        """Yield letters one at a time, in the order of the log."""
        # In two passes: a log orders the records of one key only.
        last = {letter.dead_letter_id: _place(received) for received, letter in self._read()}
        for received, letter in self._read():
            if last.get(letter.dead_letter_id) == _place(received) and wanted.takes(letter):
                yield letter

    def count_by_stage(self) -> Mapping[str, int]:
        """Return how many letters of each stage were neither put back nor discarded."""
        return Counter(letter.stage for letter in self.stream(LetterFilter()))

    def _read(self) -> Iterator[tuple[Received, AnyLetter]]:
        consumer = self._log.consumer([DEAD_LETTERS.name], None)
        try:
            while received := consumer.poll(_READ_RECORDS, READ_BYTES):
                for one in received:
                    if one.record.value is not None:
                        yield one, read_letter(one)
        finally:
            consumer.close()

    def listed(
        self, wanted: LetterFilter, limit: int, lang: Lang, cursor: str | None = None
    ) -> LetterList:
        """Return the newest `limit` letters before a cursor, oldest first.

        Holds no more than `limit`. Raises UsageError for a cursor that no list gave.
        """
        is_before = _LettersBefore(cursor)
        total, before = 0, 0
        newest: list[tuple[datetime, int, LetterSummary]] = []
        for letter in self.stream(wanted):
            total += 1
            if not is_before(letter):
                continue
            before += 1
            entry = (max(letter.failed_at or EARLIEST, EARLIEST), total, summary_of(letter, lang))
            if len(newest) < limit:
                heapq.heappush(newest, entry)
            elif limit:
                heapq.heappushpop(newest, entry)
        shown = [one for _, _, one in sorted(newest)]
        behind = before > len(shown) and shown
        return LetterList(shown, total, _cursor_at(shown[0]) if behind else None)

    def newest(self, wanted: LetterFilter, limit: int | None) -> Iterator[AnyLetter]:
        """Yield the newest `limit` letters whole, one at a time, in the order of the log."""
        if limit is None:
            yield from self.stream(wanted)
            return
        ids = {one.dead_letter_id for one in self.listed(wanted, limit, "en").shown}
        for letter in self.stream(wanted):
            if letter.dead_letter_id in ids:
                yield letter

    def all(self, *, put_back: bool) -> list[DeadLetter]:
        """Return the letters that can be read, oldest first; closed ones only on request.

        Holds all of them: for a topic that is known to be small.
        """
        found = (
            one for one in self.stream(LetterFilter(closed=put_back)) if isinstance(one, DeadLetter)
        )
        return sorted(found, key=lambda one: one.failed_at)

    def find(self, start: str) -> AnyLetter:
        """Return the only letter whose id starts with `start`.

        Raises UsageError when there is none, or more than one.
        """
        return self._find([start])[0]

    def _find(self, starts: Iterable[str]) -> list[AnyLetter]:
        found = {start: _LettersFound() for start in starts}
        for letter in self.stream(LetterFilter(closed=True)):
            for start, matching in found.items():
                if start and letter.dead_letter_id.startswith(start):
                    matching.ids.add(letter.dead_letter_id)
                    matching.first = matching.first or letter
        return [_only(start, matching) for start, matching in found.items()]

    def retry(self, references: Iterable[str]) -> Retried:
        """Put back letters by the starts of their ids, all or, if one is not found, none.

        Raises UsageError for one that is not found, or cannot be read.
        """
        found = self._find(references)
        for one in found:
            if isinstance(one, UnreadableLetter):
                raise UsageError(
                    problem("dead-letters.unreadable", id=one.dead_letter_id, reason=one.reason)
                )
        return LetterWriter(self._log, self._clock).put_back(found)

    def retry_all(self, wanted: LetterFilter) -> Retried:
        """Put back what was not closed yet, of the letters that are meant."""
        return LetterWriter(self._log, self._clock).put_back(self.stream(wanted))

    def put_back(self, letters: Iterable[AnyLetter]) -> int:
        """Append the original messages to their topics again; return their number."""
        return LetterWriter(self._log, self._clock).put_back(letters).put_back

    def discard(self, references: Iterable[str]) -> int:
        """Discard letters by the starts of their ids, all or, if one is not found, none.

        Raises UsageError.
        """
        return LetterWriter(self._log, self._clock).discard(self._find(references))

    def discard_all(self, wanted: LetterFilter) -> int:
        """Discard what was not closed yet, of the letters that are meant; return their number."""
        return LetterWriter(self._log, self._clock).discard(self.stream(wanted))


def _only(start: str, found: _LettersFound) -> AnyLetter:
    if found.first is None:
        raise UsageError(problem("dead-letters.missing", start=start))
    if len(found.ids) > 1:
        raise UsageError(problem("dead-letters.several", count=len(found.ids), start=start))
    return found.first


def _place(received: Received) -> tuple[int, int]:
    return received.partition, received.offset
