"""Feeds whose articles wait for their turn: one piece per feed and round. Pure."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from pantau.poller.decision.decide import Rest


@dataclass(frozen=True, slots=True)
class _Waiting:
    rest: Rest
    cost: int


class PublishTurns:
    """Waiting articles by feed, in the order of turns; bounded by the size of the text."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()
        self._cost = 0

    def put(self, feed_id: str, rest: Rest) -> tuple[str, ...]:
        """Queue a rest after the others.

        Returns the feeds whose rests were evicted for lack of space.
        """
        self.remove(feed_id)
        self._waiting[feed_id] = one = _Waiting(rest, rest.publication.cost)
        self._cost += one.cost
        gone = []
        while self._cost > self._longest:
            largest = max(self._waiting, key=lambda key: self._waiting[key].cost)
            self.remove(largest)
            gone.append(largest)
        return tuple(gone)

    def take(self) -> tuple[str, Rest] | None:
        """Return the feed whose turn it is, with its rest.

        It moves to the end; `advance` sets the new rest.
        """
        if not self._waiting:
            return None
        feed_id, one = next(iter(self._waiting.items()))
        self._waiting.move_to_end(feed_id)
        return feed_id, one.rest

    def advance(self, feed_id: str, taken: Rest, left: Rest | None) -> bool:
        """Set the rest after a turn; return whether the feed is done.

        One that was removed meanwhile stays removed.
        """
        one = self._waiting.get(feed_id)
        if one is None or one.rest is not taken:
            return False
        if left is None:
            self.remove(feed_id)
            return True
        self._waiting[feed_id] = new = _Waiting(left, left.publication.cost)
        self._cost += new.cost - one.cost
        return False

    def remove(self, feed_id: str) -> None:
        """Remove the rest of a feed."""
        one = self._waiting.pop(feed_id, None)
        if one is not None:
            self._cost -= one.cost

    def articles(self, feed_ids: Iterable[str]) -> int:
        """Return the number of waiting articles of some feeds."""
        waiting = (self._waiting.get(feed_id) for feed_id in feed_ids)
        return sum(len(one.rest.publication.rest) for one in waiting if one is not None)

    @property
    def cost(self) -> int:
        """The size of the waiting text in bytes."""
        return self._cost

    def __contains__(self, feed_id: str) -> bool:
        """Return whether a feed has a rest."""
        return feed_id in self._waiting

    def __len__(self) -> int:
        """Return the number of feeds."""
        return len(self._waiting)
