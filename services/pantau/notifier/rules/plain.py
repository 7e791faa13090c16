"""Subscriptions without rules: each alert is a delivery at once, without any state. Pure."""

from pantau_schemas.events.rules import NO_RULES
from pantau_schemas.events.subscription import Subscription


def is_plain(subscription: Subscription) -> bool:
    """Return whether no rule decides which alerts are sent, or when.

    The language of the messages is no such rule.
    """
    rules = subscription.rules
    if any(one.timing is not None and one.timing.kind != "immediate"
           for one in subscription.channels):  # fmt: skip
        return False
    return rules is NO_RULES or (
        rules.timing.kind == "immediate"
        and rules.trigger.kind == "match"
        and rules.articles == "all"
        and rules.sources == 1
        and rules.quiet is None
        and rules.mute is None
        and rules.expires is None
    )
