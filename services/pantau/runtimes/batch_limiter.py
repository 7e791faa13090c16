"""How many records a stage may take at once after its process crashed in the middle of some.

Pure. A process that is killed (out of memory, a fault in a library) would poll the same batch again
and be killed again. So after each crash fewer of the same records are taken, half as many each
time, until the culprit is alone; a record that was alone at `ENDS` crashes is rejected. All others
continue as before.

A single crash proves nothing: `kill -9` also ends a program in the middle of some batch.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

Place = tuple[str, int, int]
"""The position of a record: topic, partition, offset."""
ENDS: Final = 3
"""A record that was alone under way at this many crashes is rejected."""
GROUPS: Final = 8
"""Number of groups of suspects that are remembered, the latest ones.

A record may never be redelivered if a newer one replaced it.
"""


@dataclass(frozen=True, slots=True)
class Suspects:
    """Records of which one may crash the process.

    `ends` counts the crashes at which a single one was alone.
    """

    places: frozenset[Place]
    ends: int = 0


@dataclass(frozen=True, slots=True)
class BatchLimiter:
    """How many records may be taken at once.

    At most `size` of those that are not suspected, and half of a group of suspects.
    """

    size: int
    groups: tuple[Suspects, ...] = ()

    def portion(self, places: Sequence[Place]) -> int:
        """Return how many of the waiting records to take at once, at least one."""
        group = self._group_of(places[0])
        most = self.size if group is None else len(group.places) // 2
        for count, place in enumerate(places):
            if count >= max(1, most) or (count and self._group_of(place) is not group):
                return count
        return len(places)

    def condemns(self, place: Place) -> bool:
        """Return whether a record is to be rejected."""
        group = self._group_of(place)
        return group is not None and group.ends >= ENDS

    def ended(self, under_way: Collection[Place]) -> Self:
        """Return the state after a crash in the middle of some records."""
        suspects = frozenset(under_way)
        ends = 0
        if len(suspects) == 1:
            ends = 1 + next((one.ends for one in self.groups if one.places == suspects), 0)
        others = (one for one in self.groups if one.places.isdisjoint(suspects))
        groups = (*others, Suspects(suspects, ends))[-GROUPS:]
        return replace(self, size=max(1, len(suspects) // 2), groups=groups)

    def succeeded(self, done: Collection[Place], most: int) -> Self:
        """Return the state after some records were done.

        They are cleared, and more are taken next time.
        """
        if not self.groups and self.size == most:
            return self
        places = frozenset(done)
        clear = all(one.places.isdisjoint(places) for one in self.groups)
        left = (replace(one, places=one.places - places) for one in self.groups)
        return replace(
            self,
            size=min(2 * self.size, most) if clear else self.size,
            groups=tuple(one for one in left if one.places),
        )

    def _group_of(self, place: Place) -> Suspects | None:
        return next((one for one in self.groups if place in one.places), None)


def dump(caution: BatchLimiter, under_way: Iterable[Place]) -> dict[str, Any]:
    """Return the state to persist, ready for JSON."""
    return {
        "size": caution.size,
        "groups": [{"places": sorted(one.places), "ends": one.ends} for one in caution.groups],
        "under_way": list(under_way),
    }


def load(fields: Any, most: int) -> tuple[BatchLimiter, list[Place]]:
    """Parse the output of `dump`; return the caution, and what was under way.

    Raises ValueError for anything else.
    """
    try:
        groups = tuple(
            Suspects(frozenset(_places(one["places"])), int(one["ends"]))
            for one in fields["groups"]
        )
        size = min(max(1, int(fields["size"])), most)
        return BatchLimiter(size, groups), _places(fields["under_way"])
    except (KeyError, TypeError) as error:
        message = f"no caution: {error!r}"
        raise ValueError(message) from error


def _places(rows: Any) -> list[Place]:
    return [(str(topic), int(partition), int(offset)) for topic, partition, offset in rows]
