"""Notices to the owner of a subscription that one of its channels is stopped. Pure.

They go through the subscription's other channels that are in use, once for each stop. A stopped
channel matters to a subscription when something of it did not arrive, so its owner is notified
then: without a search for all subscriptions that share the channel.
"""

from collections.abc import Callable, Container
from datetime import datetime

from pantau.common.stored_problems import to_data
from pantau.notifier.dispatching.stops import reason_of_stop
from pantau.notifier.plan import id_of, plan_messages
from pantau.notifier.rules.decision import Planned
from pantau.problems import problem
from pantau_schemas.base import Event
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.subscription import ChannelState, Subscription
from pantau_schemas.ids import message_id


def notices(
    subscription: Subscription,
    stopped: ChannelState,
    now: datetime,
    *,
    known: Container[str],
    is_stopped: Callable[[str], bool],
) -> tuple[Event, ...]:
    """Return the notice of a stopped channel and its deliveries; empty if nobody is left to tell.

    `known` holds ids of existing deliveries. The time of the stop is part of the notice's id: every
    repetition derives the same id, and the next stop another one.
    """
    others = tuple(
        channel
        for channel in dict.fromkeys(map(id_of, subscription.channels))
        if channel != stopped.channel_id and not is_stopped(channel)
    )
    since = stopped.stopped_since
    if not others or since is None:
        return ()
    told = problem(
        "messages.channel-stopped-why", channel=stopped.channel, reason=reason_of_stop(stopped)
    )
    occasion = f"stopped {stopped.channel_id} {since.isoformat()}"
    message = AlertMessage(
        schema_version=2,
        message_id=message_id(subscription.subscription_id, occasion),
        subscription_id=subscription.subscription_id,
        occasion="channel-stopped",
        why=to_data(told),
        since=since,
        due=since,
        created=now,
    )
    planned = plan_messages([Planned(message, others)], subscription, now, known=known)
    return (message, *planned) if planned else ()
