"""Ticks of a stage, and their results: the part that every runtime shares.

A runtime calls `run` between batches, writes the result like that of a batch, and then calls
`written`. Nothing is written here, and the time comes from the clock alone, so a fake clock
controls when ticks run.

An unexpected error in a tick must neither be lost nor stop the records behind it. There is no
record for a dead letter, so the tick stays due and is repeated after a pause, from a second to ten
minutes; it is counted and logged each time.
"""

import logging
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from pantau.common.time.backoff import Backoff, Pauses
from pantau.common.time.clock import was_ahead
from pantau.errors import RetryError, StopError
from pantau.observe.signals import NO_SIGNALS, Signals, TraceSpan
from pantau.ports import Clock
from pantau.runtimes.processing import Processed, Processing
from pantau.stream.envelope import TRACE_HEADER
from pantau.stream.handler import Handler, Outcome, TimedHandler

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
"""Interval in seconds at which an idle stage is checked: a table may change when it is due."""
BACKOFF: Final = Backoff(1.0, 600.0)
"""Pauses of a tick that fails."""
_LONGEST: Final = timedelta(seconds=BACKOFF.most)


class Ticks:
    """The ticks of one stage; without ticks nothing is ever due."""

    def __init__(
        self, processing: Processing, handler: Handler, clock: Clock, signals: Signals = NO_SIGNALS
    ) -> None:
        self._stage = processing.stage.name
        self._processing = processing
        self._handler = handler if isinstance(handler, TimedHandler) else None
        self._clock = clock
        self._signals = signals
        self._due: datetime | None = None  # as of the last look
        self._done: datetime | None = None  # the moment of the last tick that was written
        self._not_before: datetime | None = None  # a tick that failed is not repeated earlier
        self._pauses = Pauses(BACKOFF)
        self._more = False

    @property
    def timed(self) -> bool:
        """True if the stage has ticks at all."""
        return self._handler is not None

    def run(self) -> Processed | None:
        """Run the tick if it is due; return the records to write, or None.

        Raises RetryError when the handler cannot read what it follows, StopError when the outcome
        has a topic that the stage may not write.
        """
        if self._handler is None:
            return None
        self._handler.refresh()
        now = self._clock.now()
        if not self._is_due(self._handler, now):
            return None
        began = time.perf_counter()
        try:
            outcome = self._handler.tick(now)
        except (RetryError, StopError):
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, the tick stays due and records go on)
            self.failed(error)
            return None
        return self._made(outcome, began)

    def _is_due(self, handler: TimedHandler, now: datetime) -> bool:
        try:
            self._due = handler.next_due()
        except (RetryError, StopError):
            raise
        except Exception as error:  # noqa: BLE001 (as above)
            if self._not_before is None or now >= self._not_before:
                self.failed(error)
            return False
        if self._due is None or self._due > now:
            return False
        if self._not_before is not None and was_ahead(self._not_before, now + _LONGEST):
            self._not_before = self._done = None  # no pause is that long: the clock was ahead
        if self._not_before is not None and now < self._not_before:
            return False
        if self._done is not None and self._due <= self._done and self._not_before is None:
            # Either a late event can wait a second, or the handler does not notice that its tick is
            # done: then it must not keep a processor busy.
            self._defer(now)
            return False
        return True

    def _made(self, outcome: Outcome, began: float) -> Processed:
        processed = Processed(began=began, cut=outcome.cut)
        self._processing.take(outcome, None, processed)
        self._processing.sort(processed)
        self._more = outcome.more
        return processed

    def written(self, processed: Processed) -> None:
        """Report a tick whose outcome is written."""
        now = self._clock.now()
        # A handler that is due again at the moment just done would be called without end: its
        # pauses go on growing.
        stuck = self._done is not None and self._due is not None and self._due <= self._done
        if not stuck:
            self._pauses.worked()
        self._done = None if self._more else self._due
        self._not_before = None
        topics = Counter(record.topic for record in processed.records)
        seconds = time.perf_counter() - processed.began
        self._signals.metrics.ticked(self._stage, "done", topics, seconds)
        if not self._signals.tracer.on:
            return
        for record in processed.records:
            attributes = {"pantau.to.topic": record.topic, "pantau.to.key": record.key}
            own = record.headers[TRACE_HEADER]
            self._signals.tracer.step(TraceSpan(self._stage, own, None, now, now, attributes))

    def failed(self, error: Exception) -> None:
        """Record that a tick, or the writing of its outcome, failed by itself."""
        log.error("%s: the tick failed and is repeated: %r", self._stage, error, exc_info=error)
        self._signals.metrics.ticked(self._stage, "failed", {}, 0.0)
        self._defer(self._clock.now())

    def _defer(self, now: datetime) -> None:
        self._not_before = now + timedelta(seconds=self._pauses.next())

    def wait_seconds(self) -> float | None:
        """Return how long a runtime without records may wait before it calls `run` again.

        At most `LOOK_SECONDS`; None if there are no ticks.
        """
        if self._handler is None:
            return None
        if self._due is None:
            return LOOK_SECONDS
        moment = self._due if self._not_before is None else max(self._due, self._not_before)
        return min(max(0.0, (moment - self._clock.now()).total_seconds()), LOOK_SECONDS)
