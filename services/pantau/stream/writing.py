"""Checks the topics that a stage writes, and turns its events into records. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pantau.errors import StopError
from pantau.ports import NO_HEADERS, Record
from pantau.stream.envelope import record_for
from pantau.stream.handler import CARRIED_HEADERS
from pantau_schemas.base import Event
from pantau_schemas.topics import Topic


def _inherited(event: Event, topic: Topic, parent: Record | None) -> str | None:
    """Return the partition key of what an event is about, if it has no address of its own.

    So the members of a story are where the articles are that they were made of.
    """
    if parent is None or topic.partition_by != "domain" or hasattr(event, "url"):
        return None
    return parent.partition_key


class Writing:
    """Makes the records of one stage, of the topics in its row alone."""

    def __init__(self, stage: str, writes: Sequence[Topic]) -> None:
        self._stage = stage
        self._topic_of: dict[type[Event], Topic] = {topic.event: topic for topic in writes}
        self._rank = {topic.name: rank for rank, topic in enumerate(writes)}

    def record(self, event: Event, parent: Record | None, now: datetime) -> Record:
        """Return the record of an event derived from `parent`, whose trace it continues.

        Raises StopError for an event that the stage does not declare.
        """
        topic = self._topic_of.get(type(event))
        if topic is None:
            message = (
                f"stage {self._stage} may not write {type(event).__name__}:"
                " see its row in the topology"
            )
            raise StopError(message)
        headers = NO_HEADERS if parent is None else parent.headers
        record = record_for(
            event,
            topic,
            source=self._stage,
            time=now,
            parent=headers,
            partition_key=_inherited(event, topic, parent),
        )
        carried = {name: headers[name] for name in CARRIED_HEADERS if name in headers}
        return replace(record, headers={**record.headers, **carried}) if carried else record

    def tombstone(self, event: Event, parent: Record | None, now: datetime) -> Record:
        """Return the tombstone of an event's key, in the partition and with the trace of its value.

        Raises StopError for an event that the stage does not declare.
        """
        return replace(self.record(event, parent, now), value=None)

    def rank(self, record: Record) -> int:
        """Return the place of a record's topic among those written; dead letters come last.

        A log may acknowledge topic by topic: alerts before the memory of them.
        """
        return self._rank.get(record.topic, len(self._rank))
