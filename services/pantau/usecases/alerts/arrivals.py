"""One alert by its id, and the alerts that came since a reader looked last."""

from pantau.errors import UsageError
from pantau.ports import Log
from pantau.problems import problem
from pantau.usecases.subscriptions.replay import alerted_by
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.ids import alert_id
from pantau_schemas.topics import ALERTS, SUBSCRIPTIONS


def find_alert(log: Log, identifier: str) -> Alert:
    """Return an alert. Raises UsageError where there is none that this version can read."""
    value = log.table(ALERTS.name).get(identifier)
    try:
        if value is not None:
            return decode(Alert, value)
    except SchemaError:  # of a newer version
        pass
    raise UsageError(problem("alerts.missing", id=identifier))


def alert_version(log: Log) -> int:
    """Return the version of the table of alerts, for `count_since`. Raises RetryError."""
    return log.table(ALERTS.name).version()


def count_since(log: Log, version: int) -> int:
    """Return how many alerts fired after a version of their table. Raises RetryError."""
    changes = log.table(ALERTS.name).changes(version)
    return sum(value is not None for value in changes.values.values())


def alerts_of(log: Log, article: str) -> tuple[tuple[str, Subscription], ...]:
    """Return the ids of the alerts of an article, with the subscriptions that still exist."""
    found = []
    for one in alerted_by(log, article):
        value = log.table(SUBSCRIPTIONS.name).get(one)
        try:
            if value is not None:
                found.append((alert_id(one, article), decode(Subscription, value)))
        except SchemaError:  # of a newer version
            continue
    return tuple(found)
