"""Subscribing: a query that was read, channels that were read, and the subscription of both."""

import uuid
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from pantau.common.safe_text import one_line
from pantau.errors import UsageError
from pantau.ports import Clock
from pantau.problems import Problem, problem
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.settings import Settings
from pantau.usecases.channels import channel_warnings, new_secret, read_channels
from pantau.usecases.queries import read_query
from pantau.usecases.subscriptions import SubscriptionRepository
from pantau_schemas.codec import explain
from pantau_schemas.ids import digest_id
from pantau_schemas.subscription import Channel, QueryLanguage, Subscription, WebhookChannel

NAME_LIMIT: Final = 80
"""Longest name, in characters; a longer query is cut to be one."""


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """What is asked for. Of what is None the default is taken."""

    query: str
    language: QueryLanguage = "lucene"
    time_zone: str = "UTC"
    targets: tuple[str, ...] = ()  # channels as people write them, see `usecases.channels`
    name: str | None = None  # the query
    include_historical: bool = False
    subscription_id: str | None = None  # a new one
    secret: str | None = None  # of the webhooks; a new one


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription that was saved.

    `new_secret` is the secret that was made for its webhooks, to be shown this once.
    """

    subscription: Subscription
    new_secret: str | None
    doubts: tuple[Diagnosis, ...]  # about the query
    warnings: tuple[Problem, ...]  # about its channels


def subscribe(
    wanted: NewSubscription, registry: SubscriptionRepository, settings: Settings, clock: Clock
) -> Subscribed:
    """Save a subscription.

    Raises UsageError for a query that cannot be read (QueryError), a channel that cannot be used,
    or an id that exists; RetryError where the store does not answer. Nothing is saved then.
    """
    read = read_query(wanted.query, wanted.language, wanted.time_zone)
    secret = wanted.secret or new_secret()
    channels = read_channels(wanted.targets, secret, settings)
    _require_new(wanted.subscription_id, registry)
    made = _made(wanted, channels, clock)
    registry.save(made)
    shown = wanted.secret is None and any(isinstance(one, WebhookChannel) for one in channels)
    return Subscribed(
        subscription=made,
        new_secret=secret if shown else None,
        doubts=read.warnings,
        warnings=tuple(channel_warnings(channels, settings)),
    )


def _require_new(subscription_id: str | None, registry: SubscriptionRepository) -> None:
    if subscription_id is not None and registry.get(subscription_id) is not None:
        raise UsageError(problem("subscriptions.id-taken", id=subscription_id))


def _made(wanted: NewSubscription, channels: tuple[Channel, ...], clock: Clock) -> Subscription:
    try:
        return Subscription(
            schema_version=1,
            subscription_id=wanted.subscription_id or digest_id("subscription", uuid.uuid4().hex),
            name=one_line(wanted.name or wanted.query, NAME_LIMIT) or "?",
            query=wanted.query,
            language=wanted.language,
            time_zone=wanted.time_zone,
            channels=channels,
            include_historical=wanted.include_historical,
            created=clock.now(),
        )
    except ValidationError as error:
        raise UsageError(problem("subscriptions.invalid", text=explain(error))) from error
