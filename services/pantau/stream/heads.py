"""Decides whether a stage reads an event whole, or only the head of it that it needs.

Whoever writes to a topic may write anything, so a record is validated as a whole before a stage
takes it. A record that Pantau itself wrote needs no second look: its `ce_id` is the digest of its
bytes, which came from a valid event.
"""

from functools import lru_cache
from typing import Final

from pantau.ports import Record
from pantau.stream.envelope import event_digest, type_of
from pantau.stream.handler import Stage
from pantau_schemas.base import Event
from pantau_schemas.codec import current_version
from pantau_schemas.topics import Topic

_version: Final = lru_cache(maxsize=64)(current_version)


def event_to_read(record: Record, stage: Stage) -> type[Event]:
    """Return the class to decode a record with: the event of the topic, or the stage's head."""
    if stage.head is not None and is_own(record, stage.reads):
        return stage.head
    return stage.reads.event


def is_own(record: Record, topic: Topic) -> bool:
    """Return whether Pantau encoded the value of a record, in the version that this program has."""
    own_type = type_of(topic, _version(topic.event))
    if record.value is None or record.headers.get("ce_type") != own_type:
        return False
    return record.headers.get("ce_id") == event_digest(topic, record.key, record.value)
