"""Deliveries of the last minutes, so that a restart gives no channel another burst."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from pantau.common.time.clock import was_ahead
from pantau.ports import Table
from pantau.settings import NotifySettings
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Delivery, DeliveryStatus

MOST: Final = 20_000
"""Deliveries that are looked at, of all channels: a third of a second."""
_UNCOUNTED: Final = (DeliveryStatus.PENDING, DeliveryStatus.CANCELLED)
"""Those that are still to be admitted, or were never sent."""


def _all(subscription_id: str) -> bool:
    del subscription_id
    return True


def recent(
    table: Table,
    settings: NotifySettings,
    now: datetime,
    ours: Callable[[str], bool] = _all,
) -> Sequence[Delivery]:
    """Return the deliveries that buckets would still remember, in the order of their alerts.

    Those of subscriptions that are `ours`, whoever sent them. Reads the table backwards in time, no
    further than it takes to fill a bucket from its deepest debt. Raises RetryError.
    """
    if not settings.per_hour:
        return ()
    since = now - timedelta(seconds=2 * settings.burst * 3_600 / settings.per_hour)
    found = []
    for value in islice(table.newest(table.version()), MOST):
        try:
            one = decode(Delivery, value)
        except SchemaError:
            continue
        # Newest first: what follows is older still.
        if one.updated < since:
            break
        # No bucket would be filled until the moments of a clock that was ahead.
        dated = one.created >= since and not was_ahead(one.created, now)
        counts = dated and one.status not in _UNCOUNTED and not one.notice
        if counts and ours(one.subscription_id):
            found.append(one)
    return sorted(found, key=lambda one: one.created)
