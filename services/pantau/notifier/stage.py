"""Stage `notifier`: an alert becomes one delivery for each channel of its subscription."""

from dataclasses import dataclass
from typing import Final

from pantau.notifier.plan import plan_deliveries
from pantau.ports import Table
from pantau.stream.handler import Context, Handler, Outcome, Resources
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import DELIVERIES, SUBSCRIPTIONS

_KEPT: Final = 50_000
"""Maximum number of cached subscriptions; each takes about a kilobyte."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of a table, as a container."""

    table: Table

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.table.get(key) is not None


class NotifierStage:
    """Plans deliveries by the current state of the subscription."""

    def __init__(self, subscriptions: Table, deliveries: Table) -> None:
        self._subscriptions = subscriptions
        self._known = _Keys(deliveries)
        self._version: int | None = None
        self._read: dict[str, Subscription | None] = {}  # as of `_version`

    @classmethod
    def build(cls, resources: Resources) -> Handler:
        """Build the stage."""
        return cls(resources.table(SUBSCRIPTIONS), resources.table(DELIVERIES))

    def refresh(self) -> None:
        """Drop changed subscriptions from the cache; they are looked up on demand."""
        if self._version is None:
            self._version = self._subscriptions.version()
            return
        changes = self._subscriptions.changes(self._version)
        for subscription_id in changes.values:
            self._read.pop(subscription_id, None)
        self._version = changes.version

    def handle(self, event: Alert, context: Context) -> Outcome:
        """Plan the deliveries of one alert."""
        subscription = self._subscription(event.subscription_id)
        return Outcome(events=plan_deliveries(event, subscription, context.now, known=self._known))

    def _subscription(self, subscription_id: str) -> Subscription | None:
        try:
            return self._read[subscription_id]
        except KeyError:
            pass
        value = self._subscriptions.get(subscription_id)
        subscription = None if value is None else decode(Subscription, value)
        if len(self._read) >= _KEPT:
            self._read.clear()
        self._read[subscription_id] = subscription
        return subscription
