"""An alert as programs get it: the body of a webhook, a line of a file."""

from typing import Any

from pantau_schemas.alert import Alert
from pantau_schemas.base import format_time


def alert_data(alert: Alert) -> dict[str, Any]:
    """Give what an alert says, ready for JSON; absent values are left out. Offsets are Unicode code points."""
    fields = alert.model_dump(mode="json", exclude_none=True)
    return {
        "alert_id": alert.alert_id,
        "subscription": {"id": alert.subscription_id, "name": alert.subscription_name},
        "query": alert.query,
        "matched_at": fields["matched_at"],
        "article": fields["article"],
        "snippets": fields["snippets"],
        "matches": fields["matches"],
    }


def alert_message(alert: Alert) -> dict[str, Any]:
    """Give the message in the form that Standard Webhooks recommends: type, timestamp, data.

    The timestamp is the alert's own, so every try sends the same bytes.
    """
    return {"type": "alert", "timestamp": format_time(alert.matched_at), "data": alert_data(alert)}
