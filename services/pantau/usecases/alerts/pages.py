"""The alerts in pages, the latest written first."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from pantau.errors import UsageError
from pantau.ports import Log
from pantau.problems import problem
from pantau.usecases.alerts.history import AlertSelection, naming, readable
from pantau_schemas.events.alert import Alert
from pantau_schemas.topics import ALERTS

LOOKED_AT: Final = 10_000
"""Alerts that are looked at for a page; a page with fewer alerts than wanted goes on behind them.

So a selection that takes few of many alerts costs each request a bounded time.
"""


@dataclass(frozen=True, slots=True)
class AlertPage:
    """A page of alerts, and the cursor of the next one; None at the end."""

    alerts: tuple[Alert, ...]
    cursor: str | None


def alert_page(
    log: Log, wanted: AlertSelection, limit: int, cursor: str | None = None
) -> AlertPage:
    """Return the alerts that follow a cursor, the latest written first.

    A cursor is the mark of the last alert of the page before: the table is read from there, so a
    deep page costs what the first one does, alerts that fire meanwhile shift no page, and an alert
    that was removed meanwhile ends none. A page can have fewer than `limit` alerts, also none,
    before the last one; see `LOOKED_AT`. Raises UsageError for a cursor that no page gave;
    RetryError.
    """
    table = log.table(ALERTS.name)
    is_named = naming(wanted.subscription_id)
    found: list[tuple[str, Alert]] = []
    looked, last = 0, cursor
    try:
        for mark, value in islice(table.newest_rows(table.version(), cursor), LOOKED_AT):
            looked, last = looked + 1, mark
            if is_named(value):
                found += [(mark, one) for one in readable([value]) if wanted.takes(one)]
            # One more than the page holds shows that another page follows.
            if len(found) > limit:
                break
    except ValueError as error:
        raise UsageError(problem("api.no-cursor")) from error
    page = found[:limit]
    if len(found) > limit:
        return AlertPage(tuple(one for _, one in page), page[-1][0])
    return AlertPage(tuple(one for _, one in page), last if looked == LOOKED_AT else None)
