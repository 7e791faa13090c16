"""Telemetry of the jobs of a keyed stage, after their results are written."""

from collections import Counter, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pantau.keyed.desk import Desk
from pantau.keyed.results import place
from pantau.observe.signals import Batch, TraceSpan
from pantau.ports import Received, Record
from pantau.stream.envelope import TRACE_HEADER, age_of


@dataclass(frozen=True, slots=True)
class _Report:
    mark: int  # of the results, from which on it is written
    received: Received
    records: Sequence[Record]
    began: datetime
    problem: str | None
    ended: bool = True


class Reports:
    """Ended jobs, until that is written, so that a repeated one counts once."""

    def __init__(self, stage: str, desk: Desk[Any, Any]) -> None:
        self._stage = stage
        self._desk = desk
        self._waiting: deque[_Report] = deque()

    def add(
        self,
        received: Received,
        records: Sequence[Record],
        began: datetime,
        problem: str | None,
    ) -> None:
        """Add the end of a job; its results were added just before."""
        mark = self._desk.results.mark
        self._waiting.append(_Report(mark, received, records, began, problem))

    def early(self, received: Received, records: Sequence[Record], began: datetime) -> None:
        """Add what a job wrote before its end; its results were added just before.

        Its spans go out with it, so a trace that leads on through these records is whole at once.
        """
        mark = self._desk.results.mark
        self._waiting.append(_Report(mark, received, records, began, None, ended=False))

    def unread(self, received: Received, letter: Record, now: datetime, error: Exception) -> None:
        """Add a record that became a dead letter while it was read.

        The stage adds it to the results when the whole batch was read.
        """
        mark = self._desk.results.mark + 1
        self._waiting.append(_Report(mark, received, (letter,), now, type(error).__name__))

    def answered(self, received: Received, records: Sequence[Record], now: datetime) -> None:
        """Add a record that was answered while it was read; else like `unread`."""
        self._waiting.append(_Report(self._desk.results.mark + 1, received, records, now, None))

    def kept(self) -> None:
        """Report everything that is written by now."""
        while self._waiting and self._desk.results.written(self._waiting[0].mark):
            self._report(self._waiting.popleft())

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Drop the reports of revoked partitions."""
        self._waiting = deque(one for one in self._waiting if place(one.received) not in partitions)

    def _report(self, report: _Report) -> None:
        now = self._desk.clock.now()
        signals, record = self._desk.signals, report.received.record
        age = age_of(record, now)
        batch = Batch(
            self._stage,
            processed=int(report.ended),
            rejected=0 if report.problem is None else 1,
            refused=0,
            produced=Counter(one.topic for one in report.records),
            seconds=(now - report.began).total_seconds(),
            ages=() if age is None or not report.ended else (age,),
        )
        signals.metrics.batch(batch)
        # Spans take time and most installations have no tracer, so none is built in vain.
        if not signals.tracer.on:
            return
        attributes = {"pantau.topic": record.topic, "pantau.key": record.key}
        for one in report.records:
            more = {"pantau.to.topic": one.topic, "pantau.to.key": one.key}
            own, parent = one.headers[TRACE_HEADER], record.headers.get(TRACE_HEADER)
            step = TraceSpan(
                self._stage, own, parent, report.began, now, attributes | more, report.problem
            )
            signals.tracer.step(step)
