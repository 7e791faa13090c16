"""Which subscriptions a list shows, and in which order. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, Literal

from pantau.usecases.channels.health import id_of
from pantau.usecases.subscriptions.repository import CurrentSubscription
from pantau.usecases.subscriptions.tagged import has_tag
from pantau_schemas.events.subscription import describe_channel

ListState = Literal["live", "paused", "suspended", "ill"]
"""States that a list may be limited to; `ill`: alerts do not arrive at a channel."""
SortKey = Literal["created", "name", "alerts", "last"]
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def chosen(
    found: Iterable[CurrentSubscription],
    *,
    match: str | None = None,
    state: ListState | None = None,
    sort: SortKey = "created",
    tags: Sequence[str] = (),
) -> list[CurrentSubscription]:
    """Return the subscriptions to list, oldest first, or the most alerts or the latest first.

    With `tags` those that have one of them, as `has_tag` reads them.
    """
    kept = [
        one
        for one in found
        if _has(one, match) and _is(one, state) and has_tag(one.subscription, tags)
    ]
    match sort:
        case "created":
            return kept
        case "name":
            return sorted(kept, key=lambda one: one.subscription.name.casefold())
        case "alerts":
            return sorted(kept, key=_recent, reverse=True)
        case "last":
            return sorted(kept, key=_last, reverse=True)


def _recent(one: CurrentSubscription) -> int:
    return 0 if one.alerts is None else one.alerts.recent


def _last(one: CurrentSubscription) -> datetime:
    return (one.alerts and one.alerts.last) or _NEVER


def _has(one: CurrentSubscription, text: str | None) -> bool:
    if text is None:
        return True
    given = one.subscription
    channels = map(describe_channel, given.channels)
    parts = (given.name, given.query, *given.tags, *channels)
    return any(text.casefold() in part.casefold() for part in parts)


def _is(one: CurrentSubscription, state: ListState | None) -> bool:
    if state == "ill":
        health = (one.health.get(id_of(channel)) for channel in one.subscription.channels)
        return any(each is not None and each.is_ill for each in health)
    return state is None or one.status == state
