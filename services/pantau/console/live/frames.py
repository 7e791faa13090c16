"""Frames of server-sent events (HTML Living Standard, 9.2). Pure."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from pantau_schemas.base import format_time
from pantau_schemas.events.alert import Alert

RETRY_MILLIS: Final = 3_000
"""Time in milliseconds after which a browser connects again."""
HEARTBEAT: Final = b": alive\n\n"
"""A comment: it keeps proxies from closing a quiet stream, and finds clients that are gone."""
_ID: Final = re.compile(r"(?:(?P<epoch>[0-9a-f]{8})-)?(?P<version>[0-9]{1,18})")


def frame(event: str, fields: Mapping[str, Any], event_id: str | None = None) -> bytes:
    """Return an event; `fields` become one line of JSON."""
    lines = [] if event_id is None else [f"id: {event_id}"]
    lines += [f"event: {event}", f"data: {json.dumps(fields, ensure_ascii=True)}"]
    return ("\n".join(lines) + "\n\n").encode("ascii")


def alert_fields(alert: Alert) -> dict[str, Any]:
    """Return what an event says about an alert."""
    article = alert.article
    return {
        "alert_id": alert.alert_id,
        "subscription_id": alert.subscription_id,
        "subscription": alert.subscription_name,
        "article_id": article.article_id,
        "story_id": article.story_id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "matched_at": format_time(alert.matched_at),
    }


def written_id(version: int, epoch: str) -> str:
    """Return the id of an event: the version of the table, behind its epoch where it has one."""
    return f"{epoch}-{version}" if epoch else str(version)


def read_version(text: str | None, epoch: str) -> int | None:
    """Return the version in a `Last-Event-ID`; None for none, or one of another epoch."""
    found = _ID.fullmatch(text or "")
    if found is None or (found["epoch"] or "") != epoch:
        return None
    return int(found["version"])
