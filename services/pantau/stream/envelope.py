"""The envelope of every record: CloudEvents headers and the W3C trace.

Header names follow the Kafka binding of CloudEvents 1.0 in binary mode (`ce_` and the attribute),
the trace follows W3C Trace Context (`traceparent`, `tracestate`). Everything is derived from the
arguments, without a clock or randomness: the same event at the same time gets the same envelope in
every runtime.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

from pantau.net.domains import registrable_domain
from pantau.ports import PARTITION_HEADER, Record
from pantau_schemas.base import Event, format_time
from pantau_schemas.codec import encode
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import Topic

TRACE_HEADER: Final = "traceparent"
"""Header with the ids of a record's span and of its trace."""
_TRACEPARENT: Final = re.compile(
    r"00-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})"
)


def record_for(
    event: Event,
    topic: Topic,
    *,
    source: str,
    time: datetime,
    parent: Mapping[str, str] | None = None,
    partition_key: str | None = None,
) -> Record:
    """Build the record of an event for a topic.

    `source` is the stage that produced it, such as `poller`. `parent` holds the headers of the
    record from which it was derived, whose trace is continued; without it a new trace begins.
    `partition_key` overrides what the topic's `partition_by` comes to. An event without an address
    is partitioned by its key where the topic is by domain.
    """
    value = encode(event)
    key = str(getattr(event, topic.key))
    headers = headers_for(
        topic, key, value, version=event.schema_version, source=source, time=time, parent=parent
    )
    if partition_key is None and topic.partition_by is not None:
        partition_key = _partition_key(event, topic.partition_by) or key
    if partition_key is not None:
        headers[PARTITION_HEADER] = partition_key
    return Record(topic.name, key, value, headers)


def _partition_key(event: Event, field: str) -> str:
    if field == "domain":
        return registrable_domain(getattr(event, "url", None) or "")
    return str(getattr(event, field))


def removal_of(topic: Topic, key: str, *, partition_key: str | None = None) -> Record:
    """Build the tombstone of `key` for a compacted topic.

    `partition_key` must be that of the value.
    """
    headers = {} if partition_key is None else {PARTITION_HEADER: partition_key}
    return Record(topic.name, key, None, headers)


def headers_for(
    topic: Topic,
    key: str,
    value: bytes,
    *,
    version: int,
    source: str,
    time: datetime,
    parent: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the headers of an encoded event.

    `ce_id` is a digest of topic, key and value: a repeated event has the same id.
    """
    identifier = event_digest(topic, key, value)
    moment = format_time(time)
    headers = {
        "ce_specversion": "1.0",
        "ce_id": identifier,
        "ce_type": type_of(topic, version),
        "ce_source": f"/pantau/{source}",
        "ce_time": moment,
        "content-type": "application/json",
        TRACE_HEADER: trace_on(parent, seed=f"{source} {identifier} {moment}"),
    }
    if parent is not None and "tracestate" in parent:
        headers["tracestate"] = parent["tracestate"]
    return headers


def event_digest(topic: Topic, key: str, value: bytes) -> str:
    """Return the `ce_id` of an encoded event: a digest of topic, key and value."""
    return digest_id(topic.name, key, hashlib.sha256(value).hexdigest())


def type_of(topic: Topic, version: int) -> str:
    """Return the `ce_type` of an event of a topic in a version."""
    return f"pantau.{topic.name}.v{version}"


def is_of_version(record: Record, topic: Topic, version: int) -> bool:
    """Return whether a record's own headers say that Pantau wrote it in a version of its event.

    A number in the value alone says nothing: anybody may write one, and what is no event of ours
    must not hold a stage up.
    """
    return record.headers.get("ce_type") == type_of(topic, version)


def trace_on(parent: Mapping[str, str] | None, *, seed: str) -> str:
    """Return the `traceparent` of a span that follows `parent`, or of a new trace.

    Ids are digests of `seed`. A parent that is not of version 00 or has an all-zero id is ignored,
    as the recommendation demands.
    """
    digest = hashlib.sha256(seed.encode()).hexdigest()
    found = _read_trace(parent.get(TRACE_HEADER, "")) if parent is not None else None
    if found is None:
        return f"00-{digest[:32]}-{digest[32:48]}-01"
    trace, flags = found
    return f"00-{trace}-{digest[32:48]}-{flags}"


@lru_cache(maxsize=256)  # an article's alerts have one parent
def _read_trace(traceparent: str) -> tuple[str, str] | None:
    """Return trace id and flags, or None if they are invalid."""
    found = _TRACEPARENT.fullmatch(traceparent)
    if found is None or set(found["trace"]) == {"0"} or set(found["span"]) == {"0"}:
        return None
    return found["trace"], found["flags"]


def time_of(record: Record) -> datetime | None:
    """Return when a record was made, by its `ce_time`; None if it is invalid or has no zone."""
    return _read_time(record.headers.get("ce_time") or "")


@lru_cache(maxsize=256)  # the records of a batch were made at few moments
def _read_time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:  # written by another program
        return None
    return moment if moment.tzinfo is not None else None


def age_of(record: Record, now: datetime) -> float | None:
    """Return the age of an event in seconds, by its `ce_time`; None if it is invalid."""
    moment = time_of(record)
    return None if moment is None else (now - moment).total_seconds()
