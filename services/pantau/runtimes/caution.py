"""How many records a stage may take at once, after its process has ended in the middle of some.

Pure. A process that is killed (out of memory, a fault in a library) takes the batch under way with
it, and would take the same one again and be killed again. So after each such end fewer of the same
records are taken, half as many each time, until the one that does it is alone; one that was alone
`ENDS` times is given up. All others go on as before.

A single end proves nothing: whoever stops a program with `kill -9` also ends it in the middle of
some batch.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

Place = tuple[str, int, int]
"""Where a record stands: topic, partition, offset."""
ENDS: Final = 3
"""A record that was alone under way at so many ends is given up."""
GROUPS: Final = 8
"""Groups of suspects that are remembered, the last ones.

A record may never come again, overtaken by a newer one.
"""


@dataclass(frozen=True, slots=True)
class Suspects:
    """Records of which one may end the process.

    `ends` counts how often a single one was alone when it did.
    """

    places: frozenset[Place]
    ends: int = 0


@dataclass(frozen=True, slots=True)
class Caution:
    """How many records may be taken at once.

    At most `size` of those that nobody suspects, and half of a group.
    """

    size: int
    groups: tuple[Suspects, ...] = ()

    def portion(self, places: Sequence[Place]) -> int:
        """Return how many of the records that wait to take at once, the first ones.

        One at least.
        """
        group = self._group_of(places[0])
        most = self.size if group is None else len(group.places) // 2
        for count, place in enumerate(places):
            if count >= max(1, most) or (count and self._group_of(place) is not group):
                return count
        return len(places)

    def condemns(self, place: Place) -> bool:
        """Return whether a record is to be given up."""
        group = self._group_of(place)
        return group is not None and group.ends >= ENDS

    def ended(self, under_way: Collection[Place]) -> Self:
        """Return what holds after the process has ended in the middle of some records."""
        suspects = frozenset(under_way)
        ends = 0
        if len(suspects) == 1:
            ends = 1 + next((one.ends for one in self.groups if one.places == suspects), 0)
        others = (one for one in self.groups if one.places.isdisjoint(suspects))
        groups = (*others, Suspects(suspects, ends))[-GROUPS:]
        return replace(self, size=max(1, len(suspects) // 2), groups=groups)

    def succeeded(self, done: Collection[Place], most: int) -> Self:
        """Return what holds after some records were done.

        They are cleared, and more are taken the next time.
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


def dump(caution: Caution, under_way: Iterable[Place]) -> dict[str, Any]:
    """Return what is to be remembered, ready for JSON."""
    return {
        "size": caution.size,
        "groups": [{"places": sorted(one.places), "ends": one.ends} for one in caution.groups],
        "under_way": list(under_way),
    }


def load(fields: Any, most: int) -> tuple[Caution, list[Place]]:
    """Read what `dump` gave: the caution, and what was under way.

    Raises ValueError for anything else.
    """
    try:
        groups = tuple(
            Suspects(frozenset(_places(one["places"])), int(one["ends"]))
            for one in fields["groups"]
        )
        size = min(max(1, int(fields["size"])), most)
        return Caution(size, groups), _places(fields["under_way"])
    except (KeyError, TypeError) as error:
        message = f"no caution: {error!r}"
        raise ValueError(message) from error


def _places(rows: Any) -> list[Place]:
    return [(str(topic), int(partition), int(offset)) for topic, partition, offset in rows]
