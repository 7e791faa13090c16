"""Removes what was found, by tombstones where the log has them. May be repeated."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from pantau.common.portions import portions
from pantau.notifier.plan import NOTICES
from pantau.notifier.rules.forgetting import without_alerts
from pantau.ports import Clock, Eraser, Received, Record, Store
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.takedown.findings import Findings
from pantau.usecases.takedown.matching import concerns
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.feed import FeedMemory
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.redaction import Redaction
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.ids import redaction_id
from pantau_schemas.topics import (
    FEED_MEMORY,
    MESSAGES,
    REDACTIONS,
    RULE_STATE,
    SUBSCRIPTIONS,
    TOPICS,
)

SOURCE: Final = "forget"
INDEX: Final = "index"
"""The name of the search index among the places of a take-down."""
_CHUNK: Final = 500


@dataclass(slots=True)
class Swept:
    """Records that a sweep removed, by topic or index, and the partitions in which they were."""

    removed: Counter[str] = field(default_factory=Counter)
    places: set[tuple[str, int]] = field(default_factory=set)

    def add(self, other: "Swept") -> None:
        """Add what another sweep removed."""
        self.removed += other.removed
        self.places |= other.places


def count(store: Store, eraser: Eraser, found: Findings) -> Counter[str]:
    """Return how many records and documents a sweep would remove, by place."""
    counts: Counter[str] = Counter()
    for topic in TOPICS:
        counts[topic] = len(_current(eraser, topic, found)[0])
    counts[INDEX] = len(store.index.revisions(list(found.articles)))
    return +counts


def redact(store: Store, found: Findings, clock: Clock) -> None:
    """Write that the articles must not come back. Before anything is removed."""
    now = clock.now()
    records = [
        record_for(
            Redaction(redaction_id=redaction_id(one), forgotten_at=now),
            REDACTIONS,
            source=SOURCE,
            time=now,
        )
        for one in sorted(found.identities)
    ]
    for chunk in portions(records, _CHUNK):
        store.log.append(chunk)


def sweep(store: Store, eraser: Eraser, found: Findings, clock: Clock) -> Swept:
    """Remove what was found from every topic and from the index.

    Raises RetryError when a server does not answer: what was removed stays so, and a repeated sweep
    goes on.
    """
    swept = Swept()
    for name, topic in TOPICS.items():
        if not topic.compacted:
            swept.removed[name] += eraser.remove(name, lambda one: concerns(one, found))
            continue
        current, earlier = _current(eraser, name, found)
        for chunk in portions((_replacement(one, found, clock) for one in current), _CHUNK):
            store.log.append(chunk)
        swept.removed[name] += len(current)
        swept.places |= {(name, one.partition) for one in (*current, *earlier)}
    swept.removed[INDEX] += store.index.remove(found.articles)
    swept.removed = +swept.removed
    return swept


def _current(eraser: Eraser, topic: str, found: Findings) -> tuple[list[Received], list[Received]]:
    """Return the records that stand and are to go, and those replaced since that still exist."""
    last: dict[tuple[int, str], Received] = {}
    replaced: dict[tuple[int, str], Received] = {}
    compacted = TOPICS[topic].compacted
    for received in eraser.records(topic):
        key = (received.partition, received.record.key)
        if compacted and (before := last.pop(key, None)) is not None:
            replaced[key] = before
        if concerns(received, found):
            last[key if compacted else (received.partition, str(received.offset))] = received
    return list(last.values()), [one for key, one in replaced.items() if key not in last]


def _replacement(received: Received, found: Findings, clock: Clock) -> Record:
    """Return a tombstone, or what is left of a record of which only a part is to go."""
    record, now = received.record, clock.now()
    tombstone = removal_of(TOPICS[record.topic], record.key, partition_key=record.partition_key)
    if record.topic == FEED_MEMORY.name:
        try:
            memory = decode(FeedMemory, record.value or b"")
        except SchemaError:
            return tombstone
        seen = tuple(one for one in memory.seen if one.article_id not in found.articles)
        back_fill = tuple(one for one in memory.back_fill if one not in found.articles)
        left = memory.model_copy(update={"seen": seen, "back_fill": back_fill})
        return record_for(left, FEED_MEMORY, source=SOURCE, time=now)
    if record.topic == MESSAGES.name:
        kept = _without(record, found)
        return tombstone if kept is None else record_for(kept, MESSAGES, source=SOURCE, time=now)
    if record.topic == RULE_STATE.name and record.key not in found.subscriptions:
        try:
            state = without_alerts(decode(RuleState, record.value or b""), found.alerts)
        except SchemaError:
            return tombstone
        return record_for(state, RULE_STATE, source=SOURCE, time=now)
    if record.topic == SUBSCRIPTIONS.name and record.key in found.narrowed:
        return record_for(found.narrowed[record.key], SUBSCRIPTIONS, source=SOURCE, time=now)
    return tombstone


def _without(record: Record, found: Findings) -> AlertMessage | None:
    """Return a message without the alerts that are to go; None where nothing is left of it.

    What its rule found may name such an article, so that goes, too. A notice to the owner stays.
    """
    try:
        message = decode(AlertMessage, record.value or b"")
    except SchemaError:
        return None
    left = tuple(one for one in message.alert_ids if one not in found.alerts)
    remains = left or message.more_alerts or message.occasion in NOTICES
    if message.subscription_id in found.subscriptions or not remains:
        return None
    return message.model_copy(update={"alert_ids": left, "why": None})
