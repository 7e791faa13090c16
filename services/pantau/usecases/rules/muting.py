"""Mutes: no messages until a date or until a story grows, while alerts are recorded."""

from collections.abc import Iterable

from pantau.common.time.zones import known_zone
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.rules.given import read_later
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.rules import Mute
from pantau_schemas.events.subscription import Subscription


def mute(
    repository: SubscriptionRepository,
    references: Iterable[str],
    *,
    until: str | None = None,
    until_growth: bool = False,
) -> tuple[Subscription, ...]:
    """Set a mute on subscriptions, all or, where one is not found, none.

    It replaces one in force.
    `until` is a date in the zone of each subscription, or a duration from now; without it, and
    without `until_growth`, the mute lasts until `unmute`. Raises UsageError.
    """
    if until is not None and until_growth:
        raise UsageError(problem("timing.until-and-growth"))
    now = repository.now()
    muted = []
    for one in [repository.find(reference) for reference in references]:
        end = None if until is None else read_later(until, "until", known_zone(one.time_zone), now)
        rule = Mute(since=now, until=end, until_growth=until_growth)
        muted.append(_with_mute(one, rule))
    repository.save(*muted)
    return tuple(muted)


def unmute(
    repository: SubscriptionRepository, references: Iterable[str]
) -> tuple[Subscription, ...]:
    """Remove mutes of subscriptions, all or, where one is not found, none. Raises UsageError."""
    found = [repository.find(reference) for reference in references]
    ended = [_with_mute(one, None) for one in found]
    repository.save(*ended)
    return tuple(ended)


def _with_mute(one: Subscription, rule: Mute | None) -> Subscription:
    return one.model_copy(update={"rules": one.rules.model_copy(update={"mute": rule})})
