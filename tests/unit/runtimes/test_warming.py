"""A handler is made ready before its records are under way, and again when one misses something."""

import logging

import pytest

from pantau.errors import ColdError, RetryError
from pantau.ports import Received
from pantau.runtimes.processing import Processing
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome
from pantau.topology import STAGES
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import ARTICLES_ENRICHED
from tests.support import FixedClock, enriched

STAGE = next(stage for stage in STAGES if stage.name == "indexer")


class Cold:
    """A handler that is cold until it is warmed, and may fail at it."""

    def __init__(self, warming: Exception | None = None, reading: Exception | None = None) -> None:
        self.calls: list[str] = []
        self._warming = warming
        self._reading = reading
        self._missed = False
        self._warm = False

    def refresh(self) -> None:
        self.calls.append("refresh")
        if self._reading is not None:
            raise self._reading

    def warm(self) -> None:
        self.calls.append("warm")
        self._warm = self._missed
        if self._warming is not None:
            raise self._warming

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        del context
        if not self._warm:
            self._missed = True
            raise ColdError("not loaded yet")
        return Outcome(articles=(event,))


def test_a_batch_that_misses_something_is_repeated_once_it_is_loaded() -> None:
    record = record_for(enriched(), ARTICLES_ENRICHED, source="test", time=FixedClock().now())
    handler = Cold()
    processing = Processing(STAGE, handler, FixedClock())
    processing.make_ready()
    with pytest.raises(ColdError):
        processing.run([Received(record, 0)])
    processing.make_ready()
    assert processing.run([Received(record, 0)]).done == 1
    assert handler.calls == ["refresh", "warm"] * 2


@pytest.mark.parametrize("handler", [Cold(warming=MemoryError()), Cold(reading=MemoryError())])
def test_memory_that_runs_out_before_a_batch_is_waited_for(handler: Cold) -> None:
    with pytest.raises(RetryError, match="indexer: there is not enough memory"):
        Processing(STAGE, handler, FixedClock()).make_ready()


def test_a_handler_that_cannot_load_all_goes_on_without(caplog: pytest.LogCaptureFixture) -> None:
    processing = Processing(STAGE, Cold(warming=ValueError("odd")), FixedClock())
    with caplog.at_level(logging.ERROR):
        processing.make_ready()
    assert "indexer: cannot load all that it needs" in caplog.text
