"""Deliveries of one summary, and those that wait for one. Pure: the time is an argument.

A bundle is created when its summary is due. Its members are written (`summary_id`) before it is
sent: after a crash in between they are summarised again under the same id, either all of them, or
those without a written result.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from pantau.notifier.dispatching.entry import PendingDelivery
from pantau_schemas.ids import digest_id

SUMMARY_MOST: Final = 10_000
"""Maximum number of deliveries in one summary; as many waiting ones make it due at once."""


class Bundle:
    """The deliveries of one summary, in the order of their alerts.

    It takes its turn like a delivery.
    """

    __slots__ = ("_members", "_ordered", "grown", "summary_id", "ticket")
    turn: Final = "the summary"

    def __init__(self, members: Iterable[PendingDelivery], summary_id: str | None = None) -> None:
        self._members = list(members)
        self.summary_id = summary_id  # the message id; None: its members are not fixed yet
        self._ordered = False
        self.grown = False  # whether members were added while it waits
        self.ticket = 0

    @property
    def members(self) -> list[PendingDelivery]:
        """The deliveries, in the order of their alerts, including removed ones."""
        if not self._ordered:
            self._members.sort(key=lambda one: one.order)
            self._ordered = True
        return self._members

    def join(self, entry: PendingDelivery) -> None:
        """Add another delivery of the same summary, as they are read after a restart."""
        self._members.append(entry)
        self._ordered = False
        self.grown = True

    def keep(self, members: Iterable[PendingDelivery]) -> None:
        """Keep these deliveries only."""
        self._members = list(members)
        self._ordered = False

    def live(self) -> list[PendingDelivery]:
        """Return the deliveries that were not removed."""
        return [one for one in self.members if not one.gone]

    @property
    def item_id(self) -> str:
        """The id that is unique in its queue."""
        return self.lead.item_id

    @property
    def lead(self) -> PendingDelivery:
        """The delivery whose record counts the attempts."""
        return self.members[0]

    @property
    def gone(self) -> bool:
        """True if no delivery is left."""
        return all(one.gone for one in self.members)

    @property
    def order(self) -> tuple[datetime, int]:
        """The sort key of its first delivery."""
        return self.lead.order

    @property
    def attempts(self) -> int:
        """Number of attempts so far."""
        return max(one.attempts for one in self.members)

    @property
    def next_attempt(self) -> datetime | None:
        """When it may be retried, after a failed attempt."""
        return max(
            (one.next_attempt for one in self.members if one.next_attempt is not None), default=None
        )

    @property
    def updated(self) -> datetime:
        """When the last attempt ended."""
        return max(one.updated for one in self.members)

    def choose(self) -> str:
        """Fix the members; return the message id, a digest of exactly these deliveries."""
        if self.summary_id is None:
            self.summary_id = digest_id("summary", self.lead.kept.channel_id, *self._ids())
        return self.summary_id

    def _ids(self) -> Iterator[str]:
        return (one.kept.delivery_id for one in self.members)

    def unannounced(self) -> list[PendingDelivery]:
        """Return the members whose record does not name the summary yet."""
        chosen = self.summary_id
        return [one for one in self.members if chosen is None or one.kept.summary_id != chosen]


class Overflow:
    """The deliveries over a channel's limit, until their summary is due."""

    def __init__(self, summary_seconds: float) -> None:
        self._after = timedelta(seconds=summary_seconds)
        self._entries: list[PendingDelivery] = []
        self._turns: set[str] = set()
        self.due: datetime | None = None
        """When the summary is due; None when nothing waits for one."""

    def __len__(self) -> int:
        return len(self._entries)

    def has(self, turn: str) -> bool:
        """Return whether deliveries of this feed wait."""
        return turn in self._turns

    def add(self, entry: PendingDelivery) -> None:
        """Add a delivery that waits for the summary."""
        self._entries.append(entry)
        self._turns.add(entry.turn)
        due = entry.since
        if len(self._entries) < SUMMARY_MOST:
            due += self._after
        self.due = due if self.due is None else min(self.due, due)

    def look_again(self) -> None:
        """Set again when the summary is due: moments of deliveries have changed."""
        entries, self._entries, self.due = self._entries, [], None
        for one in entries:
            self.add(one)

    def take(self) -> list[Bundle]:
        """Remove and return the due bundles: one per partition, so members share none."""
        live = sorted((one for one in self._entries if not one.gone), key=lambda one: one.order)
        self._entries = []
        self._turns = set()
        self.due = None
        for one in live[SUMMARY_MOST:]:
            self.add(one)
        bundles: dict[int, Bundle] = {}
        for one in live[:SUMMARY_MOST]:
            bundles.setdefault(one.origin.partition, Bundle(())).join(one)
        return list(bundles.values())
