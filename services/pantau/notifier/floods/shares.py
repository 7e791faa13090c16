"""The parts of channels' limits that are this member's, where members divide the deliveries.

Deliveries are partitioned by subscription, and a channel may be that of many. Of the partitions
with subscriptions of a channel, a member has some; that is its part. The parts of all members
together are one, so the channel's limit holds although members exchange nothing. A channel of a
single subscription has its whole limit at one member.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from pantau.notifier.plan import id_of
from pantau.ports import Share, Table
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.subscription import Subscription


class ChannelShares:
    """The parts of all channels, of the subscriptions as they are now.

    With one member alone nothing is read, and every part is whole. `follow` and `refresh` may be
    called in one other thread than `part`, and raise RetryError.
    """

    def __init__(self) -> None:
        self._forget(None)

    def _forget(self, share: Share | None) -> None:
        self._share = share
        self._version: int | None = None
        self._named: dict[str, frozenset[str]] = {}  # channels by subscription
        self._users: dict[str, Counter[int]] = {}  # subscriptions by channel and partition
        self._parts: dict[str, float] = {}

    def part(self, channel_id: str) -> float:
        """Return this member's part of a channel's limit, from 0 to 1.

        1 for a channel that no subscription names any more.
        """
        return self._parts.get(channel_id, 1.0)

    def follow(self, subscriptions: Table, share: Share | None) -> None:
        """Set the partitions of this member; None: it has everything."""
        if share is None or share.partitions >= frozenset(range(share.count)):
            self._forget(None)
            return
        if self._share is None or self._share.count != share.count:
            self._forget(share)
        self._share = share
        self.refresh(subscriptions)
        self._parts = {one: self._of(users) for one, users in self._users.items()}

    def refresh(self, subscriptions: Table) -> None:
        """Apply the changes of the subscriptions."""
        if self._share is None:
            return
        if self._version is None:
            changes = subscriptions.snapshot()
        else:
            changes = subscriptions.changes(self._version)
        for channel_id in self._take(changes.values, self._share):
            users = self._users.get(channel_id)
            if users is None:
                self._parts.pop(channel_id, None)
            else:
                self._parts[channel_id] = self._of(users)
        self._version = changes.version

    def _take(self, values: Mapping[str, bytes | None], share: Share) -> set[str]:
        """Apply changed subscriptions; return the channels that they name, or named before."""
        touched: set[str] = set()
        for key, value in values.items():
            before = self._named.pop(key, frozenset())
            after = frozenset(_channels(value))
            if after:
                self._named[key] = after
            partition = share.partition_of(key)
            self._count(before - after, partition, -1)
            self._count(after - before, partition, 1)
            touched |= before ^ after
        return touched

    def _count(self, channels: Iterable[str], partition: int, number: int) -> None:
        for channel_id in channels:
            users = self._users.setdefault(channel_id, Counter())
            users[partition] += number
            if users[partition] <= 0:
                del users[partition]
            if not users:
                del self._users[channel_id]

    def _of(self, users: Mapping[int, int]) -> float:
        assert self._share is not None  # noqa: S101 (for mypy: nothing is counted without one)
        return len(self._share.partitions & users.keys()) / len(users)


def _channels(value: bytes | None) -> Iterable[str]:
    """Yield the channels of a subscription; none of a removed or unreadable one."""
    try:
        subscription = None if value is None else decode(Subscription, value)
    except SchemaError:  # of a newer version: its deliveries wait for the upgrade
        return
    for channel in subscription.channels if subscription is not None else ():
        yield id_of(channel)
