"""The alerts in pages, the latest written first."""

from dataclasses import dataclass

from pantau.errors import UsageError
from pantau.ports import Log
from pantau.problems import problem
from pantau.usecases.alerts.history import AlertSelection, readable
from pantau_schemas.events.alert import Alert
from pantau_schemas.topics import ALERTS

_VERSION_DIGITS = 18


@dataclass(frozen=True, slots=True)
class AlertPage:
    """A page of alerts, and the cursor of the next one; None at the end."""

    alerts: tuple[Alert, ...]
    cursor: str | None


def alert_page(
    log: Log, wanted: AlertSelection, limit: int, cursor: str | None = None
) -> AlertPage:
    """Return the alerts that follow a cursor, the latest written first.

    A cursor names the version of the table at the first page, so that alerts that fire meanwhile
    shift no page, and the last alert of the page before. Raises UsageError for one that no page
    gave, or whose alert was removed meanwhile; RetryError.
    """
    table = log.table(ALERTS.name)
    version, last = (table.version(), None) if cursor is None else _read(cursor)
    found: list[Alert] = []
    for alert in readable(table.newest(version)):
        if last is not None:
            last = None if alert.alert_id == last else last
        elif wanted.takes(alert):
            found.append(alert)
            if len(found) > limit:
                break
    if last is not None:
        raise UsageError(problem("alerts.no-cursor"))
    page = tuple(found[:limit])
    following = f"{version}~{page[-1].alert_id}" if len(found) > limit else None
    return AlertPage(page, following)


def _read(cursor: str) -> tuple[int, str]:
    version, mark, last = cursor.partition("~")
    is_number = version.isascii() and version.isdecimal() and len(version) <= _VERSION_DIGITS
    if not (mark and last and is_number):
        raise UsageError(problem("alerts.no-cursor"))
    return int(version), last
