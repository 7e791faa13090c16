"""Secrets of webhooks: replaced where a receiver has another one, or one became known."""

from pydantic import SecretStr

from pantau.common.channels.signing_secret import secret_bytes
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import (
    Channel,
    Subscription,
    WebhookChannel,
    describe_channel,
)


def change_secret(channel: Channel, secret: str, repository: SubscriptionRepository) -> int:
    """Replace the secret of a webhook from now on, for every subscription that has it.

    Messages that are being retried change as well. Returns the number of subscriptions that
    changed. Raises UsageError for a channel that is no webhook; RejectError for a secret that is
    none.
    """
    if not isinstance(channel, WebhookChannel):
        raise UsageError(problem("channels.no-secret", channel=describe_channel(channel)))
    secret_bytes(secret)
    pairs = [(one, _changed(one, channel.url, secret)) for one in repository.all()]
    changed = [after for before, after in pairs if after != before]
    repository.save(*changed)
    return len(changed)


def _changed(before: Subscription, url: str, secret: str) -> Subscription:
    channels = tuple(
        one.model_copy(update={"secret": SecretStr(secret)})
        if isinstance(one, WebhookChannel) and one.url == url
        else one
        for one in before.channels
    )
    return before.model_copy(update={"channels": channels})
