"""Due deliveries of one channel, taking turns by feed. Pure.

Each feed has a queue in the order of its alerts; the feeds with a queue take turns, one message
each (round-robin fair queueing: J. Nagle, "On Packet Switches With Infinite Storage", RFC 970). A
new feed joins at the end of the round, so its alert waits for at most one message of every other
feed, however long their queues are.

Turns are by feed and not by subscription: a hostile feed controls how many alerts it causes, but
not how many subscriptions there are; and a subscription that matches very much is bounded by the
channel's limit (`allowance`).

`fewest_tries` serves a channel that is down. It has a heap of its own, which is built on first use
and kept until `calm`; items removed through one structure stay in the other and are skipped there,
so each removal costs O(log n).
"""

import heapq
import itertools
from collections import deque
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Waiting(Protocol):
    """An item of a queue.

    `pantau.notifier.dispatching.entry.PendingDelivery`, or `pantau.notifier.floods.bundle.Bundle`.
    """

    ticket: int

    @property
    def gone(self) -> bool:
        """True if it is to be skipped."""

    @property
    def turn(self) -> str:
        """The key of its turn."""

    @property
    def order(self) -> tuple[datetime, int]:
        """The sort key among items of the same turn."""

    @property
    def attempts(self) -> int:
        """Number of attempts so far."""


W = TypeVar("W", bound=Waiting)


class FeedTurns(Generic[W]):
    """Due items, each at most once."""

    def __init__(self) -> None:
        self._queues: dict[str, list[tuple[tuple[datetime, int], int, W]]] = {}
        self._ring: deque[str] = deque()  # the keys of `_queues`, in the order of their turns
        self._by_tries: list[tuple[int, tuple[datetime, int], int, W]] | None = None
        self._tickets = itertools.count(1)  # tie-break: items themselves are never compared

    def __bool__(self) -> bool:
        """Return whether something may be due; removed items count until they are skipped."""
        return bool(self._queues)

    def add(self, item: W) -> None:
        """Queue an item."""
        item.ticket = next(self._tickets)
        turn = item.turn
        queue = self._queues.get(turn)
        if queue is None:
            queue = self._queues[turn] = []
            self._ring.append(turn)
        heapq.heappush(queue, (item.order, item.ticket, item))
        if self._by_tries is not None:
            heapq.heappush(self._by_tries, (item.attempts, item.order, item.ticket, item))

    def take(self) -> W | None:
        """Remove and return the next item of the feed whose turn it is."""
        while self._ring:
            turn = self._ring.popleft()
            queue = self._queues[turn]
            item = _pop(queue)
            if queue:
                self._ring.append(turn)
            else:
                del self._queues[turn]
            if item is not None:
                return item
        return None

    def fewest_tries(self) -> W | None:
        """Remove and return the first item with the fewest attempts."""
        if self._by_tries is None:
            self._by_tries = [
                (item.attempts, order, ticket, item)
                for queue in self._queues.values()
                for order, ticket, item in queue
                if item.ticket == ticket
            ]
            heapq.heapify(self._by_tries)
        while self._by_tries:
            _, _, ticket, item = heapq.heappop(self._by_tries)
            if item.ticket == ticket:
                item.ticket = 0
                if not item.gone:
                    return item
        self._queues.clear()  # nothing waits in there any more
        self._ring.clear()
        return None

    def calm(self) -> None:
        """Record that the channel is up: turns are by feed again."""
        self._by_tries = None


def _pop(queue: list[tuple[tuple[datetime, int], int, W]]) -> W | None:
    while queue:
        _, ticket, item = heapq.heappop(queue)
        if item.ticket == ticket:
            item.ticket = 0
            if not item.gone:
                return item
    return None
