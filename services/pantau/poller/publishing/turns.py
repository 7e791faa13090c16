"""Feeds whose articles wait for their turn: one piece of a feed, then one of the next. Pure."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from pantau.poller.decide import Rest


@dataclass(frozen=True, slots=True)
class _Waiting:
    rest: Rest
    cost: int


class Turns:
    """Waiting articles by feed, in the order of turns; bounded in the text that is held."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()
        self._cost = 0

    def put(self, feed_id: str, rest: Rest) -> tuple[str, ...]:
        """Let a rest wait after the others.

        Return the feeds whose rests had to go for lack of room.
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
        """Return the feed whose turn it is, with what waits.

        It goes to the end, and `advance` says what is left.
        """
        if not self._waiting:
            return None
        feed_id, one = next(iter(self._waiting.items()))
        self._waiting.move_to_end(feed_id)
        return feed_id, one.rest

    def advance(self, feed_id: str, taken: Rest, left: Rest | None) -> bool:
        """Note what is left after a turn; return whether the feed is done.

        One removed meanwhile stays so.
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
        """Forget what waits of a feed."""
        one = self._waiting.pop(feed_id, None)
        if one is not None:
            self._cost -= one.cost

    def articles(self, feed_ids: Iterable[str]) -> int:
        """Count the articles of feeds that wait."""
        waiting = (self._waiting.get(feed_id) for feed_id in feed_ids)
        return sum(len(one.rest.publication.rest) for one in waiting if one is not None)

    @property
    def cost(self) -> int:
        """Return the text that waits, in bytes."""
        return self._cost

    def __contains__(self, feed_id: str) -> bool:
        """Return whether something of a feed waits."""
        return feed_id in self._waiting

    def __len__(self) -> int:
        """Count the feeds."""
        return len(self._waiting)
