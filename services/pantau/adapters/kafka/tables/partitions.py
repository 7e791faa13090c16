"""Which partitions of a topic a table holds: all of them, or those that its followers need.

A follower reads another topic, of as many partitions and with the same partition key, as a member
of a group: what it looks up is in the partitions of the table that it has of that topic. Pure.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

HeldBy = Mapping[str, "Followed"]
"""The needs of followers, by name."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The partitions that a follower needs, of `count` that its own topic has.

    0 before it has joined its group.
    """

    partitions: frozenset[int] = frozenset()
    count: int = 0


def needed(followers: HeldBy, there: frozenset[int], expected: int) -> frozenset[int]:
    """Return the partitions to hold of a topic that has those in `there`.

    `expected` is the number of partitions that topics are made with. A topic that has another
    number, or another one than the topic of a follower, was widened or made otherwise: where the
    records of a key are is not known then, so the table holds all partitions, as does one without
    followers.
    """
    if not followers:
        return there
    found: frozenset[int] = frozenset()
    for one in followers.values():
        if one.count and not len(there) == one.count == expected:
            return there
        found |= one.partitions & there
    return found


def settled(followers: HeldBy) -> bool:
    """Return whether every follower has joined its group, so that the rest may be dropped."""
    return all(one.count for one in followers.values())


@dataclass(slots=True)
class Leaving:
    """The partitions that a table does not need any more, and since when.

    They are kept for a while: a member that restarts, or a rebalance that comes in two steps, has
    them back soon. Times are monotonic, in seconds.
    """

    keep_seconds: float
    _since: dict[int, float] = field(default_factory=dict)

    def due(self, held: Collection[int], wanted: Collection[int], now: float) -> frozenset[int]:
        """Return the held partitions that were not wanted for so long that they can go."""
        unwanted = set(held).difference(wanted)
        self._since = {one: self._since.get(one, now) for one in unwanted}
        return frozenset(
            one for one, since in self._since.items() if now - since >= self.keep_seconds
        )
