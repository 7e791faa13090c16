"""Telemetry of a batch: its metrics, and a span for each resulting record.

Pure.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.observe.signals import Batch, TraceSpan
from pantau.ports import Received, Record
from pantau.stream.envelope import trace_on

TRACE_HEADER: Final = "traceparent"


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
    """Return the metrics of a batch."""
    ages = [age for one in received if (age := _age(one.record, now)) is not None]
    topics = Counter(record.topic for record in produced)
    return Batch(stage, len(received), rejected, refused, topics, seconds, ages, cut)


def _age(record: Record, now: datetime) -> float | None:
    moment = record.headers.get("ce_time")
    if moment is None:
        return None
    try:
        return (now - datetime.fromisoformat(moment)).total_seconds()
    except (ValueError, TypeError):  # invalid, or without a zone: written by another program
        return None


def steps_of(stage: str, trail: Trail, now: datetime) -> Iterator[TraceSpan]:
    """Yield a span for each derived record; one for the record itself if there is none."""
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
