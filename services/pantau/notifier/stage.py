"""Stage `notifier`: an alert becomes one delivery for each channel of its subscription."""

from dataclasses import dataclass

from pantau.handler import Context, Handler, Outcome, Resources
from pantau.notifier.plan import plan_deliveries
from pantau.ports import Table
from pantau_schemas.alert import Alert
from pantau_schemas.codec import decode
from pantau_schemas.subscription import Subscription
from pantau_schemas.topics import DELIVERIES, SUBSCRIPTIONS


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of a table, as a container."""

    table: Table

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.table.get(key) is not None


class NotifierStage:
    """Plans deliveries by the subscription as it stands now."""

    def __init__(self, subscriptions: Table, deliveries: Table) -> None:
        self._subscriptions = subscriptions
        self._known = _Keys(deliveries)

    @classmethod
    def build(cls, resources: Resources) -> Handler:
        """Build the stage."""
        return cls(resources.table(SUBSCRIPTIONS), resources.table(DELIVERIES))

    def refresh(self) -> None:
        """Nothing is kept: a subscription is looked up when needed."""

    def handle(self, event: Alert, context: Context) -> Outcome:
        """Plan the deliveries of one alert."""
        value = self._subscriptions.get(event.subscription_id)
        subscription = None if value is None else decode(Subscription, value)
        return Outcome(events=plan_deliveries(event, subscription, context.now, known=self._known))
