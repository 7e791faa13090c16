"""The state of all deliveries: the fold of the topic `deliveries` into channel queues.

A record stays unfinished as long as its delivery is not final: after a crash it is read again. The
next state is written in the same step that finishes the records it replaces.

A final state is never changed. A stage that was suspended in the middle of its work may write a
plan long after another one wrote the same; it must not reset what was delivered since. Such a
record is answered by repeating the final state. Only `dead-letters retry` starts over, with a
header that says so.
"""

import itertools
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pantau.keyed.policy import ReadResult
from pantau.keyed.results import place
from pantau.notifier.channel_queue import ChannelQueue, Item
from pantau.notifier.dispatching.entry import Kept, PendingDelivery, trimmed, turn_of
from pantau.notifier.floods.allowance import Allowances
from pantau.notifier.retry_policy import STAGE
from pantau.notifier.telemetry import channel_kind
from pantau.ports import Received, Record
from pantau.settings import NotifySettings
from pantau.stream.dead_letter import dead_letter
from pantau.stream.envelope import record_for
from pantau.stream.handler import own_headers, retries_of
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Delivery
from pantau_schemas.topics import DELIVERIES

ENDED: Final = 10_000
"""Number of recently ended deliveries that are remembered.

Minutes at peak load, in about 10 MB.
"""


class DeliveryState:
    """All deliveries that are not final, by id and by channel.

    `part` returns which part of a channel's limit is this member's, from 0 to 1.
    """

    def __init__(
        self, settings: NotifySettings, part: Callable[[str], float] | None = None
    ) -> None:
        self._settings = settings
        self._entries: dict[str, PendingDelivery] = {}
        self._lanes: dict[str, ChannelQueue] = {}
        self._allowances = Allowances(settings, *(() if part is None else (part,)))
        self._arrivals = itertools.count()
        self._on_hold: dict[str, list[PendingDelivery]] = {}  # by subscription
        # By id, with the partition of each.
        self._ended: OrderedDict[str, tuple[Kept, tuple[str, int]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def read(self, batch: Iterable[Received], now: datetime) -> ReadResult[ChannelQueue]:
        """Read records, in order."""
        reading: ReadResult[ChannelQueue] = ReadResult()
        for received in batch:
            value = received.record.value
            if value is None:
                self._drop(received.record.key, reading, received)
                self._ended.pop(received.record.key, None)
                continue
            try:
                delivery = decode(Delivery, value)
            except SchemaError as error:
                reading.done.append(received)
                reading.produced.append((received, dead_letter(STAGE, received, error, now)))
                continue
            if delivery.status.final:
                self._drop(delivery.delivery_id, reading, received)
                self._end(Kept.of(delivery), received)
            # A late duplicate of the plan must not reopen a final delivery; a requested retry may.
            elif delivery.delivery_id in self._ended and not retries_of(received.record.headers):
                reading.done.append(received)
                reading.produced.append((received, self._restated(delivery.delivery_id, received)))
            else:
                self._take(delivery, received, reading, now)
        return reading

    def count(self, sent: Iterable[Delivery]) -> None:
        """Count deliveries sent before the start against the limits of their channels, in order."""
        for one in sent:
            kept = Kept.of(one)
            kind = one.channel.partition(":")[0]
            self._allowances.admit(one.channel_id, kind, turn_of(kept), one.created)

    def _end(self, ended: Kept, origin: Received) -> None:
        """Remember the end of a delivery."""
        self._ended.pop(ended.delivery_id, None)
        self._ended[ended.delivery_id] = ended, place(origin)
        if len(self._ended) > ENDED:
            self._ended.popitem(last=False)

    def _restated(self, delivery_id: str, late: Received) -> Record:
        """Return the record that repeats the final state of a delivery."""
        final, _ = self._ended[delivery_id]
        return record_of(final.delivery(), late.record.headers)

    def _drop(
        self, delivery_id: str, reading: ReadResult[ChannelQueue], received: Received
    ) -> None:
        entry = self._entries.pop(delivery_id, None)
        if entry is not None:
            entry.gone = True
            reading.done.extend(entry.held)
            entry.held.clear()
        reading.done.append(received)

    def _take(
        self,
        delivery: Delivery,
        received: Received,
        reading: ReadResult[ChannelQueue],
        now: datetime,
    ) -> None:
        entry = self._entries.get(delivery.delivery_id)
        received = trimmed(received)
        if entry is not None and not _is_later(delivery, entry):
            # This dispatcher's own write, a duplicate plan, or the same record after a rewind.
            if all(
                received.offset != one.offset or received.partition != one.partition
                for one in entry.held
            ):
                entry.held.append(received)
            return
        held = [received]
        if entry is not None:  # on start: a later state of a delivery that was read before
            entry.gone = True
            held = [*entry.held, received]
        fresh = PendingDelivery(
            delivery, next(self._arrivals) if entry is None else entry.arrival, received, held
        )
        fresh.set_back(now)
        self._entries[fresh.kept.delivery_id] = fresh
        reading.lanes.append(self.wait(fresh))

    def wait(self, item: Item) -> ChannelQueue:
        """Queue a delivery or a bundle in its channel; return the queue."""
        kept = item.kept if isinstance(item, PendingDelivery) else item.lead.kept
        lane = self._lanes.get(kept.channel_id)
        if lane is None:
            lane = self._lanes[kept.channel_id] = ChannelQueue(
                kept.channel_id, self._settings, self._allowances
            )
        lane.add(item)
        return lane

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Drop the records of these (topic, partition) pairs: other members continue."""
        for delivery_id, entry in list(self._entries.items()):
            if place(entry.origin) in partitions:
                entry.gone = True
                del self._entries[delivery_id]
        for delivery_id, (_, origin) in list(self._ended.items()):
            if origin in partitions:  # what we derived from it may never have been written
                del self._ended[delivery_id]

    def close(self, entry: PendingDelivery) -> None:
        """Drop an entry whose delivery became final."""
        if self._entries.get(entry.kept.delivery_id) is entry:
            del self._entries[entry.kept.delivery_id]
        self._end(entry.kept, entry.origin)

    def oldest(self, now: datetime) -> Mapping[str, float]:
        """Return the age in seconds of the oldest delivery that is to be sent, by kind of channel.

        Without those on hold. Thread-safe.
        """
        held = {id(one) for entries in tuple(self._on_hold.values()) for one in tuple(entries)}
        ages: dict[str, float] = {}
        for entry in tuple(self._entries.values()):
            if id(entry) not in held and not entry.gone:
                kind = channel_kind(entry.kept.channel)
                age = (now - entry.kept.created).total_seconds()
                ages[kind] = max(age, ages.get(kind, 0.0))
        return ages

    def leave(self, lane: ChannelQueue) -> None:
        """Drop an empty queue, unless its channel has state to remember."""
        idle = lane.empty and not lane.busy and not lane.failures
        if idle and self._lanes.get(lane.channel_id) is lane:
            del self._lanes[lane.channel_id]

    def set_back(self, now: datetime) -> Sequence[ChannelQueue]:
        """Wait for no moment of a clock that was ahead, and was set back; return all queues."""
        for entry in self._entries.values():
            entry.set_back(now)
        self._allowances.set_back(now)
        lanes = tuple(self._lanes.values())
        for lane in lanes:
            lane.set_back(now)
        return lanes

    @property
    def holding(self) -> frozenset[str]:
        """The paused subscriptions with deliveries on hold."""
        return frozenset(self._on_hold)

    def hold(self, entry: PendingDelivery) -> None:
        """Put a delivery on hold until its subscription changes."""
        self._on_hold.setdefault(entry.kept.subscription_id, []).append(entry)

    def release(self, subscription_ids: Iterable[str]) -> Sequence[ChannelQueue]:
        """Queue the held deliveries of these subscriptions again; return their queues."""
        entries = [
            entry for changed in subscription_ids for entry in self._on_hold.pop(changed, ())
        ]
        return [self.wait(entry) for entry in entries if not entry.gone]


def _is_later(delivery: Delivery, entry: PendingDelivery) -> bool:
    """Return whether a record is newer than the held state: another attempt or summary."""
    if delivery.attempts != entry.attempts:
        return delivery.attempts > entry.attempts
    # The same plan: a late duplicate says nothing about summaries.
    same = delivery.created == entry.kept.created and delivery.updated > entry.updated
    return same and delivery.summary_id != entry.kept.summary_id


def record_of(delivery: Delivery, parent: Mapping[str, str]) -> Record:
    """Build the record of a delivery's next state.

    Pantau's own headers of the previous one are kept.
    """
    record = record_for(delivery, DELIVERIES, source=STAGE, time=delivery.updated, parent=parent)
    return replace(record, headers={**record.headers, **own_headers(parent)})
