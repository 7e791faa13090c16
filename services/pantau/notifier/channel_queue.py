"""The queue of one channel, and which delivery to attempt next. Pure: the time is an argument.

- Messages are sent one at a time, taking turns by feed (`turns`), within a feed in the order of its
  alerts (`created`, then order of arrival).
- Deliveries over the channel's limit (`allowance`) get no message of their own: they wait for a
  summary (`bundle`), which takes its turn when it is due. The next summary is composed when the one
  before is done.
- A failed delivery waits for its own `next_attempt`; meanwhile those after it continue.
- Failed attempts of two deliveries in a row mean that the channel is down: nothing is attempted
  until a pause is over, which grows with every further failure
  (`retry_policy.channel_pause_seconds`). So 1,000 waiting alerts cost a dead channel one attempt
  per pause, not 1,000. The next attempt is then made with the delivery that has the fewest
  attempts: a single message that the channel cannot accept does not keep it "down", and no delivery
  uses up its attempts in one outage.
- The first success after that ends the outage: what failed during it is due at once, in order.
"""

import heapq
import itertools
from datetime import UTC, datetime
from typing import Final

from pantau.keyed.breaker import Breaker
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.floods.allowance import Allowances
from pantau.notifier.floods.bundle import Bundle, Overflow
from pantau.notifier.floods.turns import FeedTurns
from pantau.notifier.retry_policy import channel_pause_seconds
from pantau.settings import NotifySettings
from pantau_schemas.events.alert import DeliveryStatus

_NOW: Final = datetime.min.replace(tzinfo=UTC)

Item = PendingDelivery | Bundle


class ChannelQueue:
    """The queue of one channel. Without `allowances` it has no limit."""

    def __init__(
        self, channel_id: str, settings: NotifySettings, allowances: Allowances | None = None
    ) -> None:
        self.channel_id = channel_id
        self.busy = False  # an attempt is under way
        self.queued = False  # in the stage's list of queues to serve
        self.timer: datetime | None = None  # when the stage checks this queue again
        self._settings = settings
        self._allowances = allowances
        self._due: FeedTurns[Item] = FeedTurns()
        self._later: list[tuple[datetime, int, Item]] = []  # by next_attempt
        self._over = Overflow(settings.summary_seconds)
        # Waiting bundles, by the id that is written in their deliveries.
        self._bundles: dict[str, Bundle] = {}
        self._breaker = Breaker(self._pause_seconds)
        self._ticket = itertools.count()  # tie-break: items themselves are never compared

    @property
    def empty(self) -> bool:
        """True if nothing waits; removed items count until they are skipped."""
        return not (self._due or self._later or len(self._over))

    def add(self, item: Item) -> None:
        """Queue a delivery or a bundle."""
        if isinstance(item, Bundle):
            self._bundles[item.summary_id or f"not chosen, {next(self._ticket)}"] = item
        elif item.kept.summary_id is not None:
            self._join(item, item.kept.summary_id)
            return
        elif not self._own(item):
            self._over.add(item)
            return
        self._wait(item)

    def _own(self, entry: PendingDelivery) -> bool:
        """Decide once whether a delivery gets a message of its own.

        One that was attempted before already does; a suspension notice always does, as a summary
        would omit its content.
        """
        if entry.own is None:
            kept = entry.kept
            kind = kept.channel.partition(":")[0]
            entry.own = (
                kept.status is not DeliveryStatus.PENDING
                or kept.notice
                or self._allowances is None
                or self._allowances.admit(
                    kept.channel_id,
                    kind,
                    entry.turn,
                    entry.since,
                    behind=self._over.has(entry.turn),
                )
            )
        return entry.own

    def _join(self, entry: PendingDelivery, summary_id: str) -> None:
        bundle = self._bundles.get(summary_id)
        if bundle is not None:
            bundle.join(entry)
        else:
            bundle = self._bundles[summary_id] = Bundle([entry], summary_id)
            self._wait(bundle)

    def _wait(self, item: Item) -> None:
        later = item.next_attempt
        if isinstance(item, Bundle):
            item.grown = False
        if later is None:
            self._due.add(item)
        else:
            heapq.heappush(self._later, (later, next(self._ticket), item))

    def pick(self, now: datetime) -> Item | None:
        """Remove and return the item to attempt now, or None."""
        if self._breaker.opens is not None and now < self._breaker.opens:
            return None
        while self._later and self._later[0][0] <= now:
            self._due.add(heapq.heappop(self._later)[2])
        if self._over.due is not None and self._over.due <= now and not self._bundles:
            for bundle in self._over.take():
                self.add(bundle)
        down = self._breaker.down
        while (item := self._due.fewest_tries() if down else self._due.take()) is not None:
            if isinstance(item, Bundle):
                if item.grown and item.next_attempt is not None and item.next_attempt > now:
                    self._wait(item)  # its summary was read after other deliveries of it
                    continue
                self._bundles = {
                    one: each for one, each in self._bundles.items() if each is not item
                }
            return item
        return None

    def next_time(self) -> datetime | None:
        """Return when the next attempt may be due; None if nothing waits.

        A time in the past means now.
        """
        while self._later and self._later[0][2].gone:
            heapq.heappop(self._later)
        if self._bundles:
            self._bundles = {one: each for one, each in self._bundles.items() if not each.gone}
        moments = [_NOW] if self._due else []
        if self._later:
            moments.append(self._later[0][0])
        if self._over.due is not None and not self._bundles:
            moments.append(self._over.due)
        if not moments:
            return None
        opens = self._breaker.opens
        return min(moments) if opens is None else max(min(moments), opens)

    def set_back(self, now: datetime) -> None:
        """Wait for no moment of a clock that was ahead; the deliveries have been set back."""
        waiting, self._later = sorted(self._later), []
        for _, _, item in waiting:
            if not item.gone:
                self._wait(item)
        self._over.look_again()
        self._breaker.set_back(now)

    @property
    def failures(self) -> int:
        """Number of consecutive failed attempts of different deliveries."""
        return self._breaker.failures

    def failed(self, item_id: str, now: datetime, after_seconds: float | None = None) -> None:
        """Record a transient failure.

        Repeated failures of one delivery say nothing new about the channel.
        """
        self._breaker.failed(item_id, now, after_seconds)

    def worked(self) -> None:
        """Record that the channel accepted a message, or rejected one permanently: it is up."""
        if self._breaker.down and self._breaker.down_since is not None:
            self._bring_back(self._breaker.down_since)
        self._due.calm()
        self._breaker.worked()

    def _pause_seconds(self, failures: int, after_seconds: float | None) -> float:
        return channel_pause_seconds(
            failures, self._settings, seed=self.channel_id, after_seconds=after_seconds
        )

    def _bring_back(self, since: datetime) -> None:
        kept = []
        for place in self._later:
            item = place[2]
            if item.gone:
                continue
            # What failed before the outage waits for a reason of its own.
            if item.updated >= since:
                self._due.add(item)
            else:
                kept.append(place)
        heapq.heapify(kept)
        self._later = kept
