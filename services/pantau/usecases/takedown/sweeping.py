"""Removes what was found, by tombstones where the log has them. May be repeated."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from pantau.common.portions import portions
from pantau.notifier.plan import NOTICES
from pantau.notifier.rules.forgetting import without_alerts
from pantau.ports import Clock, Eraser, Received, Record, Store
from pantau.stream.bases import SHARED, valid
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.takedown.findings import Findings
from pantau.usecases.takedown.matching import concerns
from pantau_schemas.base import Event
from pantau_schemas.codec import NewerVersionError, SchemaError, decode
from pantau_schemas.events.feed import FeedMemory
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.redaction import Redaction
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.ids import channel_id, redaction_id
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

E = TypeVar("E", bound=Event)


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
        for chunk in portions(current, _CHUNK):
            swept.removed[name] += _replace(store, eraser, chunk, found, clock)
        swept.places |= {(name, one.partition) for one in (*current, *earlier)}
    swept.removed[INDEX] += store.index.remove(found.articles)
    swept.removed = +swept.removed
    return swept


def _current(eraser: Eraser, topic: str, found: Findings) -> tuple[list[Received], list[Received]]:
    """Return the records that stand and are to go, and those replaced since that still exist."""
    last: dict[tuple[int, str], Received] = {}
    replaced: dict[tuple[int, str], Received] = {}
    compacted = TOPICS[topic].compacted
    for received in valid(eraser.records(topic)):
        key = (received.partition, received.record.key)
        if compacted and (before := last.pop(key, None)) is not None:
            replaced[key] = before
        if concerns(received, found):
            last[key if compacted else (received.partition, str(received.offset))] = received
    return list(last.values()), [one for key, one in replaced.items() if key not in last]


def _replace(
    store: Store, eraser: Eraser, chunk: Sequence[Received], found: Findings, clock: Clock
) -> int:
    """Replace records by what is left of them; return how many.

    Those that a newer version wrote stay, and the proof names them: nobody here can judge what else
    is in them. In topics that services write at the same time, a record that was written again
    meanwhile stays as well; the next sweep finds it.
    """
    pairs: list[tuple[Received, Record]] = []
    for one in chunk:
        try:
            pairs.append((one, _replacement(one, found, clock)))
        except NewerVersionError:
            continue
    if pairs and pairs[0][1].topic in SHARED:
        eraser.replace(pairs)
    else:
        store.log.append([record for _, record in pairs])
    return len(pairs)


def _replacement(received: Received, found: Findings, clock: Clock) -> Record:
    """Return a tombstone, or what is left of a record of which only a part is to go.

    Raises NewerVersionError for one that would have to be understood first.
    """
    record, now = received.record, clock.now()
    tombstone = removal_of(TOPICS[record.topic], record.key, partition_key=record.partition_key)
    left: Event | None = None
    if record.topic == FEED_MEMORY.name:
        left = _memory_without(record, found)
    elif record.topic == MESSAGES.name:
        left = _message_without(record, found)
    elif record.topic == RULE_STATE.name and record.key not in found.subscriptions:
        state = _read(RuleState, record)
        left = None if state is None else without_alerts(state, found.alerts)
    elif record.topic == SUBSCRIPTIONS.name and record.key in found.narrowed:
        left = _subscription_without(record, found)
    if left is None:
        return tombstone
    return record_for(left, TOPICS[record.topic], source=SOURCE, time=now)


def _read(event: type[E], record: Record) -> E | None:
    """Return an event; None for one that nobody can read. Raises NewerVersionError."""
    try:
        return decode(event, record.value or b"")
    except NewerVersionError:
        raise
    except SchemaError:
        return None


def _memory_without(record: Record, found: Findings) -> FeedMemory | None:
    memory = _read(FeedMemory, record)
    if memory is None:
        return None
    seen = tuple(one for one in memory.seen if one.article_id not in found.articles)
    back_fill = tuple(one for one in memory.back_fill if one not in found.articles)
    return memory.model_copy(update={"seen": seen, "back_fill": back_fill})


def _subscription_without(record: Record, found: Findings) -> Subscription | None:
    """Return a subscription as it is now without the channel; None if it has no other."""
    one = _read(Subscription, record)
    if one is None:
        return None
    kept = tuple(
        each for each in one.channels if channel_id(each.kind, each.target) not in found.channels
    )
    return one.model_copy(update={"channels": kept}) if kept else None


def _message_without(record: Record, found: Findings) -> AlertMessage | None:
    """Return a message without the alerts that are to go; None where nothing is left of it.

    What its rule found may name such an article, so that goes, too. A notice to the owner stays.
    Raises NewerVersionError.
    """
    message = _read(AlertMessage, record)
    if message is None:
        return None
    left = tuple(one for one in message.alert_ids if one not in found.alerts)
    remains = left or message.more_alerts or message.occasion in NOTICES
    if message.subscription_id in found.subscriptions or not remains:
        return None
    return message.model_copy(update={"alert_ids": left, "why": None})
