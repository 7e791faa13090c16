"""Handlers that can prepare several events at once get the next ones of a batch together."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pantau.errors import RetryError
from pantau.ports import Received
from pantau.runtimes.processing import Processing
from pantau.stream.envelope import record_for
from pantau.stream.handler import PREPARED, Context, Outcome
from pantau.topology import STAGES
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import ARTICLES_ENRICHED
from tests.support import FixedClock, enriched

STAGE = replace(
    next(stage for stage in STAGES if stage.name == "enricher"), reads=ARTICLES_ENRICHED, holds=()
)


class Preparing:
    """A handler that returns its input, and notes what it was asked to prepare."""

    def __init__(self, error: Exception | None = None) -> None:
        self.prepared: list[list[str]] = []
        self._error = error

    def refresh(self) -> None:
        pass

    def prepare(self, events: Sequence[EnrichedArticle]) -> None:
        self.prepared.append([one.article_id for one in events])
        if self._error is not None:
            raise self._error

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        del context
        return Outcome(events=(event,))


def received(count: int) -> list[Received]:
    now = FixedClock().now()
    records = [
        record_for(enriched(str(number)), ARTICLES_ENRICHED, source="test", time=now)
        for number in range(count)
    ]
    return [Received(one, place) for place, one in enumerate(records)]


def test_events_are_prepared_a_few_at_a_time_and_handled_in_order() -> None:
    handler = Preparing()
    batch = received(PREPARED + 3)
    processed = Processing(STAGE, handler, FixedClock()).run(batch)
    keys = [one.record.key for one in batch]
    assert handler.prepared == [keys[:PREPARED], keys[PREPARED:]]
    assert [one.key for one in processed.records] == keys
    assert processed.done == len(batch)


def test_records_without_an_event_are_left_to_their_turn() -> None:
    handler = Preparing()
    batch = received(4)
    batch[1] = replace(batch[1], record=replace(batch[1].record, value=b"no JSON"))
    batch[2] = replace(batch[2], record=replace(batch[2].record, value=None))
    processed = Processing(STAGE, handler, FixedClock()).run(batch)
    first, _, _, last = (one.record.key for one in batch)
    assert handler.prepared == [[first, last]]
    assert processed.rejected == 1
    assert processed.done == len(batch)


def test_one_event_alone_is_not_prepared() -> None:
    handler = Preparing()
    Processing(STAGE, handler, FixedClock()).run(received(1))
    assert not handler.prepared


def test_what_cannot_be_prepared_is_handled_one_by_one() -> None:
    batch = received(3)
    processed = Processing(STAGE, Preparing(ValueError("odd")), FixedClock()).run(batch)
    assert [one.key for one in processed.records] == [one.record.key for one in batch]
    assert not processed.rejected


def test_a_batch_whose_preparation_needs_another_server_is_tried_again() -> None:
    with pytest.raises(RetryError):
        Processing(STAGE, Preparing(RetryError("away")), FixedClock()).run(received(3))
