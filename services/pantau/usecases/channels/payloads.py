"""Which version of the body each webhook gets, and how that is changed."""

from collections.abc import Iterable, Mapping
from typing import Final

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import (
    Channel,
    PayloadVersion,
    Subscription,
    WebhookChannel,
    WebhookFormat,
    describe_channel,
)

NEWEST: Final[PayloadVersion] = 2
"""The version of addresses that no subscription has yet."""


KnownPayloads = Mapping[str, PayloadVersion]
"""The version that each address gets."""


def known_payloads(subscriptions: Iterable[Subscription]) -> KnownPayloads:
    """Return the version that each address gets; the lowest if subscriptions differ.

    One receiver reads them all.
    """
    known: dict[str, PayloadVersion] = {}
    for channel in (one for other in subscriptions for one in other.channels):
        if isinstance(channel, WebhookChannel):
            known[channel.url] = min(channel.payload, known.get(channel.url, NEWEST))
    return known


def with_payload(
    channels: Iterable[Channel], wanted: PayloadVersion | None, known: KnownPayloads
) -> tuple[Channel, ...]:
    """Return channels with the version of the body that each webhook gets.

    The `wanted` one, else that of its address, else the newest.
    """
    return tuple(
        one.model_copy(update={"payload": wanted or known.get(one.url, NEWEST)})
        if isinstance(one, WebhookChannel)
        else one
        for one in channels
    )


def with_format(channels: Iterable[Channel], wanted: WebhookFormat | None) -> tuple[Channel, ...]:
    """Return channels with the format of the body that each webhook gets; None changes nothing."""
    return tuple(
        one.model_copy(update={"format": wanted})
        if wanted is not None and isinstance(one, WebhookChannel)
        else one
        for one in channels
    )


def format_of(subscription: Subscription) -> WebhookFormat | None:
    """Return the format that all webhooks of a subscription get; None if they differ, or without.

    Also None for Pantau's own.
    """
    formats = {one.format for one in subscription.channels if isinstance(one, WebhookChannel)}
    return formats.pop() if len(formats) == 1 and formats != {"pantau"} else None


def payload_of(subscription: Subscription) -> PayloadVersion | None:
    """Return the version that a subscription's webhooks get, the lowest; None without webhooks."""
    versions = [one.payload for one in subscription.channels if isinstance(one, WebhookChannel)]
    return min(versions, default=None)


def change_payload(
    channel: Channel, version: PayloadVersion, repository: SubscriptionRepository
) -> int:
    """Send a version of the body to a webhook from now on, for every subscription that has it.

    Messages that are being retried change as well. Returns the number of subscriptions that
    changed. Raises UsageError for a channel that is no webhook.
    """
    if not isinstance(channel, WebhookChannel):
        raise UsageError(problem("channels.no-payload", channel=describe_channel(channel)))
    changed = [
        after
        for before in repository.all()
        if (after := _changed(before, channel.url, version)) != before
    ]
    repository.save(*changed)
    return len(changed)


def _changed(before: Subscription, url: str, version: PayloadVersion) -> Subscription:
    channels = tuple(
        one.model_copy(update={"payload": version})
        if isinstance(one, WebhookChannel) and one.url == url
        else one
        for one in before.channels
    )
    return before.model_copy(update={"channels": channels})
