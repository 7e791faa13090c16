"""Topics as the topic table defines them.

Missing topics are created, and the settings of others are updated. Every name of a setting is from
https://kafka.apache.org/documentation/#topicconfigs. The number of partitions of an existing topic
is never changed: the records of a key would then be in two partitions, without order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kafka import KafkaAdminClient, errors
from kafka.admin import ConfigResource, ConfigResourceType

from pantau.adapters.kafka.client import (
    MAX_RECORD_BYTES,
    connection,
    convert,
    converted,
    opened,
    partition_count,
    topic_name,
)
from pantau.adapters.kafka.group.adopted_positions import adopt_positions
from pantau.errors import RetryError
from pantau.problems import Problem, problem
from pantau.settings import Settings
from pantau_schemas.topics import ARTICLES, ARTICLES_ENRICHED, ARTICLES_FULL, DAY, TOPICS, Topic

HOUR: Final = 3600
REMOVED_SECONDS: Final = 7 * DAY
"""How long a tombstone is kept.

A replica that was away for longer is read again; see `kafka.table`.
"""
COMPACT_SEGMENT_SECONDS: Final = DAY
"""A segment is closed after this many seconds even if it is small.

Only closed segments are compacted, and most tables grow slowly.
"""
DIRTY_RATIO: Final = 0.2
"""Share of a table that may be outdated before it is compacted.

Every start reads whole tables, so it is lower than Kafka's default of one half; compacting a few
megabytes is cheap.
"""
TABLE_SEGMENT_BYTES: Final = 64 * 1024 * 1024
"""As above: tables of feeds or memories are rarely larger."""
UNREAD_SECONDS: Final = 7 * DAY
"""How long each revision of an article stays, even if a later one follows.

The alerter may be down for this long without missing one. A replay marks articles as historical;
revisions that still wait to alert must not be compacted away.
"""
_READ_ONCE: Final = (ARTICLES_FULL, ARTICLES_ENRICHED)
"""Compacted topics whose every revision counts for those who read them as streams."""
_FENCED: Final = "currently fenced"
"""Words of Kafka where too few brokers are alive now: they start, or stood still for seconds."""


@dataclass(frozen=True, slots=True)
class TopicsReport:
    """The changes, by topic, under the names in the cluster; warnings are for people."""

    created: Sequence[str] = ()
    # settings and their new values
    changed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kept: Sequence[str] = ()
    warnings: Sequence[Problem] = ()
    adopted: Sequence[Problem] = ()

    @property
    def lines(self) -> list[Problem]:
        """The report as lines for people."""
        changes = (
            problem("servers.topic-changed", name=name, values=_values(values))
            for name, values in self.changed.items()
        )
        kept = [problem("servers.topics-kept", count=len(self.kept))] if self.kept else []
        warnings = (problem("cli.warning", text=one) for one in self.warnings)
        made = [problem("servers.topic-made", name=name) for name in self.created]
        return [*made, *self.adopted, *changes, *kept, *warnings]


def _values(values: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in values.items())


def topic_settings(topic: Topic, settings: Settings) -> dict[str, str]:
    """Return the settings of a topic, in Kafka's notation. Pure."""
    values: dict[str, object] = {
        "cleanup.policy": topic.cleanup,
        "max.message.bytes": MAX_RECORD_BYTES,
        # What producers chose, whatever the broker's default is: brokers need not compress again.
        "compression.type": "producer",
        # Timestamps are the brokers' alone: a record from a client whose clock is an hour fast
        # would be rejected, and one from a clock days slow deleted unread.
        "message.timestamp.type": "LogAppendTime",
        # All replicas but one must have a record before it is acknowledged: one broker may be away.
        "min.insync.replicas": max(1, settings.kafka.replication - 1),
    }
    if topic.cleanup != "compact":
        values["retention.ms"] = _milliseconds(settings.keep.by_topic()[topic.name])
        values["retention.bytes"] = -1
    if topic.compacted:
        values["min.cleanable.dirty.ratio"] = DIRTY_RATIO
        values["delete.retention.ms"] = REMOVED_SECONDS * 1000
        values["segment.ms"] = COMPACT_SEGMENT_SECONDS * 1000
        values["segment.bytes"] = TABLE_SEGMENT_BYTES
        values["min.compaction.lag.ms"] = UNREAD_SECONDS * 1000 if topic in _READ_ONCE else 0
    else:
        # Kafka deletes whole segments, so the oldest records may stay an eighth of the retention
        # longer.
        values["segment.ms"] = _milliseconds(settings.keep.by_topic()[topic.name], share=8)
    return {name: str(value) for name, value in values.items()}


def _milliseconds(days: float | None, *, share: int = 1) -> int:
    """Return days in milliseconds; -1 for unlimited."""
    return -1 if days is None else max(HOUR * 1000, round(days * DAY * 1000 / share))


def create_topics(settings: Settings) -> TopicsReport:
    """Create missing topics and update the settings of the others. Idempotent.

    Raises RetryError when Kafka is unreachable, StopError when it refuses.
    """
    wanted = {topic_name(topic.name, settings.kafka): topic for topic in TOPICS.values()}
    with converted(settings.kafka), opened(KafkaAdminClient, connection(settings.kafka)) as admin:
        there = {one["name"]: one for one in admin.describe_topics() if one["name"] in wanted}
        missing = [name for name in wanted if name not in there]
        # Before the topics are made: a setup that fails in between does it again.
        names = [topic_name(one.name, settings.kafka) for one in (ARTICLES, ARTICLES_FULL)]
        upgraded = names[0] in there and names[1] in missing
        adopted = adopt_positions(admin, settings.kafka) if upgraded else []
        if missing:
            _create(admin, {name: wanted[name] for name in missing}, settings)
        changed = _bring_up_to_date(admin, {name: wanted[name] for name in there}, settings)
        return TopicsReport(
            adopted=adopted,
            created=missing,
            changed=changed,
            kept=[name for name in there if name not in changed],
            warnings=[
                line
                for name, one in there.items()
                for line in _differences(one, wanted[name], settings)
            ],
        )


def _create(admin: Any, topics: Mapping[str, Topic], settings: Settings) -> None:
    made = admin.create_topics(
        {
            name: {
                "num_partitions": partition_count(topic, settings.kafka),
                "replication_factor": settings.kafka.replication,
                "configs": topic_settings(topic, settings),
            }
            for name, topic in topics.items()
        },
        raise_errors=False,
    )
    for one in made["topics"]:
        kind = errors.for_code(one["error_code"])
        # Another setup may run concurrently.
        if kind not in {errors.NoError, errors.TopicAlreadyExistsError}:
            said = one.get("error_message") or kind.description
            error = convert(kind(f"{one['name']}: {said}"), settings.kafka)
            raise RetryError(str(error)) if _FENCED in said else error
    admin.wait_for_topics(list(topics), timeout_ms=round(settings.kafka.timeout_seconds * 1000))


def _bring_up_to_date(
    admin: Any, topics: Mapping[str, Topic], settings: Settings
) -> dict[str, dict[str, str]]:
    if not topics:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, name, None) for name in topics]
    found = admin.describe_configs(asked, config_filter="all")["topic"]
    changes = {}
    for name, topic in topics.items():
        values = {key: one["value"] for key, one in found[name].items()}
        wrong = {
            key: value
            for key, value in topic_settings(topic, settings).items()
            if not _same(values.get(key), value)
        }
        if wrong:
            changes[name] = wrong
    if changes:
        resources = [
            ConfigResource(ConfigResourceType.TOPIC, name, values)
            for name, values in changes.items()
        ]
        # Incremental: settings that an operator made by hand stay.
        answers = admin.alter_configs(resources, incremental=True)
        _require_accepted(answers, settings)
    return changes


def _same(found: str | None, wanted: str) -> bool:
    return found is not None and (
        found == wanted or set(found.split(",")) == set(wanted.split(","))
    )


def _require_accepted(answers: Mapping[str, Mapping[str, Any]], settings: Settings) -> None:
    for topics in answers.values():
        for name, answer in topics.items():
            if answer not in {"OK", None}:
                raise convert(errors.InvalidConfigurationError(f"{name}: {answer}"), settings.kafka)


def _differences(found: Mapping[str, Any], topic: Topic, settings: Settings) -> list[Problem]:
    """Return what cannot be changed here, and how to fix it."""
    warnings = []
    there, wanted = len(found["partitions"]), partition_count(topic, settings.kafka)
    if there != wanted:
        warnings.append(
            problem("servers.partitions", topic=found["name"], found=there, wanted=wanted)
        )
    copies = min((len(one["replica_nodes"]) for one in found["partitions"]), default=0)
    if copies != settings.kafka.replication:
        replicas = settings.kafka.replication
        warnings.append(
            problem("servers.copies", topic=found["name"], found=copies, wanted=replicas)
        )
    return warnings
