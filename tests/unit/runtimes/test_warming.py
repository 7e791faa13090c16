"""A handler is made ready before its first records: once, and without their being blamed."""

import logging

import pytest

from pantau.errors import RetryError
from pantau.runtimes.processing import Processing
from pantau.stream.handler import Context, Outcome
from pantau.topology import STAGES
from pantau_schemas.events.article import EnrichedArticle
from tests.support import FixedClock

STAGE = next(stage for stage in STAGES if stage.name == "indexer")


class Cold:
    """A handler that notes how it is made ready, and may fail at it."""

    def __init__(self, warming: Exception | None = None, reading: Exception | None = None) -> None:
        self.calls: list[str] = []
        self._warming = warming
        self._reading = reading

    def refresh(self) -> None:
        self.calls.append("refresh")
        if self._reading is not None:
            raise self._reading

    def warm(self) -> None:
        self.calls.append("warm")
        if self._warming is not None:
            raise self._warming

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        del context
        return Outcome(articles=(event,))


def test_it_is_warmed_once_and_refreshed_each_time() -> None:
    handler = Cold()
    processing = Processing(STAGE, handler, FixedClock())
    processing.make_ready()
    processing.make_ready()
    assert handler.calls == ["refresh", "warm", "refresh"]


def test_a_handler_that_cannot_warm_up_works_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    processing = Processing(STAGE, Cold(warming=ValueError("odd")), FixedClock())
    with caplog.at_level(logging.ERROR):
        processing.make_ready()
    assert "indexer: cannot warm up" in caplog.text


@pytest.mark.parametrize("handler", [Cold(warming=MemoryError()), Cold(reading=MemoryError())])
def test_memory_that_runs_out_before_a_batch_is_waited_for(handler: Cold) -> None:
    with pytest.raises(RetryError, match="indexer: there is not enough memory"):
        Processing(STAGE, handler, FixedClock()).make_ready()


def test_what_was_waited_for_is_tried_again() -> None:
    handler = Cold(warming=RetryError("away"))
    processing = Processing(STAGE, handler, FixedClock())
    for _ in range(2):
        with pytest.raises(RetryError, match="away"):
            processing.make_ready()
    assert handler.calls == ["refresh", "warm"] * 2
