"""The newest alerts of one subscription, without reading those of the others."""

from itertools import islice

from pantau.ports import Log
from pantau.usecases.alerts.history import LOOKED_AT, naming, readable
from pantau_schemas.events.alert import Alert
from pantau_schemas.topics import ALERTS


def newest_of(log: Log, subscription_id: str, limit: int) -> list[Alert]:
    """Return the newest alerts of a subscription, the latest first. Raises RetryError."""
    table = log.table(ALERTS.name)
    named = naming(subscription_id)
    values = islice(table.newest(table.version()), LOOKED_AT)
    own = readable(one for one in values if named(one))
    found = list(islice((one for one in own if one.subscription_id == subscription_id), limit))
    return sorted(found, key=lambda one: (one.matched_at, one.alert_id), reverse=True)
