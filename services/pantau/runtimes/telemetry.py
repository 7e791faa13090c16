"""Telemetry of a batch: its metrics, and a span for each resulting record.

Pure.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pantau.observe.signals import Batch, TraceSpan
from pantau.ports import Received, Record
from pantau.stream.envelope import TRACE_HEADER, age_of, trace_on


@dataclass(frozen=True, slots=True)
class Trail:
    """The trace of one record: received at `began`; `made` are the records derived from it."""

    received: Received
    began: datetime
    made: tuple[Record, ...]
    problem: str | None = None  # class of the error with which it was rejected


def batch_of(
    stage: str,
    received: Sequence[Received],
    produced: Sequence[Record],
    *,
    now: datetime,
    seconds: float,
    rejected: int,
    refused: int,
    cut: int,
) -> Batch:
    """Put a batch into numbers."""
    ages = [age for one in received if (age := age_of(one.record, now)) is not None]
    topics = Counter(record.topic for record in produced)
    return Batch(stage, len(received), rejected, refused, topics, seconds, ages, cut)


def steps_of(stage: str, trail: Trail, now: datetime) -> Iterator[TraceSpan]:
    """Yield a span for each record derived from one; a span of its own if none was."""
    headers = trail.received.record.headers
    parent = headers.get(TRACE_HEADER)
    attributes = {
        "pantau.topic": trail.received.record.topic,
        "pantau.key": trail.received.record.key,
    }
    for record in trail.made:
        own = record.headers.get(TRACE_HEADER)
        if own is not None:
            more = {"pantau.to.topic": record.topic, "pantau.to.key": record.key}
            yield TraceSpan(stage, own, parent, trail.began, now, attributes | more, trail.problem)
    if not trail.made:
        own = trace_on(headers, seed=f"{stage} {headers.get('ce_id', '')} {now.isoformat()}")
        yield TraceSpan(stage, own, parent, trail.began, now, attributes, trail.problem)
