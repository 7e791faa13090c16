"""The receiver of mails unsubscribes: that mailbox is taken off that subscription."""

from dataclasses import dataclass

from pantau.common.channels.mail_links import ChannelToken
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.channels.health import id_of
from pantau.usecases.rules.muting import mute
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import Channel, EmailChannel, Subscription


@dataclass(frozen=True, slots=True)
class MailReceiver:
    """A subscription, and whether it still sends mails to the one who asks."""

    subscription: Subscription
    is_subscribed: bool


def find_receiver(repository: SubscriptionRepository, meant: ChannelToken) -> MailReceiver:
    """Return the subscription that a token stands for. Raises UsageError where there is none."""
    found = repository.get(meant.subscription_id)
    if found is None:
        raise UsageError(problem("subscriptions.missing", reference=meant.subscription_id))
    return MailReceiver(found, len(_others(found, meant)) < len(found.channels))


def unsubscribe(repository: SubscriptionRepository, meant: ChannelToken) -> Subscription:
    """Remove the mailbox that a token stands for from its subscription; a repeat changes nothing.

    Mails that wait for it are cancelled, other channels and subscriptions stay as they are. Raises
    UsageError where there is no such subscription.
    """
    receiver = find_receiver(repository, meant)
    if not receiver.is_subscribed:
        return receiver.subscription
    kept = _others(receiver.subscription, meant)
    changed = receiver.subscription.model_copy(update={"channels": kept})
    repository.save(changed)
    return changed


def mute_by_receiver(
    repository: SubscriptionRepository, meant: ChannelToken, until: str | None
) -> Subscription:
    """Set a mute on a subscription until then, or until it grows (None); see `rules.muting.mute`.

    Raises UsageError for one that no longer sends mails to the receiver.
    """
    receiver = find_receiver(repository, meant)
    if not receiver.is_subscribed:
        raise UsageError(problem("subscriptions.missing", reference=meant.subscription_id))
    reference = receiver.subscription.subscription_id
    (muted,) = mute(repository, [reference], until=until, until_growth=until is None)
    return muted


def _others(found: Subscription, meant: ChannelToken) -> tuple[Channel, ...]:
    return tuple(
        one
        for one in found.channels
        if not (isinstance(one, EmailChannel) and id_of(one) == meant.channel_id)
    )
