"""How often subscriptions alerted: the last alert of each, and those of the last days."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from pantau.ports import Log
from pantau_schemas.topics import ALERTS

RECENT: Final = timedelta(days=7)
LOOKED_AT: Final = 200_000
"""Alerts that are looked at, the latest first."""
# Whole events need not be decoded: these fields stand in each, and in no other place of theirs.
_SUBSCRIPTION: Final = re.compile(rb'"subscription_id":\s*"([^"]+)"')
_MATCHED: Final = re.compile(rb'"matched_at":\s*"([^"]+)"')


@dataclass(slots=True)
class AlertCount:
    """The last alert of a subscription, and how many it had in the last seven days."""

    last: datetime | None = None
    recent: int = 0


def count_alerts(
    log: Log, subscription_ids: Collection[str], now: datetime
) -> dict[str, AlertCount]:
    """Count the alerts of subscriptions, by id. Raises RetryError."""
    found = {one: AlertCount() for one in subscription_ids}
    without_last = set(found)
    table = log.table(ALERTS.name)
    for value in islice(table.newest(table.version()), LOOKED_AT):
        named, matched = _SUBSCRIPTION.search(value), _MATCHED.search(value)
        if named is None or matched is None:
            continue
        moment = datetime.fromisoformat(matched[1].decode())
        # Newest first: nothing recent follows, and the last alert of each is known.
        if now - moment > RECENT and not without_last:
            break
        one = found.get(named[1].decode())
        if one is None:
            continue
        without_last.discard(named[1].decode())
        one.last = moment if one.last is None else max(one.last, moment)
        one.recent += now - moment <= RECENT
    return found
