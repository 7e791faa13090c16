"""Positions of a stage that took another one's topic over: it goes on where that one stood.

Without it, a group that reads a topic for the first time begins at the oldest record, and a week of
articles would be processed again.
"""

from typing import Any, Final

from pantau.adapters.kafka.client import topic_name
from pantau.adapters.kafka.group.offsets import committed_offsets
from pantau.problems import Problem, problem
from pantau.settings import KafkaSettings

ADOPTED: Final = (("articles", "enricher", "extractor"),)
"""A topic, the stage that read it in an earlier version, and the one that reads it now."""


def adopt_positions(admin: Any, settings: KafkaSettings) -> list[Problem]:
    """Copy the positions of former readers to new ones that have none; return lines for people.

    Idempotent. A group with members keeps what it has.
    """
    lines = []
    for topic, before, after in ADOPTED:
        name = topic_name(topic, settings)
        groups = [topic_name(one, settings) for one in (before, after)]
        old, new = (_of_topic(admin, group, name) for group in groups)
        if old and not new:
            admin.alter_group_offsets(groups[1], old)
            lines.append(
                problem("servers.group-adopted", group=groups[1], topic=name, former=groups[0])
            )
    return lines


def _of_topic(admin: Any, group: str, topic: str) -> dict[Any, Any]:
    found = committed_offsets(admin, [group]).get(group, {})
    return {place: one for place, one in found.items() if place.topic == topic and one.offset >= 0}
