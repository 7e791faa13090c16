"""Dead letters are listed, put back and discarded, whatever else is in their topic."""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.bootstrap import STORES
from pantau.errors import RejectError, UsageError
from pantau.ports import Log, Received, Record, Store
from pantau.settings import Settings
from pantau.stream.dead_letter import dead_letter
from pantau.stream.handler import RETRIES_HEADER
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.dead_letters.reading import (
    LetterFilter,
    UnreadableLetter,
    read_letter,
)
from pantau.usecases.dead_letters.writing import BATCH_LETTERS, LetterWriter
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.topics import ARTICLES, DEAD_LETTERS
from tests.support import START, FixedClock

OPEN = LetterFilter()
NEWER = json.dumps(
    {
        "schema_version": 99,
        "dead_letter_id": "lebihbaru",
        "stage": "ranker",
        "topic": "articles",
        "failed_at": "2026-03-02T08:15:30.250Z",
        "reason": "?",
        "unknown": {"deep": [1]},
    }
).encode()
DAMAGED = (
    b"",
    b"\xff\xfe",
    b"not json",
    b"null",
    b"[]",
    b'"text"',
    b"{}",
    b"[" * 100_000,
    b'{"schema_version": 3}',
    b'{"schema_version": "3", "dead_letter_id": 7}',
    b'{"schema_version": 99, "dead_letter_id": "\\u001b[31m", "failed_at": 5}',
    b'{"schema_version": 1e400}',
    NEWER[:-5],
)


@pytest.fixture
def letters(store: Store, clock: FixedClock) -> DeadLetters:
    return DeadLetters(store.log, clock)


def fail(
    log: Log,
    number: int,
    *,
    stage: str = "enricher",
    topic: str = ARTICLES.name,
    reason: str = "not JSON",
    value: bytes = b"{}",
    hours: int = 0,
) -> str:
    received = Received(Record(topic, f"k{number}", value, {"ce_id": "x"}), number)
    at = START + timedelta(hours=hours)
    made = dead_letter(stage, received, RejectError(reason), at)
    log.append([made])
    assert made.value is not None
    return str(json.loads(made.value)["dead_letter_id"])


def ids(letters: DeadLetters, wanted: LetterFilter = OPEN) -> list[str]:
    return [one.dead_letter_id for one in letters.stream(wanted)]


def originals(log: Log, topic: str = ARTICLES.name) -> list[Record]:
    return [one.record for one in log.consumer([topic], None).poll(10_000)]


@pytest.mark.parametrize("value", [*DAMAGED, NEWER])
def test_a_record_that_cannot_be_read_is_listed_shown_and_discarded(
    value: bytes, letters: DeadLetters, store: Store
) -> None:
    first = fail(store.log, 1)
    store.log.append([Record(DEAD_LETTERS.name, "odd", value)])
    second = fail(store.log, 2)
    (odd,) = set(ids(letters)) - {first, second}
    found = letters.find(odd)
    assert isinstance(found, UnreadableLetter)
    assert found.value == value
    with pytest.raises(UsageError) as caught:
        letters.retry([odd])
    assert caught.value.problem is not None
    assert caught.value.problem.code == "dead-letters.unreadable"
    done = letters.retry_all(OPEN)
    assert (done.put_back, done.unreadable) == (2, 1)
    assert ids(letters) == [odd]
    assert letters.discard([odd]) == 1
    assert ids(letters) == []
    assert set(ids(letters, LetterFilter(closed=True))) == {first, second, odd}


def test_what_a_newer_version_says_is_shown(letters: DeadLetters, store: Store) -> None:
    store.log.append([Record(DEAD_LETTERS.name, "odd", NEWER)])
    (one,) = letters.listed(OPEN, 10, "en").shown
    assert (one.dead_letter_id, one.stage, one.topic) == ("lebihbaru", "ranker", "articles")
    assert one.unreadable
    assert "upgrade" in one.reason


def test_a_damaged_record_never_stands_in_for_another_letter(
    letters: DeadLetters, store: Store
) -> None:
    letter = fail(store.log, 1)
    fake = json.dumps({"schema_version": 3, "dead_letter_id": letter}).encode()
    store.log.append([Record(DEAD_LETTERS.name, "k1", fake)])
    assert letter in ids(letters)
    assert len(ids(letters)) == 2


def test_filters_narrow_what_is_listed_put_back_and_discarded(
    letters: DeadLetters, store: Store
) -> None:
    old = fail(store.log, 1)
    other = fail(store.log, 2, stage="indexer", topic="articles.enriched", hours=2)
    gone = fail(store.log, 3, reason="410: no longer EXISTS", hours=2)
    assert ids(letters, LetterFilter(stage="indexer")) == [other]
    assert ids(letters, LetterFilter(topic="articles")) == [old, gone]
    assert ids(letters, LetterFilter(reason="no longer exists")) == [gone]
    assert ids(letters, LetterFilter(reason="rejecterror")) == [old, other, gone]
    assert ids(letters, LetterFilter(since=START + timedelta(hours=1))) == [other, gone]
    assert letters.discard_all(LetterFilter(reason="no longer")) == 1
    done = letters.retry_all(LetterFilter(since=START + timedelta(hours=1)))
    assert done.put_back == 1
    assert ids(letters) == [old]


def test_a_list_is_the_newest_oldest_first(letters: DeadLetters, store: Store) -> None:
    made = [fail(store.log, number, hours=10 - number) for number in range(10)]
    found = letters.listed(OPEN, 3, "en")
    assert [one.dead_letter_id for one in found.shown] == [made[2], made[1], made[0]]
    assert found.total == 10
    assert [one.dead_letter_id for one in letters.newest(OPEN, 3)] == made[:3]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_have_every_letter_once(letters: DeadLetters, store: Store, limit: int) -> None:
    # Some failed at the same time, one does not say when.
    for number in range(6):
        fail(store.log, number, hours=number // 3)
    store.log.append([Record(DEAD_LETTERS.name, "odd", NEWER)])
    whole = letters.listed(OPEN, 10, "en")
    found: list[str] = []
    cursor = None
    while True:
        page = letters.listed(OPEN, limit, "en", cursor)
        assert page.total == whole.total == 7
        found = [*(one.dead_letter_id for one in page.shown), *found]
        cursor = page.cursor
        if cursor is None:
            break
    assert found == [one.dead_letter_id for one in whole.shown]


def test_a_letter_that_fails_or_is_discarded_between_two_pages_shifts_none(
    letters: DeadLetters, store: Store
) -> None:
    made = [fail(store.log, number, hours=number) for number in range(5)]
    first = letters.listed(OPEN, 2, "en")
    fail(store.log, 9, hours=9)
    letters.discard([made[3]])
    second = letters.listed(OPEN, 2, "en", first.cursor)
    assert [one.dead_letter_id for one in second.shown] == [made[1], made[2]]
    for wrong in ("x", "1", "~", "1~", f"{'9' * 18}~{made[0]}"):
        with pytest.raises(UsageError):
            letters.listed(OPEN, 2, "en", wrong)


def test_what_is_discarded_keeps_nothing_of_its_content(letters: DeadLetters, store: Store) -> None:
    letter = fail(store.log, 1, value=b"private")
    letters.discard([letter[:6]])
    (one,) = letters.all(put_back=True)
    assert (one.dead_letter_id, one.value, dict(one.headers)) == (letter, b"", {})
    assert one.discarded_at is not None


def test_many_are_put_back_in_few_writes(
    letters: DeadLetters, store: Store, clock: FixedClock
) -> None:
    number = 2 * BATCH_LETTERS + 1
    for one in range(number):
        fail(store.log, one, topic=ARTICLES.name if one % 2 else "deliveries")
    counting = _Counting(store.log)
    done = LetterWriter(cast("Log", counting), clock).put_back(letters.stream(OPEN))
    assert done.put_back == number
    assert counting.writes == 3
    assert ids(letters) == []
    back = [*originals(store.log), *originals(store.log, "deliveries")]
    assert len(back) == number
    assert {one.headers[RETRIES_HEADER] for one in back} == {"1"}


def test_originals_are_bounded_in_bytes(
    letters: DeadLetters, store: Store, clock: FixedClock
) -> None:
    for one in range(5):
        fail(store.log, one, value=b"x" * 3_000_000)
    counting = _Counting(store.log)
    LetterWriter(cast("Log", counting), clock).put_back(letters.stream(OPEN))
    assert counting.writes == 5


def test_one_that_the_log_refuses_stops_no_other(
    letters: DeadLetters, store: Store, clock: FixedClock
) -> None:
    made = [fail(store.log, one) for one in range(4)]
    refusing = _Counting(store.log, refuses="k2")
    done = LetterWriter(cast("Log", refusing), clock).put_back(letters.stream(OPEN))
    assert (done.put_back, done.refused) == (3, 1)
    assert ids(letters) == [made[2]]


@pytest.mark.parametrize("topic", ["nosuch", DEAD_LETTERS.name, "", "articles/../x"])
def test_one_of_a_topic_that_does_not_exist_is_left(
    topic: str, letters: DeadLetters, store: Store
) -> None:
    odd, good = fail(store.log, 1, topic=topic), fail(store.log, 2)
    done = letters.retry_all(OPEN)
    assert (done.put_back, done.refused) == (1, 1)
    assert ids(letters) == [odd]
    assert good in ids(letters, LetterFilter(closed=True))


def test_naming_is_all_or_nothing(letters: DeadLetters, store: Store) -> None:
    letter = fail(store.log, 1)
    for act in (letters.retry, letters.discard):
        with pytest.raises(UsageError):
            act([letter, "nosuch"])
        with pytest.raises(UsageError):
            act([""])
    assert ids(letters) == [letter]


@given(st.lists(st.binary(max_size=60) | st.just(NEWER), max_size=8))
def test_whatever_the_topic_holds_is_listed_and_can_be_discarded(values: list[bytes]) -> None:
    store = STORES["memory"](Settings(data=Path("unused")), FixedClock())
    store.log.append(
        Record(DEAD_LETTERS.name, f"k{number}", one) for number, one in enumerate(values)
    )
    letters = DeadLetters(store.log, FixedClock())
    listed = letters.listed(OPEN, 100, "id")
    assert letters.discard_all(OPEN) == listed.total
    assert letters.listed(OPEN, 100, "id").total == 0
    store.close()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_letter(value: bytes) -> None:
    letter = read_letter(Received(Record(DEAD_LETTERS.name, "k", value), 7, 1))
    assert isinstance(letter, (DeadLetter, UnreadableLetter))


class _Counting:
    """A log that counts writes, and refuses those with a key."""

    def __init__(self, log: Log, refuses: str | None = None) -> None:
        self._log = log
        self._refuses = refuses
        self.writes = 0

    def append(self, records: Iterable[Record]) -> None:
        wanted = list(records)
        if any(one.key == self._refuses and one.topic == ARTICLES.name for one in wanted):
            message = "the record is larger than Kafka takes"
            raise RejectError(message)
        self.writes += 1
        self._log.append(wanted)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


def test_reasons_are_shown_and_found_in_the_language_of_the_reader(
    letters: DeadLetters, store: Store
) -> None:
    fail(store.log, 1, reason="not JSON: Expecting value: line 1 column 1 (char 0)")
    store.log.append([Record(DEAD_LETTERS.name, "baru", NEWER)])
    told = {one.dead_letter_id: one.reason for one in letters.listed(OPEN, 9, "id").shown}
    assert "schema_version 99 dari DeadLetter lebih baru" in told["lebihbaru"]
    assert "bukan JSON: seharusnya ada nilai: baris 1 kolom 1 (karakter 0)" in told.values()
    for reason in ("BUKAN json: seharusnya ada nilai", "not JSON: expecting"):
        assert letters.listed(LetterFilter(reason=reason), 9, "id").total == 1
    assert letters.listed(LetterFilter(reason="lebih baru daripada"), 9, "en").total == 1
    assert letters.listed(LetterFilter(reason="tidak ada"), 9, "id").total == 0
